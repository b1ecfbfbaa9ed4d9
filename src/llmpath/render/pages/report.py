"""Give a progress report to other programs; as a document it is an export."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llmpath.model import Progress
from llmpath.render import json as shapes
from llmpath.render.pages.next import pick_data
from llmpath.study import stats
from llmpath.study.graph import PASSED
from llmpath.study.stats import Share
from llmpath.vocab import Status

if TYPE_CHECKING:
    from llmpath.actions.report import Report


def data(report: Report) -> dict[str, Any]:
    """Return what the report tells of."""
    tracks = stats.by_track(report.roadmap, report.standings)
    states = {id_: standing.state for id_, standing in report.standings.items()}
    nodes = report.roadmap.nodes
    by = {
        status: [_studied(report, one) for one in report.progress if one.status is status]
        for status in (Status.DOING, Status.DONE)
    }
    return {
        "learner": report.learner,
        "date": report.today,
        "days_in_a_row": report.streak,
        "minutes": sum(one.minutes or 0 for one in report.progress),
        **_share(stats.share(report.standings, nodes)),
        "tracks": [
            {"id": track.id, "title": track.title, **_share(tracks[track.id])}
            for track in report.tracks
            if track.id in tracks
        ],
        "goals": [
            {
                "id": goal.id,
                "title": goal.title,
                **_share(stats.share(report.standings, report.roadmap.toward(goal.topics, states))),
            }
            for goal in report.goals
        ],
        "topics_passed": [
            shapes.brief_topic(nodes[id_], state)
            for id_, state in states.items()
            if state in PASSED
        ],
        "in_progress": by[Status.DOING],
        "done": by[Status.DONE],
        "next": [pick_data(pick) for pick in report.picks if pick.status is not Status.DOING],
        "notes": [
            {**note._asdict(), "title": report.titles.get(note.target, note.target)}
            for note in report.notes
        ],
    }


def _share(share: Share) -> dict[str, Any]:
    return {
        "passed": share.passed,
        "ready": share.ready,
        "total": share.total,
        "minutes_left": share.minutes_left,
    }


def _studied(report: Report, one: Progress) -> dict[str, Any]:
    """Return a resource that was begun or done, with when that was."""
    work = report.works.get(one.resource)
    return {
        "id": one.resource,
        "title": work.title if work else one.resource,
        "url": work.url if work else None,
        "started_at": one.started_at,
        "finished_at": one.finished_at,
        "minutes": one.minutes,
        "rating": one.rating,
    }
