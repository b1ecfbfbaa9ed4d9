"""Say where one stands with resources and topics: start, done, skip, reset, open."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from llmpath.actions.learner_map import LearnerMap, learner_map
from llmpath.actions.naming import find, find_all
from llmpath.actions.outcome import Outcome, outcome
from llmpath.actions.workspace import Workspace
from llmpath.errors import NotSaid, UsageError, quoted
from llmpath.model import Progress, Resource
from llmpath.store.catalog.naming import Named, home_of, topics_in
from llmpath.store.learner import learning, writing
from llmpath.store.learner.journal import Journal
from llmpath.study import knowledge, progress
from llmpath.vocab import Mark, Status

MOST_NAMED = 10  # of what is in progress, where one of it has to be named


class Started(NamedTuple):
    """How each resource stood before it was to be started, by id, and what starting did."""

    before: Mapping[str, Status]
    outcome: Outcome


class Opened(NamedTuple):
    """How a resource stood before it was opened, and what opening it did."""

    before: Status
    outcome: Outcome


def in_progress(w: Workspace) -> list[Named]:
    """Return what the learner is studying, what they touched last first."""
    begun = [
        one.resource
        for one in learning.progress(w.connection, w.learner.id)
        if one.status is Status.DOING
    ]
    from llmpath.store.catalog import resources  # 0.5 ms, and most name what they mean

    found = resources.by_id(w.connection, begun)
    return [Named("resource", id_, found[id_].title) for id_ in begun if id_ in found]


def the_one_of(things: Sequence[Named], command: str) -> Named:
    """Return the only one of *things* that are in progress; *command* is what it is for.

    Raises UsageError where there is none, NotSaid where there are several.
    """
    if not things:
        raise UsageError(
            "Nothing is in progress.", f"Name a resource: {command} ID, or start one: llmpath next"
        )
    if len(things) > 1:
        rows = [f"{thing.id}  {thing.title}" for thing in things[:MOST_NAMED]]
        more = len(things) - len(rows)
        raise NotSaid(
            f"{len(things)} resources are in progress.",
            f"Say which one: {command} ID",
            [*rows, f"... and {more} more"] if more else rows,
        )
    return things[0]


def day_of(w: Workspace, text: str | None) -> str:
    """Return the day (YYYY-MM-DD) that *text* means, today for None; raises UsageError.

    It is one on which something can have been studied: not one to come.
    """
    if text is None:
        return w.today
    from llmpath import times  # 1 ms, with the patterns, and hardly anyone says a day

    day = times.day(text, w.today, past=True)
    if day > w.today:
        raise UsageError(
            f"{quoted(text)} is yet to come.",
            "Say when you studied: --on yesterday, --on 2026-11-20.",
        )
    return day


def time_on(w: Workspace, day: str) -> str:
    """Return when (UTC, ISO 8601) something of a *day* was: now, or at noon of another day."""
    if day == w.today:
        return w.moment.at
    noon = datetime.fromisoformat(f"{day}T12:00:00").astimezone(UTC)
    return noon.isoformat(timespec="seconds")


def said_day(w: Workspace, day: str) -> str:
    """Return how the log tells of a *day*: not at all, if it is today or none."""
    return f" ({day})" if day not in ("", w.today) else ""


def tell_day(w: Workspace, day: str) -> None:
    """Tell on which *day* something counts, unless it is today: `friday` is to be checked."""
    if day != w.today:
        w.tell(f"It counts for {day}.")


def start(w: Workspace, names: Sequence[str]) -> Started:
    """Begin the resources called *names*; what is done stays done, and is begun again from now."""
    before: dict[str, Status] = {}

    def change(now: Progress) -> Progress:
        before[now.resource] = now.status
        return progress.start(now, w.moment.at)

    done = _record(w, "start", find_all(w, names, "resource"), change)
    return Started(before, done)


def finish(
    w: Workspace,
    names: Sequence[str],
    minutes: int | None = None,
    rating: int | None = None,
    note: str | None = None,
    on: str | None = None,
) -> Outcome:
    """Mark the resources called *names* as done, each with *minutes* in all, *rating* and *note*.

    They were finished today, or *on* a day that is over.
    """
    day = day_of(w, on)
    at = time_on(w, day)

    def change(now: Progress) -> Progress:
        return progress.finish(now, at, minutes, rating, dated=on is not None)

    done = _record(w, "done", find_all(w, names, "resource"), change, note, day=day)
    tell_day(w, day)
    return done


def skip(w: Workspace, names: Sequence[str]) -> Outcome:
    """Leave the resources, and all topics, called *names* out.

    A number of a list stands for the resource that has it; what skips its topic is told besides.
    """
    things = _spread(w, "skip", names)
    if any(word.isdecimal() for name in names for word in name.split(",")):
        for thing in things:
            if thing.what == "resource":
                topic = home_of(w.connection, thing.id)
                w.tell(f"To skip its topic too, {topic.title}: llmpath skip {topic.id}")
    return _record(w, "skip", things, progress.skip, mark=Mark.SKIPPED)


def reset(w: Workspace, names: Sequence[str]) -> Outcome:
    """Clear the progress on the resources called *names*, and what was said of such topics.

    What was logged of sittings goes with it.
    """
    return _record(w, "reset", _spread(w, "reset", names), progress.reset)


def _spread(w: Workspace, action: str, names: Sequence[str]) -> list[Named]:
    """Return the resources and topics called *names*, for a module or track its topics."""
    found = [
        one
        for thing in find_all(w, names, "either")
        for one in ([thing] if thing.what == "resource" else topics_in(w.connection, thing))
    ]
    things = list(dict.fromkeys(found))
    from llmpath.actions.agreement import agreed_on

    agreed_on(w, action, [thing.id for thing in things])
    return things


def to_open(w: Workspace, name: str) -> Resource:
    """Return the resource called *name*, whose address is to be opened."""
    from llmpath.store.catalog import resources

    named = find(w, name, "resource")
    return resources.by_id(w.connection, [named.id])[named.id]


def opened(w: Workspace, work: Resource) -> Opened:
    """Note that *work* was opened: what was not begun is in progress now, what is done stays so."""
    before = Status.TODO

    def change(now: Progress) -> Progress:
        nonlocal before
        before = now.status
        fresh = before in (Status.TODO, Status.SKIPPED)
        return progress.start(now, w.moment.at) if fresh else now

    done = _record(w, "open", [Named("resource", work.id, work.title)], change)
    return Opened(before, done)


def _record(
    w: Workspace,
    action: str,
    things: Sequence[Named],
    change: Callable[[Progress], Progress],
    note: str | None = None,
    mark: Mark | None = None,
    day: str = "",
) -> Outcome:
    """Apply *change* to the progress on each of *things* as one command, of today or a *day*.

    Topics among them are marked as *mark*, or lose their mark for None.
    """
    titles = ", ".join(thing.title for thing in things)
    with w.writing(action, titles + said_day(w, day), day) as journal:
        before = learner_map(w)
        for thing in things:
            if thing.what == "topic":
                if mark:
                    writing.mark_topics(journal, [thing.id], mark)
                else:
                    writing.unmark_topics(journal, [thing.id])
                continue
            present = learning.progress_of(w.connection, w.learner.id, thing.id)
            writing.save_progress(journal, change(present))
            if note:
                writing.add_note(journal, thing.id, note)
            if action == "done":
                _make_firm(journal, before, thing.id)
            if action == "reset":
                writing.clear_sittings(journal, thing.id)
    return outcome(w, action, things, journal, before)


def _make_firm(journal: Journal, before: LearnerMap, resource: str) -> None:
    """Let the shaky topics that *resource* is about count as refreshed."""
    now = before.learned._replace(statuses={**before.learned.statuses, resource: Status.DONE})
    known, unmarked = knowledge.refreshed(before.roadmap, now, resource)
    writing.mark_topics(journal, known, Mark.KNOWN)
    writing.unmark_topics(journal, unmarked)
