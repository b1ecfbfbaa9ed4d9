"""The shape of the catalog's files: what each entry may and must have; see `map_entries` too.

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
from llmpath.vocab import Cost, Kind, Level, Need, Upkeep


class DatasetCategory(StrEnum):
    """What the rows of a dataset are about."""

    GENERAL = "general"
    PREFERENCE = "preference"
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


class TranslationEntry(Entry):
    """Words of another language, and the English ones that the catalog has for them."""

    language: Annotated[Language, Field(strict=False, description="the language of the words")]
    say: Annotated[
        list[Line], Field(min_length=1, max_length=24, description="words that all mean the same")
    ]
    mean: Annotated[
        list[Line],
        Field(max_length=4, description="words of the field; none for what says nothing"),
    ]

    def value(self) -> curriculum.Translation:
        """Return the checked entry as a value."""
        return curriculum.Translation(str(self.language), tuple(self.say), tuple(self.mean))


class GlossaryFile(Entry):
    """data/glossary.yaml"""

    version: Annotated[int, Field(ge=1, le=1, description="version of the file format: 1")]
    terms: Annotated[list[TermEntry], Field(description="acronyms and terms")]
    everyday: Annotated[list[EverydayEntry], Field(description="everyday words")] = []
    translations: Annotated[
        list[TranslationEntry], Field(description="words of other languages")
    ] = []


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
