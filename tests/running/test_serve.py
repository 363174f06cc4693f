"""From an empty folder to a running platform and back, as script/server does it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from gis_dispatch.running import places
from gis_dispatch.running.postmaster import Postmaster

READY_WITHIN_S = 180
STOPPED_WITHIN_S = 20
NOWHERE = "http://127.0.0.1:9/api"  # nobody listens there: the sample city is taken

pytestmark = pytest.mark.slow


@dataclass
class Server:
    process: subprocess.Popen[str]
    environment: dict[str, str]
    home: Path
    port: int
    output: Path

    def said(self) -> str:
        return self.output.read_text()

    def get(self, path: str) -> dict[str, Any]:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
            found: dict[str, Any] = json.load(answer)
            return found

    def healthz(self) -> dict[str, Any]:
        return self.get("/healthz")

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-P", "-m", "gis_dispatch.cli", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


def start(home: Path, output: Path) -> Server:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if "DATABASE_URL" not in name}
    environment |= {
        "GIS_DISPATCH_HOME": str(home),
        "GIS_DISPATCH_PORT": str(port),
        "GIS_DISPATCH_WORKERS": "1",
        "GIS_DISPATCH_OVERPASS_URL": NOWHERE,
        "GIS_DISPATCH_NOMINATIM_URL": NOWHERE,
    }
    with output.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "gis_dispatch.cli", "serve"],
            env=environment,
            stdout=out,
            stderr=out,
            text=True,
        )
    server = Server(process, environment, home, port, output)
    give_up = time.monotonic() + READY_WITHIN_S
    while "Logs are in" not in server.said():
        assert process.poll() is None, server.said()
        assert time.monotonic() < give_up, server.said()
        time.sleep(0.2)
    return server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    # pytest's folder is closed to others: under root the cluster has to live elsewhere.
    folder = tmp_path_factory.mktemp("serve")
    running = start(folder / "home", folder / "output")
    yield running
    if running.process.poll() is None:
        running.process.send_signal(signal.SIGTERM)
        running.process.wait(STOPPED_WITHIN_S * 2)
    cluster_folder = (running.home / "postgres").resolve()
    if cluster_folder.parent == places.ELSEWHERE:
        Postmaster.of(places.of_home(running.home)).discard()


def test_the_screen_says_what_matters(server: Server) -> None:
    said = server.said()
    assert f"http://127.0.0.1:{server.port}" in said
    assert "SAMPLE CITY" in said
    for role in ("operator", "dispatcher", "crew", "planner", "administrator"):
        assert role in said
    for made in json.loads((server.home / "sign_ins.json").read_text()):
        assert made["password"] in said


def test_it_is_healthy(server: Server) -> None:
    health = server.healthz()
    assert health["ok"] is True


def test_the_api_is_described_whole(server: Server) -> None:
    """Also after the server has let go of what it was collected in."""
    described = server.get("/api/v1/openapi.json")
    assert "/api/v1/incidents/{id}/ranking" in described["paths"]
    named = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(described)))
    assert "Ranking" in named
    assert named <= described["components"]["schemas"].keys()


def test_a_second_server_on_the_same_folder_is_refused(server: Server) -> None:
    done = server.command("serve")
    assert done.returncode == 1
    assert f"already runs on the state folder {server.home}" in done.stderr


def test_commands_work_beside_it_and_answer_programs(server: Server) -> None:
    roads = server.command("roads", "status", "--json")
    assert json.loads(roads.stdout)["sample"] is True, roads.stderr
    made = json.loads(server.command("token", "create", "--role", "planner", "--json").stdout)
    assert len(made["token"]) > 20
    listed = json.loads(server.command("token", "list", "--json").stdout)["items"]
    assert made["id"] in [row["id"] for row in listed]
    assert made["token"] not in json.dumps(listed)
    assert server.command("token", "revoke", str(made["id"])).returncode == 0
    assert server.command("layers", "check").returncode == 0
    assert server.healthz()["ok"] is True, "a command must not stop the database of a server"


def test_a_month_is_reported_and_a_copy_is_kept(server: Server, tmp_path: Path) -> None:
    pdf, dump = tmp_path / "november.pdf", tmp_path / "all.dump"
    done = server.command("report", "monthly", "2026-11", "--output", str(pdf))
    assert pdf.read_bytes().startswith(b"%PDF"), done.stderr
    done = server.command("db", "backup", str(dump))
    assert dump.read_bytes().startswith(b"PGDMP"), done.stderr


def test_a_worker_that_dies_is_started_again(server: Server) -> None:
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text()
    workers = [
        int(child)
        for child in children.split()
        if b"worker" in Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
    ]
    os.kill(workers[0], signal.SIGKILL)
    give_up = time.monotonic() + 30
    while "The worker was started again" not in server.said():
        assert time.monotonic() < give_up, server.said()
        time.sleep(0.2)


def test_control_c_stops_everything_cleanly(server: Server) -> None:
    """The last one: even with an event stream open, and with a code that says all is well."""
    token = json.loads(server.command("token", "create", "--role", "operator", "--json").stdout)
    request = urllib.request.Request(
        f"http://127.0.0.1:{server.port}/api/v1/events",
        headers={"Accept": "text/event-stream", "Authorization": f"Bearer {token['token']}"},
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=60):
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(STOPPED_WITHIN_S) == 0
    assert "Stopped." in server.said()
    assert not Postmaster.of(places.of_home(server.home)).is_running()
