"""The web server: gunicorn with gevent, so that hundreds of open event streams cost little."""

import ctypes
import errno
import gc
import logging
import os
import resource
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import Any

import gevent
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from gis_dispatch.errors import Refusal
from gis_dispatch.running import home
from gis_dispatch.settings import Settings

# This is how long Ctrl-C waits for what is being answered.
GRACEFUL_TIMEOUT_S = 2
LOOK_EVERY_S = 0.1
# Of one worker. Consoles that are gone without a word count until that is noticed.
MOST_CONNECTIONS = 4000
# Without the query: older phones put their secret there.
ACCESS_LINE = '%(h)s %(t)s "%(m)s %(U)s" %(s)s %(b)s %(L)s s'
# One ranking makes some ten thousand objects, none of which outlives its answer.
COLLECT_AFTER = (50_000, 20, 20)
PHONES = "/phones/osmand"
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - gunicorn makes a private file in it


def _let_the_driver_yield(server: Any, worker: Any) -> None:  # noqa: ARG001 - gunicorn's hook
    """Without this, one waiting query would stop every other request of the worker."""
    from psycogreen.gevent import patch_psycopg

    patch_psycopg()


def _watch_for_the_end(worker: Any) -> None:
    """Streams never end by themselves: when this worker has to, they are told, and consoles come
    back to the next one.
    """

    def watch() -> None:
        while worker.alive:
            gevent.sleep(LOOK_EVERY_S)
        worker.wsgi.extensions["live"].stop()

    gevent.spawn(watch)


class OneLineForTheLost(logging.Filter):
    """A console that went away without a word is no error of the server: a line, no traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether to log it; always, only shorter."""
        lost = record.exc_info[1] if record.exc_info else None
        if isinstance(lost, TimeoutError) or getattr(lost, "errno", None) == errno.EHOSTUNREACH:
            record.msg, record.args = "A console no longer took what it was sent: %s", (lost,)
            record.exc_info, record.levelno, record.levelname = None, logging.INFO, "INFO"
        return True


class AccessLog(Logger):  # type: ignore[misc] # gunicorn has no types
    """What was asked of us, but for positions that were taken: a phone says one every few seconds,
    and each is in the database.
    """

    def access(self, resp: Any, req: Any, environ: Any, request_time: Any) -> None:
        """One line for one request."""
        if environ["PATH_INFO"] != PHONES or resp.status_code != HTTPStatus.OK:
            super().access(resp, req, environ, request_time)


class WebServer(BaseApplication):  # type: ignore[misc] # gunicorn has no types
    """gunicorn, configured by our settings alone."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Our settings in gunicorn's words."""
        logs = home.logs(self.settings.home)
        access_log = logs / "access.log"
        home.trim_log(access_log)
        wanted: dict[str, Any] = {
            "bind": self.settings.address.removeprefix("http://"),
            "workers": self.settings.workers,
            "worker_class": "gevent",
            "worker_connections": MOST_CONNECTIONS,
            "timeout": 60,
            "graceful_timeout": GRACEFUL_TIMEOUT_S,
            "keepalive": 15,
            "accesslog": str(access_log),
            "access_log_format": ACCESS_LINE,
            "logger_class": AccessLog,
            "errorlog": "-",
            "post_fork": _let_the_driver_yield,
            "post_worker_init": _watch_for_the_end,
            "proc_name": "gis-dispatch",
            "control_socket_disable": True,
        }
        if os.access(SHARED_MEMORY, os.W_OK):
            wanted["worker_tmp_dir"] = str(SHARED_MEMORY)  # a slow disk must not look like a hang
        for name, value in wanted.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        """The application; made in each worker, after gevent has patched the process."""
        from gis_dispatch.wiring import build_app

        app = build_app(self.settings)
        gevent.spawn(_settle, app)
        return app


def _settle(app: Any) -> None:
    """Before anybody asks: load the roads, and look through what is loaded for good only once.

    Garbage is looked for among what came later; otherwise every search would stop all requests of
    the worker for some hundredths of a second. What the start alone needed goes back to the system.
    """
    from gis_dispatch.consoles.api.document import settle_document

    settle_document(app)
    gc.collect()
    with suppress(Refusal):  # without roads or a database, whoever asks is told so
        app.extensions["house"].roads.status()
    gc.collect()
    gc.freeze()
    ctypes.CDLL(None).malloc_trim(0)
    gc.set_threshold(*COLLECT_AFTER)


def main() -> None:
    """Serve until told to stop."""
    # Streams and mapped roads are many files; a usual limit of 1,024 is for smaller programs.
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    logging.getLogger("gunicorn.error").addFilter(OneLineForTheLost())
    WebServer(Settings()).run()


if __name__ == "__main__":
    main()
