"""What a command that writes did: the number it has in the log, what changed, what that opens."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from llmpath.actions.workspace import Workspace

if TYPE_CHECKING:
    from llmpath.actions.learner_map import LearnerMap
    from llmpath.actions.reaching import Proposal, Reached
    from llmpath.model import Node, Resource
    from llmpath.store.catalog.naming import Named
    from llmpath.store.history.ledger import Event, Row
    from llmpath.store.learner.journal import Journal, LogLine
    from llmpath.vocab import State

# What an event's row is about: what it is called, and the column with the id of what it is on.
# The steps of a plan are told by the plan itself.
_SORTS = {
    "progress": ("resource", "resource_id"),
    "topic_mark": ("topic", "topic_id"),
    "goal": ("goal", "topic_id"),
    "note": ("note", "target"),
    "ignored_prerequisite": ("prerequisite", "topic_id"),
    "plan": ("plan", ""),
    "sitting": ("sitting", "resource_id"),
}
_UNTOLD = ("id", "learner_id")  # columns that mean something to the database alone


class Change(NamedTuple):
    """One thing that changed: what it is, the id and title of what it is on, and its values.

    `what` is resource, sitting, topic, goal, note, prerequisite, plan, learner or setting; the id
    of a plan is ''. Values are by name, None where there was nothing before or is nothing after.
    """

    what: str
    id: str
    title: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


class Standing(NamedTuple):
    """Where a topic that is not passed stands after something was done for it.

    `done` of the `enough` works that pass it are done; an `extra` was done that counts for none.
    `ahead` is the work to go on with, None where there is none left.
    """

    topic: "Node"
    done: int
    enough: int
    extra: bool
    ahead: "Resource | None"


class Outcome(NamedTuple):
    """What a command did: its action, what it was asked to act on, and what came of it.

    `command` is its number in the log, None where it changed nothing or is not in the log;
    `commands` are those that it undid or redid; `standings` are of the topics that what was done
    does not pass; `reached` are goals that were not before, and `proposals` those to go for after
    them.
    """

    action: str
    things: "Sequence[Named]" = ()
    command: int | None = None
    changes: Sequence[Change] = ()
    passed: "Sequence[tuple[Node, State]]" = ()
    unlocks: "Sequence[tuple[Node, State]]" = ()
    commands: "Sequence[LogLine]" = ()
    standings: Sequence[Standing] = ()
    reached: "Sequence[Reached]" = ()
    proposals: "Sequence[Proposal]" = ()


def outcome(
    w: Workspace,
    action: str,
    things: "Sequence[Named]",
    journal: "Journal",
    before: "LearnerMap | None" = None,
) -> Outcome:
    """Return what the command of *journal* did, now that it has ended.

    *before* is the learner's map as it was, where the command may change states of topics.
    """
    number = None if w.trial else journal.number
    done = Outcome(action, things, number, changes(w, journal.events))
    return with_states(w, done, before) if before and done.changes else done


def with_states(w: Workspace, done: Outcome, before: "LearnerMap") -> Outcome:
    """Return *done* with the topics passed and ready, and the goals reached, since *before*."""
    from llmpath.actions.learner_map import learner_map
    from llmpath.study.goals import is_reached
    from llmpath.study.graph import PASSED, newly_ready  # 1 ms, and `undo` asks for no states

    after = learner_map(w)
    ends = [
        goal
        for goal in after.goals
        if is_reached(goal, after.states) and not is_reached(goal, before.states)
    ]
    if ends:
        from llmpath.actions import reaching  # 1 ms, and a goal is not reached every day

        done = done._replace(
            reached=reaching.reached(w, after, ends),
            proposals=reaching.proposals(w, after, ends),
        )
    return done._replace(
        passed=[
            (after.roadmap.nodes[id_], state)
            for id_, state in after.states.items()
            if state in PASSED and before.states.get(id_) not in PASSED
        ],
        unlocks=[
            (after.roadmap.nodes[id_], after.states[id_])
            for id_ in newly_ready(before.states, after.states)
        ],
        standings=_standings(w, done, after) if done.action == "done" else (),
    )


def _standings(w: Workspace, done: Outcome, after: "LearnerMap") -> list[Standing]:
    """Return where the topics stand that what was *done* counts for and does not pass.

    For what counts for none, that is its home, if the learner has not passed it.
    """
    from llmpath.store.catalog import resources  # only `done` tells of this
    from llmpath.study.graph import CLEARED

    works = resources.by_id(w.connection, [thing.id for thing in done.things])
    found: dict[str, bool] = {}  # topic -> whether only extras were done for it
    for work in works.values():
        topics = [id_ for id_ in work.topics if id_ in after.roadmap.nodes]
        nodes = after.roadmap.nodes.values()
        core = [node.id for node in nodes if work.id in node.core]
        for topic in core or topics[:1]:
            if after.states[topic] not in CLEARED:
                found[topic] = found.get(topic, True) and not core
    return [_standing(w, after, topic, extra) for topic, extra in found.items()]


def _standing(w: Workspace, after: "LearnerMap", topic: str, extra: bool) -> Standing:
    """Return where *topic* stands, and what to go on with."""
    from llmpath.store.catalog import resources
    from llmpath.study.graph import done_count, to_study, wanted_count

    node, learned = after.roadmap.nodes[topic], after.learned
    works = resources.by_id(w.connection, node.core)
    left = [works[id_] for id_ in to_study(node, learned) if id_ in works]
    ahead = next((work for work in left if work.is_live), None)
    return Standing(node, done_count(node, learned), wanted_count(node, learned), extra, ahead)


def changes(w: Workspace, events: "Iterable[Event]") -> list[Change]:
    """Return what *events* changed, in a learner's terms."""
    from llmpath.store.catalog import naming

    found = []
    for event in events:
        if event.entity not in _SORTS:
            continue
        what, column = _SORTS[event.entity]
        key = json.loads(event.key)
        before, after = _values(key, column, event.before), _values(key, column, event.after)
        id_ = str({**key, **(before or {}), **(after or {})}.get(column, ""))
        for values in (before, after):
            if values:
                values.pop(column, None)
        found.append(Change(what, id_, "", before, after))
    titles = naming.titles(w.connection, [one.id for one in found if one.id])
    return [one._replace(title=titles.get(one.id, "")) for one in found]


def _values(key: "Row", column: str, row: str | None) -> "Row | None":
    """Return the values of a row as other programs may want them."""
    if row is None:
        return None
    values = {**key, **json.loads(row)}
    if "requires_id" in values:
        values["requires"] = values.pop("requires_id")
    for name in ("topics", "off"):  # of a plan: ids, and ranges of days, in one text
        if isinstance(values.get(name), str):
            values[name] = values[name].split()
    return {name: value for name, value in values.items() if name not in _UNTOLD}
