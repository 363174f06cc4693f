"""Sentences for what can keep this installation from starting."""

from gis_dispatch.errors import Unavailable


class PostgresMissing(Unavailable):
    """PostgreSQL {supported} with PostGIS was not found. Install it with: {command}"""


class ClusterVersionMissing(Unavailable):
    """The database in {folder} was made by PostgreSQL {version}, which is not installed here
    ({found} found). Install it with: sudo apt-get install postgresql-{version}-postgis-3"""


class ClusterVersionUnsupported(Unavailable):
    """The database in {folder} was made by PostgreSQL {version}; this program works with
    {supported}."""


class ClusterGone(Unavailable):
    """The database of this installation was in {folder}, which is no longer there. Bring it back,
    or remove {link} to begin with an empty one."""


class ClusterOfAnotherHome(Unavailable):
    """{link} leads to the database of {other}: this state folder is a copy of that one. Remove
    {link} to begin with an empty database here."""


class ClusterOfAnotherUser(Unavailable):
    """The database in {folder} belongs to the user {owner}. Start the program as {owner} or as
    root."""


class ClusterDidNotStart(Unavailable):
    """PostgreSQL did not start. Its log is {log} and ends with: {tail}"""


class ClusterDidNotStop(Unavailable):
    """PostgreSQL did not stop within {seconds} s. Its log is {log} and ends with: {tail}"""


class NoPlaceForCluster(Unavailable):
    """The user {account}, who has to run PostgreSQL, can enter neither {home} nor any of {tried}.
    Set GIS_DISPATCH_HOME to a folder it can enter."""


class NoAccountName(Unavailable):
    """PostgreSQL needs a user with a name, and user number {uid} has none on this machine. Start
    the program as a named user or as root."""


class HomeNotWritable(Unavailable):
    """The state folder {home} cannot be written: {reason}. Set GIS_DISPATCH_HOME to a folder you
    may write."""


class AlreadyServing(Unavailable):
    """A server already runs on the state folder {home} (process {pid}). Stop it first, or set
    GIS_DISPATCH_HOME to another folder."""


class PortInUse(Unavailable):
    """Port {port} on {host} is in use. Stop the other program, or choose another port with
    GIS_DISPATCH_PORT."""


class AddressUnusable(Unavailable):
    """The server cannot listen on {host} port {port}: {reason}. Check GIS_DISPATCH_HOST and
    GIS_DISPATCH_PORT."""


class ChildDidNotStart(Unavailable):
    """The {child} did not come up within {seconds} s. Its log is {log}."""


class ChildEnded(Unavailable):
    """The {child} ended while it was starting. Its log is {log} and ends with: {tail}"""
