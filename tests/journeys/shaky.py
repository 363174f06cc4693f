"""A platform that can be stopped, started and cut off while people are at work."""

import os
import select
import signal
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from gis_dispatch.consoles.streaming.streams import events_after
from gis_dispatch.domain.people import SYSTEM_ACTOR, Actor
from gis_dispatch.ports import House
from gis_dispatch.running import cluster, ports, processes
from gis_dispatch.running.keeping import KeptDatabase
from gis_dispatch.running.supervisor import Child
from gis_dispatch.services.take_call import take_call
from gis_dispatch.settings import Settings


class Wire:
    """A proxy between browsers and the server, as good or as bad as it is told to be."""

    def __init__(self, to_port: int) -> None:
        self._to = to_port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.stalled = False
        """Nothing is carried and nobody is told: a connection that is dead without notice."""
        self.dripping = False
        """A few bytes at a time."""
        self.deaf = False
        """What is asked arrives; the answer is lost with the connection."""
        self._open: set[socket.socket] = set()
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """End every connection, as a proxy does that finds them idle."""
        for one in list(self._open):
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def close(self) -> None:
        """No more."""
        self._listener.close()
        self.cut()

    def _accept(self) -> None:
        while True:
            try:
                near, _address = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(("127.0.0.1", self._to), timeout=5)
        except OSError:
            near.close()
            return
        ends = {near: far, far: near}
        self._open |= ends.keys()
        try:
            while self._pass_on(ends):
                pass
        except OSError:
            return
        finally:
            self._open -= ends.keys()
            for one in ends:
                one.close()

    def _pass_on(self, ends: dict[socket.socket, socket.socket]) -> bool:
        if self.stalled:
            time.sleep(0.1)
            return True
        for one in select.select(list(ends), [], [], 0.2)[0]:
            piece = one.recv(65536)
            if not piece or (self.deaf and one is not next(iter(ends))):
                return False
            if self.dripping:
                for first in range(0, len(piece), 700):
                    ends[one].sendall(piece[first : first + 700])
                    time.sleep(0.005)
            else:
                ends[one].sendall(piece)
        return True


@dataclass
class Shaky:
    """The web server on a private database, and what can happen to both."""

    settings: Settings
    url: str
    wire: Wire
    house: House
    said: list[str] = field(default_factory=list)
    web: Child | None = None

    def start(self) -> None:
        """The web server answers when this is done."""
        self.web = processes.web(self.settings, self.url)
        self.web.start()
        if not ports.wait_for_answer(self.settings, self.web.alive):
            raise RuntimeError(self.web.log.read_text()[-4000:])

    def stop(self) -> None:
        """The way Ctrl-C stops it."""
        assert self.web is not None and self.web.process is not None
        self.web.process.terminate()
        self.web.process.wait(15)

    def kill_database(self) -> Callable[[], None]:
        """It is gone until what is answered is called, which does what the supervisor does."""
        place = cluster.postmaster_of(self.settings).place
        pid = int((place.data / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, signal.SIGKILL)

        def bring_back() -> None:
            kept, give_up = KeptDatabase(self.settings, self.said.append), time.monotonic() + 60
            while "The database was started again." not in self.said:
                assert time.monotonic() < give_up, self.said
                kept.look()
                time.sleep(0.1)

        return bring_back

    def happen(self, calls: int, others: int = 1) -> None:
        """So many calls come in, and so many other things are recorded that everybody sees."""
        for number in range(calls):
            take_call(self.house, SYSTEM_ACTOR, caller_number=f"0812-{number:04}")
        with self.house.store.transaction() as tx:
            for _ in range(others):
                tx.events.append(SYSTEM_ACTOR, "closure.changed", self.house.clock.now())

    def newest(self) -> int:
        """The last event there is."""
        return int(self.house.store.reads.value("newest_event_id"))

    def events_after(self, id: int, role: str) -> list[int]:
        """What somebody has to be told."""
        agency = "damkar" if role == "dispatcher" else None
        viewer = Actor(None, role, role, agency)
        return [row["id"] for row in events_after(self.house, viewer, id, most=10_000)]
