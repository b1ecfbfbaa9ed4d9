"""The closed vocabularies of the catalog and of a learner's progress."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What sort of thing a resource is."""

    ARTICLE = "article"
    PAPER = "paper"
    VIDEO = "video"
    COURSE = "course"
    BOOK = "book"
    DOCS = "docs"
    NOTEBOOK = "notebook"
    REPO = "repo"
    TOOL = "tool"
    DATASET = "dataset"
    MODEL = "model"
    PROJECT = "project"
    LEADERBOARD = "leaderboard"


class Level(StrEnum):
    """How much of its topic a resource presumes."""

    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


class Upkeep(StrEnum):
    """How a resource is kept up: only what is live is worth offering."""

    LIVE = "live"
    ARCHIVED = "archived"
    STUB = "stub"
    SUPERSEDED = "superseded"


class Cost(StrEnum):
    """What one pays for a resource: nothing, an account to log in with, or money."""

    FREE = "free"
    ACCOUNT = "account"
    PAID = "paid"


class Need(StrEnum):
    """What one must have to follow a resource."""

    GPU = "gpu"
    ACCOUNT = "account"
    API_KEY = "api-key"

    @property
    def said(self) -> str:
        """The need in words, to follow 'needs'."""
        return {"gpu": "a GPU", "account": "an account", "api-key": "an API key"}[self.value]


class Aim(StrEnum):
    """What somebody wants of a topic: to use it, or to understand why it works.

    A prerequisite needed to use a topic is needed to understand it, too.
    """

    USE = "use"
    UNDERSTAND = "understand"


class Task(StrEnum):
    """What a card asks for."""

    RECALL = "recall"
    COMPUTE = "compute"
    DECIDE = "decide"
    SPOT = "spot"


class Order(StrEnum):
    """How resources are sorted; by relevance besides, where they were searched for."""

    ROADMAP = "roadmap"
    TITLE = "title"
    MINUTES = "minutes"
    YEAR = "year"
    LEVEL = "level"


class Status(StrEnum):
    """Where a learner stands with a resource."""

    TODO = "todo"
    DOING = "doing"
    DONE = "done"
    SKIPPED = "skipped"


class State(StrEnum):
    """Where a learner stands with a topic; READY is the outer fringe of what they know.

    SKIPPED topics were left out on purpose: they count as neither passed nor missing.
    """

    KNOWN = "known"
    LEARNED = "learned"
    SKIPPED = "skipped"
    READY = "ready"
    LOCKED = "locked"


class Mark(StrEnum):
    """What a learner can say of a topic as a whole."""

    KNOWN = "known"
    SKIPPED = "skipped"
    SHAKY = "shaky"
