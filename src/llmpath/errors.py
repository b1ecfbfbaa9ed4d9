"""The failures a user can meet: each owns its sentence, its hint and its exit code."""

from __future__ import annotations

from collections.abc import Sequence

CHOICES_SHOWN = 9  # when a name could be several things: as many as one digit tells apart
LONGEST_NAME = 60  # of what a learner typed, when it is said back


def shortened(name: str) -> str:
    """Return *name* as it is said back to who typed it: cut when it is long."""
    return name if len(name) <= LONGEST_NAME else name[:LONGEST_NAME] + "..."


def quoted(name: str) -> str:
    """Return *name* as it is said back to who typed it, in quotes."""
    return repr(shortened(name))


def arguments(*names: str) -> str:
    """Return *names* as they are typed in a shell where a command wants some: "ada 'Bo Li'"."""
    from shlex import join  # 1 ms, where a command is offered alone

    return ("-- " if any(name.startswith("-") for name in names) else "") + join(names)


class LlmpathError(Exception):
    """A failure to be told in one sentence, with the next step as a hint."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "", details: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.details = tuple(details)


class UsageError(LlmpathError):
    """The command line does not say what to do."""

    exit_code = 2


class NotFound(LlmpathError):
    """Nothing goes by the name that was given."""

    exit_code = 3

    @classmethod
    def named(cls, what: str, name: str, nearest: Sequence[str] = ()) -> NotFound:
        """Say that no *what* is called *name*; *nearest* are ids that come close."""
        if nearest:
            return cls(f"No {what} {quoted(name)}.", "Did you mean " + " or ".join(nearest) + "?")
        words = arguments(*name.split()) if len(name) <= LONGEST_NAME else "WORDS"
        return cls(f"No {what} {quoted(name)}.", f"Find it with: llmpath search {words}")


class Ambiguous(LlmpathError):
    """More than one thing goes by the name that was given.

    `choices` are (what it is, id, title), best first.
    """

    exit_code = 3

    def __init__(self, name: str, choices: Sequence[tuple[str, str, str]]) -> None:
        self.name = name
        self.choices = choices
        more = len(choices) - CHOICES_SHOWN
        super().__init__(
            f"{quoted(name)} matches {len(choices)} entries.",
            "Use one of these ids.",
            [f"{choices[place][1]}  {title}" for place, title in enumerate(self.titles)]
            + ([f"... and {more} more"] if more > 0 else []),
        )

    @property
    def titles(self) -> list[str]:
        """The titles of the choices shown, with what each is where they are of several sorts."""
        mixed = len({what for what, _, _ in self.choices}) > 1
        return [
            f"{title} ({what})" if mixed else title
            for what, _, title in self.choices[:CHOICES_SHOWN]
        ]


class Declined(LlmpathError):
    """The learner was asked, and said no."""

    exit_code = 130


class NotSaid(LlmpathError):
    """It was not said which of several things is meant."""

    exit_code = 3


class Overtaken(LlmpathError):
    """What was to be changed was changed by another command meanwhile."""


class InvalidFile(LlmpathError):
    """A file cannot be taken as it is; `details` name each fault with its place."""

    exit_code = 4


class DatabaseTrouble(LlmpathError):
    """The database cannot be read or written."""

    exit_code = 5


class RefusedDatabase(DatabaseTrouble):
    """What stands where the database should be is not to be trusted, and is left untouched."""


class NewerDatabase(RefusedDatabase):
    """The database is from a version of llmpath that came later: nothing is wrong with it."""


class NothingToUndo(LlmpathError):
    """There is no command left to take back, or to bring back."""

    exit_code = 3
