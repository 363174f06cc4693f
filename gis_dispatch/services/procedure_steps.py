"""The steps of the procedure that this installation runs."""

from gis_dispatch.domain.procedure import Step, steps_of
from gis_dispatch.services.facts_files import read_procedure


def procedure_steps(name: str) -> tuple[Step, ...]:
    """The steps of a file in facts/procedures, ready for a `House`."""
    return steps_of(read_procedure(name).model_dump())
