"""Commands that take a query: what looks like an option in it is none."""

import re
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from llmpath.cli import options
from llmpath.cli.dashes import KEPT, is_text, options_of
from llmpath.cli.dashes import as_typed as as_typed
from llmpath.vocab import Kind, Level, Status

# `-kind:paper`, `-"a phrase"` and `-graph` look like options, but no option has a colon or a quote,
# and three letters are none: unless they are a value set right behind one, as in `-kvideo`.
# Compiled when first needed: 0.2 ms, and most arguments start with no minus.
_NEGATED = r'-([A-Za-z]+:.|"|[A-Za-z]{2}[\w-]+$)'

Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[QUERY...]",
        help="Words and filters such as kind:video -level:advanced year:2020.. is:ready.",
        autocompletion=options.completed("filters"),
    ),
]


class QueryCommand(TyperCommand):
    """A command whose arguments may be filters that start with a minus."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Keep filters from being taken for options."""
        known = options_of(self.get_params(ctx))
        kept = []
        values = 0  # that the option before takes
        for arg in args:
            words = arg.startswith("-") and not values and is_text(arg, known)
            kept.append(KEPT + arg if words or _is_negated(arg) else arg)
            values = max(values - 1, 0) if values else known.get(arg, 0)
        return super().parse_args(ctx, kept)

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Return what the shell may offer: for what is no option, filters that leave out."""
        if not _is_negated(incomplete):
            return super().shell_complete(ctx, incomplete)
        from typer._click.shell_completion import CompletionItem

        offers = options.completed("filters")(incomplete[1:])
        return [CompletionItem(f"-{value}", help=title) for value, title in offers]


def _is_negated(arg: str) -> bool:
    """Say whether *arg* is something to leave out rather than an option."""
    if not arg.startswith("-") or not re.match(_NEGATED, arg):
        return False
    return arg[2:] not in (*Kind, *Level, *Status)
