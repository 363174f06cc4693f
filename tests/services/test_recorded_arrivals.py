"""Of all recorded shapes of phones, only what came in order and in time raises an arrival."""

from datetime import timedelta

import pytest

from gis_dispatch.domain.from_position import Rules
from gis_dispatch.ports import House
from gis_dispatch.services.manage_devices import create_device
from gis_dispatch.services.propose_steps import propose_steps
from gis_dispatch.services.track_position import track_device
from gis_dispatch.simulation.keys import ACTOR
from tests.exchange.recorded_phones import report_of, shapes
from tests.fakes import FakeClock
from tests.story import Story

SHAPES = shapes()
KEY = "s3cret-of-this-phone"


@pytest.mark.parametrize("automatic", [False, True], ids=["proposed", "automatic"])
@pytest.mark.parametrize("name", SHAPES)
def test_an_arrival_is_raised_by_what_came_in_time_alone(
    town: House, story: Story, clock: FakeClock, name: str, automatic: bool
) -> None:
    shape = SHAPES[name]
    assignment = story.steps(story.sent(), "acknowledged", "en_route")
    phone = create_device(town, ACTOR, label="HP", unit_id=1)
    clock.forward(3600)
    began_at = clock.now().replace(microsecond=0)
    raised = 0
    for request in shape.requests:
        report = report_of(shape, request, KEY, began_at)
        clock.forward((began_at + timedelta(seconds=request.at_s) - clock.now()).total_seconds())
        if report is not None:
            track_device(town, phone.secret, report)
        raised += propose_steps(town, Rules(), automatic=automatic)
    clock.forward(60)
    raised += propose_steps(town, Rules(), automatic=automatic)
    assert raised == (1 if shape.arrival else 0)
    row = town.store.reads.one("get_assignment", id=assignment.id)
    assert (row["on_scene_at"] is not None) == (shape.arrival and automatic)
