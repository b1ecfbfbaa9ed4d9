"""What you know and where you want to get: `know`, `forget`, `shaky`, `goal`."""

from typing import Annotated

import typer

from llmpath.cli import options
from llmpath.cli.names import several
from llmpath.cli.session import session
from llmpath.cli.standpoint import Standpoint, standpoint
from llmpath.errors import UsageError
from llmpath.store.learner import learning, writing
from llmpath.store.learner.journal import command
from llmpath.study import knowledge
from llmpath.study.graph import PASSED, newly_ready
from llmpath.vocab import Mark


def know(ctx: typer.Context, names: options.Topics) -> None:
    """Mark topics as known, prerequisites included.

    \b
    Examples:
      llmpath know python-basics
      llmpath know transformer-architecture linear-algebra
    """
    from llmpath.phrases import listed
    from llmpath.render.layout import plural
    from llmpath.render.pages import outcome

    s = session(ctx)
    named = several(s, names, "topic")
    titles = listed([topic.title for topic in named], 8)
    with command(s.connection, s.learner.id, s.moment, "know", titles) as journal:
        before = standpoint(s.connection, s.learner.id)
        marks = knowledge.to_mark(before.roadmap, before.learned, [topic.id for topic in named])
        writing.mark_known(journal, marks)
    after = standpoint(s.connection, s.learner.id)
    implied = len(set(marks) - {topic.id for topic in named})
    more = f" and {plural(implied, 'topic')} it builds on" if implied else ""
    opened = [after.roadmap.nodes[id_].title for id_ in newly_ready(before.states, after.states)]
    verb = "Known" if marks else "Known already"
    s.show(outcome.done_lines(verb, [titles + more], [], opened, s.width))


def forget(ctx: typer.Context, names: options.Topics) -> None:
    """Take back that topics are known.

    Only these; what builds on them stays as you marked it.

    \b
    Examples:
      llmpath forget linear-algebra
    """
    from llmpath.phrases import listed
    from llmpath.render.pages import outcome

    s = session(ctx)
    named = several(s, names, "topic")
    titles = listed([topic.title for topic in named], 8)
    with command(s.connection, s.learner.id, s.moment, "forget", titles) as journal:
        point = standpoint(s.connection, s.learner.id)
        marks = knowledge.to_unmark(point.roadmap, point.learned, [topic.id for topic in named])
        writing.unmark(journal, marks)
    verb = "No longer marked as known" if marks else "Was not marked as known"
    s.show(outcome.done_lines(verb, [titles], [], [], s.width))


def shaky(ctx: typer.Context, names: options.Topics) -> None:
    """Mark topics as shaky: they come back in `next` to be refreshed.

    Nothing that builds on them is closed again. Doing one of a topic's core resources makes it
    firm, and so does `know`.

    \b
    Examples:
      llmpath shaky linear-algebra
      llmpath know linear-algebra      firm again
    """
    from llmpath.phrases import listed
    from llmpath.render.pages import outcome

    s = session(ctx)
    named = several(s, names, "topic")
    point = standpoint(s.connection, s.learner.id)
    marks = knowledge.to_shake(point.roadmap, point.learned, [topic.id for topic in named])
    titles = {topic.id: topic.title for topic in named}
    summary = listed([titles[id_] for id_ in marks], 8)
    if marks:
        with command(s.connection, s.learner.id, s.moment, "shaky", summary) as journal:
            writing.mark(journal, marks, Mark.SHAKY)
        verb = "Shaky" if journal.events else "Shaky already"
        s.show(outcome.done_lines(verb, [f"{summary}; `next` offers to refresh"], [], [], s.width))
    others = [titles[id_] for id_ in titles if id_ not in marks]
    if others:
        s.show(outcome.said(f"Not passed yet, so nothing to refresh: {listed(others, 8)}", s.width))


def goal(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TOPIC...]",
            help="Topics to make your goals, besides those you have.",
            autocompletion=options.completed("topics"),
        ),
    ] = None,
    drop: Annotated[
        bool, typer.Option("--drop", help="Drop these goals instead of adding them.")
    ] = False,
    clear: Annotated[bool, typer.Option("--clear", help="Drop all goals.")] = False,
    json: options.Json = False,
) -> None:
    """Show, set or clear the topics you are on the way to.

    `next` then offers only what leads there.

    \b
    Examples:
      llmpath goal rag agents
      llmpath goal
      llmpath goal agents --drop
      llmpath goal --clear
    """
    from llmpath.render.pages import goal as page

    s = session(ctx)
    point = standpoint(s.connection, s.learner.id)
    if clear and names:
        raise UsageError("--clear drops all goals; leave the topics out.")
    if drop and not names:
        raise UsageError("Which goal?", "For example: llmpath goal rag --drop")
    named = several(s, names, "topic") if names else []
    if named or clear:
        chosen = [topic.id for topic in named]
        dropped = [one.topic for one in learning.goals(s.connection, s.learner.id)]
        if not clear:
            dropped = chosen if drop else []
        summary = (
            "clear"
            if clear
            else ("drop " if drop else "") + ", ".join(topic.title for topic in named)
        )
        with command(s.connection, s.learner.id, s.moment, "goal", summary) as journal:
            writing.set_goals(journal, [] if drop or clear else chosen, dropped)
    rows = [_row(point, one) for one in learning.goals(s.connection, s.learner.id)]
    if json:
        s.data(page.data(rows))
        return
    s.show(page.lines(rows, s.width))


def _row(point: Standpoint, one: learning.Goal) -> tuple[learning.Goal, str, int, int]:
    """Return a goal with its title, the topics on its way, and how many of those are passed."""
    way = point.roadmap.toward([one.topic], point.states)
    passed = sum(point.states[id_] in PASSED for id_ in way)
    return one, point.roadmap.nodes[one.topic].title, len(way), passed
