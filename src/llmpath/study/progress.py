"""What a command does to the progress on a resource: values in, values out."""

from __future__ import annotations

from llmpath.model import Progress
from llmpath.vocab import Status


def start(progress: Progress, at: str) -> Progress:
    """Return *progress* as begun at *at*; what was started or done before is begun anew."""
    if progress.status is Status.DOING:
        return progress
    return progress._replace(status=Status.DOING, started_at=at, finished_at=None)


def finish(
    progress: Progress, at: str, minutes: int | None = None, rating: int | None = None
) -> Progress:
    """Return *progress* as done at *at*; *minutes* are added to those spent before.

    Done again without news stays as it was, the first date included.
    """
    spent = progress.minutes
    if minutes is not None:
        spent = (spent or 0) + minutes
    finished = progress.finished_at if progress.status is Status.DONE else at
    return progress._replace(
        status=Status.DONE,
        finished_at=finished,
        minutes=spent,
        rating=progress.rating if rating is None else rating,
    )


def skip(progress: Progress) -> Progress:
    """Return *progress* as skipped: it is not offered again."""
    return progress._replace(status=Status.SKIPPED, finished_at=None)


def reset(progress: Progress) -> Progress:
    """Return *progress* as if the resource had never been touched."""
    return Progress(progress.resource)
