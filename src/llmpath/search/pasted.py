"""Take out of a pasted error message what tells it apart. Pure."""

from __future__ import annotations

import re

# What is other in each copy of the same message: where it happened, how much, when, at which place
# in memory.
_ANSI = r"\x1b\[[0-9;]*[A-Za-z]"
_NOISE = (
    _ANSI,
    r'File "[^"\n]*"(?:, line \d+)?(?:, in \S+)?',
    r"(?<![\w.])(?:[A-Za-z]:)?(?:~|\.{1,2})?[/\\](?:[\w.@+-]+[/\\])+[\w.@+-]*(?::\d+)*",  # a path
    r"\b0x[0-9a-fA-F]+\b",
    r"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b",
    r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?Z?\b",
    r"\b\d\d:\d\d:\d\d(?:[.,]\d+)?\b",
    r"\b\d+(?:\.\d+)?\s?(?:[KMGT]i?B|bytes|ms)\b",
    r"\bline \d+\b",
    r"\b(?:GPU|cuda|rank|device)[ :]\d+\b(?=[;,)\]]|\s*has\b)",
    r"https?://\S+",
)
_LOOKS_PASTED = re.compile(
    r"[a-z]Error\b|[a-z]Exception\b|Traceback \(most|\bERROR\b|\x1b\[|line \d"
)
_RAISED = re.compile(r"(?m)^(?:\w+[.:])*\w*(?:Error|Exception|Warning|Interrupt)\b.*$")
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_CLASS = re.compile(r"\b(?:\w+\.)*(\w+)(?:Error|Exception)\b")
# Errors of every program: only what follows tells one from another.
_ANY = frozenset(("Value", "Runtime", "Key", "Type", "Attribute", "Index", "Assertion", "OS", "IO"))


def salient(text: str) -> str:
    """Return of a pasted error the line that says what went wrong, without paths and figures.

    `torch.cuda.OutOfMemoryError: Tried to allocate 20.00 MiB (GPU 0; ...)` becomes `Out Of
    Memory: Tried to allocate (...)`. Any other text comes back as it is.
    """
    if not _LOOKS_PASTED.search(text):
        return text
    raised = _RAISED.findall(re.sub(_ANSI, "", text)) if "\n" in text else []
    said = raised[-1] if raised else text
    for pattern in _NOISE:
        said = re.sub(pattern, " ", said)
    said = _CLASS.sub(lambda found: "" if found[1] in _ANY else _HUMPS.sub(" ", found[1]), said)
    return " ".join(said.split()) or text
