"""Show the day at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from llmpath.curriculum import Track
from llmpath.phrases import duration, listed
from llmpath.render.layout import (
    EMPTY,
    Line,
    Span,
    bar,
    cut_apart,
    heading,
    line,
    pad,
    paragraph,
    plural,
    width_of,
)
from llmpath.render.pages import next as choices
from llmpath.study.recommend import Pick
from llmpath.study.stats import Share

if TYPE_CHECKING:
    from llmpath.actions.dashboard import Dashboard, NewEdition, OwnGoal
    from llmpath.actions.leading import Lead

BAR_WIDTH = 20


def lines(day: Dashboard, width: int) -> list[Line]:
    """Return the day at a glance."""
    rows = _summary(day, width)
    rows += _goals(day.goals, width)
    if day.lead:
        rows += paragraph(_week(day.lead), width)
    if day.news:
        rows += paragraph(_news(day.news), width, 0, "ready")
    rows.append(EMPTY)
    number = 0
    goals = len(choices.titles_led([goal.title for goal in day.goals if goal.left], day.lead))
    for title, picks in (("In progress", day.doing), ("Next", day.next)):
        if picks:
            rows.append(heading(title))
        titles = cut_apart([pick.resource.title for pick in picks], width - 4)
        for pick, name in zip(picks, titles, strict=True):
            number += 1
            rows += _brief(number, pick, name, goals, width)
        if picks:
            rows.append(EMPTY)
    if day.offers:
        rows.append(heading("Where do you want to get?"))
        for offer in day.offers:
            rows += paragraph(f"{offer.title}: llmpath goal {offer.id}", width, 2)
        rows.append(EMPTY)
    if day.proposals:
        from llmpath.render.pages import outcome  # a goal is not reached every day

        rows += [*outcome.proposed(day.proposals, width), EMPTY]
    if not day.offers:  # a newcomer has nothing on any track
        rows.append(heading("Tracks"))
        rows += _tracks(day.tracks, width)
        rows.append(EMPTY)
    rows += paragraph(_hint(day), width, 0, "dim")
    return rows


def _summary(day: Dashboard, width: int) -> list[Line]:
    parts = [
        f"{day.learner}: {day.all.passed} of {plural(day.all.total, 'topic')} passed",
        f"{plural(day.done, 'resource')} done",
    ]
    if day.streak:
        parts.append(f"{plural(day.streak, 'day')} in a row")
    return [line((row[-1].text, "title")) for row in paragraph(", ".join(parts), width)]


def _goals(goals: Sequence[OwnGoal], width: int) -> list[Line]:
    """Return the goals that are open, or that all are reached or skipped."""
    rows: list[Line] = []
    for goal in goals:
        if goal.left:
            by = f", by {goal.until}{' (passed)' if goal.late else ''}" if goal.until else ""
            rows += paragraph(f"Goal: {goal.title}, {plural(goal.left, 'topic')} to go{by}", width)
    if goals and not rows:
        reached = [goal.title for goal in goals if goal.reached]
        titles = reached or [goal.title for goal in goals]
        what = "your goal" if len(titles) == 1 else "all your goals"
        text = f"You've {'reached' if reached else 'skipped'} {what}: {listed(titles, 3)}"
        return [
            tuple(span._replace(style="done") for span in row) for row in paragraph(text, width)
        ]
    return rows


def _week(lead: Lead) -> str:
    """Say what the plan has for this week, and what is late."""
    week = lead.week
    if week.steps:
        parts = [duration(week.minutes), f"{week.done} of {week.steps} done"]
    else:
        parts = ["off" if week.is_off else "nothing planned"]
    late = f", {week.late} late" if week.late else ""
    return f"This week: {', '.join(parts)}{late}"


def _news(news: NewEdition) -> str:
    text = f"Edition {news.edition} of the catalog"
    if news.topics:
        text = f"Edition {news.edition}: {plural(news.topics, 'new topic')}"
    return f"{text}, {news.on_the_way} on your way" if news.on_the_way else text


def _brief(number: int, pick: Pick, name: str, goals: int, width: int) -> list[Line]:
    title = Span(name, "title", pick.resource.url)
    return [
        line((f"{number:>2}  ", "number"), title),
        *paragraph(choices.why(pick, goals), width, 4),
    ]


def _tracks(tracks: Sequence[tuple[Track, Share]], width: int) -> list[Line]:
    size = BAR_WIDTH if width >= 60 else 8
    column = min(max(width_of(track.title) for track, _ in tracks), max(width - size - 12, 8))
    rows = []
    titles = cut_apart([track.title for track, _ in tracks], column)
    for (_, share), title in zip(tracks, titles, strict=True):
        figures = f"  {share.passed:>3} of {share.total}"
        left = f"  {share.ready} ready, {duration(share.minutes_left)} left"
        if share.passed == share.total:
            left = "  complete"
        fits = 2 + column + 2 + size + len(figures) + len(left) <= width
        rows.append(
            line(
                f"  {pad(title, column)}  ",
                *bar(share.part, size),
                figures,
                (left if fits else "", "dim"),
            )
        )
    return rows


def _hint(day: Dashboard) -> str:
    if day.doing:
        return (
            "llmpath spent 30 after half an hour of it, llmpath done when you have finished,"
            " llmpath next for more choices"
        )
    if not (day.done or day.all.passed or day.goals):
        return (
            "llmpath start 1 to begin, llmpath welcome to say what you want and know, llmpath place"
            " to find out what you know"
        )
    return "llmpath start 1 to begin, llmpath next for more choices"


def data(day: Dashboard) -> dict[str, Any]:
    """Return the day for other programs."""
    return {
        "learner": day.learner,
        "in_progress": [choices.pick_data(pick) for pick in day.doing],
        "next": [choices.pick_data(pick) for pick in day.next],
        "plan": {**day.lead.week._asdict(), "through": day.lead.through} if day.lead else None,
        "news": day.news._asdict() if day.news else None,
        "offers": [{"id": offer.id, "title": offer.title} for offer in day.offers],
        "goals": [
            {"title": goal.title, "topics_left": goal.left, "until": goal.until or None}
            for goal in day.goals
        ],
        "proposals": [goal._asdict() for goal in day.proposals],
        "tracks": [
            {
                "id": track.id,
                "title": track.title,
                "passed": share.passed,
                "ready": share.ready,
                "total": share.total,
                "minutes_left": share.minutes_left,
            }
            for track, share in day.tracks
        ],
        "topics_passed": day.all.passed,
        "topics_total": day.all.total,
        "resources_done": day.done,
        "days_in_a_row": day.streak,
    }
