"""Jobs whose time an outbox knows: asked for once, tried again when the outbox says."""

from datetime import datetime

from procrastinate import App, BaseRetryStrategy, RetryDecision
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job


class NotYet(Exception):
    """This attempt failed; the next one is planned."""

    def __init__(self, error: str, next_at: datetime) -> None:
        super().__init__(error)
        self.next_at = next_at


class WhenPlanned(BaseRetryStrategy):
    """Try again when the outbox says."""

    def get_retry_decision(
        self,
        *,
        exception: BaseException,
        job: Job,  # noqa: ARG002 - procrastinate asks with it
    ) -> RetryDecision | None:
        """When to try again; any other error is a defect, which the sweep outlives."""
        return RetryDecision(retry_at=exception.next_at) if isinstance(exception, NotYet) else None


async def enqueue(
    app: App, task: str, lock: str, at: datetime | None = None, **arguments: int
) -> bool:
    """Make a job, for a moment or for now; whether there was none under this lock yet."""
    job = app.configure_task(task, queueing_lock=lock, schedule_at=at)
    try:
        await job.defer_async(**arguments)
    except AlreadyEnqueued:
        return False
    return True
