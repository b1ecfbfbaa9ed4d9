"""A progress report in Markdown, for a Git forge or any other reader of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmpath.export import mermaid
from llmpath.export.markdown import link, quoted, table, text
from llmpath.model import Progress
from llmpath.phrases import duration, exactly
from llmpath.render.dates import local_day
from llmpath.study import stats
from llmpath.study.aims import topics_of
from llmpath.study.weeks import week_starts
from llmpath.vocab import State, Status

if TYPE_CHECKING:
    from llmpath.actions.report import Report

MAP_LIMIT = 150  # topics; forges refuse larger drawings


def markdown(report: Report) -> str:
    """Return the report."""
    parts = [
        _summary(report),
        _goals(report),
        _by_part(report),
        _in_progress(report),
        _plan(report),
        _next(report),
        _done(report),
        _notes(report),
        _map(report),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _with(report: Report, status: Status) -> list[Progress]:
    return [one for one in report.progress if one.status is status]


def _title(report: Report, id_: str) -> str:
    work = report.works.get(id_)
    return link(work.title, work.url) if work else text(id_)


def _summary(report: Report) -> list[str]:
    done = _with(report, Status.DONE)
    spent = sum(one.minutes or 0 for one in report.progress)
    everything = stats.share(report.standings, report.roadmap.nodes)
    rows = [
        ["Topics passed", f"{everything.passed} of {everything.total}"],
        ["Topics ready to study", str(everything.ready)],
        ["Resources done", str(len(done))],
        ["Resources in progress", str(len(_with(report, Status.DOING)))],
        ["Time logged", duration(spent) if spent else "none"],
        ["Days in a row", str(report.streak)],
        ["Notes", str(len(report.notes))],
    ]
    return [
        f"# Progress report: {text(report.learner)}",
        "",
        f"As of {report.today}.",
        "",
        *table(["", "#"], rows),
    ]


def _goals(report: Report) -> list[str]:
    if not report.goals:
        return []
    rows = []
    for goal in report.goals:
        states = {id_: standing.state for id_, standing in report.standings.items()}
        share = stats.share(report.standings, report.roadmap.toward(goal.topics, states))
        title = text(goal.title)
        left = duration(share.minutes_left) if share.minutes_left else "nothing"
        rows.append([title, f"{share.passed} of {share.total}", left])
    return ["## Goals", "", *table(["Goal", "#Topics passed", "#Left to study"], rows)]


def _by_part(report: Report) -> list[str]:
    tracks = stats.by_track(report.roadmap, report.standings)
    modules = stats.by_module(report.roadmap, report.standings)
    rows = []
    for track in report.tracks:
        share = tracks.get(track.id)
        if share is None:
            continue
        rows.append([f"**{text(track.title)}**", *_cells(share)])
        for module in report.modules:
            if module.track == track.id and module.id in modules:
                rows.append([f"&nbsp;&nbsp;{text(module.title)}", *_cells(modules[module.id])])
    return ["## Progress", "", *table(["Track and module", "", "#Passed", "#Ready", "#Left"], rows)]


def _cells(share: stats.Share) -> list[str]:
    full = round(10 * share.part)
    left = duration(share.minutes_left) if share.minutes_left else ""
    return ["▰" * full + "▱" * (10 - full), f"{share.passed}/{share.total}", str(share.ready), left]


def _in_progress(report: Report) -> list[str]:
    rows = [
        f"- {_title(report, one.resource)}"
        + (f", since {local_day(one.started_at)}" if one.started_at else "")
        + _so_far(report, one)
        for one in _with(report, Status.DOING)
    ]
    return ["## In progress", "", *rows] if rows else []


def _so_far(report: Report, one: Progress) -> str:
    if not one.minutes:
        return ""
    work = report.works.get(one.resource)
    length = f" of {duration(work.minutes)}" if work and work.minutes else ""
    return f", {exactly(one.minutes)}{length}"


def _next(report: Report) -> list[str]:
    picks = [pick for pick in report.picks if pick.status is not Status.DOING]
    rows = [
        f"{number}. {link(pick.resource.title, pick.resource.url)}:"
        f" {text(report.roadmap.nodes[pick.topic].title)}, {text(pick.reason)}"
        for number, pick in enumerate(picks, 1)
    ]
    return ["## Next steps", "", *rows] if rows else []


def _plan(report: Report) -> list[str]:
    if report.plan is None:
        return []
    plan = report.plan
    rows = [
        [
            week_starts(plan.starts_on, slot.week),
            text(report.roadmap.nodes[slot.topic].title)
            if slot.topic in report.roadmap.nodes
            else text(slot.topic),
            _title(report, slot.resource)
            + (f", part {slot.part} of {slot.parts}" if slot.parts > 1 else ""),
            duration(slot.minutes),
            standing.said,
        ]
        for slot, standing in report.planned
    ]
    by = f", by {plan.brief.until}" if plan.brief.until else ""
    return [
        "## Plan",
        "",
        f"{round(plan.brief.hours, 2):g} h a week from {plan.starts_on}{by};"
        f" finishes on {report.through}.",
        "",
        *table(["Week of", "Topic", "Resource", "#Time", "Status"], rows),
    ]


def _done(report: Report) -> list[str]:
    done = sorted(_with(report, Status.DONE), key=lambda one: (one.finished_at or "", one.resource))
    rows = [
        [
            local_day(one.finished_at) if one.finished_at else "",
            _title(report, one.resource),
            duration(one.minutes) if one.minutes is not None else "",
            "★" * one.rating + "☆" * (5 - one.rating) if one.rating else "",
        ]
        for one in done
    ]
    return ["## Done", "", *table(["Date", "Resource", "#Time", "Rating"], rows)] if rows else []


def _notes(report: Report) -> list[str]:
    if not report.notes:
        return []
    rows = ["## Notes"]
    for note in report.notes:
        title = report.titles.get(note.target, note.target)
        rows += ["", f"**{text(title)}**, {local_day(note.created_at)}", "", *quoted(note.body)]
    return rows


def _map(report: Report) -> list[str]:
    """Draw the learner's topics: what is passed, what is ready, and the way to the goals."""
    ends = topics_of(report.goals)
    way = report.roadmap.on_the_way(ends)
    shown = [
        id_
        for id_ in report.roadmap.nodes
        if report.standings[id_].state is not State.LOCKED or id_ in way
    ][:MAP_LIMIT]
    states = {id_: standing.state for id_, standing in report.standings.items()}
    return [
        "## Map",
        "",
        "```mermaid",
        *mermaid.graph(report.roadmap, states, shown, ends),
        "```",
        "",
        f"Green: passed, blue: ready, yellow: goal; {len(shown)} of {len(report.roadmap.nodes)}.",
    ]
