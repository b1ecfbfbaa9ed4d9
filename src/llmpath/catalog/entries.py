"""The shape of the catalog's files: what each entry may and must have.

These classes are the one definition of the file format: files are checked against them, and the
JSON schema that editors use is generated from them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from llmpath import content, model
from llmpath.vocab import Kind, Level


class DatasetCategory(StrEnum):
    """What the rows of a dataset are about."""

    GENERAL = "general"
    MATH = "math"
    CODE = "code"
    CONVERSATION = "conversation"
    AGENT = "agent"
    FINANCE = "finance"
    OTHER = "other"


Slug = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$",
        min_length=2,
        max_length=64,
        description="lower-case letters, digits and hyphens; stable, never reused",
    ),
]
Line = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\n]*$")]
Url = Annotated[str, Field(max_length=1000, pattern=r"^https?://[^\s/]+\S*$")]
Summary = Annotated[str, Field(min_length=40, max_length=500)]
Because = Annotated[str, Field(min_length=20, max_length=240)]


class Entry(BaseModel):
    """An entry of a catalog file: no keys but those named, no value of another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class SourceEntry(Entry):
    """A study guide the catalog was built from."""

    id: Slug
    title: Line
    author: Line | None = None
    url: Url | None = None

    def value(self) -> content.Source:
        """Return the checked entry as a value."""
        return content.Source(self.id, self.title, self.author or "", self.url or "")


class DatasetEntry(Entry):
    """Figures of a dataset."""

    rows: Annotated[
        Line | None, Field(description="number of rows as published, such as 31.2M")
    ] = None
    category: Annotated[DatasetCategory, Field(strict=False)]
    released: Annotated[
        str | None,
        Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$", description="month of release, YYYY-MM"),
    ] = None


class ResourceEntry(Entry):
    """One piece of study material."""

    id: Slug
    title: Annotated[Line, Field(description="the work's real title")]
    url: Url
    kind: Annotated[Kind, Field(strict=False)]
    level: Annotated[Level, Field(strict=False)]
    topics: Annotated[
        list[Slug],
        Field(min_length=1, max_length=6, description="topic ids; the first is its home"),
    ]
    authors: Annotated[list[Line], Field(max_length=20)] = []
    year: Annotated[int | None, Field(ge=1900, le=2100, description="of first publication")] = None
    minutes: Annotated[
        int | None, Field(ge=1, le=20000, description="honest estimate for one pass")
    ] = None
    essential: Annotated[bool, Field(description="a must-read")] = False
    summary: Annotated[
        Summary | None, Field(description="what one gets out of it, in our words")
    ] = None
    sources: Annotated[list[Slug], Field(min_length=1)]
    also: Annotated[list[Url], Field(description="other, old or moved addresses of the work")] = []
    former_ids: Annotated[list[Slug], Field(description="ids it had before")] = []
    dataset: DatasetEntry | None = None

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
        )


class ResourcesFile(Entry):
    """data/resources.yaml"""

    version: Annotated[int, Field(ge=1, le=1)]
    sources: list[SourceEntry]
    resources: list[ResourceEntry]


class ModuleEntry(Entry):
    """A chapter of a track."""

    id: Slug
    title: Line


class TrackEntry(Entry):
    """A course of modules in reading order."""

    id: Slug
    title: Line
    summary: Summary
    modules: Annotated[list[ModuleEntry], Field(min_length=1)]


class RequiresEntry(Entry):
    """A prerequisite and the reason for it."""

    topic: Slug
    because: Because


class CardEntry(Entry):
    """A recall question."""

    id: Slug
    ask: Annotated[str, Field(min_length=10, max_length=300)]
    answer: Annotated[str, Field(min_length=20, max_length=1500)]


class InsightEntry(Entry):
    """A practical lesson, attributed."""

    text: Annotated[str, Field(min_length=20, max_length=800)]
    by: Line
    opinion: bool


class TopicEntry(Entry):
    """One thing to learn, of about 3 to 20 hours."""

    id: Slug
    title: Line
    module: Slug
    summary: Summary
    aliases: Annotated[list[Line], Field(max_length=16, description="other words for it")] = []
    requires: Annotated[list[RequiresEntry], Field(max_length=12)] = []
    core: Annotated[list[Slug], Field(max_length=20, description="curated reading order")] = []
    enough: Annotated[
        int, Field(ge=1, le=20, description="how many core resources are enough to go on")
    ] = 1
    cards: list[CardEntry] = []
    insights: list[InsightEntry] = []
    former_ids: list[Slug] = []

    def value(self) -> content.Topic:
        """Return the checked entry as a value."""
        return content.Topic(
            self.id,
            self.title,
            self.module,
            self.summary,
            tuple(self.aliases),
            tuple(content.Prerequisite(edge.topic, edge.because) for edge in self.requires),
            tuple(self.core),
            self.enough,
            tuple(content.Card(card.id, card.ask, card.answer) for card in self.cards),
            tuple(content.Insight(one.text, one.by, one.opinion) for one in self.insights),
            tuple(self.former_ids),
        )


class TermEntry(Entry):
    """An acronym or term of the field."""

    id: Slug
    term: Line
    stands_for: Annotated[Line | None, Field(description="the acronym written out")] = None
    synonyms: Annotated[list[Line], Field(max_length=16, description="what else people type")] = []
    topic: Slug
    definition: Annotated[str, Field(min_length=30, max_length=300)]

    def value(self) -> content.Term:
        """Return the checked entry as a value."""
        return content.Term(
            self.id,
            self.term,
            self.stands_for or "",
            tuple(self.synonyms),
            self.topic,
            self.definition,
        )


class EverydayEntry(Entry):
    """A word that people say, and the words of the field that may be meant by it."""

    say: Line
    mean: Annotated[list[Line], Field(min_length=1, max_length=8)]

    def value(self) -> content.Everyday:
        """Return the checked entry as a value."""
        return content.Everyday(self.say, tuple(self.mean))


class GlossaryFile(Entry):
    """data/glossary.yaml"""

    version: Annotated[int, Field(ge=1, le=1)]
    terms: list[TermEntry]
    everyday: list[EverydayEntry] = []


class RoadmapFile(Entry):
    """data/roadmap.yaml"""

    version: Annotated[int, Field(ge=1, le=1)]
    tracks: Annotated[list[TrackEntry], Field(min_length=1)]
    topics: Annotated[list[TopicEntry], Field(min_length=1)]


def known_keys(file: type[Entry], location: tuple[str | int, ...]) -> list[str]:
    """Return the keys that the entry at *location* of a *file* may have."""
    schema: Any = file.model_json_schema()
    here: Any = schema
    for step in (*location, None):
        while "$ref" in here or "anyOf" in here:
            here = here.get("anyOf", [here])[0]
            if "$ref" in here:
                here = schema["$defs"][here["$ref"].rsplit("/", 1)[1]]
        if step is None:
            break
        here = here["items"] if isinstance(step, int) else here["properties"][step]
    return list(here.get("properties", ()))
