"""Read a learner's plan, and what they logged that says how fast they are."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from llmpath.plans import Brief, Depth, Plan, Slot

if TYPE_CHECKING:
    from llmpath.store.learner.journal import Journal

_DEPTH = {str(depth): depth for depth in Depth}


def plan(connection: sqlite3.Connection, learner: str) -> Plan | None:
    """Return the plan of *learner*, or None when they have none.

    Steps that no longer count, since the catalog has lost or moved them, are left out; so are those
    of works that are not kept up any more, unless they are done or in progress.
    """
    row = connection.execute(
        "SELECT topics, depth, hours, until, pace, starts_on, aim, off FROM plan"
        " WHERE learner_id = ?",
        (learner,),
    ).fetchone()
    if row is None:
        return None
    topics, depth, hours, until, pace, starts_on, aim, off = row
    slots = connection.execute(
        "SELECT week, topic_id, resource_id, plan_step.minutes, part, parts FROM plan_step"
        " JOIN topic ON topic.id = topic_id AND instr(' ' || core || ' '"
        " || CASE :depth WHEN 'deep' THEN further ELSE '' END || ' ', ' ' || resource_id || ' ')"
        " JOIN resource ON resource.id = resource_id"
        " WHERE learner_id = :learner AND (upkeep = 'live' OR resource_id IN (SELECT resource_id"
        " FROM progress WHERE learner_id = :learner AND status IN ('doing', 'done')))"
        " ORDER BY plan_step.position",
        {"learner": learner, "depth": depth},
    )
    goals: tuple[str, ...] = ()
    if topics:
        from llmpath.store.history.ledger import former_ids  # 1 ms, and most plans name none

        names = former_ids(connection)  # they are in one text, which nobody renames
        goals = tuple(dict.fromkeys(names.get(id_, id_) for id_ in topics.split()))
    days = tuple(
        (first, last) for first, _, last in (one.partition("..") for one in (off or "").split())
    )
    brief = Brief(goals, _DEPTH[depth], hours, until, aim, days)
    return Plan(brief, pace, starts_on, tuple(Slot(*slot) for slot in slots))


def logged(connection: sqlite3.Connection, learner: str) -> list[tuple[int, int]]:
    """Return (minutes taken, minutes estimated) of what *learner* did and logged."""
    rows = connection.execute(
        "SELECT coalesce(progress.minutes, sat) AS taken, resource.minutes FROM progress"
        " JOIN resource ON resource.id = progress.resource_id LEFT JOIN"
        " (SELECT resource_id, sum(minutes) AS sat FROM sitting WHERE learner_id = :learner"
        " GROUP BY resource_id) AS sittings ON sittings.resource_id = progress.resource_id"
        " WHERE learner_id = :learner AND status = 'done' AND taken > 0 AND resource.minutes > 0",
        {"learner": learner},
    )
    return rows.fetchall()


def spent_since(connection: sqlite3.Connection, learner: str) -> dict[str, int]:
    """Return the minutes that *learner* logged since they made their plan, by resource.

    What was logged before is taken off in the plan itself.
    """
    rows = connection.execute(
        "SELECT resource_id, sum(sitting.minutes) FROM sitting JOIN plan USING (learner_id)"
        " WHERE learner_id = ? AND logged_at > made_at GROUP BY resource_id",
        (learner,),
    )
    return dict(rows.fetchall())


def save(journal: Journal, plan: Plan | None) -> None:
    """Let *plan* be the learner's plan; None drops the one they have."""
    key = {"learner_id": journal.learner}
    before = journal.connection.execute(
        "SELECT count(*) FROM plan_step WHERE learner_id = ?", (journal.learner,)
    ).fetchone()[0]
    slots = plan.slots if plan else ()
    if plan is None:
        journal.put("plan", key, None)
    else:
        journal.put(
            "plan",
            key,
            {
                "topics": " ".join(plan.brief.topics),
                "depth": str(plan.brief.depth),
                "hours": float(plan.brief.hours),
                "until": plan.brief.until,
                "pace": plan.pace,
                "starts_on": plan.starts_on,
                "made_at": journal.when.at,
                "aim": plan.brief.aim,
                "off": " ".join("..".join(days) for days in plan.brief.off) or None,
            },
        )
    for position in range(max(before, len(slots))):
        step = {**key, "position": position}
        if position >= len(slots):
            journal.put("plan_step", step, None)
            continue
        slot = slots[position]
        journal.put(
            "plan_step",
            step,
            {
                "week": slot.week,
                "topic_id": slot.topic,
                "resource_id": slot.resource,
                "minutes": slot.minutes,
                "part": slot.part,
                "parts": slot.parts,
            },
            anew=True,
        )
