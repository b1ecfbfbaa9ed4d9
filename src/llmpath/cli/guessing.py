"""What somebody meant who typed no command: another name of one, a word nearby, or elsewhere."""

from collections.abc import Sequence

from llmpath.cli.registry import ALIASES, COMMANDS, ELSEWHERE
from llmpath.errors import UsageError, quoted

SHORTEST_START = 2  # letters that say which commands begin with them
CLOSE = 0.7  # how alike two words are, 0 to 1, for one to be a slip of the other
MOST_OFFERED = 3


def meant(word: str) -> str:
    """Return the command that *word* is another name of; raises UsageError with what to type."""
    if word in ALIASES:
        return ALIASES[word]
    if word in ELSEWHERE:
        message, *ways = ELSEWHERE[word]
        raise UsageError(message, details=ways)
    near = _near(word)
    hint = f"Did you mean {_either(near)}?" if near else "See them all: llmpath help --all"
    raise UsageError(f"No command {quoted(word)}.", hint)


def _near(word: str) -> list[str]:
    """Return the words that *word* is the start of, else those it may be a slip of, best first.

    Of words with a hyphen, the first one counts.
    """
    offered = [name for name, command in COMMANDS.items() if not command.hidden]
    every = [*offered, *ALIASES, *ELSEWHERE]
    first, hyphen, _ = word.partition("-")
    if hyphen and first in every:  # `note-add`
        return [first]
    if len(word) >= SHORTEST_START:
        begun = [name for name in every if name.startswith(word)]
        commands = [name for name in begun if name in COMMANDS]
        if begun:
            return (commands or begun)[:MOST_OFFERED]
    from difflib import get_close_matches

    return get_close_matches(word.casefold(), every, MOST_OFFERED, CLOSE)


def _either(names: Sequence[str]) -> str:
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
