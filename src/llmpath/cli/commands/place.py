"""Find out what you know, in twenty questions or fewer: `place`."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from llmpath.cli import options
from llmpath.cli.names import part, several
from llmpath.cli.session import Session, session
from llmpath.cli.standpoint import standpoint
from llmpath.errors import UsageError
from llmpath.store.catalog import reading
from llmpath.store.learner import writing
from llmpath.store.learner.journal import command
from llmpath.study.graph import CLEARED, newly_ready
from llmpath.study.placement import MOST, Answer, Placement


def _told_of(name: str, what: str) -> Any:
    """Return the option *name*, which says *what* of a topic or a module."""
    sort = what.rpartition(" ")[2]
    return typer.Option(
        name,
        metavar=sort.upper(),
        help=f"{what}; may be given several times. Asks nothing.",
        autocompletion=options.completed(f"{sort}s"),
    )


def place(
    ctx: typer.Context,
    yes_to: Annotated[list[str] | None, _told_of("--yes-to", "You know this topic")] = None,
    no_to: Annotated[list[str] | None, _told_of("--no-to", "You do not know this topic")] = None,
    all_of: Annotated[list[str] | None, _told_of("--all-of", "You know all of this module")] = None,
    none_of: Annotated[
        list[str] | None, _told_of("--none-of", "You know nothing of this module")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Only say what would be set as known.")
    ] = False,
    json: options.Json = False,
) -> None:
    """Find out what you know, in twenty questions or fewer.

    Each answer settles much: who can do one thing knows what it builds on. You grade yourself,
    and may answer for all of a topic's module at once. What you turn out to know is set as known;
    `undo` takes all of it back.

    \b
    Examples:
      llmpath place
      llmpath place --yes-to pytorch --no-to attention
      llmpath place --all-of mathematics --none-of security
      llmpath place --yes-to pytorch --json      the best next question, for scripts
    """
    from llmpath.render.pages import place as render

    s = session(ctx)
    point = standpoint(s.connection, s.learner.id)
    given = {id_ for id_, state in point.states.items() if state in CLEARED}
    placement = Placement(point.roadmap, given)
    told = _told(s, yes_to or [], no_to or [])
    told += _told_whole(s, placement, all_of or [], none_of or [])
    for answer in told:
        placement.answer(*answer)
    if not told and not json:
        _ask(s, placement)
    known = placement.known()
    if json:
        s.data(render.data(placement, known, _card(s, placement.question())))
        return
    if not dry_run and known:
        summary = f"{len(known)} topics after {len(placement.answers)} answers"
        with command(s.connection, s.learner.id, s.moment, "place", summary) as journal:
            writing.mark_known(journal, known)
    after = standpoint(s.connection, s.learner.id)
    opened = newly_ready(point.states, after.states)
    s.show(render.outcome(placement, known, opened, dry_run, s.width))


def _told(s: Session, yes_to: list[str], no_to: list[str]) -> list[Answer]:
    yes = [named.id for name in yes_to for named in several(s, [name], "topic")]
    no = [named.id for name in no_to for named in several(s, [name], "topic")]
    _differ(yes, no)
    return [*(Answer(id_, True) for id_ in yes), *(Answer(id_, False) for id_ in no)]


def _told_whole(
    s: Session, placement: Placement, all_of: list[str], none_of: list[str]
) -> list[Answer]:
    """Return an answer for each module, on the first of its topics."""
    every = list(dict.fromkeys(part(s, "module", name) for name in all_of))
    none = list(dict.fromkeys(part(s, "module", name) for name in none_of))
    _differ(every, none)
    members = placement.roadmap.modules
    return [
        Answer(members[module][0].id, module in every, True)
        for module in (*every, *none)
        if module in members
    ]


def _differ(yes: list[str], no: list[str]) -> None:
    both = set(yes) & set(no)
    if both:
        raise UsageError(f"Both known and not known: {', '.join(sorted(both))}.")


def _card(s: Session, topic: str | None) -> dict[str, str] | None:
    """Return the question on *topic*: its first card, or its summary where it has no card."""
    if topic is None:
        return None
    about = reading.topic(s.connection, topic)
    ask, answer = f"Could you explain {about.title}, and use it?", about.summary
    if about.cards:
        ask, answer = about.cards[0].ask, about.cards[0].answer
    return {"topic": topic, "title": about.title, "ask": ask, "answer": answer}


def _ask(s: Session, placement: Placement) -> None:
    """Ask until nothing is worth asking, or the learner has had enough."""
    from llmpath.render.pages import place as render

    modules = {module.id: module.title for module in reading.modules(s.connection)}
    s.show(render.introduction(MOST, s.width))
    while (topic := placement.question()) is not None:
        card = _card(s, topic)
        assert card is not None
        nodes, number = placement.roadmap.nodes, len(placement.answers) + 1
        mates = [nodes[id_].title for id_ in placement.module(topic) if id_ != topic]
        module = modules[nodes[topic].module]
        s.show(render.question(number, card["title"], module, mates, card["ask"], s.width))
        keys = "ynaxq" if mates else "ynq"
        offered = ", ".join(keys)
        said = _line(f"Enter for the answer, or {offered}: ", ("", *keys))
        if said == "":
            s.show(render.answer(card["answer"], s.width))
            said = _line(f"Could you have told? {offered}: ", tuple(keys))
        if said == "q":
            return
        placement.answer(topic, said in "ya", said in "ax")


def _line(prompt: str, allowed: tuple[str, ...]) -> str:
    """Return one of *allowed* as the learner typed it; the end of the input means q."""
    while True:
        sys.stdout.write(prompt)
        sys.stdout.flush()
        text = sys.stdin.readline()
        if not text.endswith("\n") or not sys.stdin.isatty():
            sys.stdout.write("\n")  # what was typed on a terminal ended the line there
        if not text:
            return "q"
        word = text.strip().lower()[:1]
        if word in allowed:
            return word
