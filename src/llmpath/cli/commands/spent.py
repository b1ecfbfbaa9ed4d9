"""Log a sitting: `spent`."""

from collections.abc import Sequence
from typing import Annotated

import typer

from llmpath.actions import progress, sittings
from llmpath.cli import arguments, asking, options, underway
from llmpath.cli.session import session
from llmpath.render.pages import outcome
from llmpath.render.pages import spent as page


def spent(
    ctx: typer.Context,
    time: Annotated[str, typer.Argument(metavar="TIME", help="How long: 30, 1h30 or 1.5h.")],
    names: arguments.MaybeNames = None,
    on: options.On = None,
    note: options.Note = None,
    json: options.Json = False,
) -> None:
    """Log time you spent on a resource, without finishing it.

    Starts the resource, adds up its sittings and says where to go on. Without a resource, it is
    the one in progress.

    \b
    Examples:
      llmpath spent 30 1
      llmpath spent 1h30 illustrated-transformer --on yesterday
      llmpath spent 45              on what is in progress
      llmpath spent 20m --note "Stopped at the second proof."
    """
    s = session(ctx)
    minutes, names = _read([time, *(names or ())])
    names = names or [underway.the_one(s, "llmpath spent TIME")]
    logged = sittings.spend(s, minutes, names, on, note)
    if not s.asks:
        s.present(page, logged, json)
        return
    s.show(page.lines(logged, s.width, asked=True))
    for one in logged.tallies:
        if one.is_reached and asking.confirmed(f"Finished with {one.title}?"):
            s.present(outcome, progress.finish(s, [one.id], on=on), json)


def _read(words: Sequence[str]) -> tuple[int, list[str]]:
    """Return the length that *words* begin with, and the rest: what it was spent on.

    A unit may stand apart (`30 min`, `1 h 30 min`); a number that does is one of the last list.
    """
    for count in range(min(len(words), 4), 1, -1):
        if words[count - 1].isalpha() and (found := options.maybe_length(" ".join(words[:count]))):
            return found, list(words[count:])
    return options.length(words[0]), list(words[1:])
