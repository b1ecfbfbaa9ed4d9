"""Which topics a text needs, what of that a learner has and lacks, and the way to it: need."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from llmpath import inputs, plaintext, texts
from llmpath.actions.agreement import agreed_on
from llmpath.actions.learner_map import LearnerMap, learner_map
from llmpath.actions.naming import find
from llmpath.actions.paths import Otherwise, goals_called, otherwise, route_to
from llmpath.actions.workspace import Workspace
from llmpath.errors import NotFound, UsageError, quoted, shortened
from llmpath.plans import Depth
from llmpath.search import needs
from llmpath.search.lexicon import Lexicon
from llmpath.search.needs import Need
from llmpath.search.wording import Wording
from llmpath.store.catalog import naming, resources
from llmpath.store.catalog.naming import Named
from llmpath.study.graph import CLEARED
from llmpath.vocab import Aim

if TYPE_CHECKING:
    from llmpath.actions.goals import Goals
    from llmpath.model import Goal, Resource
    from llmpath.study.path import Route, Step

# Endings that the name of a file with a text has, and a word of a text hardly ever.
_FILE = re.compile(
    r"\.(?:pdf|txt|text|md|markdown|rst|tex|html?|xhtml|docx?|odt|rtf|epub|ipynb)$", re.I
)
_PLACE = re.compile(r"^(?:~|\.{0,2}[/\\]|[A-Za-z]:\\)")
_ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$|^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}/\S*$", re.I)

LONGEST_NAME = 1_000  # characters; what is longer is a text and not the name of a file


class Source(NamedTuple):
    """A text and where it comes from; of a resource of the catalog that, too.

    `left_out` says what of it was not read, '' for nothing.
    """

    name: str
    text: str
    left_out: str = ""
    resource: Resource | None = None


class NeedPage(NamedTuple):
    """What a text needs: its topics, those put in and taken out by hand, and the way to what lacks.

    `numbered` are those that are lacking, by their numbers. What is removed keeps its number and
    what is added comes last, so that a number means the same when the command is repeated with
    more. `strangers` were to be removed and are nothing that the text needs.

    The steps of the `route` are the topics that are lacking and those that these need besides, in
    the order to learn; `aim` is that of them all, None where they differ, and `to_use` what the
    topics take only to be used, where that is less. `goals` are the learner's, once what is lacking
    was made their goals.
    """

    source: Source
    needs: Sequence[Need]
    added: Sequence[str]
    removed: Sequence[str]
    strangers: Sequence[str]
    numbered: Sequence[str]
    map: LearnerMap
    route: Route
    aim: Aim | None
    to_use: Otherwise | None = None
    goals: Goals | None = None

    @property
    def has(self) -> list[str]:
        """The topics that are needed and passed, or left out by the learner, in map order."""
        wanted = [need.topic for need in self.needs if self.map.states[need.topic] in CLEARED]
        return self.map.roadmap.in_order(wanted)

    @property
    def lacking(self) -> list[Step]:
        """The steps to what is needed itself, in the order to learn."""
        wanted = {need.topic for need in self.needs}
        return [step for step in self.route.steps if step.topic in wanted]

    @property
    def besides(self) -> list[Step]:
        """The steps to what only the topics that are lacking need."""
        wanted = {need.topic for need in self.needs}
        return [step for step in self.route.steps if step.topic not in wanted]


def need(
    w: Workspace,
    words: Sequence[str],
    piped: Callable[[], bool],
    add: Sequence[str] = (),
    drop: Sequence[str] = (),
    aim: Aim | None = None,
    goal: bool = False,
) -> NeedPage:
    """Return what the text needs that *words* are or name, less *drop*, and *add* besides.

    *piped* says whether something comes through a pipe. With *goal* what is lacking is made the
    learner's goals. Raises UsageError where there is no text, NotFound for a file or an address
    that there is not, InvalidFile for what is no text.
    """
    added = [find(w, name, "topic").id for name in add]
    dropped = [find(w, name, "topic") for name in drop]
    both = next((one for one in dropped if one.id in added), None)
    if both:
        raise UsageError(f"{both.title} is both added and removed.", "Remove --add or --drop.")
    source = _source(w, words, piped)
    if not any(map(str.isalnum, source.text)):
        raise UsageError(f"There is nothing to read in {source.name}.", _EXAMPLE)
    page = _page(w, source, added, [one.id for one in dropped], aim)
    return _with_goals(w, page, aim) if goal else page


_COMMAND = "llmpath need"
_EXAMPLE = f"For example: {_COMMAND} paper.pdf, or paste the text in quotes."


def _source(w: Workspace, words: Sequence[str], piped: Callable[[], bool]) -> Source:
    """Return the text that *words* mean: stdin, a file, a resource, or what they say."""
    typed = " ".join(words).strip()
    if typed == "-" or (not words and piped()):
        return _read("stdin", None)
    if not typed:
        raise UsageError("What text?", _EXAMPLE)
    if len(typed) <= LONGEST_NAME and "\n" not in typed and "\0" not in typed:
        path = Path(typed).expanduser() if typed.startswith("~/") else Path(typed)
        if os.path.lexists(path):
            return _read(typed, path)
        if any(_FILE.search(word) and os.path.lexists(word) for word in words):
            raise UsageError("That is more than one text.", f"Give one file: {_COMMAND} paper.pdf")
    if len(words) == 1 and " " not in typed:
        thing = _named(w, typed)
        if thing and thing.what == "resource":
            work = resources.by_id(w.connection, [thing.id])[thing.id]
            return Source(work.title, f"{work.title}.\n{work.summary}", "", work)
        if thing and typed.isdecimal():
            return Source("your text", thing.title)
        if _ADDRESS.match(typed):
            raise NotFound(
                f"The catalog has no {shortened(typed)}, and nothing is fetched.",
                "Save the page or the PDF, and give the file: llmpath need page.html",
            )
    if words and all(" " not in one and _is_path(one) for one in words):
        raise NotFound(
            f"There is no file {quoted(words[0])}.",
            "Give one that there is, or the text itself in quotes.",
        )
    return Source("your text", plaintext.readable(texts.plain(typed, "the text")))


def _is_path(word: str) -> bool:
    """Say whether *word* looks like the name of a file with a text."""
    return bool(_PLACE.match(word) or _FILE.search(word))


def _read(name: str, path: Path | None) -> Source:
    if path and path.is_dir():
        raise UsageError(f"{name} is a folder.", f"Name a file in it: {Path(name) / 'paper.pdf'}")
    try:
        data = inputs.read_file(path, plaintext.MOST_BYTES)
    except OSError as error:
        raise NotFound(f"Cannot read {name}: {error.strerror or error}.") from None
    found = plaintext.plain(data, name)
    return Source(name, found.text, found.left_out)


def _named(w: Workspace, typed: str) -> Named | None:
    """Return what has the number, the id or, as a resource, the address *typed*."""
    if typed.isdecimal():
        return find(w, typed)
    thing = naming.at(w.connection, typed)
    if thing or not _ADDRESS.match(typed):
        return thing
    try:
        return naming.exactly(w.connection, typed, "resource")
    except NotFound:
        return None


def _found(w: Workspace, source: Source) -> list[Need]:
    wording = Wording(w.connection)
    found = needs.needs(needs.read(source.text, wording, Lexicon(w.connection)), wording)
    if not source.resource:
        return found
    own = source.resource.topics
    told = {one.topic: one for one in found}
    return [
        told.get(id_, Need(id_, False, 0.0, ()))._replace(main=place == 0)
        for place, id_ in enumerate(own)
    ] + [one._replace(main=False) for one in found if one.topic not in own]


def _page(
    w: Workspace, source: Source, added: Sequence[str], dropped: Sequence[str], aim: Aim | None
) -> NeedPage:
    found = _found(w, source)
    own = {one.topic for one in found}
    found += [Need(id_, False, 0.0, ()) for id_ in dict.fromkeys(added) if id_ not in own]
    kept = [one for one in found if one.topic not in dropped]
    goals = _goals(w, [one.topic for one in kept], aim)
    point = learner_map(w, goals=goals)
    route = route_to(w, point, goals, Depth.ENOUGH)
    aims = {one.aim for one in goals}
    page = NeedPage(
        source=source,
        needs=kept,
        added=added,
        removed=[id_ for id_ in dict.fromkeys(dropped) if id_ in own],
        strangers=[id_ for id_ in dict.fromkeys(dropped) if id_ not in own],
        numbered=[],
        map=point,
        route=route,
        aim=Aim(aims.pop()) if len(aims) == 1 else None,
        to_use=otherwise(w, route, Aim.USE),
    )
    lacking = [step.topic for step in page.lacking]
    if page.removed:
        every = _goals(w, [one.topic for one in found], aim)
        whole = route_to(w, learner_map(w, goals=every), every, Depth.ENOUGH)
        order = [step.topic for step in whole.steps if step.topic in own]
    else:
        order = [id_ for id_ in lacking if id_ in own]
    return page._replace(numbered=list(dict.fromkeys([*order, *lacking])))


def _goals(w: Workspace, ids: Sequence[str], aim: Aim | None) -> list[Goal]:
    """Return the goals that the topics *ids* would be, to *aim* if given."""
    goals = goals_called(w, ids) if ids else []
    return [one._replace(aim=aim) for one in goals] if aim else goals


def _with_goals(w: Workspace, page: NeedPage, aim: Aim | None) -> NeedPage:
    """Return *page* with what is lacking made the learner's goals, if they agree."""
    from llmpath.actions import goals

    ids = [step.topic for step in page.lacking]
    agreed = agreed_on(w, "need", ids)
    named = [Named("topic", id_, page.map.title(id_)) for id_ in ids]
    wanted = [one for one in named if agreed is None or one.id in agreed]
    return page._replace(goals=goals.add_named(w, wanted, aim) if wanted else None)
