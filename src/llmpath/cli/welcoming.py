"""Ask the questions of a welcome on a terminal."""

from __future__ import annotations

from collections.abc import Callable

from llmpath.actions import welcome
from llmpath.actions.welcome import Said
from llmpath.cli.asking import answer
from llmpath.cli.session import Session
from llmpath.errors import LlmpathError
from llmpath.render.pages import welcome as page
from llmpath.times import weekly

STOP = ("q", "quit")
ALL = ("y", "yes", "all")
NONE = ("", "n", "no", "none")
PLACE = ("p", "place")


def ask(s: Session) -> Said | None:
    """Return what the learner says until all is asked or they stop; nothing is written.

    None for somebody who stops without having said anything.
    """
    s.show(page.introduction(s.width))
    said = Said()
    for step in (_want, _know, _hours):
        answered = step(s, said)
        if answered is None:
            return said if said != Said() else None
        said = answered
    return said


def _want(s: Session, said: Said) -> Said | None:
    offers = welcome.wants(s)
    if not offers:
        return said
    s.show(page.wants(offers, welcome.goals_set(s), s.width))

    def read(text: str) -> Said:
        return said._replace(want=welcome.understood(s, offers, text, "goal", numbers=True))

    return _asked(s, "Numbers, such as 2 or 1 3: ", said, read)


def _know(s: Session, said: Said) -> Said | None:
    offers = welcome.skills(s)
    s.show(page.skills(offers, s.width))

    def read(text: str) -> Said:
        if text.casefold() in PLACE:
            from llmpath.cli.placement import ask as place  # few take it from here

            begun, titles = welcome.placement(s, said.want)
            place(s, begun, titles)
            if begun.is_beginning:
                s.show(page.comfort(s.width))
            return said._replace(placed=begun.answers)
        if text.casefold() in ALL:
            return said._replace(know=[id_ for offer in offers for id_ in offer.way.ids])
        return said._replace(know=welcome.understood(s, offers, text, "topic", numbers=True))

    return _asked(s, "Numbers, or p: " if offers else "p, or Enter: ", said, read)


def _hours(s: Session, said: Said) -> Said | None:
    if not said.want and not welcome.goals_set(s):
        return said
    s.show(page.hours(s.width))
    return _asked(
        s,
        "Hours, such as 5 or 1h30: ",
        said,
        lambda text: said._replace(hours=weekly(text)),
    )


def _asked(s: Session, prompt: str, said: Said, read: Callable[[str], Said]) -> Said | None:
    """Return *said* with the answer that *read* makes of a line; None for stopping.

    What cannot be read is told, and asked again.
    """
    while True:
        text = answer(prompt)
        if text is None or text.casefold() in STOP:
            return None
        if text.casefold() in NONE:
            return said
        try:
            return read(text)
        except LlmpathError as error:
            for row in (error.message, *error.details, error.hint):
                if row:
                    s.remark(row, "  ")
