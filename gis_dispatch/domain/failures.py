"""Why a notice or a case document did not arrive: one word for each reason.

The raw text of an error stays beside it for whoever mends the way; people read the sentence of the
word (`web/static/shared/failures.js` has one for each).
"""

from typing import Final

NO_ANSWER: Final = "no_answer"
NAME_NOT_FOUND: Final = "name_not_found"
CERTIFICATE: Final = "certificate"
NOT_REACHABLE: Final = "not_reachable"
ADDRESS_UNUSABLE: Final = "address_unusable"
NOT_LET_IN: Final = "not_let_in"
REFUSED: Final = "refused"
TOO_MANY: Final = "too_many"
BROKEN_THERE: Final = "broken_there"
NO_GATEWAY: Final = "no_gateway"
NOT_SIGNED_UP: Final = "not_signed_up"
TOO_LATE: Final = "too_late"

FAILURES = (
    NO_ANSWER, NAME_NOT_FOUND, CERTIFICATE, NOT_REACHABLE, ADDRESS_UNUSABLE, NOT_LET_IN, REFUSED,
    TOO_MANY, BROKEN_THERE, NO_GATEWAY, NOT_SIGNED_UP, TOO_LATE,
)  # fmt: skip


def failure_of_status(status: int) -> str:
    """What an answer that is no success means."""
    if status in {401, 403}:
        return NOT_LET_IN
    if status == 429:
        return TOO_MANY
    return BROKEN_THERE if status >= 500 else REFUSED
