"""Why something is or is not recommended now: `why`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from llmpath.cli import options
from llmpath.cli.names import one
from llmpath.cli.session import Session, session
from llmpath.cli.situation import ranking, situation_of
from llmpath.cli.standpoint import standpoint
from llmpath.store.catalog import reading, resources
from llmpath.store.learner import learning
from llmpath.study import why as reasons
from llmpath.study.recommend import open_topics, varied
from llmpath.vocab import Status

EVERY = 1_000_000  # choices: more than there can be

if TYPE_CHECKING:
    from llmpath.model import Resource
    from llmpath.study.recommend import Situation


def why(ctx: typer.Context, name: options.Name, json: options.Json = False) -> None:
    """Why something is or is not recommended now.

    Where you stand with it, what it waits for and why, and how its score adds up.

    \b
    Examples:
      llmpath why rag
      llmpath why 2
      llmpath why illustrated-transformer
    """
    from llmpath.render.pages import why as render

    s = session(ctx)
    named = one(s, name)
    point = standpoint(s.connection, s.learner.id)
    situation = situation_of(s, point)
    work: Resource | None = None
    if named.what == "resource":
        work = resources.by_id(s.connection, [named.id])[named.id]
    ranks = ranking(s, situation) if _could_be_offered(situation, named.id, work) else []
    choices = varied(ranks, EVERY)
    if work is None:
        verdict = reasons.judge_topic(situation, named.id, choices)
    else:
        verdict = reasons.judge_resource(situation, work, choices)
    page = render.Page(
        title=named.title,
        id=named.id,
        work=work,
        verdict=verdict,
        situation=situation,
        since=_since(s, situation, verdict.topic, work),
        ahead=choices[: max(verdict.place - 1, 0)],
        shown=len(varied(ranks, s.settings.value("next.count"))),
        because=reading.because(s.connection, [verdict.topic, *verdict.waits]),
        ignored=[pair for pair in point.ignored if pair[0] == verdict.topic],
    )
    if json:
        s.data(render.data(page))
        return
    s.show(render.lines(page, s.width))


def _could_be_offered(situation: Situation, id_: str, work: Resource | None) -> bool:
    """Say whether it is worth ranking all choices to find out where this one stands."""
    if work is None:
        return id_ in open_topics(situation)
    begun = situation.learned.statuses.get(work.id) is Status.DOING
    return begun or not set(work.topics).isdisjoint(open_topics(situation))


def _since(s: Session, situation: Situation, topic: str, work: Resource | None) -> str:
    """Return when what decides was said or done, UTC; '' where nothing was."""
    if work is not None:
        progress = learning.progress_of(s.connection, s.learner.id, work.id)
        if progress.status is not Status.TODO:
            return progress.finished_at or progress.started_at or ""
    marked = learning.marked_at(s.connection, s.learner.id, topic)
    if marked:
        return marked
    dates = [
        learning.progress_of(s.connection, s.learner.id, id_).finished_at or ""
        for id_ in situation.roadmap.nodes[topic].core
    ]
    return max(dates, default="")
