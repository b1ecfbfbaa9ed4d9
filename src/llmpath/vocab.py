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
