"""The first minute: what somebody wants, what they know and how much time they have."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from llmpath.actions import placing, planning
from llmpath.actions.learner_map import goals_of, learner_map
from llmpath.actions.naming import find_all
from llmpath.actions.next import Choices, choose
from llmpath.actions.outcome import Outcome, outcome
from llmpath.actions.workspace import Workspace
from llmpath.errors import UsageError, quoted
from llmpath.phrases import listed
from llmpath.store.catalog import reading
from llmpath.store.catalog.roadmap import as_goals
from llmpath.store.learner import writing
from llmpath.study import knowledge
from llmpath.study.placement import Answer, Placement
from llmpath.vocab import Mark

PICKS = 3  # things to begin with


class Way(NamedTuple):
    """A way to answer in plain words: the `word` for it, what it says, and the ids it stands for.

    `also` are other words for it.
    """

    word: str
    text: str
    ids: tuple[str, ...]
    also: tuple[str, ...] = ()


LOOK = Way("look", "Look around, or learn everything", (), ("everything", "all"))
# What people want, in their words, and the outcomes of the catalog that lead there.
WANTS = (
    Way("use", "Use assistants such as ChatGPT better", ("use-llms-well",), ("assistants",)),
    Way("build", "Build applications with LLMs", ("ship-rag-application", "build-agents")),
    Way("run", "Run models on my own computer", ("run-models-at-home",), ("local",)),
    Way(
        "train",
        "Train or fine-tune models",
        ("fine-tune-on-my-data", "train-small-model-from-scratch"),
        ("fine-tune",),
    ),
    Way(
        "operate",
        "Keep LLMs running well for others",
        ("serve-models-in-production", "measure-llm-application", "secure-llm-application"),
        ("serve",),
    ),
    Way("understand", "Understand how it works", ("how-llms-work",)),
    Way("papers", "Read current papers", ("read-current-papers",), ("research",)),
    LOOK,
)
# What people know, in their words, and the topics that come with it.
SKILLS = (
    Way("python", "I program in Python", ("python-basics",)),
    Way(
        "maths",
        "I know the maths: linear algebra, calculus, probability",
        ("linear-algebra", "calculus", "probability"),
        ("math", "mathematics"),
    ),
    Way(
        "networks",
        "I have trained neural networks, in PyTorch or the like",
        ("neural-network-training", "pytorch"),
        ("deep-learning", "dl"),
    ),
    Way("apis", "I call LLMs from my programs", ("llm-apis", "prompt-engineering"), ("api",)),
    Way("transformers", "I know how transformers work", ("transformer-architecture",)),
)


class Offer(NamedTuple):
    """A way to answer that the catalog in use has: the titles of what it stands for are beside."""

    way: Way
    titles: Sequence[str]


class Said(NamedTuple):
    """What somebody answered: ids of goals and topics, answers of a placement, hours a week."""

    want: Sequence[str] = ()
    know: Sequence[str] = ()
    placed: Sequence[Answer] = ()
    hours: float | None = None


class Welcomed(NamedTuple):
    """What came of the answers: goals, topics known, a plan, and what to begin with.

    Of the `known` topics those in `named` were named, the others follow; all by their titles.
    `kept` is how many commands it is in the log.
    """

    outcome: Outcome
    goals: Sequence[str]
    named: Sequence[str]
    known: Sequence[str]
    plan: planning.PlanPage | None
    choices: Choices
    kept: int = 0

    @property
    def numbered(self) -> list[str]:
        """The resources in the order they are numbered."""
        return self.choices.numbered


def wants(w: Workspace) -> list[Offer]:
    """Return what one may want: in plain words, and the catalog's other outcomes by their titles.

    Empty where the catalog has no outcomes.
    """
    there = {one.id: one.title for one in reading.destinations(w.connection)}
    if not there:
        return []
    offers = _there(WANTS, there)
    told = {id_ for offer in offers for id_ in offer.way.ids}
    others = [Offer(Way(id_, title, (id_,)), ()) for id_, title in there.items() if id_ not in told]
    return [*offers, *others, Offer(LOOK, ())]


def skills(w: Workspace) -> list[Offer]:
    """Return what one may know, as far as the catalog has it."""
    return _there(SKILLS, dict(reading.titles_of(w.connection, "topic")))


def _there(ways: Sequence[Way], titles: dict[str, str]) -> list[Offer]:
    found = [way._replace(ids=tuple(id_ for id_ in way.ids if id_ in titles)) for way in ways]
    return [Offer(way, [titles[id_] for id_ in way.ids]) for way in found if way.ids]


def understood(
    w: Workspace, offers: Sequence[Offer], text: str, what: str, numbers: bool = False
) -> list[str]:
    """Return the ids of what *text* names: words of *offers*, or names of the sort *what*.

    Parted by commas, or where all of them are words, by spaces. With *numbers*, those of offers
    count. Raises UsageError, NotFound or Ambiguous for what is none.
    """
    called = {word: offer for offer in offers for word in (offer.way.word, *offer.way.also)}
    if numbers:
        called |= {str(number): offer for number, offer in enumerate(offers, 1)}
    parts = [part.casefold() for part in re.split(r"[\s,;]+", text) if part]
    if not all(part in called or part.isdecimal() for part in parts):
        parts = [part.strip() for part in text.split(",") if part.strip()]
    found: list[str] = []
    for part in parts:
        if part.casefold() in called:
            found += called[part.casefold()].way.ids
        elif part.isdecimal():
            raise UsageError(_no_number(part, len(offers) if numbers else 0))
        else:
            found += [one.id for one in find_all(w, [part], what)]
    return list(dict.fromkeys(found))


def _no_number(part: str, most: int) -> str:
    if most:
        return f"Choose a number from 1 to {most}, not {quoted(part)}."
    return f"Nothing is numbered here, so {quoted(part)} means nothing: use words."


def goals_set(w: Workspace) -> list[str]:
    """Return the titles of the goals that the learner has."""
    return [goal.title for goal in goals_of(w)]


def placement(w: Workspace, want: Sequence[str]) -> tuple[Placement, list[str]]:
    """Return a placement on the path to the learner's goals and those they *want*; their titles."""
    goals = {goal.id: goal for goal in [*goals_of(w), *as_goals(w.connection, want)]}
    begun = placing.begin(w, list(goals.values()))
    return begun, [goal.title for goal in goals.values()]


def settle(w: Workspace, said: Said) -> Welcomed:
    """Set the goals, mark what is known, then make a plan; what follows is read under the lock.

    Goals and marks are one command, the plan is another. Hours are for goals: without any, there
    is nothing to plan.
    """
    with w.writing("welcome") as journal:
        before = learner_map(w)
        writing.set_goals(journal, list(said.want), [])
        point = learner_map(w)  # whose goals say how much comes with a topic that is known
        placed = placing.after(point, said.placed).known() if said.placed else []
        with_all = point.toward(said.know).roadmap
        marks = knowledge.to_mark(with_all, point.learned, [*said.know, *placed])
        writing.mark_topics(journal, marks, Mark.KNOWN)
        goals = [goal.title for goal in point.goals if goal.id in said.want]
        known = [point.title(id_) for id_ in marks]
        journal.summary = "; ".join(
            f"{what}: {listed(titles, placing.TITLES_LOGGED)}"
            for what, titles in (("goals", goals), ("known", known))
            if titles
        )
    done = outcome(w, "welcome", (), journal, before)
    plan = None
    if said.hours is not None and goals_set(w):
        plan = planning.make(w, planning.Wish(hours=said.hours))
    named = [point.title(id_) for id_ in said.know]
    numbers = [done.command, plan.outcome.command if plan else None]
    kept = 0 if w.trial else len([one for one in numbers if one is not None])
    return Welcomed(done, goals, named, known, plan, choose(w, count=PICKS), kept)
