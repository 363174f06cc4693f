"""`script/bench WHAT`: one JSON line per measurement, on stdout."""

import argparse
from pathlib import Path


def main() -> None:
    """Parse, then run one benchmark."""
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    benches = parser.add_subparsers(dest="what", required=True)
    _add_roads(benches)
    _add_ranking(benches)
    _add_sending(benches)
    _add_live(benches)
    given = parser.parse_args()
    # Only now: what is measured takes seconds to import, and --help should not.
    if given.what == "ranking":
        from bench import ranking

        ranking.measure(
            given.file, given.units, given.rate, given.seconds, given.connections,
            given.workers, given.rounds, given.role,
        )  # fmt: skip
        return
    if given.what == "sending":
        from bench import sending

        sending.measure(given.file, given.units, given.questions, given.workers)
        return
    if given.what == "live":
        from bench import live

        live.measure(given.parts)
        return
    from bench import roads

    roads.measure(
        roads.Given(
            given.networks, given.units, given.nearest, given.queries, given.peer_seconds,
            [name.lower() for name in given.engines], given.table,
        )
    )  # fmt: skip


def _add_roads(benches: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    roads = benches.add_parser(
        "roads", help="the road engine against its peers: same weights, same questions"
    )
    roads.add_argument(
        "networks", nargs="*", default=["sample"], metavar="NETWORK",
        help="road files, `sample` (the sample city) or `world` (the world's highways)",
    )  # fmt: skip
    roads.add_argument("--units", type=int, nargs="+", default=[20, 200, 2000])
    roads.add_argument("--nearest", type=int, default=10, help="how many units are asked for")
    roads.add_argument("--queries", type=int, default=1000)
    roads.add_argument(
        "--peer-seconds", type=float, default=10,
        help="a peer is asked the same questions until so long has passed, five times at least",
    )  # fmt: skip
    roads.add_argument(
        "--engines", nargs="*", default=[], help="only peers whose name contains one of these"
    )
    roads.add_argument("--table", action="store_true", help="end with a table in Markdown")


def _add_sending(benches: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    sending = benches.add_parser(
        "sending", help="what sending leaves behind, beside a bare ranking in the same run"
    )
    sending.add_argument("--file", type=Path, help="a road file (the sample city)")
    sending.add_argument("--units", type=int, help="so many units on the road (the sample's)")
    sending.add_argument("--questions", type=int, default=200)
    sending.add_argument("--workers", type=int, default=2)


def _add_ranking(benches: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    ranking = benches.add_parser(
        "ranking", help="GET /incidents/{id}/ranking of a running server, and after a closure"
    )
    ranking.add_argument(
        "file", nargs="?", type=Path, help="a road file; the sample city if not given"
    )
    ranking.add_argument(
        "--units", type=int, help="so many, on the road; the sample city's own if not given"
    )
    ranking.add_argument("--rate", type=float, default=20, help="questions a second")
    ranking.add_argument("--seconds", type=float, default=30)
    ranking.add_argument("--connections", type=int, default=8)
    ranking.add_argument("--workers", type=int, default=2, help="processes of the web server")
    ranking.add_argument("--rounds", type=int, default=10, help="closures drawn, one by one")
    ranking.add_argument("--role", choices=["operator", "dispatcher"], default="operator")


def _add_live(benches: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    from bench.live import PARTS

    live = benches.add_parser("live", help="positions in, streams out, tiles and a moving screen")
    live.add_argument(
        "parts", nargs="*", choices=[*PARTS, []], metavar="PART",
        help=f"one or more of: {', '.join(PARTS)}; all if none is named",
    )  # fmt: skip


if __name__ == "__main__":
    main()
