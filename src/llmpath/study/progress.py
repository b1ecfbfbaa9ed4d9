"""What a command does to the progress on a resource: values in, values out."""

from __future__ import annotations

from llmpath.model import Progress
from llmpath.vocab import Status


def start(progress: Progress, at: str) -> Progress:
    """Return *progress* as begun at *at*.

    What is done stays done, and so does its topic: that it is studied again shows in its start
    alone, which then lies after its end.
    """
    if progress.status is Status.DOING:
        return progress
    if progress.status is Status.DONE:
        return progress._replace(started_at=at)
    return progress._replace(status=Status.DOING, started_at=at, finished_at=None)


def spend(progress: Progress, at: str, minutes: int) -> Progress:
    """Return *progress* after a sitting of *minutes* at *at*: what was not begun is, by that.

    A total that the learner has given grows with it; see `sittings.total`.
    """
    begun = progress if progress.status is Status.DONE else start(progress, at)
    return begun if begun.minutes is None else begun._replace(minutes=begun.minutes + minutes)


def finish(
    progress: Progress,
    at: str,
    minutes: int | None = None,
    rating: int | None = None,
    dated: bool = False,
) -> Progress:
    """Return *progress* as done at *at*, with *minutes* spent in all.

    Done again without news stays as it was, the first date included unless it is *dated* anew.
    What ended before it was begun, as far as the log knew, was begun when it ended.
    """
    again = progress.status is Status.DONE and not dated
    begun = progress.started_at
    return progress._replace(
        status=Status.DONE,
        started_at=at if begun and begun > at and not again else begun,
        finished_at=progress.finished_at if again else at,
        minutes=progress.minutes if minutes is None else minutes,
        rating=progress.rating if rating is None else rating,
    )


def skip(progress: Progress) -> Progress:
    """Return *progress* as skipped: it is not offered again."""
    return progress._replace(status=Status.SKIPPED, finished_at=None)


def reset(progress: Progress) -> Progress:
    """Return *progress* as if the resource had never been touched."""
    return Progress(progress.resource)
