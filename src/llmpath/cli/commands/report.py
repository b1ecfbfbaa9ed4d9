"""Progress reports: `report`."""

import sys

import typer

from llmpath.cli import options
from llmpath.cli.session import Session, session
from llmpath.cli.situation import picks
from llmpath.cli.standpoint import standpoint
from llmpath.errors import LlmpathError
from llmpath.export.report import Report, markdown
from llmpath.render.terminal import speakable
from llmpath.store.catalog import naming, reading, resources
from llmpath.store.catalog.selection import Selection
from llmpath.store.database.writeout import write_whole
from llmpath.store.learner import learning, planning
from llmpath.study import stats
from llmpath.study.graph import standings
from llmpath.study.plan import review


def report(
    ctx: typer.Context,
    output: options.Output = None,
) -> None:
    """A progress report in Markdown.

    Summary, goals, progress by track and module, what is done with dates and ratings, next
    steps, notes, and a map of your topics that Git forges draw.

    \b
    Examples:
      llmpath report -o progress.md
      llmpath report | less
    """
    s = session(ctx)
    text = markdown(_gather(s))
    if output is None:
        sys.stdout.write(speakable(text, sys.stdout))
        return
    try:
        write_whole(output, text, 0o666)
    except OSError as error:
        raise LlmpathError(f"Cannot write {output}: {error.strerror}.") from None
    s.remark(f"Wrote {output}")


def _gather(s: Session) -> Report:
    connection, learner = s.connection, s.learner.id
    point = standpoint(connection, learner)
    progress = learning.progress(connection, learner)
    notes = learning.notes(connection, learner)
    made = planning.plan(connection, learner)
    planned = {slot.resource for slot in made.slots} if made else set()
    goals = [goal.topic for goal in learning.goals(connection, learner)]
    return Report(
        learner=s.learner.name,
        today=s.today,
        streak=stats.streak(learning.active_dates(connection, learner), s.today),
        roadmap=point.roadmap,
        standings=standings(
            point.roadmap, point.states, point.learned, resources.minutes(connection)
        ),
        tracks=reading.tracks(connection),
        modules=reading.modules(connection),
        goals=goals,
        progress=progress,
        works=resources.by_id(connection, [*(one.resource for one in progress), *planned]),
        plan=made,
        planned=review(made, point.learned.statuses, point.states, s.today) if made else (),
        picks=picks(s, point, Selection(), s.settings.value("next.count")),
        notes=notes,
        titles=naming.titles(connection, [note.target for note in notes]),
    )
