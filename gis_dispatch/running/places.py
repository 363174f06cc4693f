"""Where a private cluster lives: in the state folder, or beside it in /var/lib when it must.

PostgreSQL refuses to run as root, and the unprivileged user who runs it instead may not be able
to enter the state folder (a checkout under /root, say). Then the files go to /var/lib/gis-dispatch
and the state folder keeps a link to them, so that they still move with the state folder.
"""

import hashlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gis_dispatch.running import accounts
from gis_dispatch.running.accounts import Account
from gis_dispatch.running.refusals import ClusterGone, ClusterOfAnotherHome, NoPlaceForCluster

ELSEWHERE = Path("/var/lib/gis-dispatch")
RECORD = "belongs_to"
THROW_AWAY = "gis-dispatch-throw-away-"
MADE_BY = "made_by"
SHARED_TEMPORARY = (Path("/tmp"), Path("/var/tmp"))  # noqa: S108 - with mkdtemp only
SOCKET_FILE = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT = 107  # sockaddr_un.sun_path on Linux, without its closing zero byte


@dataclass(frozen=True)
class Place:
    """A cluster's folder and the user who runs it."""

    folder: Path
    account: Account

    @property
    def data(self) -> Path:
        """PostgreSQL's data directory."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """PostgreSQL's log."""
        return self.folder / "postgres.log"

    def socket_folder(self) -> Path:
        """Where the socket goes; elsewhere when its path is too long, or means more than a path."""
        beside = self.folder / "socket"
        plain = "," not in str(beside)  # drivers read a comma as the start of a second server
        if plain and len(os.fsencode(beside / SOCKET_FILE)) <= SOCKET_PATH_LIMIT:
            return beside
        short = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]
        base = Path("/run") if os.geteuid() == 0 else Path(tempfile.gettempdir())
        if len(os.fsencode(base)) > 60:
            base = Path("/tmp")  # noqa: S108 - the folder made in it is private
        return base / f"gis-dispatch-{self.account.uid}-{short}"


def of_home(home: Path) -> Place:
    """The place of a state folder's cluster, found or made. Call it under the cluster's lock."""
    home = home.resolve()
    link = home / "postgres"
    if link.is_symlink():
        return _linked(home, link)
    if (link / "data").is_dir():
        account = accounts.of_existing_cluster(link / "data")
        if account.owns_and_enters(link / "data"):
            return Place(link, account)
        return _moved_elsewhere(home, link, account)
    account = accounts.for_new_cluster()
    _give(link, account)
    if account.owns_and_enters(link):
        return Place(link, account)
    shutil.rmtree(link)
    folder = _new_elsewhere(home, account)
    link.symlink_to(folder)
    return Place(folder, account)


def throw_away() -> Place:
    """A new temporary place, for tests and checks; the caller removes it."""
    account = accounts.for_new_cluster()
    for base in _temporary():
        folder = Path(tempfile.mkdtemp(prefix=THROW_AWAY, dir=base))
        _give(folder, account)
        if account.owns_and_enters(folder):
            (folder / MADE_BY).write_text(str(os.getpid()))
            return Place(folder, account)
        shutil.rmtree(folder)
    tried = ", ".join(str(base) for base in _temporary())
    raise NoPlaceForCluster(account=account.name, home=tempfile.gettempdir(), tried=tried)


def left_behind() -> Iterator[Place]:
    """Throw-away places whose maker was killed before it could remove them."""
    for base in _temporary():
        for note in base.glob(f"{THROW_AWAY}*/{MADE_BY}"):
            maker = note.read_text()
            if note.stat().st_uid == os.geteuid() and not Path(f"/proc/{maker}").exists():
                owner = note.parent.stat().st_uid
                yield Place(note.parent, accounts.named(owner))


def _temporary() -> list[Path]:
    return list(dict.fromkeys([Path(tempfile.gettempdir()), *SHARED_TEMPORARY]))


def _linked(home: Path, link: Path) -> Place:
    folder = link.readlink()
    if not (folder / "data").is_dir() and not folder.is_dir():
        raise ClusterGone(folder=folder, link=link)
    data = folder / "data"
    record = folder / RECORD
    recorded = Path(record.read_text().strip()) if record.exists() else home
    if recorded != home:
        there = recorded / "postgres"
        if there.is_symlink() and there.readlink() == folder:
            raise ClusterOfAnotherHome(link=link, other=recorded)
        record.write_text(f"{home}\n")  # the state folder was moved, and its link with it
    existing = data if data.is_dir() else folder
    return Place(folder, accounts.of_existing_cluster(existing))


def _new_elsewhere(home: Path, account: Account) -> Path:
    folder = ELSEWHERE / secrets.token_hex(6)
    try:
        ELSEWHERE.mkdir(mode=0o711, parents=True, exist_ok=True)
        _give(folder, account)
        (folder / RECORD).write_text(f"{home}\n")
    except OSError as error:
        raise NoPlaceForCluster(account=account.name, home=home, tried=ELSEWHERE) from error
    if not account.owns_and_enters(folder):
        raise NoPlaceForCluster(account=account.name, home=home, tried=ELSEWHERE)
    return folder


def _moved_elsewhere(home: Path, link: Path, account: Account) -> Place:
    """The state folder was moved to where the cluster's user cannot follow."""
    folder = _new_elsewhere(home, account)
    for item in link.iterdir():
        target = folder / item.name
        shutil.move(item, target)
        # Across file systems a move is a copy, and copies belong to root.
        for path in (target, *target.rglob("*")):
            os.chown(path, account.uid, account.gid, follow_symlinks=False)
    link.rmdir()
    link.symlink_to(folder)
    return Place(folder, account)


def _give(folder: Path, account: Account) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    if os.geteuid() != account.uid:
        os.chown(folder, account.uid, account.gid)
