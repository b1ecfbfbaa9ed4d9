"""Show the questions of a welcome, and what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from llmpath.phrases import listed
from llmpath.render.layout import EMPTY, Line, heading, length, line, paragraph, plural, width_of
from llmpath.render.pages import next as choices
from llmpath.render.pages import outcome, place

if TYPE_CHECKING:
    from llmpath.actions.welcome import Offer, Welcomed

TITLES_SHOWN = 5
LATER = "Set yourself up at any time: llmpath welcome. Your day at a glance: llmpath"


def introduction(width: int) -> list[Line]:
    """Return what is told before the first question."""
    text = (
        "A few short questions, then three things to start with. Enter skips a question; q stops"
        " and keeps what you have answered."
    )
    return [heading("Welcome to llmpath"), *paragraph(text, width, 0, "dim")]


def wants(offers: Sequence[Offer], goals: Sequence[str], width: int) -> list[Line]:
    """Return the question for what somebody wants besides the *goals* they have, numbered."""
    rows = [EMPTY, heading("What do you want?"), *_numbered(offers, width)]
    if goals:
        text = (
            f"You have {plural(len(goals), 'goal')}: {', '.join(goals)}. What you choose is added."
        )
        rows += paragraph(text, width, 4, "dim")
    return rows


def skills(offers: Sequence[Offer], width: int) -> list[Line]:
    """Return the question for what somebody knows, its answers numbered."""
    text = "p asks you about topics instead: at most twenty questions, fewer if you are new."
    rows = [EMPTY, heading("What do you know already?"), *_numbered(offers, width, titles=False)]
    return [*rows, *paragraph(text, width, 4, "dim")]


def hours(width: int) -> list[Line]:
    """Return the question for the time somebody has."""
    text = "Then you get a plan that says what to do in which week. Enter skips the plan."
    rows = [EMPTY, heading("How many hours a week do you have?")]
    return [*rows, *paragraph(text, width, 4, "dim")]


def _numbered(offers: Sequence[Offer], width: int, titles: bool = True) -> list[Line]:
    rows: list[Line] = []
    for number, offer in enumerate(offers, 1):
        first, *rest = paragraph(offer.way.text, width, 4)
        first = line((f"{number:>2}  ", "number"), *first[1:])
        told = ", ".join(offer.titles) if titles and [offer.way.text] != offer.titles else ""
        if told and not rest and length(first) + 2 + width_of(told) <= width:
            rows.append((*first, *line(("  " + told, "dim"))))
        else:
            rows += [first, *rest, *(paragraph(told, width, 4, "dim") if told else ())]
    return rows


def comfort(width: int) -> list[Line]:
    """Return what is told to somebody whom the questions have shown to know little yet."""
    return paragraph(place.COMFORT, width, 4)


def stopped(width: int) -> list[Line]:
    """Return what is told to somebody who answered nothing."""
    return paragraph(LATER, width, 0, "dim")


def lines(page: Welcomed, width: int) -> list[Line]:
    """Return what was set, what to begin with, and the one command to go on with."""
    rows = _settled(page, width)
    rows += choices.offered(page.choices, width)
    if page.choices.picks:
        rows += [EMPTY, line("To begin: ", ("llmpath start 1", "title"))]
    undo = ("", "llmpath undo, then ", "llmpath undo 2, then ")[page.kept]
    rows += paragraph(f"To answer again: {undo}llmpath welcome", width, 0, "dim")
    return rows


def _settled(page: Welcomed, width: int) -> list[Line]:
    told = []
    if page.goals:
        told.append(f"{'Goals' if len(page.goals) > 1 else 'Goal'}: {', '.join(page.goals)}")
    if page.known:
        named = [title for title in page.named if title in page.known]
        others = len(page.known) - len(named)
        names = listed(named or page.known, TITLES_SHOWN)
        more = f", and {plural(others, 'topic')} they build on" if named and others else ""
        told.append(f"Known: {names}{more}")
    if page.plan:
        if page.plan.plan.slots:
            hours = f"{page.plan.plan.brief.hours:g} h a week"
            told.append(f"Plan: {hours}, until {page.plan.through}; see llmpath plan show")
        else:
            told.append("Plan: nothing is left to plan")
    rows: list[Line] = []
    for text in told:
        rows += outcome.marked(text, width)
    return [*rows, EMPTY] if rows else rows


def data(page: Welcomed) -> dict[str, Any]:
    """Return the same for other programs."""
    plan = page.plan
    return outcome.data(
        page.outcome,
        goals=[goal.id for goal in page.choices.goals],
        plan=None
        if plan is None
        else {
            "command": plan.outcome.command,
            "hours": plan.plan.brief.hours,
            "through": plan.through,
        },
        picks=[choices.pick_data(pick) for pick in page.choices.picks],
    )
