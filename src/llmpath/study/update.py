"""Say what a catalog update touches of what a learner has: values in, values out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVar

from llmpath.model import Learned, Node
from llmpath.study.graph import CLEARED, PASSED, Roadmap, states, without
from llmpath.vocab import State, Status

Value = TypeVar("Value")


class Possessions(NamedTuple):
    """What a learner has on the catalog.

    `rows` say what each is ('progress', 'skipped topic', 'note', ...) and the id it is on;
    `ignored` are (topic, prerequisite) pairs.
    """

    learned: Learned
    ignored: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, str], ...]


class Carried(NamedTuple):
    """A row that stays under a new id: what it is ('progress', 'note', ...), old and new id."""

    what: str
    before: str
    after: str


class Kept(NamedTuple):
    """A row on an id that the new catalog lacks: it stays in the database, out of sight."""

    what: str
    id: str


class StateChange(NamedTuple):
    """A topic whose state changes; None where the topic is not there, before or after."""

    topic: str
    before: State | None
    after: State | None


class Effect(NamedTuple):
    """What an update does to a learner's data."""

    carried: tuple[Carried, ...]
    kept: tuple[Kept, ...]
    state_changes: tuple[StateChange, ...]


def effect(
    possessions: Possessions,
    old: Iterable[Node],
    new: Iterable[Node],
    renamed: Mapping[str, str],
    present: frozenset[str],
) -> Effect:
    """Return what the update from the *old* to the *new* roadmap does to a learner's data.

    *renamed* leads from former ids to present ones, *present* has all ids of topics and resources
    after the update. A topic's state is followed under its new name. What the learner has may be
    under the ids of before the update or of after it.
    """
    former = {after: before for before, after in renamed.items()}
    rows = dict.fromkeys((what, former.get(id_, id_)) for what, id_ in possessions.rows)
    gone = [(what, id_) for what, id_ in rows if id_ not in present]
    before_states = _states(old, possessions, former)
    nodes = list(new)
    was = carry(before_states, renamed)
    lost = _lost(was, _states(nodes, possessions, renamed))
    learned = possessions.learned
    kept = possessions._replace(learned=learned._replace(known=learned.known | set(lost)))
    after_states = _states(nodes, kept, renamed)
    order = [*after_states, *(id_ for id_ in was if id_ not in after_states)]
    return Effect(
        tuple(Carried(what, id_, renamed[id_]) for what, id_ in gone if id_ in renamed),
        tuple(Kept(what, id_) for what, id_ in gone if id_ not in renamed),
        tuple(
            StateChange(id_, was.get(id_), after_states.get(id_))
            for id_ in order
            if was.get(id_) != after_states.get(id_)
        ),
    )


def passed_in(nodes: Iterable[Node], progress: Mapping[str, str]) -> list[str]:
    """Return which of the topics *nodes* somebody has learned who stands so with resources."""
    learned = Learned({id_: Status(status) for id_, status in progress.items()}, frozenset())
    found = list(nodes)
    return [id_ for id_, state in states(Roadmap(found), learned).items() if state in PASSED]


def to_keep(
    passed: Iterable[str], new: Roadmap, learned: Learned, renamed: Mapping[str, str]
) -> list[str]:
    """Return which of the topics that were *passed* are so no longer in the *new* map.

    *renamed* leads from the ids of then to those of now; of several topics that are one now, any
    that was passed will do. A new edition may ask for more, but nobody loses what they had.
    """
    before = {renamed.get(id_, id_): State.LEARNED for id_ in passed}
    return new.in_order(_lost(before, states(new, learned)))


def _lost(before: Mapping[str, State], after: Mapping[str, State]) -> list[str]:
    """Return what was passed *before* and is there, but neither passed nor skipped, *after*."""
    return [
        id_
        for id_, state in before.items()
        if state in PASSED and id_ in after and after[id_] not in CLEARED
    ]


def carry(rows: Mapping[str, Value], renamed: Mapping[str, str]) -> dict[str, Value]:
    """Return *rows* under present ids; a row that is there under the present id already stays."""
    result = dict(rows)
    for former, id_ in renamed.items():
        if former in result and id_ not in result:
            result[id_] = result.pop(former)
    return result


def _states(
    nodes: Iterable[Node], possessions: Possessions, names: Mapping[str, str]
) -> Mapping[str, State]:
    """Return the states of *nodes* for a learner whose ids are to be read as *names* says."""
    learned = possessions.learned
    learned = learned._replace(
        statuses=carry(learned.statuses, names),
        known=_under(learned.known, names),
        skipped=_under(learned.skipped, names),
        shaky=_under(learned.shaky, names),
    )
    ignored = {
        (names.get(topic, topic), names.get(needed, needed))
        for topic, needed in possessions.ignored
    }
    return states(Roadmap(without(nodes, ignored)), learned)


def _under(ids: Iterable[str], names: Mapping[str, str]) -> frozenset[str]:
    return frozenset(names.get(id_, id_) for id_ in ids)
