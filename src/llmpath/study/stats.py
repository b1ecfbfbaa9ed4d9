"""How far a learner has come: figures from progress and dates."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from llmpath.model import TopicStanding
from llmpath.study.graph import PASSED, Roadmap
from llmpath.vocab import State


class Share(NamedTuple):
    """Topics of some part of the map: passed, ready, all, and the minutes still to study.

    What the learner skips counts nowhere: leaving something out is no shortfall.
    """

    passed: int
    ready: int
    total: int
    minutes_left: int

    @property
    def part(self) -> float:
        """The share that is passed, 0 to 1."""
        return self.passed / self.total if self.total else 0.0


def share(standings: Mapping[str, TopicStanding], topics: Iterable[str]) -> Share:
    """Return the figures of *topics*."""
    chosen = [standings[id_] for id_ in topics if standings[id_].state is not State.SKIPPED]
    return Share(
        sum(standing.state in PASSED for standing in chosen),
        sum(standing.state is State.READY for standing in chosen),
        len(chosen),
        sum(standing.minutes_left for standing in chosen),
    )


def by_track(roadmap: Roadmap, standings: Mapping[str, TopicStanding]) -> dict[str, Share]:
    """Return the figures of each track, in map order."""
    return _by(roadmap, standings, "track")


def by_module(roadmap: Roadmap, standings: Mapping[str, TopicStanding]) -> dict[str, Share]:
    """Return the figures of each module, in map order."""
    return _by(roadmap, standings, "module")


def _by(roadmap: Roadmap, standings: Mapping[str, TopicStanding], field: str) -> dict[str, Share]:
    members: dict[str, list[str]] = {}
    for node in roadmap.nodes.values():
        members.setdefault(getattr(node, field), []).append(node.id)
    return {part: share(standings, topics) for part, topics in members.items()}


def streak(dates: Iterable[str], today: str) -> int:
    """Return for how many days in a row, up to *today* or yesterday, there was activity.

    *dates* and *today* are the learner's own dates, YYYY-MM-DD. A day that is not over breaks
    nothing: without activity today, the days up to yesterday count. Who has flown west lives
    through a day twice: what was done on the one that is now tomorrow counts.
    """
    active = set(dates)
    day = date.fromisoformat(today)
    tomorrow = day + timedelta(days=1)
    if tomorrow.isoformat() in active:
        day = tomorrow
    elif today not in active:
        day -= timedelta(days=1)
    count = 0
    while day.isoformat() in active:
        count += 1
        day -= timedelta(days=1)
    return count
