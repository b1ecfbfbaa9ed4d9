"""The shape of the roadmap's file: what tracks, topics, prerequisites, cards and goals may have."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from llmpath import curriculum
from llmpath.catalog.entries import EDITION, Entry, Line, Slug, Summary, Version
from llmpath.vocab import Aim, Task

Because = Annotated[
    str,
    Field(min_length=20, max_length=240, description="which part of the prerequisite is used here"),
]


class ModuleEntry(Entry):
    """A chapter of a track."""

    id: Slug
    title: Annotated[Line, Field(description="the module's title")]


class TrackEntry(Entry):
    """A course of modules in reading order."""

    id: Slug
    title: Annotated[Line, Field(description="the track's title")]
    summary: Annotated[Summary, Field(description="whom it is for and what it covers")]
    aim: Annotated[
        Aim,
        Field(strict=False, description="what its goals are for: to use a topic or understand it"),
    ] = Aim.UNDERSTAND
    modules: Annotated[
        list[ModuleEntry], Field(min_length=1, description="its chapters in reading order")
    ]


class RequiresEntry(Entry):
    """A prerequisite and the reason for it."""

    topic: Annotated[Slug, Field(description="id of the topic needed first")]
    to: Annotated[
        Aim,
        Field(
            strict=False, description="what it is needed for: to use the topic, or understand it"
        ),
    ] = Aim.USE
    because: Because


class CardEntry(Entry):
    """A question on a topic."""

    id: Slug
    ask: Annotated[
        str,
        Field(
            min_length=10,
            max_length=300,
            description="a question that takes understanding to answer",
        ),
    ]
    answer: Annotated[
        str, Field(min_length=20, max_length=1500, description="two to five sentences")
    ]
    asks: Annotated[
        Task, Field(strict=False, description="to recall, compute, decide or spot a fault")
    ] = Task.RECALL
    former_ids: Annotated[list[Slug], Field(description="its former ids")] = []

    def value(self) -> curriculum.Card:
        """Return the checked entry as a value."""
        return curriculum.Card(
            self.id, self.ask, self.answer, str(self.asks), tuple(self.former_ids)
        )


class InsightEntry(Entry):
    """A practical lesson, attributed."""

    text: Annotated[
        str, Field(min_length=20, max_length=800, description="the lesson, in our own words")
    ]
    by: Annotated[Line, Field(description="who drew it")]
    opinion: Annotated[bool, Field(description="true if it is a view rather than a finding")]


class TopicEntry(Entry):
    """One thing to learn."""

    id: Slug
    title: Annotated[Line, Field(description="short, in sentence case")]
    module: Annotated[Slug, Field(description="id of its module")]
    summary: Annotated[Summary, Field(description="what it is and why it matters")]
    aliases: Annotated[list[Line], Field(max_length=16, description="other words for it")] = []
    asked: Annotated[
        list[Line],
        Field(max_length=40, description="questions, wishes and errors that lead to it"),
    ] = []
    requires: Annotated[
        list[RequiresEntry],
        Field(max_length=12, description="topics you need before you can understand or do it"),
    ] = []
    core: Annotated[
        list[Slug], Field(max_length=20, description="works that teach it, in reading order")
    ] = []
    further: Annotated[
        list[Slug], Field(max_length=20, description="works that round it off, in reading order")
    ] = []
    enough: Annotated[
        int, Field(ge=1, le=20, description="how many core resources are enough to move on")
    ] = 1
    size: Annotated[
        int | None,
        Field(ge=1, le=6000, description="least minutes of study in which it can be learned"),
    ] = None
    lasting: Annotated[
        Annotated[str, Field(min_length=20, max_length=240)] | None,
        Field(description="why its core needs no work of the last two years"),
    ] = None
    overview: Annotated[
        bool, Field(description="what to begin with, before anything else that is ready")
    ] = False
    cards: Annotated[list[CardEntry], Field(description="questions on it")] = []
    insights: Annotated[list[InsightEntry], Field(description="practical lessons")] = []
    former_ids: Annotated[list[Slug], Field(description="its former ids")] = []

    def value(self) -> curriculum.Topic:
        """Return the checked entry as a value."""
        return curriculum.Topic(
            self.id,
            self.title,
            self.module,
            self.summary,
            tuple(self.aliases),
            tuple(
                curriculum.Prerequisite(edge.topic, edge.because, str(edge.to))
                for edge in self.requires
            ),
            tuple(self.core),
            self.enough,
            tuple(card.value() for card in self.cards),
            tuple(curriculum.Insight(one.text, one.by, one.opinion) for one in self.insights),
            tuple(self.former_ids),
            tuple(self.further),
            self.size,
            self.lasting or "",
            self.overview,
            tuple(self.asked),
        )


class GoalEntry(Entry):
    """An outcome that people have as a goal."""

    id: Slug
    title: Annotated[Line, Field(description="what you can do then, as people say it")]
    summary: Annotated[Summary, Field(description="whom it is for and what it takes")]
    aim: Annotated[
        Aim, Field(strict=False, description="whether to use its topics or understand them")
    ]
    topics: Annotated[
        list[Slug], Field(min_length=1, max_length=20, description="the topics it takes")
    ]
    former_ids: Annotated[list[Slug], Field(description="its former ids")] = []

    def value(self) -> curriculum.Destination:
        """Return the checked entry as a value."""
        return curriculum.Destination(
            self.id,
            self.title,
            self.summary,
            tuple(self.topics),
            str(self.aim),
            tuple(self.former_ids),
        )


class RoadmapFile(Entry):
    """data/roadmap.yaml"""

    version: Version
    edition: Annotated[
        str | None,
        Field(pattern=EDITION, description="year and quarter of this edition, such as 2026.4"),
    ] = None
    tracks: Annotated[
        list[TrackEntry], Field(min_length=1, description="courses of modules in reading order")
    ]
    goals: Annotated[list[GoalEntry], Field(description="outcomes that people have as goals")] = []
    topics: Annotated[list[TopicEntry], Field(min_length=1, description="the topics to learn")]
