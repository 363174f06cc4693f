"""Every act that the model knows, by its name."""

from tests.laws import doing_agencies, doing_calls, doing_incidents, doing_times, doing_units
from tests.laws.knowing import Act, Model, Refused

ACTS = {
    act.__name__: act
    for room in (doing_calls, doing_incidents, doing_agencies, doing_units, doing_times)
    for act in room.ACTS
}


def do(model: Model, act: Act) -> None:
    """Do it, or refuse and change nothing."""
    if act.name not in ACTS:
        return  # What begins something: nothing refuses it.
    before = model.copy()
    try:
        ACTS[act.name](model, act)
    except Refused:
        model.__dict__.update(before.__dict__)
        raise
