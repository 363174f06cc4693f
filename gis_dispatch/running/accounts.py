"""Which operating-system user runs PostgreSQL: never root, whoever started us."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gis_dispatch.running.refusals import ClusterOfAnotherUser, NoAccountName

# Debian's own account first; `nobody` exists everywhere.
UNPRIVILEGED = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """A user of this machine."""

    name: str
    uid: int
    gid: int

    def run(self, command: Sequence[str], timeout_s: float) -> subprocess.CompletedProcess[str]:
        """Run a command as this user, away from our terminal, so that Ctrl-C spares it."""
        # A root shell's environment (HOME, PGDATA, PGHOST …) must not leak into another user's.
        environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        change = os.geteuid() != self.uid
        return subprocess.run(
            command,
            cwd="/",
            env=environment,
            user=self.uid if change else None,
            group=self.gid if change else None,
            extra_groups=[] if change else None,
            umask=0o077,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout_s,
            check=False,
        )

    def owns_and_enters(self, folder: Path) -> bool:
        """Whether this user owns the folder and can reach and write it from the root down."""
        check = ["test", "-O", str(folder), "-a", "-w", str(folder), "-a", "-x", str(folder)]
        return self.run(check, timeout_s=10).returncode == 0


def named(uid: int) -> Account:
    """The account with this number; PostgreSQL refuses to run for a number without a name."""
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise NoAccountName(uid=uid) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def for_new_cluster() -> Account:
    """Who shall own a new cluster: ourselves, or an unprivileged account when we are root."""
    if os.geteuid() != 0:
        return named(os.geteuid())
    for name in UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise NoAccountName(uid=0)


def of_existing_cluster(data: Path) -> Account:
    """Who owns an existing cluster; root may act for anybody, others only for themselves."""
    uid = data.stat().st_uid
    account = named(uid)
    if os.geteuid() not in (0, uid):
        raise ClusterOfAnotherUser(folder=data, owner=account.name)
    return account
