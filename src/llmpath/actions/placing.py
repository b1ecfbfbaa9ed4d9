"""Find out what a learner knows, in few questions."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from llmpath.actions.learner_map import LearnerMap, goals_of, learner_map
from llmpath.actions.naming import find, part_id
from llmpath.actions.outcome import Outcome, outcome
from llmpath.actions.workspace import Workspace
from llmpath.errors import UsageError
from llmpath.model import Goal
from llmpath.phrases import listed
from llmpath.store.catalog import reading
from llmpath.store.learner import writing
from llmpath.study.aims import aims, behind_each, topics_of
from llmpath.study.graph import CLEARED
from llmpath.study.placement import Answer, Placement, placed
from llmpath.vocab import Mark

TITLES_LOGGED = 4


class Question(NamedTuple):
    """What is asked on a topic: its card, and the module and other topics one may answer for."""

    topic: str
    title: str
    ask: str
    answer: str
    module: str
    mates: Sequence[str]


class Placed(NamedTuple):
    """A placement with what follows from its answers, and what saving that did."""

    placement: Placement
    known: Sequence[str]
    outcome: Outcome


def begin(w: Workspace, goals: Sequence[Goal] | None = None) -> Placement:
    """Return a placement without an answer yet; for other *goals* than the learner's if given."""
    return after(learner_map(w, goals=goals), ())


def after(point: LearnerMap, told: Iterable[Answer]) -> Placement:
    """Return the placement at *point* after the answers *told* on topics that are there.

    With goals, it is about what they take; without, or once all that is passed, about all topics.
    """
    given = {id_ for id_, state in point.states.items() if state in CLEARED}
    there = [answer for answer in told if answer.topic in point.roadmap.nodes]
    of = aims(point.every, point.goals, point.aim)
    path = point.roadmap.still_to_pass(topics_of(point.goals), point.states)
    return placed(point.roadmap, given, there, behind_each(point.every, of), path)


def goals_in(w: Workspace, placement: Placement) -> list[str]:
    """Return the titles of the learner's goals that *placement* asks about."""
    return [goal.title for goal in goals_of(w) if not placement.scope.isdisjoint(goal.topics)]


def answers(
    w: Workspace,
    placement: Placement,
    known: Sequence[str],
    unknown: Sequence[str],
    all_of: Sequence[str],
    none_of: Sequence[str],
) -> list[Answer]:
    """Return what was said of topics and of whole modules, by name, as answers.

    One for a module is an answer on the first of its topics. Raises UsageError where something is
    both known and not.
    """
    yes = [find(w, name, "topic").id for name in known]
    no = [find(w, name, "topic").id for name in unknown]
    _refuse_both(yes, no)
    every = list(dict.fromkeys(part_id(w, "module", name) for name in all_of))
    none = list(dict.fromkeys(part_id(w, "module", name) for name in none_of))
    _refuse_both(every, none)
    members = placement.roadmap.modules
    return [
        *(Answer(id_, True) for id_ in yes),
        *(Answer(id_, False) for id_ in no),
        *(
            Answer(members[module][0].id, module in every, True)
            for module in (*every, *none)
            if module in members
        ),
    ]


def _refuse_both(yes: Sequence[str], no: Sequence[str]) -> None:
    both = set(yes) & set(no)
    if both:
        raise UsageError(f"Both known and not known: {', '.join(sorted(both))}.")


def question(w: Workspace, placement: Placement) -> Question | None:
    """Return the best next question: a card of its topic, or its summary where it has none."""
    topic = placement.question()
    if topic is None:
        return None
    about = reading.topic(w.connection, topic)
    ask, answer = f"Could you explain {about.title}, and use it?", about.summary
    if about.cards:
        ask, answer = about.cards[0].ask, about.cards[0].answer
    nodes = placement.roadmap.nodes
    module = next(one for one in reading.modules(w.connection) if one.id == about.module)
    mates = [nodes[id_].title for id_ in placement.module(topic) if id_ != topic]
    return Question(topic, about.title, ask, answer, module.title, mates)


def tried(placement: Placement) -> Placed:
    """Return what *placement* would mark as known; marks nothing."""
    return Placed(placement, placement.known(), Outcome("place"))


def settle(w: Workspace, told: Sequence[Answer]) -> Placed:
    """Mark as known what follows from the answers *told* and what is known when they are in.

    Minutes may have passed since the first question: what is known, and the map itself, are read
    again under the write lock. An answer on a topic that is gone is left out.
    """
    with w.writing("place") as journal:
        before = learner_map(w)
        placement = after(before, told)
        known = placement.known()
        titles = [placement.roadmap.nodes[id_].title for id_ in known]
        journal.summary = f"known: {listed(titles, TITLES_LOGGED)}"
        writing.mark_topics(journal, known, Mark.KNOWN)
    done = outcome(w, "place", (), journal, before)
    return Placed(placement, known, done)
