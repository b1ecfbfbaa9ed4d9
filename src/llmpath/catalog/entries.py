"""The shape of the catalog's files: what each entry may and must have.

These classes are the one definition of the file format: files are checked against them, and the
JSON schema that editors use is generated from them.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from llmpath import curriculum, model
from llmpath.languages import Language
from llmpath.vocab import Aim, Cost, Kind, Level, Need, Task, Upkeep


class DatasetCategory(StrEnum):
    """What the rows of a dataset are about."""

    GENERAL = "general"
    MATH = "math"
    CODE = "code"
    CONVERSATION = "conversation"
    AGENT = "agent"
    FINANCE = "finance"
    OTHER = "other"


SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LINE = r"^\S([^\n]*\S)?$"
ADDRESS = r"^https?://[^\s/]+\S*$"
MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"
EDITION = r"^\d{4}\.[1-4]$"

Slug = Annotated[
    str,
    Field(
        pattern=SLUG,
        min_length=2,
        max_length=64,
        description="lower-case letters, digits and hyphens; stable, never reused",
    ),
]
Line = Annotated[str, Field(min_length=1, max_length=200, pattern=LINE)]
Url = Annotated[str, Field(max_length=1000, pattern=ADDRESS)]
Summary = Annotated[str, Field(min_length=40, max_length=500)]
Because = Annotated[
    str,
    Field(min_length=20, max_length=240, description="which part of the prerequisite is used here"),
]
Version = Annotated[int, Field(ge=1, le=1, description="version of the file format: 1")]


class Entry(BaseModel):
    """An entry of a catalog file: no keys but those named, no value of another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class SourceEntry(Entry):
    """A study guide the catalog was built from."""

    id: Slug
    title: Annotated[Line, Field(description="the guide's title")]
    author: Annotated[Line | None, Field(description="who wrote it")] = None
    url: Annotated[Url | None, Field(description="its address")] = None

    def value(self) -> curriculum.Source:
        """Return the checked entry as a value."""
        return curriculum.Source(self.id, self.title, self.author or "", self.url or "")


class DatasetEntry(Entry):
    """Figures of a dataset."""

    rows: Annotated[
        Line | None, Field(description="number of rows as published, such as 31.2M")
    ] = None
    category: Annotated[DatasetCategory, Field(strict=False, description="what its rows are about")]
    released: Annotated[
        str | None,
        Field(pattern=MONTH, description="month of release, YYYY-MM"),
    ] = None


class ResourceEntry(Entry):
    """One piece of study material."""

    id: Slug
    title: Annotated[Line, Field(description="the work's real title")]
    url: Annotated[Url, Field(description="its current address, without tracking parameters")]
    kind: Annotated[Kind, Field(strict=False, description="what kind of thing it is")]
    level: Annotated[
        Level,
        Field(strict=False, description="for someone who knows the topic's prerequisites"),
    ]
    topics: Annotated[
        list[Slug],
        Field(min_length=1, max_length=6, description="topic ids; the first is its home"),
    ]
    authors: Annotated[
        list[Line],
        Field(max_length=20, description="people or organisations; 'et al.' last for the rest"),
    ] = []
    year: Annotated[
        int | None, Field(ge=1900, le=2100, description="year of first publication")
    ] = None
    updated: Annotated[
        int | None,
        Field(ge=1900, le=2100, description="year of the newest edition or revision seen"),
    ] = None
    language: Annotated[
        Language, Field(strict=False, description="its language, if not English")
    ] = Language.ENGLISH
    minutes: Annotated[
        int | None, Field(ge=1, le=20000, description="honest estimate for one pass")
    ] = None
    cost: Annotated[Cost, Field(strict=False, description="free, behind an account, or paid")] = (
        Cost.FREE
    )
    needs: Annotated[
        list[Annotated[Need, Field(strict=False)]],
        Field(max_length=3, description="what one must have to follow it"),
    ] = []
    status: Annotated[
        Upkeep, Field(strict=False, description="how it is kept up; only what is live is offered")
    ] = Upkeep.LIVE
    superseded_by: Annotated[
        Slug | None, Field(description="id of the work that took its place")
    ] = None
    verified: Annotated[
        str | None,
        Field(pattern=MONTH, description="month it was last held against the work, YYYY-MM"),
    ] = None
    essential: Annotated[
        bool, Field(description="the editors' choice: nobody should miss it; needs a 'because'")
    ] = False
    because: Annotated[
        Annotated[str, Field(min_length=20, max_length=240)] | None,
        Field(description="why nobody should miss it"),
    ] = None
    summary: Annotated[
        Summary | None, Field(description="what you get out of it, in our own words")
    ] = None
    sources: Annotated[
        list[Slug], Field(min_length=1, description="ids of the study guides that name it")
    ]
    also: Annotated[list[Url], Field(description="other, old or moved addresses of the work")] = []
    former_ids: Annotated[list[Slug], Field(description="its former ids")] = []
    dataset: Annotated[
        DatasetEntry | None, Field(description="figures; for the kind dataset only")
    ] = None

    def value(self) -> model.Resource:
        """Return the checked entry as a value."""
        figures = None
        if self.dataset:
            given = self.dataset
            figures = model.Dataset(given.rows, str(given.category), given.released)
        return model.Resource(
            self.id,
            self.title,
            self.url,
            str(self.kind),
            str(self.level),
            tuple(self.topics),
            tuple(self.authors),
            self.year,
            self.minutes,
            self.essential,
            self.summary or "",
            tuple(self.sources),
            tuple(self.also),
            tuple(self.former_ids),
            figures,
            str(self.language),
            str(self.status),
            self.superseded_by or "",
            str(self.cost),
            tuple(map(str, self.needs)),
            self.verified or "",
            self.updated,
            self.because or "",
        )


class ResourcesFile(Entry):
    """data/resources.yaml"""

    version: Version
    sources: Annotated[list[SourceEntry], Field(description="the study guides")]
    resources: Annotated[list[ResourceEntry], Field(description="the study material")]


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
        )


class GoalEntry(Entry):
    """An outcome that people have as a goal."""

    id: Slug
    title: Annotated[Line, Field(description="what one can do then, as a person would say it")]
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


class TermEntry(Entry):
    """An acronym or term of the field."""

    id: Slug
    term: Annotated[Line, Field(description="as it is usually written")]
    stands_for: Annotated[Line | None, Field(description="the acronym written out")] = None
    synonyms: Annotated[
        list[Line], Field(max_length=16, description="other things people type")
    ] = []
    topic: Annotated[Slug, Field(description="the topic it belongs to")]
    definition: Annotated[
        str, Field(min_length=30, max_length=300, description="one sentence, in our own words")
    ]

    def value(self) -> curriculum.Term:
        """Return the checked entry as a value."""
        return curriculum.Term(
            self.id,
            self.term,
            self.stands_for or "",
            tuple(self.synonyms),
            self.topic,
            self.definition,
        )


class EverydayEntry(Entry):
    """A word that people say, and the words of the field that may be meant by it."""

    say: Annotated[Line, Field(description="an everyday word")]
    mean: Annotated[list[Line], Field(min_length=1, max_length=8, description="words of the field")]

    def value(self) -> curriculum.Everyday:
        """Return the checked entry as a value."""
        return curriculum.Everyday(self.say, tuple(self.mean))


class GlossaryFile(Entry):
    """data/glossary.yaml"""

    version: Annotated[int, Field(ge=1, le=1, description="version of the file format: 1")]
    terms: Annotated[list[TermEntry], Field(description="acronyms and terms")]
    everyday: Annotated[list[EverydayEntry], Field(description="everyday words")] = []


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


def known_keys(file: type[Entry], location: Sequence[str | int]) -> list[str]:
    """Return the keys that the entry at *location* of a *file* may have, in canonical order.

    Where there is no such entry, there are none.
    """
    return _known_keys(file, tuple(0 if isinstance(step, int) else step for step in location))


@cache
def _known_keys(file: type[Entry], location: tuple[str | int, ...]) -> list[str]:
    schema = _schema(file)
    here: Any = schema
    for step in (*location, None):
        while "$ref" in here or "anyOf" in here:
            here = here.get("anyOf", [here])[0]
            if "$ref" in here:
                here = schema["$defs"][here["$ref"].rsplit("/", 1)[1]]
        if step is None:
            break
        here = here.get("items", {}) if step == 0 else here.get("properties", {}).get(step, {})
    return list(here.get("properties", ()))


@cache
def _schema(file: type[Entry]) -> Any:
    return file.model_json_schema()
