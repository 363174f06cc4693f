"""Acts that a room may do, one for each number: what is refused then is simply not done."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

from gis_dispatch.domain.people import ADMINISTRATOR, Actor
from gis_dispatch.domain.tracking import Report
from gis_dispatch.errors import Refusal
from gis_dispatch.ports import House
from gis_dispatch.services.accept_referral import accept_referral
from gis_dispatch.services.acknowledge_referral import acknowledge_referral
from gis_dispatch.services.answer_call import answer_call
from gis_dispatch.services.assign_units import assign_units
from gis_dispatch.services.call_for_backup import call_for_backup
from gis_dispatch.services.cancel_assignment import cancel_assignment
from gis_dispatch.services.cancel_incident import cancel_incident
from gis_dispatch.services.change_alarm import change_alarm
from gis_dispatch.services.change_duty import change_duty
from gis_dispatch.services.change_incident import change_incident
from gis_dispatch.services.chat import say
from gis_dispatch.services.check_readiness import check_readiness
from gis_dispatch.services.close_call import close_call
from gis_dispatch.services.close_incident import close_incident
from gis_dispatch.services.close_road import close_road
from gis_dispatch.services.complete_referral import complete_referral
from gis_dispatch.services.correct_time import correct_time
from gis_dispatch.services.end_call import end_call
from gis_dispatch.services.end_move import report_arrival, take_back_move
from gis_dispatch.services.hand_back_referral import hand_back_referral
from gis_dispatch.services.keep_promises import end_promise, make_promise
from gis_dispatch.services.lift_closure import lift_closure
from gis_dispatch.services.link_call import link_call
from gis_dispatch.services.manage_units import add_unit, change_unit
from gis_dispatch.services.mark_duplicate import mark_duplicate
from gis_dispatch.services.order_moves import order_moves
from gis_dispatch.services.record_incident import record_incident
from gis_dispatch.services.refer_incident import refer_incident
from gis_dispatch.services.relocate_incident import relocate_incident
from gis_dispatch.services.reopen_incident import reopen_incident
from gis_dispatch.services.report_step import report_step
from gis_dispatch.services.take_back_call import take_back_call
from gis_dispatch.services.take_back_incident import take_back_incident
from gis_dispatch.services.take_back_referral import take_back_referral
from gis_dispatch.services.take_back_step import take_back_step
from gis_dispatch.services.take_call import take_call
from gis_dispatch.services.track_position import track_positions
from gis_dispatch.services.verify_incident import verify_incident
from tests.fakes import FakeClock
from tests.town import CENTRE, People

ADMIN = Actor(2, "Budi", ADMINISTRATOR)
STEPS = ("acknowledged", "en_route", "on_scene", "cleared")
DUTIES = ("available", "off_duty", "out_of_service")
LINE = {"type": "LineString", "coordinates": [list(CENTRE), [CENTRE[0] + 0.01, CENTRE[1]]]}


class Room:
    """A town in which one act follows another."""

    def __init__(self, house: House, clock: FakeClock) -> None:
        self.house, self.clock, self.people = house, clock, People()

    def act(self, name: str, which: int) -> None:
        """Do one thing to one of the things there are, or find it refused."""
        with suppress(Refusal, IndexError):
            ACTS[name](self, which)

    def ids(self, query: str, **parameters: Any) -> list[int]:
        """The newest few, newest first."""
        return sorted(r["id"] for r in self.house.store.reads.all(query, **parameters))[:-7:-1]

    def one(self, ids: Sequence[int], which: int) -> int:
        """One of those there are."""
        return ids[which % len(ids)] if ids else ids[0]

    def call(self, which: int) -> int:
        return self.one(self.ids("list_calls", state="all"), which)

    def incident(self, which: int) -> int:
        return self.one(self.ids("list_incidents", status="all"), which)

    def referral(self, which: int) -> int:
        return self.one(self.ids("list_referrals", agency="damkar"), which)

    def assignment(self, which: int) -> int:
        return self.one(self.ids("list_assignments"), which)

    def unit(self, which: int) -> int:
        return which % 4 + 1


def _assign(room: Room, which: int) -> None:
    referral = room.referral(which)
    incident = room.house.store.reads.one("get_referral", id=referral)["incident_id"]
    assign_units(room.house, room.people.damkar, incident, referral, [room.unit(which)])


def _ready(room: Room, which: int) -> None:
    ready = which % 3 != 0
    check_readiness(
        room.house, room.people.damkar, room.referral(which), crew_ok=ready, equipment_ok=True,
        vehicle_ok=True, ready=ready, missing=None if ready else "selang",
    )  # fmt: skip


def _step(room: Room, which: int) -> None:
    """Reported at once, or minutes later: a phone that had no signal."""
    assignment = room.assignment(which // 4)
    late = room.clock.now() - timedelta(seconds=200 * (which % 3))
    report_step(room.house, room.people.damkar, assignment, STEPS[which % 4], occurred_at=late)


def _record(room: Room, which: int) -> None:
    call = room.call(which) if which % 2 else None
    record_incident(
        room.house, room.people.operator, call_id=call, kind="kebakaran",
        lon=CENTRE[0] + which / 1000, lat=CENTRE[1], verified=which % 3 > 0,
    )  # fmt: skip


def _close_road(room: Room, which: int) -> None:
    hours = timedelta(hours=1)
    begins = room.clock.now() + hours * (which % 2)
    close_road(
        room.house, room.people.damkar, geometry=LINE, reason="banjir", starts_at=begins,
        ends_at=begins + hours if which % 3 else None,
    )  # fmt: skip


def _position(room: Room, which: int) -> None:
    """On time, buffered for minutes, or a jump that nobody believes."""
    far = 0.5 if which % 5 == 4 else 0.0
    at = room.clock.now() - timedelta(seconds=90 * (which % 3))
    report = Report(CENTRE[0] + which / 500 + far, CENTRE[1], recorded_at=at)
    crew = room.people.crew if which % 2 else room.people.crew_2
    assert crew.unit_id is not None
    track_positions(room.house, crew, crew.unit_id, [report])


def _change_unit(room: Room, which: int) -> None:
    if which % 4 == 0:
        new = {"call_sign": f"BARU-{room.clock.now():%H%M%S}", "agency_code": "damkar"}
        add_unit(room.house, ADMIN, {**new, "type_code": "pemadam", "duty": DUTIES[which % 2]})
        return
    changes = ({"station_id": 2}, {"type_code": "truk"}, {"station_id": 1})[which % 3]
    change_unit(room.house, ADMIN, room.unit(which), changes)


COURSE = ("refer", "acknowledge", "ready", "accept", "assign", "step", "step", "step", "step")


def _course(room: Room, which: int) -> None:
    """A call that goes some way by itself, so that late states are reached too."""
    room.act("take_call", 0)
    room.act("record", 1)
    room.act("verify", 0)
    for number, name in enumerate(COURSE[: which + 2]):
        room.clock.forward(7)
        room.act(name, number - 5 if name == "step" else 1 if name == "ready" else 0)


STAMPS = {
    "call": ("answered_at", "ended_at"),
    "assignment": ("dispatched_at", "en_route_at", "on_scene_at", "cleared_at"),
    "referral": ("acknowledged_at", "accepted_at", "completed_at"),
    "incident": ("verified_at", "closed_at"),
}


def _correct(room: Room, which: int) -> None:
    """Some seconds earlier, or to a time that cannot be."""
    thing = list(STAMPS)[which % 4]
    person = room.people.lead
    newest = {
        "call": room.call, "assignment": room.assignment, "referral": room.referral,
        "incident": room.incident,
    }[thing](which // 4)  # fmt: skip
    to = room.clock.now() - timedelta(seconds=17 * which)
    for stamp in STAMPS[thing]:
        with suppress(Refusal):
            correct_time(room.house, person, thing, newest, stamp=stamp, to=to, reason="radio")


def _alarm(room: Room, which: int) -> None:
    change_alarm(room.house, room.people.lead, room.incident(which // 3), which % 3 + 1, "api")


def _move(room: Room, which: int) -> None:
    """A new order, or the end of the newest one."""
    if which % 3:
        move = {"unit_id": room.unit(which), "station_id": which % 2 + 1}
        order_moves(room.house, room.people.damkar, [move])
        return
    move_id = room.one(room.ids("list_moves", state="open"), which)
    if which % 2:
        take_back_move(room.house, room.people.damkar, move_id, "kembali")
    else:
        late = room.clock.now() - timedelta(seconds=20 * (which % 4))
        report_arrival(room.house, room.people.lead, move_id, late)


def _promise(room: Room, which: int) -> None:
    """Made by one of two desks, or ended."""
    desk = (room.people.operator, room.people.damkar)[which % 2]
    open_ones = room.ids("list_promises", agency=desk.agency_code, open=True)
    if which % 3 == 0 and open_ones:
        end_promise(room.house, desk, room.one(open_ones, which), "ditepati")
        return
    make_promise(
        room.house, desk, promise=f"kabar {which}", promised_to="Ketua RT",
        due_at=room.clock.now() + timedelta(minutes=which),
        incident_id=room.incident(which) if which % 4 else None,
    )  # fmt: skip


Act = Callable[[Room, int], object]
ACTS: dict[str, Act] = {
    "course": _course,
    "take_call": lambda r, n: take_call(r.house, r.people.operator, caller_number="0812"),
    "answer_call": lambda r, n: answer_call(r.house, r.people.operator, r.call(n)),
    "end_call": lambda r, n: end_call(r.house, r.people.operator, r.call(n)),
    "close_call": lambda r, n: close_call(r.house, r.people.operator, r.call(n), "prank"),
    "link_call": lambda r, n: link_call(r.house, r.people.operator, r.incident(n), r.call(n)),
    "record": _record,
    "verify": lambda r, n: verify_incident(r.house, r.people.operator, r.incident(n)),
    "relocate": lambda r, n: relocate_incident(
        r.house, r.people.operator, r.incident(n), lon=CENTRE[0], lat=CENTRE[1] + n / 500
    ),
    "change": lambda r, n: change_incident(
        r.house, r.people.operator, r.incident(n), priority=n % 4 + 1,
        kind="kebakaran.lahan" if n % 2 else "kebakaran",
    ),
    "refer": lambda r, n: refer_incident(
        r.house, r.people.operator, r.incident(n), ["damkar", "bpbd"][: n % 2 + 1]
    ),
    "cancel": lambda r, n: cancel_incident(r.house, r.people.operator, r.incident(n), "keliru"),
    "duplicate": lambda r, n: mark_duplicate(
        r.house, r.people.operator, r.incident(n), r.incident(n + 1)
    ),
    "reopen": lambda r, n: reopen_incident(r.house, r.people.operator, r.incident(n), "lagi"),
    "close": lambda r, n: close_incident(
        r.house, r.people.operator, r.incident(n), outcome="padam", summary="padam"
    ),
    "acknowledge": lambda r, n: acknowledge_referral(r.house, r.people.damkar, r.referral(n)),
    "ready": _ready,
    "accept": lambda r, n: accept_referral(r.house, r.people.damkar, r.referral(n)),
    "hand_back": lambda r, n: hand_back_referral(r.house, r.people.lead, r.referral(n), "bukan"),
    "complete": lambda r, n: complete_referral(r.house, r.people.lead, r.referral(n)),
    "assign": _assign,
    "step": _step,
    "undo_step": lambda r, n: take_back_step(r.house, r.people.damkar, r.assignment(n)),
    "undo_referral": lambda r, n: take_back_referral(
        r.house, (r.people.damkar, r.people.lead)[n % 2], r.referral(n // 2)
    ),
    "undo_incident": lambda r, n: take_back_incident(r.house, r.people.operator, r.incident(n)),
    "undo_call": lambda r, n: take_back_call(r.house, r.people.operator, r.call(n)),
    "correct": _correct,
    "backup": lambda r, n: call_for_backup(r.house, r.people.damkar, r.assignment(n)),
    "call_back": lambda r, n: cancel_assignment(
        r.house, r.people.damkar, r.assignment(n), "tidak perlu"
    ),
    "duty": lambda r, n: change_duty(
        r.house, r.people.lead, r.unit(n), DUTIES[n % 3], f"alasan {n % 2}"
    ),
    "change_unit": _change_unit,
    "close_road": _close_road,
    "lift": lambda r, n: lift_closure(
        r.house, r.people.lead, r.one(r.ids("list_closures", state="all"), n)
    ),
    "position": _position,
    "alarm": _alarm,
    "move": _move,
    "promise": _promise,
    "chat": lambda r, n: say(r.house, r.people.damkar, "siap", r.incident(n) if n % 2 else None),
}  # fmt: skip
