"""The day at a glance: `llmpath` alone."""

import typer

from llmpath.cli.session import Session, session
from llmpath.cli.situation import picks
from llmpath.cli.standpoint import Standpoint, standpoint
from llmpath.store.catalog import reading, resources
from llmpath.store.catalog.selection import Selection
from llmpath.store.learner import learning
from llmpath.study import stats
from llmpath.study.graph import standings
from llmpath.vocab import Status

AT_A_GLANCE = 3


def dashboard(ctx: typer.Context, json: bool) -> None:
    """The day at a glance."""
    from llmpath.render.pages import dashboard

    s = session(ctx)
    point = standpoint(s.connection, s.learner.id)
    begun = sum(status is Status.DOING for status in point.learned.statuses.values())
    offered = picks(s, point, Selection(), begun + AT_A_GLANCE)
    standing = standings(
        point.roadmap, point.states, point.learned, resources.minutes(s.connection)
    )
    today = dashboard.Glance(
        learner=s.learner.name,
        doing=[pick for pick in offered if pick.status is Status.DOING],
        next=[pick for pick in offered if pick.status is not Status.DOING][:AT_A_GLANCE],
        goals=_goals(s, point),
        tracks=[
            (track, share)
            for track, share in zip(
                reading.tracks(s.connection),
                stats.by_track(point.roadmap, standing).values(),
                strict=False,
            )
        ],
        all=stats.share(standing, point.roadmap.nodes),
        done=sum(status is Status.DONE for status in point.learned.statuses.values()),
        streak=stats.streak(learning.active_dates(s.connection, s.learner.id), s.today),
    )
    if json:
        s.data(dashboard.data(today))
        return
    s.number([pick.resource.id for pick in [*today.doing, *today.next]])
    s.show(dashboard.lines(today, s.width))


def _goals(s: Session, point: Standpoint) -> list[tuple[str, int]]:
    """Return each goal's title with how many topics are still before it."""
    rows = []
    for goal in learning.goals(s.connection, s.learner.id):
        left = len(point.roadmap.still_to_pass([goal.topic], point.states))
        rows.append((point.roadmap.nodes[goal.topic].title, left))
    return rows
