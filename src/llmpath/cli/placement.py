"""Ask the questions of a placement on a terminal or through a pipe."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from textwrap import fill

from llmpath.actions import placing
from llmpath.cli.asking import typed
from llmpath.cli.session import Session
from llmpath.errors import UsageError
from llmpath.render.pages import place as page
from llmpath.study.placement import MOST_QUESTIONS, Placement

MOST_TRIES = 20  # at one question: an endless input that answers nothing must end
OFFERED = {"y": "[y]es", "n": "[n]o", "a": "[a]ll of these", "x": "[x] none", "q": "[q]uit"}
SAID = {"yes": "y", "no": "n", "all": "a", "none": "x", "quit": "q"}


def ask(s: Session, placement: Placement, goals: Sequence[str] = ()) -> None:
    """Ask until nothing is worth asking, or the learner stops; answers go into *placement*.

    *goals* are the titles of what it is about, if any.
    """
    s.show(page.introduction(MOST_QUESTIONS, goals, s.width))
    while (asked := placing.question(s, placement)) is not None:
        s.show(page.question(len(placement.answers) + 1, asked, s.width))
        keys = "ynaxq" if asked.mates else "ynq"
        offered = " ".join(OFFERED[key] for key in keys)
        said = _line(f"Enter for the answer, or {offered}:", ("", *keys), s.width)
        if said == "":
            s.show(page.answer(asked.answer, s.width))
            said = _line(f"Did you know it? {offered}:", tuple(keys), s.width)
        if said == "q":
            return
        placement.answer(asked.topic, said in "ya", said in "ax")


def _line(prompt: str, allowed: tuple[str, ...], width: int) -> str:
    """Return one of *allowed* as the learner typed it; the end of the input means q.

    Raises UsageError where what comes through a pipe answers nothing.
    """
    for _ in range(MOST_TRIES):
        sys.stdout.write(fill(prompt, width - 2) + " ")
        sys.stdout.flush()
        text = typed()
        if not text.endswith("\n") or not (sys.stdin and sys.stdin.isatty()):
            sys.stdout.write("\n")  # what was typed on a terminal ended the line there
        if not text:
            return "q"
        word = text.strip().casefold()
        word = SAID.get(word, word)
        if word in allowed:
            return word
        sys.stdout.write(f"Type {', '.join(filter(None, allowed[:-1]))} or {allowed[-1]}.\n")
    raise UsageError("None of these lines is an answer.", f"The answers: {', '.join(allowed[1:])}.")
