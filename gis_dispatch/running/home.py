"""The state folder: made with the right rights, and every path inside it."""

import os
from pathlib import Path

from gis_dispatch.running.refusals import HomeNotWritable

LOG_LIMIT_BYTES = 10_000_000


def ensure(home: Path) -> Path:
    """Make the state folder if needed. Root's may be passed through (the database's user must)."""
    try:
        if not home.is_dir():
            home.parent.mkdir(parents=True, exist_ok=True)
            home.mkdir()
            home.chmod(0o711 if os.geteuid() == 0 else 0o700)
        logs(home).mkdir(mode=0o700, exist_ok=True)
        # Opening is the test: an access() call answers wrongly on some network file systems.
        server_lock(home).open("a").close()
    except OSError as error:
        raise HomeNotWritable(home=home, reason=error.strerror or str(error)) from error
    return home


def logs(home: Path) -> Path:
    """Where each process writes its log."""
    return home / "logs"


def server_lock(home: Path) -> Path:
    """Held by the one server of this state folder."""
    return home / "server.lock"


def cluster_lock(home: Path) -> Path:
    """Held while the cluster is being started or stopped."""
    return home / "cluster.lock"


def cluster_users(home: Path) -> Path:
    """Held, shared, by everybody who uses the cluster: the last one out stops it."""
    return home / "cluster.users"


def sign_ins(home: Path) -> Path:
    """The passwords made for this installation, readable by its owner only."""
    return home / "sign_ins.json"


def trim_log(log: Path) -> None:
    """Begin a new log when the old one has grown long; one old one is kept."""
    if log.exists() and log.stat().st_size > LOG_LIMIT_BYTES:
        log.replace(log.with_suffix(".log.1"))


def tail(log: Path) -> str:
    """The last lines of a log, for a sentence."""
    if not log.exists():
        return "(empty)"
    return " | ".join(log.read_text(errors="replace").splitlines()[-4:])
