"""`script/bench WHAT`: one JSON line per measurement, on stdout."""

import argparse
from pathlib import Path


def main() -> None:
    """Parse, then run one benchmark."""
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    benches = parser.add_subparsers(dest="what", required=True)
    roads = benches.add_parser(
        "roads", help="the road engine against networkx and scipy, same weights, same questions"
    )
    roads.add_argument(
        "file", nargs="?", type=Path, help="a road file; the sample city if not given"
    )
    roads.add_argument("--units", type=int, nargs="+", default=[20, 200, 2000])
    roads.add_argument("--nearest", type=int, default=10, help="how many units are asked for")
    roads.add_argument("--queries", type=int, default=1000)
    roads.add_argument("--peer-queries", type=int, default=20)
    given = parser.parse_args()
    # Only now: what is measured takes seconds to import, and --help should not.
    from bench.roads import measure

    measure(given.file, given.units, given.nearest, given.queries, given.peer_queries)


if __name__ == "__main__":
    main()
