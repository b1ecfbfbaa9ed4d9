"""Take out of a pasted error message what tells it apart. Pure."""

from __future__ import annotations

import re

from llmpath.words import STOP_WORDS, words_of

_ANSI = r"\x1b\[[0-9;]*[A-Za-z]"
_DATE = r"(?:\d{4}-)?\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:[.,]\d+)?Z?"
# What is other in each copy of the same message: where it happened, how much, when, at which place
# in memory. No pattern may try the same characters again from many places: a message is long.
_NOISE = re.compile(
    "|".join(
        (
            r"https?://\S+",
            r'\bFile "[^"\n]*"(?:, line \d+)?(?:, in \S+)?',
            r"(?<![\w.])(?:[A-Za-z]:)?(?:~|\.{1,2})?[/\\](?:[\w.@+-]+[/\\])+[\w.@+-]*(?::\d+)*",
            r"(?<![\w.-])\[?[\w.-]+\.(?:py|cpp|cu|cc|hpp|h|rs|js|ts|go):\d+\]?",
            r"\(\w+ pid=\d+\)",
            r"\b0x[0-9a-fA-F]+\b",
            r"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b",
            rf"\b{_DATE}\b",
            r"\b\d\d:\d\d:\d\d(?:[.,]\d+)?\b",
            r"\b\d+(?:\.\d+)?\s?(?:[KMGT]i?B|bytes|ms)\b",
            r"\bline \d+\b",
            r"\b(?:GPU|cuda|rank|device)[ :]\d+\b(?=[;,)\]]|\s*has\b)",
            r"\b(?:ERROR|CRITICAL|WARNING)\b:?",
        )
    )
)
_LEFT_OUT = " … "  # in place of noise, so that what stood around it is not joined
_ENDING = "(?:Error|Exception|Warning)"
_LOOKS_PASTED = re.compile(
    rf"\w{_ENDING}\b|\b[Ee]rror: |Traceback \(most|\bERROR\b|\x1b\[|\bline \d+(?:[,:]| column\b)"
)
_IS_MESSAGE = re.compile(rf"{_ENDING}: |\n|\x1b|ERROR\b|\b[Ee]rror: ")
_RAISED = re.compile(rf"(?m)^(?:\w+[.:])*\w*(?:{_ENDING}|Interrupt)\b")
LINES = 3  # of a message that are read, from the one that names the error
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_CLASS = re.compile(rf"(?<![\w.])(?:\w+\.)*(\w+)({_ENDING})\b")
# Errors of every program: only what follows tells one from another.
_ANY = "Value Runtime Key Type Attribute Index Assertion OS IO User Future Deprecation"
_OF_EVERY_PROGRAM = frozenset(_ANY.split())
# What would be a filter, a phrase or an exclusion in a query, and is none in a message.
_SYNTAX = re.compile(r'"|(?<!\S)-+|(?<=\w):(?=\S)')


def salient(text: str) -> str:
    """Return of a pasted error the lines that say what went wrong, without paths and figures.

    `torch.cuda.OutOfMemoryError: Tried to allocate 20.00 MiB (GPU 0; ...)` becomes `Out Of
    Memory: Tried to allocate … (…; ...)`. Any other text comes back as it is.
    """
    if not _LOOKS_PASTED.search(text):
        return text
    plain = re.sub(_ANSI, "", text)
    raised = list(_RAISED.finditer(plain)) if "\n" in plain else []
    if raised:
        lines = plain[raised[-1].start() :].splitlines()
        plain = "\n".join([line for line in lines if line.strip()][:LINES])
    said = _NOISE.sub(_LEFT_OUT, plain)
    if _IS_MESSAGE.search(text):
        said = _SYNTAX.sub(lambda found: ": " if found[0] == ":" else " ", said)
    said = " ".join(_CLASS.sub(_name, said).split()).strip(" …:;,")
    return said if set(words_of(said)) - STOP_WORDS else " ".join(plain.split()) or text


def _name(found: re.Match[str]) -> str:
    """Return the words that the name of an error is made of; none for one of every program."""
    if found[1] not in _OF_EVERY_PROGRAM:
        return _HUMPS.sub(" ", found[1])
    is_told = found.string.startswith(":", found.end()) or not found.start()
    return "" if is_told else f"{found[1]} {found[2]}"
