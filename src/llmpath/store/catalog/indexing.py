"""What of the catalog is searched: the rows of the text indexes, the vocabulary, the glossary."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from llmpath.curriculum import Catalog, Topic
from llmpath.model import Resource
from llmpath.vocab import Kind
from llmpath.words import indexed, is_unspaced, key_of, phrase, words_of

# Words people use for a kind of resource besides its own name.
KIND_WORDS = {
    Kind.ARTICLE: "article blog post",
    Kind.PAPER: "paper publication",
    Kind.VIDEO: "video youtube lecture talk watch",
    Kind.COURSE: "course class lecture",
    Kind.BOOK: "book textbook",
    Kind.DOCS: "docs documentation reference",
    Kind.NOTEBOOK: "notebook colab jupyter",
    Kind.REPO: "repo repository github code",
    Kind.TOOL: "tool library framework software",
    Kind.DATASET: "dataset data corpus",
    Kind.MODEL: "model checkpoint weights",
    Kind.PROJECT: "project demo example",
    Kind.LEADERBOARD: "leaderboard ranking benchmark comparison",
}
# What the levels are called by people who look for them.
LEVEL_WORDS = {
    "beginner": "beginner introduction",
    "intermediate": "intermediate",
    "advanced": "advanced",
}
ESSENTIAL, CORE, FURTHER, SOURCES = 1.0, 0.8, 0.4, 0.2  # shares of the editors' weight

_ARXIV = re.compile(r"arxiv\.org/(?:abs|pdf|html)/(\d{4}\.\d{4,5})")
_NOISE = re.compile(r"[0-9a-f]{10,}|\d+")
_PLUMBING_WORDS = (
    "blob tree main master html htm php index www com org net io ai dev github gist watch playlist"
    " articles posts post blog pdf abs docs en latest r p s colab research google drive"
)
_PLUMBING = frozenset(_PLUMBING_WORDS.split())

Rows = tuple[str, Sequence[str], Iterable[Sequence[Any]]]


def tables(catalog: Catalog, topics: Sequence[Topic]) -> Iterator[Rows]:
    """Yield (table, columns, rows) of all that search reads; *topics* are in map order."""
    by_id = {topic.id: topic for topic in catalog.topics}
    modules = {module.id: module.title for module in catalog.modules}
    documents = [_document(work, by_id, modules) for work in catalog.resources]
    terms = _terms_of_topics(catalog)
    topic_rows = [_topic_row(topic, modules, terms.get(topic.id, "")) for topic in topics]
    texts = ("title", "names", "authors", "topics", "aliases", "summary", "facts")
    cut = [tuple(map(indexed, row)) for row in documents]
    yield "resource_index", ("rowid", *texts), ((i, *row) for i, row in enumerate(cut, 1))
    yield (
        "written",
        ("position", *texts),
        ((i, *row) for i, row in enumerate(documents, 1) if row != cut[i - 1]),
    )
    yield (
        "topic_index",
        ("rowid", "title", "names", "aliases", "summary", "asked", "terms"),
        ((i, *map(indexed, row)) for i, row in enumerate(topic_rows, 1)),
    )
    yield (
        "trigram_index",
        ("rowid", "text"),
        ((i, "\n".join((*row[:4], row[5]))) for i, row in enumerate(cut, 1)),
    )
    yield ("editor_weight", ("position", "weight", "kind", "home"), _weights(catalog))
    yield (
        "word",
        ("word", "start", "length", "documents", "is_name"),
        _vocabulary(catalog, documents, topic_rows),
    )
    yield (
        "term",
        ("position", "id", "term", "stands_for", "synonyms", "topic", "definition"),
        (
            (
                i,
                one.id,
                one.term,
                one.stands_for,
                "\n".join(one.synonyms),
                one.topic,
                one.definition,
            )
            for i, one in enumerate(catalog.glossary, 1)
        ),
    )
    yield ("term_name", ("name", "term", "same"), _names(catalog))
    yield (
        "everyday",
        ("say", "mean"),
        {key_of(words_of(one.say)): "\n".join(one.mean) for one in catalog.everyday}.items(),
    )
    yield "translation", ("say", "size", "mean"), _translations(catalog)


def _document(work: Resource, topics: dict[str, Topic], modules: dict[str, str]) -> tuple[str, ...]:
    """Return title, other names, authors, topics, other words for its home, summary, facts."""
    home = topics[work.topics[0]]
    facts = f"{KIND_WORDS[Kind(work.kind)]} {LEVEL_WORDS[work.level]} {work.year or ''}"
    if work.dataset:
        facts += f" {work.dataset.category} {work.dataset.released or ''}"
    return (
        work.title,
        f"{work.id.replace('-', ' ')} {address_words(work.url)}",
        "; ".join(work.authors),
        "; ".join(topics[topic].title for topic in work.topics),
        "; ".join((*home.aliases, modules[home.module])),
        work.summary,
        facts + (" essential" if work.essential else ""),
    )


def address_words(url: str) -> str:
    """Return the words of an address that say what it leads to: 'ggerganov llama.cpp'."""
    found = _ARXIV.search(url)
    if found:
        return f"arxiv {found[1]}"
    try:
        parts = urlsplit(url)
    except ValueError:  # brackets that hold no IPv6 address
        return ""
    site = (parts.hostname or "").removeprefix("www.").rsplit(".", 1)[0]
    segments = [segment for segment in unquote(parts.path).split("/") if segment]
    kept = segments[:2] if site == "github" and len(segments) < 4 else segments[-1:]
    words = [word for word in re.split(r"[-_.\s]+", " ".join(kept)) if not _NOISE.fullmatch(word)]
    return " ".join(
        word for word in (site, *words) if word.casefold() not in _PLUMBING and len(word) < 40
    )


def _topic_row(topic: Topic, modules: dict[str, str], terms: str) -> tuple[str, ...]:
    """Return title, other names, aliases, summary, what is asked, terms of the glossary."""
    aliases = "; ".join((*topic.aliases, modules[topic.module]))
    names = topic.id.replace("-", " ")
    return (topic.title, names, aliases, topic.summary, "; ".join(topic.asked), terms)


def _terms_of_topics(catalog: Catalog) -> dict[str, str]:
    """Return, by topic, what the glossary says of its terms."""
    found: dict[str, list[str]] = {}
    for one in catalog.glossary:
        said = (one.term, one.stands_for, *one.synonyms, one.definition)
        found.setdefault(one.topic, []).extend(filter(None, said))
    return {topic: "; ".join(texts) for topic, texts in found.items()}


def _translations(catalog: Catalog) -> Iterator[tuple[str, int, str]]:
    """Yield the words of other languages; one that several have may mean what any of them means."""
    meanings: dict[str, dict[str, None]] = {}
    for one in catalog.translations:
        for said in one.say:
            meanings.setdefault(phrase(said), {}).update(dict.fromkeys(one.mean))
    for said, mean in meanings.items():
        yield said, said.count(" ") + 1, "\n".join(mean)


def _weights(catalog: Catalog) -> Iterator[tuple[int, float, str, str]]:
    places = {id_: FURTHER for topic in catalog.topics for id_ in topic.further}
    places |= {id_: CORE for topic in catalog.topics for id_ in topic.core}
    for i, work in enumerate(catalog.resources, 1):
        weight = ESSENTIAL * work.essential + places.get(work.id, 0.0)
        weight += SOURCES * (min(len(work.sources), 3) - 1)
        yield i, weight if work.is_live else 0.0, work.kind, work.topics[0]


def _vocabulary(
    catalog: Catalog, documents: Sequence[Sequence[str]], topics: Sequence[Sequence[str]]
) -> Iterator[tuple[str, str, int, int, int]]:
    """Yield the words with what is known of them.

    What stands in addresses and the ids made of them alone may itself be mistyped, and nobody
    means it by another word: it stands in no documents, and names nothing.
    """
    counts: Counter[str] = Counter()
    names: set[str] = set()
    said: set[str] = set()
    for title, others, authors, _, _, summary, facts in documents:
        name = {*words_of(title), *words_of(authors)}
        words = name.union(words_of(summary), words_of(facts))
        names |= name
        said |= words
        counts.update(words.union(words_of(others)))
    for title, others, aliases, summary, asked, _ in topics:
        name = {*words_of(title), *words_of(others), *words_of(aliases)}
        words = name.union(words_of(summary), words_of(asked))
        names |= name
        said |= words
        counts.update(words)
    for term in catalog.glossary:
        words = {*words_of(term.term), *words_of(term.stands_for)}
        names |= words
        words |= {word for name in term.synonyms for word in words_of(name)}
        said |= words
        counts.update(words.difference(counts))
    everyday = {word for one in catalog.everyday for word in words_of(one.say)}
    said |= everyday
    counts.update(everyday.difference(counts))
    for word, number in counts.items():
        if len(word) <= 40 and not is_unspaced(word):
            yield word, word[:1], len(word), number if word in said else 0, int(word in names)


def _names(catalog: Catalog) -> Iterator[tuple[str, str, int]]:
    seen = set()
    for term in catalog.glossary:
        same = [term.term, term.stands_for]
        for is_same, names in ((1, same), (0, term.synonyms)):
            for name in names:
                key = key_of(words_of(name))
                if key and (key, term.id) not in seen:
                    seen.add((key, term.id))
                    yield key, term.id, is_same
    terms: dict[str, str] = {}
    for term in catalog.glossary:
        for name in filter(None, (term.term, term.stands_for)):
            terms.setdefault(key_of(words_of(name)), term.id)
    for one in catalog.translations:
        for mean in one.mean:
            id_ = terms.get(key_of(words_of(mean)), "")
            for key in {key_of(words_of(said)) for said in one.say} if id_ else ():
                if (key, id_) not in seen:
                    seen.add((key, id_))
                    yield key, id_, 0
