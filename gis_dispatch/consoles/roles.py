"""Who may do what: the one permission table, and the marks that routes carry.

A route under /api without a mark is refused to everybody, so forgetting one is noticed at once.
What is narrower than a role (own agency, own unit, a state that allows it) is judged by services.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from flask import redirect, url_for
from werkzeug.exceptions import Forbidden, Unauthorized
from werkzeug.wrappers import Response

ROLES = {
    "O": "operator",
    "L": "lead_operator",
    "D": "dispatcher",
    "F": "crew",
    "P": "planner",
    "A": "administrator",
    "T": "telephony",
    "S": "simulator",
    "W": "wall",
    "R": "receiver",
}

# One letter per role that has the permission, a dot where it has not:
# Operator, Lead operator, Dispatcher, Field crew, Planner, Administrator, Telephones, Simulator,
# Wall display; a tenth where it says so: a Receiver of cases.
TABLE = """
reference.read       O L D F P A T S .
roads.read           O L D F P A . S .
places.search        O L D F P A . . .
places.rank          O L D . P A . . .
roads.plan           . L D . P . . . .
stations.read        O L D F P A . S .
units.read           O L D F P A . S .
readiness.read       . L D F . A . . .
closures.read        O L D F P A . S .
coverage.read        O L D . P A . . .
layers.read          O L D F P A . . W
positions.read       O L D F . A . S .
tracks.read          O L D F . A . . .
scene.read           O L D F . . . . .
events.read          O L D F . A . S .
calls.read           O L . . . A . . .
callers.see          O L D F . . . . .
incidents.read       O L D F . A . . .
incidents.rank       O L D . . A . . .
referrals.read       O L D . . A . . .
referrals.late       O L D . . A . . .
assignments.read     O L D F . A . S .
moves.read           O L D F . A . S .
deliveries.read      O L . . . A . . .
cases.pull           . . . . . . . . . R
notifications.read   O L D . . A . . .
wall.read            . L . . P A . . W
reports.read         O L D . P A . . .
handovers.read       O L D . . A . . .
replay.read          O L D . P A . . .

calls.take           O L . . . . T . .
calls.end            O L . . . . T . .
calls.answer         O L . . . . . . .
calls.close          O L . . . . . . .
incidents.record     O L . . . . . . .
incidents.change     O L . . . . . . .
incidents.refer      O L . . . . . . .
incidents.alarm      O L D . . . . . .
incidents.close      O L . . . . . . .
handovers.make       O L D . . . . . .
chat.use             O L D F . . . . .
referrals.handle     . L D . . . . . .
referrals.neighbour  O L . . . . . . .
referrals.take_over  . L . . . . . . .
assignments.make     . L D . . . . . .
assignments.cancel   . L D . . . . . .
moves.order          . L D . . . . S .
moves.arrive         . L D F . . . S .
assignments.step     . L D F . . . S .
assignments.backup   . L D F . . . S .
scene.report         . L D F . . . . .
units.duty           . L D F . A . . .
units.check          . L D F . A . . .
shifts.plan          . L D . . A . . .
times.correct        O L D . . . . . .
closures.make        O L D . . . . . .
positions.send       . . . F . . . S .
notifications.tell   O L D . . . . . .
push.subscribe       O L D F . . . . .
deliveries.resend    O L . . . A . . .
replay.export        . L D . P A . . .

units.edit           . . . . . A . . .
stations.edit        . . . . . A . . .
users.manage         . . . . . A . . .
tokens.manage        . . . . . A . . .
devices.manage       . . . . . A . . .
contacts.manage      . . . . . A . . .
agencies.manage      . . . . . A . . .
kinds.manage         . . . . . A . . .
plans.manage         . . . . . A . . .
profiles.read        . . . . . A . . .
walls.manage         . . . . . A . . .
imports.run          . . . . . A . . .
layers.manage        . . . . . A . . .

console.operator     O L . . . A . . .
console.dispatcher   . L D . . A . . .
console.readiness    . L D . . A . . .
console.field        . . . F . . . . .
console.planner      O L D . P A . . .
console.handover     O L D . . A . . .
console.replay       O L D . P A . . .
console.admin        . . . . . A . . .
"""


def read_table(text: str) -> dict[str, frozenset[str]]:
    """The table as data: permission to the roles that have it."""
    rows = (line.split() for line in text.strip().splitlines() if line.strip())
    return {name: frozenset(ROLES[m] for m in marks if m != ".") for name, *marks in rows}


PERMISSIONS: Mapping[str, frozenset[str]] = read_table(TABLE)

HOMES = {
    "operator": "/operator",
    "lead_operator": "/operator",
    "dispatcher": "/dispatcher",
    "crew": "/field",
    "planner": "/planner",
    "administrator": "/admin",
    "wall": "/wall",
}
"""The page a person of this role works on."""


def may(role: str, permission: str) -> bool:
    """Whether this role has this permission; an unknown permission is a mistake of ours."""
    return role in PERMISSIONS[permission]


def permissions_of(role: str) -> list[str]:
    """Every permission of one role, in the table's order."""
    return [name for name, roles in PERMISSIONS.items() if role in roles]


class Mark(NamedTuple):
    """What a route asks of whoever calls it."""

    permission: str | None
    """None: everybody, signed in or not."""
    page: bool = False


View = TypeVar("View", bound=Callable[..., Any])


def needs(permission: str) -> Callable[[View], View]:
    """Mark an API route with the permission it needs; written under the route decorator."""
    return _marker(Mark(permission))


def public(view: View) -> View:
    """Mark an API route that anybody may read."""
    return _marker(Mark(None))(view)


def console(name: str) -> Callable[[View], View]:
    """Mark a page as part of one console, by its name in the table."""
    return _marker(Mark(f"console.{name}", page=True))


def _marker(mark: Mark) -> Callable[[View], View]:
    if mark.permission is not None and mark.permission not in PERMISSIONS:
        raise ValueError(f"{mark.permission} is not in the permission table of consoles/roles.py.")

    def decorate(view: View) -> View:
        view.__dict__["mark"] = mark
        return view

    return decorate


def mark_of(view: Callable[..., Any] | None) -> Mark | None:
    """The mark of a view, looked for through whatever wraps it."""
    while view is not None:
        mark = vars(view).get("mark") if hasattr(view, "__dict__") else None
        if isinstance(mark, Mark):
            return mark
        view = getattr(view, "__wrapped__", None)
    return None


def enforce(view: Callable[..., Any] | None, path: str, role: str | None) -> Response | None:
    """Let the request through, send a person to sign in, or refuse."""
    mark = mark_of(view)
    if mark is None:
        if path.startswith("/api/") and view is not None:
            raise Forbidden
        return None
    if mark.permission is None:
        return None
    if role is None:
        if mark.page:
            return redirect(url_for("auth.sign_in", next=path))
        raise Unauthorized
    if not may(role, mark.permission):
        raise Forbidden
    return None
