"""Quote Markdown that others wrote: theirs to format, but what it can do stays in the quotation.

It is parsed as a reader of the file will parse it, what is dangerous is escaped where it stands,
and the result is parsed again, until there is nothing left to escape. So what leaves here was read
by a real parser, in the dialects of CommonMark and of GitHub, and found clean. What does not get
there, or would take too long, is shown as it was written, as code, which needs no parsing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from operator import itemgetter
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

# The slowest text that was found takes 0.1 s per 1,000 characters, ordinary text a hundredth.
LONGEST = 50_000  # characters
ROUNDS = 6  # a note takes two or three; each may uncover what the one before made visible
DEEPEST = 30  # lists and quotations within each other, two levels for a list
_DIALECTS = ("commonmark", "gfm-like")

_WEB = re.compile(r"https?:|mailto:|#", re.IGNORECASE)
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
# The middle of a link, and of a definition: parsers differ in what may follow.
_LINK = re.compile(r"\](?=[(:])")
_FOOTNOTE = re.compile(r"^ *\[\^[^\]\n]*\]:", re.MULTILINE)
_LABEL = re.compile(r"\[(?:[^\]\\]|\\.)*\]", re.DOTALL)
# A bare address that takes a backtick along where readers make links of them.
_RUN = re.compile(r"[^\s<`]++(`?)")
_BARE = re.compile(r"(?i)www(?=\.)|:(?=//)")
_OPENING = re.compile(r"\(\s*(?=(<?))")
# Below a row without a sign of its own, this makes a table to cmark alone.
_DELIMITER = re.compile(r"(?<=\n) *(?=[ :-]*\||[ |-]*:)[|:]?(?=[ |:]*-)[ |:-]*$", re.MULTILINE)
# As text these are harmless, but some readers make links of such words, and people look for them.
_SCHEME = re.compile(r"(?i)(?:javascript|vbscript|data|file|ftp)(:)(?=\S)")
# Links on GitHub, whether the colon is escaped or not; of `_mailto:a@b.c` it makes a wrong one.
_CHAT = re.compile(r"(?i)(?:xmpp|mailto)(?:\\?:|&colon;|&#(?:0*58|x0*3a);)(?!\u200c)")
_LETTER = re.compile(r"&#(?:0*(\d{2,3})|[xX]0*([0-9a-fA-F]{2}));")
# What is harmless in code and active outside it.
_IN_CODE = re.compile(f"(?i){_TAG.pattern}|{_LINK.pattern}|{_CHAT.pattern[4:]}|ftp:")


class _Edit(NamedTuple):
    """What replaces a part of a text."""

    start: int
    end: int
    text: str


class _Unclear(Exception):
    """Raised where it cannot be told what a reader would make of a text."""


def tamed(quotation: str) -> str | None:
    """Return *quotation*, Markdown whose lines all start with '>', with nothing active in it.

    No HTML, no link but to http, https, mailto or a heading, no definition that would work outside,
    no code left open. None when that cannot be had, or not in time.
    """
    if len(quotation) > LONGEST or _too_wide(quotation.split("\n")):
        return None
    try:
        for _ in range(ROUNDS):
            edits = next(filter(None, (_edits(quotation, name) for name in _DIALECTS)), None)
            if edits is None:
                return quotation
            quotation = _edited(quotation, edits)
    except _Unclear:
        pass
    return None


def _edited(text: str, edits: list[_Edit]) -> str:
    parts, done = [], 0
    for edit in sorted(edits):
        if edit.start >= done:
            parts += [text[done : edit.start], edit.text]
            done = edit.end
    return "".join([*parts, text[done:]])


def _edits(text: str, dialect: str) -> list[_Edit]:
    """Return what must be changed in *text*, or more of it becomes visible afterwards."""
    parser = _parser(dialect)
    found: dict[str, Any] = {"definitions": [], "indents": [], "unclear": False}
    found["tables"] = dialect != "commonmark"
    try:
        tokens = parser.parse(text + "\n", found)
    except Exception as fault:  # it has faults of its own: an IndexError on some texts
        raise _Unclear from fault
    if [token.type for token in tokens if not token.level] != [
        "blockquote_open",
        "blockquote_close",
    ]:
        raise _Unclear
    lines = text.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    edits = [_Edit(at, at, "\\") for at in found["definitions"]]
    row, after = 0, 0
    for token in tokens:
        if token.level >= DEEPEST - 1 or not (token.map or token.type != "inline"):
            raise _Unclear
        if token.type == "html_block" and token.map:
            for i in range(*token.map):
                tag = _TAG.search(lines[i])
                if tag and (i == token.map[0] or not lines[i][: tag.start()].strip("> ")):
                    edits.append(_Edit(starts[i] + tag.start(), starts[i] + tag.end(), "&lt;"))
        elif token.type == "inline" and token.map and token.content:
            if token.map[0] != row:
                row, after = token.map[0], 0
            if wanted := list(_inline(parser, token.content, found)):
                begins, places = _places(token, lines, starts, after)
                for start, end, new in wanted:
                    i, j = bisect_right(begins, start) - 1, bisect_right(begins, end) - 1
                    edits.append(_Edit(places[i] + start, places[j] + end, new))
                after = places[-1] + begins[-1] - starts[row] + 1  # cells stand side by side
    if found["unclear"]:
        raise _Unclear
    return edits or _closing(tokens, lines)


def _places(
    token: Token, lines: list[str], starts: list[int], after: int
) -> tuple[list[int], list[int]]:
    """Return where the lines of a token's content begin, and how far from there they really are.

    They are parts of *lines*, from the token's first one on; there, from the column *after* on.
    """
    assert token.map
    content = token.content.split("\n")
    begins = list(accumulate((len(line) + 1 for line in content[:-1]), initial=0))
    places = []
    for i, (begin, line) in enumerate(zip(begins, content, strict=True), token.map[0]):
        column = lines[i].find(line, after if i == token.map[0] else 0) if i < len(lines) else -1
        if column < 0:
            raise _Unclear
        places.append(starts[i] + column - begin)
    return begins, places


def _too_wide(lines: list[str]) -> bool:
    """Return whether rows of tables lack so many cells that filling them up would take long."""
    cells = rows = 0
    for line in reversed(lines):
        bare = line.strip("> ")
        rows = rows + 1 if bare else 0
        if "|" in bare and not bare.strip("|:- "):
            cells += bare.count("|") * rows
    return cells > 1000 + sum(map(len, lines))


def _inline(parser: MarkdownIt, content: str, found: dict[str, Any]) -> Iterator[_Edit]:
    """Yield what must be changed in the *content* of a paragraph, heading or cell."""
    found |= {"content": content, "kept": [], "ticks": [], "edits": [], "escaped": {}}
    try:
        parser.inline.parse(content, parser, found, [])
    except Exception as fault:
        raise _Unclear from fault
    yield from found["edits"]
    kept = bytearray(len(content))
    for start, end in found["kept"]:
        kept[start:end] = b"\1" * (end - start)
    if any(kept[match.end() - 1] for match in _FOOTNOTE.finditer(content)):
        raise _Unclear  # a line of code here, but where there are footnotes one of them
    if any(kept[match.start()] for match in _IN_CODE.finditer(content)):
        # cmark at times takes no code for code after backticks that open none.
        for start, end in found["ticks"]:
            yield _Edit(start, end, "\\`" * (end - start))
    for run in filter(itemgetter(1), _RUN.finditer(content)):
        for match in _BARE.finditer(content, *run.span()):
            if not kept[match.start()]:
                yield _Edit(match.end(), match.end(), "\\")
    for match in _TAG.finditer(content):
        # Whether a backslash counts depends on what is before it: an entity needs none.
        escaped = found["escaped"].get(match.start())
        if escaped is not None or not kept[match.start()]:
            yield _Edit(match.start() if escaped is None else escaped, match.end(), "&lt;")
    for pattern, text in ((_LINK, r"]\\"), (_CHAT, "\\g<0>\u200c")):
        for match in pattern.finditer(content):
            if not kept[match.start()]:
                yield _Edit(match.start(), match.end(), match.expand(text))
    for match in _DELIMITER.finditer(content) if found["tables"] else ():
        at = match.end() - len(match[0].lstrip(" "))
        if not kept[at]:
            yield _Edit(at, at, "\\")
    for match in _LETTER.finditer(content):
        letter = chr(int(match[1]) if match[1] else int(match[2], 16))
        if letter.isascii() and letter.isalpha() and not kept[match.start()]:
            yield _Edit(match.start(), match.end(), letter)  # there for nothing but to hide a word
    for match in _SCHEME.finditer(content):
        if not kept[match.start(1)]:
            yield _Edit(match.start(1), match.end(1), "&#58;")


def _closing(tokens: list[Token], lines: list[str]) -> list[_Edit]:
    """Return the end of a fence that is open where the quotation ends."""
    last = tokens[-2]
    if last.type != "fence" or last.level != 1 or not last.map:
        return []
    end = lines[-1].removeprefix(">").strip()
    if last.map[1] - last.map[0] > 1 and end.startswith(last.markup) and not end.strip(end[:1]):
        return []
    size = sum(map(len, lines)) + len(lines) - 1
    return [_Edit(size, size, f"\n> {last.markup}")]


@cache
def _parser(dialect: str) -> MarkdownIt:
    """Return a parser of a *dialect* that takes every link and says where things stand."""
    parser = MarkdownIt(dialect, {"html": True, "linkify": False, "maxNesting": DEEPEST})
    # Every scheme is a link to a reader; which are good is decided here.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    # Inline text is parsed here, one by one, to know in which text a place is.
    parser.core.ruler.enableOnly(["normalize", "block"])
    inline = {rule.name: rule.fn for rule in parser.inline.ruler.__rules__}
    parser.inline.ruler.at("escape", _escape(inline["escape"]))
    parser.inline.ruler.at("backticks", _code(inline["backticks"]))
    parser.inline.ruler.at("autolink", _autolink(inline["autolink"]))
    parser.inline.ruler.at("link", _link(inline["link"], 0))
    parser.inline.ruler.at("image", _link(inline["image"], 1))
    wrappers = {"reference": _reference, "list": _list, "blockquote": _blockquote}
    for rule in list(parser.block.ruler.__rules__):
        wrapped = _ending(wrappers.get(rule.name, lambda fn: fn)(rule.fn))
        parser.block.ruler.at(rule.name, wrapped, {"alt": rule.alt})
    return parser


def _ending(rule: Any) -> Any:
    """Return *rule* that tells where it ends a paragraph before a line indented like code.

    What nothing before that line encloses goes on with the paragraph, to other readers.
    """

    def ending(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        matched = bool(rule(state, start, end, silent))
        if silent and matched:
            indent = state.sCount[start]
            around = [0, *state.env["indents"], state.blkIndent]
            base = max((column for column in around if column <= indent), default=0)
            if (state.tShift[start] if indent < 0 else indent - base) >= 4:
                state.env["unclear"] = True
        return matched

    return ending


def _list(rule: Any) -> Any:
    """Return *rule* that lets what is in a list know how far that is indented."""

    def list_(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        state.env["indents"].append(state.blkIndent)
        matched = bool(rule(state, start, end, silent))
        state.env["indents"].pop()
        return matched

    return list_


def _blockquote(rule: Any) -> Any:
    """Return *rule* that tells of a line in a quotation whose sign is indented like code."""

    def blockquote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        around, state.env["indents"] = state.env["indents"], []
        matched = bool(rule(state, start, end, silent))
        state.env["indents"] = around
        if matched and not silent:
            for line in range(start + 1, state.line):
                sign = state.bMarks[line] + state.tShift[line]
                if state.sCount[line] - state.blkIndent >= 4 and state.src[sign : sign + 1] == ">":
                    state.env["unclear"] = True
        return matched

    return blockquote


def _reference(rule: Any) -> Any:
    def reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        at = state.bMarks[start] + state.tShift[start]
        matched = bool(rule(state, start, end, silent))
        if matched and not silent and (label := _LABEL.match(state.src, at)):
            state.env["definitions"].append(label.end())
        return matched

    return reference


def _seen(state: StateInline, silent: bool) -> bool:
    """Return whether what is parsed counts: no looking ahead, and not the text for an image."""
    return not silent and state.src is state.env["content"]


def _escape(rule: Any) -> Any:
    def escape(state: StateInline, silent: bool) -> bool:
        at = state.pos
        matched = bool(rule(state, silent))
        if matched and _seen(state, silent) and not state.src[at + 1].isalnum():
            state.env["kept"].append((at, at + 2))
            state.env["escaped"][at + 1] = at
        return matched

    return escape


def _code(rule: Any) -> Any:
    def code(state: StateInline, silent: bool) -> bool:
        at, count = state.pos, len(state.tokens)
        matched = bool(rule(state, silent))
        if matched and _seen(state, silent):
            is_code = len(state.tokens) > count
            span = (at, state.pos)
            if is_code and "\n" in state.src[slice(*span)] and _IN_CODE.search(state.src, *span):
                # To some readers a line of it is a cell, or HTML: no code, then, for anybody.
                size = len(state.tokens[count].markup)
                for start in (at, state.pos - size):
                    state.env["edits"].append(_Edit(start, start + size, "\\`" * size))
            else:
                state.env["kept" if is_code else "ticks"].append(span)
        return matched

    return code


def _autolink(rule: Any) -> Any:
    def autolink(state: StateInline, silent: bool) -> bool:
        at, count = state.pos, len(state.tokens)
        matched = bool(rule(state, silent))
        if matched and _seen(state, silent) and _WEB.match(_target(state, count)):
            state.env["kept"].append((at, state.pos))
        return matched

    return autolink


def _link(rule: Any, sign: int) -> Any:
    """Return *rule*, of links or (with one *sign* more at their start) images, that tells."""

    def link(state: StateInline, silent: bool) -> bool:
        at, count = state.pos, len(state.tokens)
        if state.level >= DEEPEST - 1:
            state.env["unclear"] = True  # from here on the parser takes brackets for text
        matched = bool(rule(state, silent))
        if matched and _seen(state, silent):
            url = _target(state, count)
            end = state.md.helpers.parseLinkLabel(state, at + sign, not sign) + 1
            if not _WEB.match(url):
                pass
            elif end == state.pos or state.src[end] == "[":
                # By reference: its definition goes, so the address comes here.
                safe = url.translate({ord(c): f"%{ord(c):02X}" for c in "<>\\|\n"})
                state.env["edits"].append(_Edit(end, state.pos, f"(<{safe}>)"))
            else:
                state.env["kept"].append((end - 1, end))
                opening = _OPENING.match(state.src, end)
                assert opening
                at = opening.end()
                state.env["kept"] += [(at, at + len(opening[1]))]
                address = state.md.helpers.parseLinkDestination(state.src, at, state.pos)
                words = _CHAT.finditer(state.src, at, address.pos)
                state.env["kept"] += [match.span() for match in words]
        return matched

    return link


def _target(state: StateInline, count: int) -> str:
    """Return the address of the link or image that was parsed after *count* tokens."""
    token = next(one for one in state.tokens[count:] if one.type in ("link_open", "image"))
    return str(token.attrs.get("href", token.attrs.get("src", "")))
