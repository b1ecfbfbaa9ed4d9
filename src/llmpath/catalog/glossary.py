"""The glossary's file: hold it against its definition and its catalog, and take its values."""

from __future__ import annotations

from llmpath.catalog.document import Document, Problem
from llmpath.catalog.entries import GlossaryFile
from llmpath.catalog.shape import shape
from llmpath.catalog.validate import entries, in_order, known, texts, unique
from llmpath.curriculum import Catalog
from llmpath.words import phrase


def is_glossary(document: Document) -> bool:
    """Say by its keys, or without any by its name, whether a document is a glossary."""
    if isinstance(document.value, dict) and document.value:
        return bool({"terms", "everyday", "translations"} & document.value.keys())
    return "glossary" in document.path.name


def problems(glossary: Document, roadmap: Document | None) -> list[Problem]:
    """Return what is wrong with a *glossary*: its shape, names used twice, topics that are none.

    Without a *roadmap* no topic is called unknown.
    """
    terms = entries(glossary, "terms")
    names = {id_ for _, id_ in texts(entries(roadmap, "topics"), "id")} if roadmap else None
    found = [*glossary.faults, *shape(glossary, GlossaryFile)]
    for key in ("id", "term"):
        sentence = key + " {!r} is already used at {}. Merge the two entries."
        found += unique(((glossary, terms),), (key,), sentence, str.casefold)
    found += unique(
        ((glossary, entries(glossary, "everyday")),),
        ("say",),
        "{!r} is also at {}. Merge the two entries.",
        str.casefold,
    )
    translations = entries(glossary, "translations")
    for language in dict.fromkeys(str(entry.get("language")) for _, entry in translations):
        words = [one for one in translations if str(one[1].get("language")) == language]
        found += unique(
            ((glossary, words),), ("say",), "{!r} is also at {}. Merge the two entries.", phrase
        )
    return in_order([*found, *known(glossary, terms, "topic", names, "topic")])


def added(catalog: Catalog, glossary: Document) -> Catalog:
    """Return *catalog* with the values of a *glossary* without problems."""
    file = GlossaryFile.model_validate(glossary.value)
    return catalog._replace(
        glossary=tuple(term.value() for term in file.terms),
        everyday=tuple(word.value() for word in file.everyday),
        translations=tuple(words.value() for words in file.translations),
    )
