"""Read what somebody typed: words, exact phrases and filters. Knows no database.

The language is that of beets, notmuch and GitHub: `kind:video,paper year:2020..2023 -level:advanced
"exact phrase" sort:year-`. What looks like a filter but names no known field is text.
"""

import re
from typing import NamedTuple

from llmpath.errors import UsageError
from llmpath.vocab import Cost, Kind, Level, Need, Order, State, Status, Upkeep
from llmpath.words import STOP_WORDS, words_of

MOST_TERMS = 24  # of a query; what follows is left out
LONGEST_QUERY = 10_000  # characters of a query that are read
LONGEST_TERM = 12  # words of a term
MOST_VALUES = 50  # of one filter

ALIASES = {
    "type": "kind",
    "lang": "language",
    "tag": "topic",
    "by": "author",
    "status": "is",
    "guide": "source",
}
NAMED_FIELDS = (
    "kind",
    "level",
    "topic",
    "track",
    "author",
    "year",
    "is",
    "has",
    "minutes",
    "language",
    "cost",
    "needs",
    "verified",
    "source",
    "sort",
)
FIELDS = frozenset((*NAMED_FIELDS, *ALIASES))
SORTS = ("relevance", *Order)
TOPIC_STATES = frozenset(map(str, State))  # values of `is:` that topics have, too
IS_VALUES = (*Status, *State, *Upkeep, "essential")
EXAMPLES = {
    "kind": "kind:video,paper",
    "level": "level:beginner",
    "is": "is:ready",
    "has": "has:note",
    "cost": "cost:free",
    "needs": "-needs:gpu",
    "verified": "verified:2026",
    "year": "year:2020..2023",
    "minutes": "minutes:..30",
    "sort": "sort:year-",
}
CHOICES: dict[str, tuple[str, ...]] = {
    "kind": tuple(Kind),
    "level": tuple(Level),
    "is": IS_VALUES,
    "has": ("note",),
    "cost": tuple(Cost),
    "needs": tuple(Need),
}

_PART = re.compile(r'(-?)(?:([A-Za-z]+):(?=\S))?(?:"([^"]*)"?|(\S+))')
_PASTED = ("Error", "Exception", "ERROR", "Traceback", "Warning", "rror: ", "line ", "\x1b[")
_PARTING = str.maketrans(dict.fromkeys(",;:/|&()[]{}<>!?=+*", " "))
# Compiled when first needed, which most queries never do: 0.04 ms each.
_RANGE = r"(.*?)(\.\.|-|–)(.*)"
# ScaledDotProductAttention is a compound, with hyphens as it were; LangChain is one word.
_HUMP = r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])"
_MANY_HUMPS = r"\b(?:[A-Z][a-z]+){3,}\b"
_SHORTENED = r"(?i)['’](?:s|t|d|m|re|ve|ll)\b"


class Filter(NamedTuple):
    """A field with the values it may have, or may not when *negated*.

    The values of `year` and `minutes` are two numbers, least and most, '' where open.
    """

    field: str
    values: tuple[str, ...]
    negated: bool = False


class Query(NamedTuple):
    """A query: the text as typed and what is in it.

    A term is the words of one piece of text: `("fine", "tune")` for `fine-tune`. Phrases are to
    be found as they stand; what is excluded must not be found. `words` has all that was typed
    as text, with the words that stand everywhere and are no terms; `free` is that text.
    """

    text: str
    terms: tuple[tuple[str, ...], ...] = ()
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    sort: str = ""  # one of SORTS, with + or - when a direction was asked for
    warnings: tuple[str, ...] = ()
    free: str = ""
    is_message: bool = False  # an error message that was pasted

    @property
    def wanted(self) -> bool:
        """Whether there are words to find, not only filters."""
        return bool(self.terms or self.phrases)


def parse(text: str) -> Query:
    """Return *text* as a query; raise UsageError, with an example, for a filter's bad value.

    Words that stand everywhere are dropped, unless nothing else is left. For example,
    `the rlhf "reward model" -graph kind:paper,video year:2020.. sort:year-` has the term rlhf and
    the phrase `reward model`, excludes graph, has the filters kind (paper, video) and year
    ('2020', ''), and sorts by `year-`.
    """
    terms: list[tuple[str, ...]] = []
    phrases: list[str] = []
    excluded: list[str] = []
    filters: list[Filter] = []
    warnings: list[str] = []
    sort = ""
    free: list[str] = []
    read = _sound(text)
    told = _told(read)
    for part in _PART.finditer(told):
        minus, name, phrase, word = part.groups()
        field = (name or "").lower()
        value = phrase if phrase is not None else word
        if field in FIELDS and value.strip(",."):
            field = ALIASES.get(field, field)
            if field == "sort":
                sort = _sort(value)
            else:
                filters.append(Filter(field, _values(field, value), bool(minus)))
            continue
        if field and field not in FIELDS and words_of(value) and not value.startswith("/"):
            known = f"Fields: {', '.join(NAMED_FIELDS)}."
            warnings.append(f"There is no field {name!r}; it was searched for as text. {known}")
        if phrase is not None and not field:
            if words_of(phrase):
                (excluded if minus else phrases).append(" ".join(phrase.split()))
        elif minus and not field and words_of(value) and word:
            excluded.append(value)
        else:
            free.append(part[0])
            terms += [
                tuple(words_of(piece)[:LONGEST_TERM]) for piece in _pieces(f"{name or ''} {value}")
            ]
    said = [term for term in terms if term]
    terms = list(dict.fromkeys(said))
    kept = [term for term in terms if not all(word in STOP_WORDS for word in term)]
    if not kept and not phrases and not filters:
        kept = terms
    return Query(
        text,
        tuple(kept[:MOST_TERMS]),
        tuple(word for term in said for word in term)[: 2 * MOST_TERMS],
        tuple(dict.fromkeys(phrases))[:MOST_TERMS],
        tuple(dict.fromkeys(excluded))[:MOST_TERMS],
        tuple(dict.fromkeys(_joined(filters)))[:MOST_TERMS],
        sort,
        tuple(dict.fromkeys(warnings))[:3],
        " ".join(free),
        told != read,
    )


def _sound(text: str) -> str:
    """Return what is read of *text*: so much of it, and only what the database can hold."""
    return text[:LONGEST_QUERY].encode("utf-8", "replace").decode().replace("\0", " ")


def _told(text: str) -> str:
    """Return what *text* tells: all of it, or of an error message what tells it apart."""
    if not any(sign in text for sign in _PASTED):
        return text
    from llmpath.search.pasted import salient  # 1 ms, and few queries are error messages

    return salient(text)


def _pieces(text: str) -> list[str]:
    """Return the pieces of *text* that are one term each: commas and slashes part them too."""
    if "'" in text or "’" in text:
        text = re.sub(_SHORTENED, "", text)
    if not (text.islower() or text.isupper()):
        text = re.sub(_MANY_HUMPS, lambda name: re.sub(_HUMP, "-", name[0]), text)
    return text.translate(_PARTING).split()


def _values(field: str, value: str) -> tuple[str, ...]:
    if field in ("year", "minutes"):
        return _range(field, value)
    values = tuple(part.strip().casefold() for part in value.split(",") if part.strip())
    if field == "verified":
        for one in values:
            if not re.fullmatch(r"\d{4}(-\d\d)?", one):
                raise UsageError(
                    f"verified:{_cut(one)} is not a year or month.",
                    "Write it as verified:2026 or verified:2026-11",
                )
    choices = _choices(field)
    if not choices:
        return tuple(dict.fromkeys(values))[:MOST_VALUES]
    return tuple(dict.fromkeys(_choice(field, one, choices) for one in values))


def _choices(field: str) -> tuple[str, ...]:
    """Return the values that *field* may have, none where it may have any."""
    if field == "language":
        from llmpath.languages import Language  # 0.2 ms, and hardly anyone asks for one

        return tuple(str(language).lower() for language in Language)
    return CHOICES.get(field, ())


def _choice(field: str, value: str, choices: tuple[str, ...]) -> str:
    for form in (value, value.removesuffix("s"), value.replace("must-read", "essential")):
        if form in choices:
            return str(form)
    from difflib import get_close_matches  # only on the way to an error

    near = get_close_matches(value, choices, 1)
    hint = f"Did you mean {field}:{near[0]}?" if near else f"Choose from: {', '.join(choices)}."
    raise UsageError(f"{field}:{_cut(value)} is not a valid filter.", hint)


def _range(field: str, value: str) -> tuple[str, str]:
    """Return least and most, '' where open; a lone length is the most.

    A year of `2020..2023` is ('2020', '2023'), of `2020..` ('2020', ''), of `2020` twice that;
    minutes of `45`, as of `..45` and `..45m`, are ('', '45'), of `1h..1h30` ('60', '90').
    """
    given = value.strip().casefold()
    if bound := _bound(field, given):
        return ("", bound) if field == "minutes" else (bound, bound)
    for sign, open_end in ((">=", True), ("<=", False), (">", True), ("<", False)):
        bound = _bound(field, given.removeprefix(sign)) if given.startswith(sign) else ""
        if bound:
            bound = str(int(bound) + {">": 1, "<": -1}.get(sign, 0))
            return (bound, "") if open_end else ("", bound)
    match = re.fullmatch(_RANGE, given)
    if match and (match[1] or match[3]) and (match[2] == ".." or match[1]):
        least, most = _bound(field, match[1]), _bound(field, match[3])
        if bool(least) == bool(match[1]) and bool(most) == bool(match[3]):
            return least, most
    what = "a year" if field == "year" else "a length of time"
    raise UsageError(
        f"{field}:{_cut(value)} is not {what}.",
        f"Write it as {EXAMPLES[field]} or {field}:2020.."
        if field == "year"
        else f"Write it as {EXAMPLES[field]} or {field}:1h..1h30",
    )


def _bound(field: str, given: str) -> str:
    """Return *given* as a number of years or minutes, '' for what is none."""
    if given.isascii() and given.isdecimal() and len(given) <= 6:
        return given
    if field == "year" or not given:
        return ""
    from llmpath import times  # 1 ms, and a bare number needs no reading

    try:
        return str(times.minutes(given))
    except UsageError:
        return ""


def _sort(value: str) -> str:
    direction = value[-1] if value[-1] in "+-" else ""
    return _choice("sort", value.rstrip("+-").casefold(), SORTS) + direction


def _joined(filters: list[Filter]) -> list[Filter]:
    """Return *filters* with those that a resource can only meet one of joined: kind, level."""
    result: list[Filter] = []
    for one in filters:
        same = next(
            (
                i
                for i, other in enumerate(result)
                if one.field in ("kind", "level", "language", "cost")
                and (other.field, other.negated) == (one.field, one.negated)
            ),
            None,
        )
        if same is None:
            result.append(one)
        else:
            values = dict.fromkeys((*result[same].values, *one.values))
            result[same] = one._replace(values=tuple(values))
    return result


def _cut(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
