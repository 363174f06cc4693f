"""One PostgreSQL server process: made, started, adopted when it runs already, stopped."""

import os
import shutil
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from gis_dispatch.running import binaries
from gis_dispatch.running.binaries import Binaries
from gis_dispatch.running.home import tail, trim_log
from gis_dispatch.running.places import Place
from gis_dispatch.running.refusals import ClusterDidNotStart, ClusterDidNotStop

START_TIMEOUT_S = 120  # long enough to recover after a power cut
STOP_TIMEOUT_S = 60
LOOK_EVERY_S = 0.05
# PostgreSQL's own words for how to stop.
FAST, IMMEDIATE = signal.SIGINT, signal.SIGQUIT
IN_BACKGROUND = 'log=$1; shift; "$@" >>"$log" 2>&1 & echo $!'

# Only the socket, and only for the users named in pg_ident.conf: no password to leak.
HBA = "local all all peer map=gis_dispatch\n"
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "jit": "off",  # planning GIS queries with it costs more than it gains
    "random_page_cost": "1.1",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# For throw-away clusters only: a power cut may cost everything.
UNSAFE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Postmaster:
    """A cluster at its place, with the programs that can open it."""

    place: Place
    binaries: Binaries
    durable: bool = True

    @classmethod
    def of(cls, place: Place, *, durable: bool = True) -> Self:
        """The server of a place; the place's own version if it was initialised already."""
        if (place.data / "PG_VERSION").exists():
            return cls(place, binaries.for_existing_cluster(place.data), durable)
        return cls(place, binaries.for_new_cluster(), durable)

    def is_running(self) -> bool:
        """Whether this very cluster's server is alive (a stale pid file does not count)."""
        lines = self._pid_file()
        if not lines:
            return False
        # The number may by now belong to another process: ours has the data folder as its own.
        try:
            return Path(f"/proc/{int(lines[0])}/cwd").readlink() == self.place.data.resolve()
        except OSError:
            return False

    def socket_folder(self) -> Path:
        """Where its socket is: where the running server says, else where we will put it."""
        lines = self._pid_file()
        if len(lines) > 4 and lines[4] and self.is_running():
            return Path(lines[4])
        return self.place.socket_folder()

    def start(self) -> None:
        """Bring it up and wait until it answers; nothing to do when it runs already."""
        if self.is_running():
            self._wait_until_ready()
            return
        if not (self.place.data / "PG_VERSION").exists():
            self._initialise()
        self._forget_borrowed_number()
        self._make_socket_folder()
        self._configure()
        trim_log(self.place.log)
        # Not by pg_ctl, which puts the path into a shell command, where it may mean something else.
        server = [self.binaries.program("postgres"), "-D", str(self.place.data)]
        done = self.place.account.run(
            ["/bin/sh", "-c", IN_BACKGROUND, "sh", str(self.place.log), *server], timeout_s=10
        )
        self._wait_until_ready(int(done.stdout))

    def stop(self, how: signal.Signals = FAST) -> None:
        """Stop it, closing what is still connected."""
        lines = self._pid_file()
        if self.is_running():
            os.kill(int(lines[0]), how)
        give_up = time.monotonic() + STOP_TIMEOUT_S
        while self.is_running():
            if time.monotonic() > give_up:
                raise ClusterDidNotStop(
                    log=self.place.log, tail=tail(self.place.log), seconds=STOP_TIMEOUT_S
                )
            time.sleep(LOOK_EVERY_S)
        folder = self.place.socket_folder()
        if folder.parent != self.place.folder:
            shutil.rmtree(folder, ignore_errors=True)

    def discard(self) -> None:
        """Stop it at once and remove everything."""
        self.stop(IMMEDIATE)
        shutil.rmtree(self.place.folder)

    def _pid_file(self) -> list[str]:
        try:
            lines = (self.place.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []
        return lines if lines and lines[0].strip().isdigit() else []

    def _forget_borrowed_number(self) -> None:
        """After a power cut a pid file may name a number that now belongs to another program.

        PostgreSQL would keep away from it; a number that nobody has, it sorts out by itself.
        """
        lines = self._pid_file()
        if lines and Path(f"/proc/{int(lines[0])}").exists():
            (self.place.data / "postmaster.pid").unlink()

    def _wait_until_ready(self, started: int | None = None) -> None:
        give_up = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < give_up:
            lines = self._pid_file()
            if self.is_running() and len(lines) > 7 and lines[7].strip() == "ready":
                return
            if started and not Path(f"/proc/{started}").exists():
                break
            time.sleep(LOOK_EVERY_S)
        raise ClusterDidNotStart(log=self.place.log, tail=tail(self.place.log))

    def _initialise(self) -> None:
        # Made beside and renamed, so that a half-made cluster is never taken for a whole one.
        fresh = self.place.folder / "data.new"
        if fresh.exists():
            shutil.rmtree(fresh)
        done = self.place.account.run(
            [
                *(self.binaries.program("initdb"), "--pgdata", str(fresh)),
                *("--username", "postgres", "--auth", "peer"),
                *("--encoding", "UTF8", "--locale", "C.UTF-8"),
                *(() if self.durable else ("--no-sync",)),
            ],
            timeout_s=START_TIMEOUT_S,
        )
        if done.returncode != 0:
            said = (done.stderr or done.stdout).strip()[-500:]
            raise ClusterDidNotStart(log="initdb", tail=said)
        fresh.rename(self.place.data)

    def _configure(self) -> None:
        folder = str(self.place.socket_folder()).replace('"', '""')
        wanted = SETTINGS | ({} if self.durable else UNSAFE)
        wanted["unix_socket_directories"] = f'"{folder}"'  # unquoted, a comma would end the path
        quoted = {name: value.replace("'", "''") for name, value in wanted.items()}
        lines = [f"{name} = '{value}'\n" for name, value in quoted.items()]
        self._write("gis_dispatch.conf", "".join(lines))
        main = (self.place.data / "postgresql.conf").read_text()
        include = "include_if_exists = 'gis_dispatch.conf'\n"
        if include not in main:
            self._write("postgresql.conf", main + "\n" + include)
        self._write("pg_hba.conf", HBA)
        self._write("pg_ident.conf", self._identities())

    def _identities(self) -> str:
        people = {self.place.account.name, "root"}
        roles = ("postgres", "gis_dispatch")
        return "".join(
            f'gis_dispatch "{person}" {role}\n' for person in sorted(people) for role in roles
        )

    def _write(self, name: str, text: str) -> None:
        path = self.place.data / name
        path.write_text(text)
        os.chown(path, self.place.account.uid, self.place.account.gid)
        path.chmod(0o600)

    def _make_socket_folder(self) -> None:
        """Anew: a lock that a killed server left there may name a number that is now another's."""
        folder = self.place.socket_folder()
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir(mode=0o700)
        os.chown(folder, self.place.account.uid, self.place.account.gid)
