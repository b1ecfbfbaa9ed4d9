"""Compare addresses by what they lead to rather than by their spelling."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from llmpath.catalog.sites import Parts, arxiv, one_form, tracking

LONGEST = 4000  # characters; what is longer is no address that anybody shares
# The schemes under which the same page is found, `git clone` included.
_SCHEME = re.compile(r"(?i)(?:(?:git\+)?(?:https?|ssh)|git):(//)|//")
_GIT = re.compile(r"(?i)(?:ssh://)?git@([\w.-]+)[:/](?!\d+/)/*(.*)")
_SPLIT = re.compile(
    r"([^/?#@]*@)?([^/?#@:\[\]]+)(?::(\d*))?(/[^?#]*)?(?:\?([^#]*))?(?:#(.*))?", re.S
)
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")
_NUMBERS = re.compile(r"(?:\d+\.){3}\d+")
_PUBLIC = re.compile(r"[a-z][a-z0-9-]+$")  # the end of a host's name that can be told by itself
_DOI = re.compile(r"(?i)(?:doi:\s*)?(10\.\d{4,9}/\S+)")
_COPY = re.compile(r"/web/(?:(?:\d+(?:[a-z]{2}_)?|\*)/)?(.+)", re.S)  # of the Wayback Machine
_AMP = re.compile(r"/(?:amp|[cvwr])/(?:s/)?(.+)", re.S)
_PIECE = re.compile(r"%[0-9A-Fa-f]{2}|.", re.S)
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$'()*,;:@")


def canonical(url: str) -> str:
    """Return a form of *url* that is equal for two spellings of one page.

    Scheme, `www.`, usual ports, the order of the query, tracking parameters, fragments that are no
    route, a trailing slash and escapes that are not needed do not count; nor does the form in which
    well-known sites name a page (`sites`), or that it is a copy in a web archive. A scheme may be
    missing, angle brackets may stand around, and `arXiv:ID`, a DOI and `git@host:path` are
    addresses. A text that is no address is returned as it is, without spaces or brackets around
    it. The form of a form is that form.
    """
    text = url.strip()
    for _ in range(LONGEST):  # a form may be one of another page: a copy of a copy
        form = _form(text)
        if form == text:
            break
        text = form
    return text


def _form(text: str) -> str:
    """Return *text* in the form that its first look gives, or the address that it is a copy of."""
    if len(text) > LONGEST:
        return text
    if text[:1] == "<" and text[-1:] == ">":  # as an address is set apart in text
        return text[1:-1].strip()
    if text[:6].lower() == "arxiv:" and (page := arxiv(f"arxiv:{text[6:].strip()}")):
        return _joined(page, "")
    if named := _DOI.fullmatch(text):
        text = "https://doi.org/" + named[1].replace("?", "%3F").replace("#", "%23")
    found = _read(text)
    if found is None:
        return text
    parts, fragment, inner = found
    return inner.strip() or _joined(one_form(parts), fragment)


def _read(text: str) -> tuple[Parts, str, str] | None:
    """Return the parts of an address, a fragment that counts, and the address it is a copy of."""
    if git := _GIT.fullmatch(text):
        text = f"https://{git[1]}/{git[2]}"
    scheme = _SCHEME.match(text)
    rest = text[scheme.end() :] if scheme else text
    match = _SPLIT.fullmatch(rest)
    if not match:
        return None
    host = _host(match[2])
    last = host.rpartition(".")
    if not host or (last[2].isdecimal() and not _NUMBERS.fullmatch(host)):
        return None
    if not scheme and (match[1] or not (last[0] and _PUBLIC.match(last[2]))):
        return None
    port = (match[3] or "").lstrip("0")
    path, query, fragment = match[4] or "", match[5] or "", match[6] or ""
    inner = _copied(host, path, query, rest[match.end(2 if match[3] is None else 3) :])
    if port not in ("", "80", "443"):
        host += f":{port}"
    parts = Parts(host, _path(path), tuple(_pairs(query)))
    return parts, fragment if fragment.startswith(("/", "!")) else "", inner


def _copied(host: str, path: str, query: str, whole: str) -> str:
    """Return the address of which this one, with *whole* behind its host, is a copy, or ''."""
    if host in ("web.archive.org", "archive.org") and (match := _COPY.fullmatch(whole)):
        # "web" may also be a folder of archive.org: what follows must look like an address.
        return match[1] if _is_address(match[1]) else ""
    if (host == "google.com" and whole.startswith("/amp/")) or host.endswith(".cdn.ampproject.org"):
        match = _AMP.fullmatch(whole)
        return match[1] if match and _is_address(match[1]) else ""
    if host == "google.com" and path == "/url":
        asked = dict(parse_qsl(query))
        target = asked.get("q") or asked.get("url") or ""
        return target if re.match(r"(?i)https?://", target) else ""
    return ""


def _is_address(text: str) -> bool:
    return bool(re.match(r"(?i)https?:/|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:[:/?#]|$)", text))


def _host(name: str) -> str:
    """Return *name* as it is registered: in lower case and ASCII; '' where it cannot be."""
    name = name.strip().rstrip(".").lower()
    if not name.isascii():
        try:
            name = name.encode("idna").decode().lower() if len(name) < 254 else ""
        except UnicodeError:
            return ""
    while name.startswith("www.") and "." in name[4:]:
        name = name[4:]
    return name if _HOST.fullmatch(name) else ""


def _path(path: str) -> str:
    """Return *path* without empty or dotted steps, spelled in one way."""
    steps: list[str] = []
    for step in _spelled(path).split("/"):
        if step == "..":
            del steps[-1:]
        elif step not in ("", "."):
            steps.append(step)
    return "".join(f"/{step}" for step in steps)


def _pairs(query: str) -> list[tuple[str, str]]:
    """Return the pairs of *query* by name; the order of one name's values may mean something."""
    parts = query.replace("+", " ").split("&")
    pairs = [part.partition("=") for part in parts if part not in ("", "=")]
    return sorted(((_spelled(name), _spelled(value)) for name, _, value in pairs), key=_name)


def _name(pair: tuple[str, str]) -> str:
    return pair[0]


def _spelled(text: str) -> str:
    """Return *text* with what must be escaped, and no more, and what means something kept."""
    return _PIECE.sub(_piece, text)


def _piece(match: re.Match[str]) -> str:
    piece = match[0]
    if len(piece) == 3:
        char = chr(int(piece[1:], 16))
        return char if char in _PLAIN else piece.upper()
    if piece in _PLAIN or piece in "/+=&":
        return piece
    return "".join(f"%{byte:02X}" for byte in piece.encode(errors="surrogatepass"))


def _joined(parts: Parts, fragment: str) -> str:
    query = "&".join(f"{name}={value}" if value else name for name, value in parts.query)
    tail = f"?{query}" if query else ""
    return parts.host + parts.path + tail + (f"#{fragment}" if fragment else "")


def doubtful(url: str) -> str:
    """Return what is wrong with *url*, an address by its form, and what to do; else ''."""
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return "is not an address: its host cannot be read. Fix it."
    if parts.username is not None:
        return "contains a user name. Remove everything before the @."
    if not re.fullmatch(r"([\w-]+\.)+[\w-]*[^\W\d][\w-]*", host):
        return "does not point to a public host. Use the full host name."
    if noise := [name for name, _ in parse_qsl(parts.query) if tracking(host, name)]:
        return f"contains a tracking parameter. Remove {', '.join(noise)}."
    return ""
