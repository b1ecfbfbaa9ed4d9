"""What a learner's plan has for them now: the choices that come before all others.

Imported only for who has a plan: with all it takes, 2 ms.
"""

from collections.abc import Sequence
from typing import NamedTuple

from llmpath.actions.learner_map import LearnerMap, learner_map, situation_of
from llmpath.actions.workspace import Workspace
from llmpath.model import Goal
from llmpath.plans import Plan, Slot
from llmpath.store.catalog import resources
from llmpath.store.learner import planning
from llmpath.study.graph import states
from llmpath.study.recommend import Pick, Planned, Situation, open_goals, ranked
from llmpath.study.standing import SlotStanding, Week, stand, week_now
from llmpath.study.weeks import week_starts


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
    spent = planning.spent_since(w.connection, w.learner.id)
    found = stand(plan, here.roadmap, here.learned, here.states, spent, w.today, here.goals)
    if not found.steps:
        return None
    within = states(here.roadmap, found.learned)
    situation = situation_of(w, here._replace(learned=found.learned, states=within))
    return Lead(
        _picks(w, plan, situation, found.now),
        week_now(plan, found.standings, w.today),
        max(found.ends.values()),
        open_goals(situation),
    )


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
        _planned(found[slot.resource], week_starts(plan.starts_on, slot.week), w.today)
        for slot, _ in steps
        if slot.resource in found
    ]


def _planned(pick: Pick, week: str, today: str) -> Pick:
    """Return *pick* with where the plan has it, which is its first reason."""
    if today < week:
        standing, reason = "ahead", f"planned for the week of {week}"
    elif today < week_starts(week, 1):
        standing, reason = "due", "planned for this week"
    else:
        standing, reason = "late", f"late, planned for the week of {week}"
    return pick._replace(planned=Planned(week, standing), reasons=(reason, *pick.reasons))
