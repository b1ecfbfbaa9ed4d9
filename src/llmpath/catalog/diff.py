"""Compare two catalogs: what an update adds, removes, renames and changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from llmpath.catalog.address import canonical
from llmpath.curriculum import Catalog

# Fields that are compared as entries instead.
ENTRY_FIELDS = ("id", "former_ids", "requires", "cards")


class Edit(NamedTuple):
    """A field that differs: its value before and after, lists as tuples, None for no value."""

    field: str
    before: Any
    after: Any


class Changed(NamedTuple):
    """An entry that stays, under this id, with other fields."""

    id: str
    edits: tuple[Edit, ...]


class Proposal(NamedTuple):
    """What entry *id* should have as `former_ids`: it is what ids *before*, now gone, were.

    It has the same `address`, `title` or `question` as they: *by* says which.
    """

    id: str
    before: tuple[str, ...]
    by: str
    former_ids: tuple[str, ...]


class Reused(NamedTuple):
    """An id that stands for something else now: the titles before and after."""

    id: str
    before: str
    after: str


class Part(NamedTuple):
    """What happens to the entries of one sort: ids with titles, old ids with new ones, edits.

    Then what looks like a mistake in it: ids that were changed without a word, or used again.
    """

    added: tuple[tuple[str, str], ...] = ()
    removed: tuple[tuple[str, str], ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    changed: tuple[Changed, ...] = ()
    proposed: tuple[Proposal, ...] = ()
    reused: tuple[Reused, ...] = ()


class Difference(NamedTuple):
    """What an update changes, by sort of entry, in the order of help.

    A prerequisite is an entry of its own, with the id 'topic <- prerequisite' and the reason for
    title; a card's title is its question. An everyday word has what it may mean for title, as has
    a word of another language, whose id is `Chinese 微调`.
    """

    parts: Mapping[str, Part]

    @property
    def is_none(self) -> bool:
        """Whether nothing differs."""
        return all(part == Part() for part in self.parts.values())


def compare(old: Catalog, new: Catalog) -> Difference:
    """Return what the update from *old* to *new* changes; entries in the order of their file."""
    topics = renames(old.topics, new.topics)
    return Difference(
        {
            "sources": _part(_rows(old.sources), _rows(new.sources)),
            "tracks": _part(_rows(old.tracks), _rows(new.tracks)),
            "modules": _part(_rows(old.modules), _rows(new.modules)),
            "topics": _part(_rows(old.topics), _rows(new.topics), topics)._replace(
                proposed=_proposals(old.topics, new.topics, "title", _title)
            ),
            "prerequisites": _part(_edges(old), _edges(new), _renamed_edges(old, topics)),
            "cards": _part(_cards(old), _cards(new), _renamed_cards(old, new))._replace(
                proposed=_proposals(_all_cards(old), _all_cards(new), "question", _question)
            ),
            "goals": _part(
                _rows(old.destinations),
                _rows(new.destinations),
                renames(old.destinations, new.destinations),
            )._replace(proposed=_proposals(old.destinations, new.destinations, "title", _title)),
            "resources": _part(
                _rows(old.resources), _rows(new.resources), renames(old.resources, new.resources)
            )._replace(
                proposed=_moved_works(old.resources, new.resources),
                reused=tuple(_reused(old.resources, new.resources)),
            ),
            "terms": _part(_terms(old), _terms(new)),
            "everyday words": _part(_everyday(old), _everyday(new)),
            "translations": _part(_translations(old), _translations(new)),
        }
    )


def _title(entry: Any) -> set[str]:
    return {" ".join(entry.title.casefold().split())}


def _question(card: Any) -> set[str]:
    return {" ".join(card.ask.casefold().split())}


def _addresses(work: Any) -> set[str]:
    return {canonical(address) for address in (work.url, *work.also)}


def _proposals(
    old: Iterable[Any], new: Iterable[Any], by: str, marks: Callable[[Any], set[str]]
) -> tuple[Proposal, ...]:
    """Return which of *new* are what ids of *old* were that are gone without a word.

    That is told by *marks* that only one of *new* has.
    """
    entries = list(new)
    known = {id_ for entry in entries for id_ in (entry.id, *entry.former_ids)}
    owners: dict[str, list[Any]] = {}
    for entry in entries:
        for mark in marks(entry):
            owners.setdefault(mark, []).append(entry)
    found: dict[str, tuple[Any, list[str]]] = {}
    for gone in old:
        if gone.id not in known:
            heirs = {one.id: one for mark in marks(gone) for one in owners.get(mark, ())}
            if len(heirs) == 1:
                (heir,) = heirs.values()
                found.setdefault(heir.id, (heir, []))[1].append(gone.id)
    return tuple(
        Proposal(heir.id, tuple(gone), by, (*heir.former_ids, *gone))
        for heir, gone in found.values()
    )


def _moved_works(old: Iterable[Any], new: Iterable[Any]) -> tuple[Proposal, ...]:
    """Return proposals by address, and by title for what has no address in common."""
    works, entries = list(old), list(new)
    by_address = _proposals(works, entries, "address", _addresses)
    told = {id_ for one in by_address for id_ in (one.id, *one.before)}
    arrived = {entry.id for entry in entries} - {work.id for work in works} - told
    left = [work for work in works if work.id not in told]
    by_title = _proposals(left, entries, "title", _title)
    return by_address + tuple(one for one in by_title if one.id in arrived)


def _reused(old: Iterable[Any], new: Iterable[Any]) -> Iterable[Reused]:
    """Yield the ids of works that have neither the title nor any address they had."""
    before = {work.id: work for work in old}
    for work in new:
        was = before.get(work.id)
        if (
            was is not None
            and (was.url, was.title) != (work.url, work.title)
            and not _title(was) & _title(work)
            and not _addresses(was) & _addresses(work)
        ):
            yield Reused(work.id, was.title, work.title)


def renames(old: Iterable[Any], new: Iterable[Any]) -> dict[str, str]:
    """Return from which id of *old* to which of *new* entries were carried by `former_ids`."""
    before = {entry.id for entry in old}
    entries = list(new)
    present = {entry.id for entry in entries}
    return {
        former: entry.id
        for entry in entries
        for former in entry.former_ids
        if former in before and former not in present
    }


Rows = dict[str, tuple[str, dict[str, Any]]]  # id to title and fields


def _rows(entries: Sequence[Any]) -> Rows:
    return {
        entry.id: (
            entry.title,
            {field: value for field, value in entry._asdict().items() if field not in ENTRY_FIELDS},
        )
        for entry in entries
    }


def _edges(catalog: Catalog) -> Rows:
    return {
        f"{topic.id} <- {edge.topic}": (edge.because, {"because": edge.because, "to": edge.to})
        for topic in catalog.topics
        for edge in topic.requires
    }


def _renamed_edges(old: Catalog, topics: Mapping[str, str]) -> dict[str, str]:
    """Return the edges that go under new names because a topic of theirs does."""
    names = [(topic.id, edge.topic) for topic in old.topics for edge in topic.requires]
    return {
        f"{topic} <- {need}": f"{topics.get(topic, topic)} <- {topics.get(need, need)}"
        for topic, need in names
        if topic in topics or need in topics
    }


def _cards(catalog: Catalog) -> Rows:
    return {
        card.id: (
            card.ask,
            {"topic": topic.id, "ask": card.ask, "answer": card.answer, "asks": card.asks},
        )
        for topic in catalog.topics
        for card in topic.cards
    }


def _renamed_cards(old: Catalog, new: Catalog) -> dict[str, str]:
    """Return from which card to which a question was carried by `former_ids`."""
    return renames(_all_cards(old), _all_cards(new))


def _all_cards(catalog: Catalog) -> list[Any]:
    return [card for topic in catalog.topics for card in topic.cards]


def _terms(catalog: Catalog) -> Rows:
    return {
        term.id: (
            term.term,
            {field: value for field, value in term._asdict().items() if field != "id"},
        )
        for term in catalog.glossary
    }


def _everyday(catalog: Catalog) -> Rows:
    return {one.say: (", ".join(one.mean), {"mean": one.mean}) for one in catalog.everyday}


def _translations(catalog: Catalog) -> Rows:
    return {
        f"{one.language} {said}": (", ".join(one.mean), {"mean": one.mean})
        for one in catalog.translations
        for said in one.say
    }


def _part(old: Rows, new: Rows, renamed: Mapping[str, str] | None = None) -> Part:
    renamed = {before: after for before, after in (renamed or {}).items() if after in new}
    arrived = set(renamed.values())
    pairs = [(id_, id_) for id_ in old if id_ in new and id_ not in arrived]
    pairs += renamed.items()
    changed = (
        Changed(after, tuple(_edits(old[before][1], new[after][1]))) for before, after in pairs
    )
    order = {id_: i for i, id_ in enumerate(new)}
    return Part(
        tuple(
            (id_, title) for id_, (title, _) in new.items() if id_ not in old and id_ not in arrived
        ),
        tuple(
            (id_, title) for id_, (title, _) in old.items() if id_ not in new and id_ not in renamed
        ),
        tuple(renamed.items()),
        tuple(sorted((one for one in changed if one.edits), key=lambda one: order[one.id])),
    )


def _edits(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterable[Edit]:
    for field, before in old.items():
        if before != new[field]:
            yield Edit(field, before, new[field])
