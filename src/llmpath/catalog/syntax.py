"""Say what is wrong with a file that is no YAML in words that name the remedy."""

from __future__ import annotations

from typing import Any

# The parser's reason, what it means to somebody who wrote the file, and whether that is best told
# where the unfinished thing starts rather than where the parser gave up.
_REASONS = (
    ("mapping values are not allowed", "a second ': ' on one line. Put the text in quotes.", False),
    (
        "did not find expected key",
        "this does not fit what is above. Check the indentation, and quotes that end too early.",
        False,
    ),
    (
        "expected <block end>",  # so says PyYAML without its C part
        "this does not fit what is above. Check the indentation, and quotes that end too early.",
        False,
    ),
    ("did not find expected '-'", "not an item of the list above. Check the indentation.", False),
    ("could not find expected ':'", "a key without its ': '. Add it, or indent the line.", False),
    ("'\\t' that cannot start", "a tab in the indentation. Use spaces.", False),
    ("cannot start any token", "text cannot start with this character. Put it in quotes.", False),
    ("found unexpected end of stream", "a quote that is never closed. Close it.", True),
    ("',' or ']'", "a list that is not closed, or is missing a comma. Fix it.", True),
    ("',' or '}'", "an entry in { } that is not closed, or is missing a comma. Fix it.", True),
    ("unknown escape", "an unknown escape sequence. Write \\ as \\\\, or use '...'.", False),
    ("tab character", "a tab in the indentation. Use spaces.", False),
    ("expected <document start>", "this stands after the end of the catalog. Remove it.", False),
    (
        "did not find expected node content",
        "a value is missing here. Add it, or remove the comma or bracket.",
        False,
    ),
    ("undefined alias", "an alias is not allowed. Write the value out.", False),
    (
        "block sequence entries are not allowed",
        "a list starts here. Start it on a new line.",
        False,
    ),
)


def explained(error: Any) -> tuple[str, Any]:
    """Return a sentence for the parser's *error*, and the mark (line and column) it is about."""
    reason = (error.problem or error.context or "unreadable").replace("\n", " ")
    for part, sentence, at_start in _REASONS:
        if part in reason:
            start = error.context_mark if at_start else None
            return f"not valid YAML: {sentence}", start or error.problem_mark or error.context_mark
    mark = error.problem_mark or error.context_mark
    return f"not valid YAML: {reason}. Check quotes and indentation.", mark
