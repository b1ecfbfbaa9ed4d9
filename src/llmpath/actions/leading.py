"""What a learner's plan has for them now: the choices that come before all others.

Imported only for who has a plan: with all it takes, 2 ms.
"""

from collections.abc import Sequence
from typing import NamedTuple

from llmpath.actions.choosing import situation_of
from llmpath.actions.learner_map import LearnerMap, learner_map
from llmpath.actions.workspace import Workspace
from llmpath.model import Goal
from llmpath.plans import Plan, Slot
from llmpath.store.catalog import resources
from llmpath.store.learner import planning
from llmpath.study.graph import CLEARED, states
from llmpath.study.plan import (
    SlotStanding,
    Week,
    ends_now,
    offered_now,
    review,
    steps_now,
    week_now,
)
from llmpath.study.recommend import Pick, Planned, Situation, open_goals, ranked
from llmpath.study.weeks import week_starts

_STANDINGS = {SlotStanding.SLIPPED: "late", SlotStanding.AHEAD: "ahead"}  # else it is due


class Lead(NamedTuple):
    """What the plan has now: choices in its order, the week, the day it ends on, its open goals.

    The choices are what is in progress, late and due this week; where nothing is, the next step.
    """

    picks: Sequence[Pick]
    week: Week
    through: str
    goals: Sequence[Goal]

    @property
    def is_due(self) -> bool:
        """Whether the choices are what this week, or one before, was planned for."""
        return any(pick.planned and pick.planned.standing != "ahead" for pick in self.picks)


def lead(w: Workspace, point: LearnerMap) -> Lead | None:
    """Return what the learner's plan has now, *point* being where they are; None if nothing."""
    plan = planning.plan(w.connection, w.learner.id)
    if plan is None:
        return None
    here = point
    if plan.brief.topics or plan.brief.aim:  # it has goals of its own
        from llmpath.actions.paths import goals_planned  # 2 ms

        here = learner_map(w, goals=goals_planned(w, plan.brief))
    statuses = here.learned.statuses
    spent = planning.spent_since(w.connection, w.learner.id)
    standings = review(plan, statuses, here.states, w.today, spent)
    steps = steps_now(standings, statuses)
    if not steps:
        return None
    situation = _situation(situation_of(w, here), plan, steps)
    offered = offered_now(steps, statuses, situation.states)
    days = ends_now(plan, standings, spent, w.today)
    return Lead(
        _picks(w, plan, situation, offered),
        week_now(plan, standings, w.today),
        max(days.values()),
        open_goals(situation),
    )


def _situation(
    situation: Situation, plan: Plan, steps: Sequence[tuple[Slot, SlotStanding]]
) -> Situation:
    """Return the situation in which the topics that the plan is done with are passed.

    A quick plan studies less of a topic than passing it takes, and goes on.
    """
    left = {slot.topic for slot, _ in steps}
    over = {slot.topic for slot in plan.slots} - left
    if all(situation.states.get(id_, CLEARED[0]) in CLEARED for id_ in over):
        return situation
    learned = situation.learned._replace(known=situation.learned.known | over)
    return situation._replace(learned=learned, states=states(situation.roadmap, learned))


def _picks(
    w: Workspace,
    plan: Plan,
    situation: Situation,
    steps: Sequence[tuple[Slot, SlotStanding]],
) -> list[Pick]:
    """Return *steps* of *plan* as choices, in their order."""
    works = resources.by_id(w.connection, [slot.resource for slot, _ in steps])
    material = {
        topic: [
            works[slot.resource]
            for slot, _ in steps
            if slot.topic == topic and slot.resource in works
        ]
        for topic in dict.fromkeys(slot.topic for slot, _ in steps)
    }
    found = {pick.resource.id: pick for pick in ranked(situation, material)}
    return [
        _planned(found[slot.resource], week_starts(plan.starts_on, slot.week), standing)
        for slot, standing in steps
        if slot.resource in found
    ]


def _planned(pick: Pick, week: str, standing: SlotStanding) -> Pick:
    """Return *pick* with where the plan has it, which is its first reason."""
    called = _STANDINGS.get(standing, "due")
    reason = {
        "late": f"late, planned for the week of {week}",
        "due": "planned for this week",
        "ahead": f"planned for the week of {week}",
    }[called]
    return pick._replace(planned=Planned(week, called), reasons=(reason, *pick.reasons))
