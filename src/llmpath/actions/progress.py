"""Say where one stands with resources and topics: start, done, skip, reset, open."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from llmpath.actions.agreement import agreed_on
from llmpath.actions.learner_map import LearnerMap, learner_map
from llmpath.actions.naming import find, find_all
from llmpath.actions.outcome import Outcome, outcome
from llmpath.actions.workspace import Workspace
from llmpath.model import Progress, Resource
from llmpath.store.catalog.naming import Named, home_of, topics_in
from llmpath.store.learner import learning, writing
from llmpath.store.learner.journal import Journal
from llmpath.study import knowledge, progress
from llmpath.vocab import Mark, Status


class Opened(NamedTuple):
    """How a resource stood before it was opened, and what opening it did."""

    before: Status
    outcome: Outcome


def start(w: Workspace, names: Sequence[str]) -> Outcome:
    """Begin the resources called *names*."""
    things = find_all(w, names, "resource")
    return _record(w, "start", things, lambda now: progress.start(now, w.moment.at))


def finish(
    w: Workspace,
    names: Sequence[str],
    minutes: int | None = None,
    rating: int | None = None,
    note: str | None = None,
) -> Outcome:
    """Mark the resources called *names* as done, each with *minutes* spent, *rating* and *note*."""

    def change(now: Progress) -> Progress:
        return progress.finish(now, w.moment.at, minutes, rating)

    return _record(w, "done", find_all(w, names, "resource"), change, note)


def skip(w: Workspace, names: Sequence[str]) -> Outcome:
    """Leave the resources, and all topics, called *names* out.

    A number of a list stands for the resource that has it; what skips its topic is told besides.
    """
    things = _spread(w, "skip", names)
    if any(name.isdecimal() for name in names):
        for thing in things:
            if thing.what == "resource":
                topic = home_of(w.connection, thing.id)
                w.tell(f"To skip its topic too, {topic.title}: llmpath skip {topic.id}")
    return _record(w, "skip", things, progress.skip, mark=Mark.SKIPPED)


def reset(w: Workspace, names: Sequence[str]) -> Outcome:
    """Clear the progress on the resources called *names*, and what was said of such topics."""
    return _record(w, "reset", _spread(w, "reset", names), progress.reset)


def _spread(w: Workspace, action: str, names: Sequence[str]) -> list[Named]:
    """Return the resources and topics called *names*, for a module or track its topics."""
    found = [
        one
        for thing in find_all(w, names, "things")
        for one in ([thing] if thing.what == "resource" else topics_in(w.connection, thing))
    ]
    things = list(dict.fromkeys(found))
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
) -> Outcome:
    """Apply *change* to the progress on each of *things* as one command.

    Topics among them are marked as *mark*, or lose their mark for None.
    """
    titles = ", ".join(thing.title for thing in things)
    with w.writing(action, titles) as journal:
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
    return outcome(w, action, things, journal, before)


def _make_firm(journal: Journal, before: LearnerMap, resource: str) -> None:
    """Let the shaky topics that *resource* is about count as refreshed."""
    now = before.learned._replace(statuses={**before.learned.statuses, resource: Status.DONE})
    known, unmarked = knowledge.refreshed(before.roadmap, now, resource)
    writing.mark_topics(journal, known, Mark.KNOWN)
    writing.unmark_topics(journal, unmarked)
