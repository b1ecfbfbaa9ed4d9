"""Tell which topics a text needs: by the names that stand in it and by what is written like it.

The figures were set on a few judged texts (abstracts, adverts, syllabi, READMEs); each lay on a
plateau, where somewhat more or less hardly changed what was found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log, sqrt
from typing import TYPE_CHECKING, NamedTuple

from llmpath.search import mentions
from llmpath.search.mentions import Mention
from llmpath.search.translation import translated
from llmpath.words import is_unspaced, tokens, words_of

if TYPE_CHECKING:
    from llmpath.search.lexicon import Lexicon
    from llmpath.search.wording import Spread, Wording

# What a name tells.
BROAD_TOPICS = 25  # topics whose own words have a name: where so many have it, it tells half
LEAST_SHARE = 0.25  # for a rare name: taken of what teaches the topic among all that has it
ITEM_SHARE = 0.6  # the same for a name that is an item of a list by itself
WHOLE_ITEM = 0.5  # share of an item's words from which on the item is the name
RARE = (3, 5)  # topics, resources with a name of one word, up to which it is rare
REPEATED = 0.5  # what each e-fold more mentions of a name add
# What the neighbours of the text tell.
GATHERED = 12  # telling words from which on windows are asked about, together
MOST_ASKED = 60  # groups of windows that are asked about, all over the text
TELLING_WORDS, ALL_VOTERS, ALL_TOPIC_VOTERS = 25, 20, 10  # of the text as a whole
NEIGHBOURS = 2.0  # points for all votes, of resources and of topics
PEAK = 1.0  # points for all votes on one part of the text
NAMED_ENOUGH = 1.0  # points of all names in the text from which on its neighbours count in full
SURE_NEIGHBOUR = 0.06  # share of all votes from which on the nearest topic is needed, named or not
# What is enough. A list names what it is about, item by item; prose mentions much in passing.
LEAST_IN_LIST, LEAST_IN_PROSE = 0.48, 0.85
LEAST_OF_FEW = 0.25  # in a text of a few words
LIST_WORDS = 10  # words to a window up to which a text is all list
LONG_TEXT = 400  # words from which on more is mentioned than needed
LONGER = 0.7  # what each e-fold more words asks for more
MOST_TOPICS = 25
# What comes first.
MOST_POINTS = 1.5  # for names: with more, a text is not more about a topic
FIRST_WINDOW, MAIN_NEIGHBOURS, WIDTH = 0.6, 6.0, 0.6
MAIN_TOPICS, MAIN_SHARE = 4, 0.55  # at most so many, and of the best one's points
WORDS_SHOWN = 4


class Need(NamedTuple):
    """A topic that a text needs: whether it is what the text is about, and what speaks for it.

    `words` are those of the text, the most telling first; none where it is but like what teaches
    the topic.
    """

    topic: str
    main: bool
    score: float
    words: tuple[str, ...]


class Text(NamedTuple):
    """A text as it is judged: its windows, and the names in them.

    `said` has by an English name the words of the text that stand for it in another language.
    """

    windows: Sequence[str]
    mentions: Sequence[Mention]
    said: Mapping[str, str] = {}

    @property
    def words(self) -> int:
        """How many words it has."""
        return sum(len(one.split()) for one in self.windows)


def needs(text: Text, wording: Wording) -> list[Need]:
    """Return the topics that *text* needs, what it is about first and then by their points.

    The same text and catalog give the same topics. A text that names nothing and is like nothing
    needs none.
    """
    if not text.windows:
        return []
    named = _named(text, wording)
    near, peak = _neighbours(text, wording)
    trust = _trust(text, wording, named)
    near = {topic: trust * share for topic, share in near.items()}
    peak = {topic: trust * share for topic, share in peak.items()}
    points = {
        topic: sum(named.get(topic, {}).values())
        + NEIGHBOURS * near.get(topic, 0.0)
        + PEAK * peak.get(topic, 0.0)
        for topic in {**named, **near, **peak}
    }
    least = enough(text)
    found = {topic for topic, value in points.items() if value >= least}
    nearest = max(near, key=lambda topic: near[topic], default=None)
    if nearest and near[nearest] >= SURE_NEIGHBOUR:
        found.add(nearest)
    rank = _ranks(found, text, wording, named, near)
    order = sorted(found, key=lambda topic: (-rank[topic], topic))[:MOST_TOPICS]
    best = rank[order[0]] if order else 0.0
    return [
        Need(
            topic,
            place < MAIN_TOPICS and rank[topic] >= MAIN_SHARE * best,
            round(points[topic], 2),
            _words(named.get(topic, {}), text.said),
        )
        for place, topic in enumerate(order)
    ]


def read(text: str, wording: Wording, lexicon: Lexicon) -> Text:
    """Return *text* cut into windows, with the names in them; other languages' words in English.

    What is written without spaces is taken for another language: the words that the catalog has
    English ones for become those, each an item by itself.
    """
    parts: list[str] = []
    said: dict[str, str] = {}
    for part in mentions.windows(mentions.plain(text)):
        if not is_unspaced(part):
            parts.append(part)
            continue
        found = translated([(word,) for word in words_of(part)], lexicon)
        typed = {" ".join(words_of(mean)): one.typed for one in found.told for mean in one.used}
        for term in map(" ".join, found.terms):
            said.setdefault(term, _as_written(typed.get(term, term), part))
        parts.append(", ".join(" ".join(term) for term in found.terms))
    return Text(parts, mentions.mentions(parts, wording.names), said)


def _as_written(words: str, part: str) -> str:
    """Return *words*, which are folded, as they stand in *part* of the text."""
    wanted = [token for _, _, token in tokens(words)]
    found = list(tokens(part))
    for at in range(len(found) - len(wanted) + 1):
        run = found[at : at + len(wanted)]
        if [token for _, _, token in run] == wanted:
            return part[run[0][0] : run[-1][1]]
    return words


def enough(text: Text) -> float:
    """Return the points from which on a topic is needed: fewer in a list, more in a long text.

    Who types but a few words means each of them.
    """
    if text.words < mentions.SHORT_TEXT:
        return LEAST_OF_FEW
    listed = min(1.0, LIST_WORDS * len(text.windows) / max(text.words, 1))
    least = LEAST_IN_PROSE - (LEAST_IN_PROSE - LEAST_IN_LIST) * listed
    return least * (1 + LONGER * max(0.0, log(max(text.words, 1) / LONG_TEXT)))


def _trust(text: Text, wording: Wording, named: Mapping[str, Mapping[str, float]]) -> float:
    """Return how far its neighbours tell what a text needs, 0 to 1.

    Every text has neighbours: a few words have them by chance, and so has one from elsewhere,
    which names nothing of the field.
    """
    words = {word for one in text.windows for word in mentions.telling_words(one, wording.known)}
    points = sum(value for told in named.values() for value in told.values())
    return min(1.0, len(words) / GATHERED) * min(1.0, points / NAMED_ENOUGH)


def _named(text: Text, wording: Wording) -> dict[str, dict[str, float]]:
    """Return, by topic, what each name of it in *text* tells."""
    often: dict[mentions.Key, list[Mention]] = {}
    for one in text.mentions:
        often.setdefault(one.key, []).append(one)
    found: dict[str, dict[str, float]] = {}
    for key, several in often.items():
        said = several[0].said
        meant = wording.names.topics[key]
        spread = wording.spread(said, list(meant))
        part = max(one.part for one in several)
        times = 1 + REPEATED * log(len(several))
        most = max(meant.values())
        firsts = [topic for topic, sure in meant.items() if sure == most]
        for topic, sure in meant.items():
            told = sure * _share(key, part, spread, topic)
            if sure < most or len(firsts) > 1:
                told /= sqrt(len(meant))
            if part == 1 and text.words < mentions.SHORT_TEXT:
                told = max(told, ITEM_SHARE * sure)  # however broad: it is what was asked for
            found.setdefault(topic, {})[said] = told * times
    return found


def _share(key: mentions.Key, part: float, spread: Spread, topic: str) -> float:
    """Return how much a name tells of *topic*: of what has the name, the share that teaches it.

    Less where it stands in the words of many topics.
    """
    share = (spread.by_topic.get(topic, 0) + 1) / (spread.resources + 2)
    if len(key) > 1 or (spread.topics <= RARE[0] and spread.resources < RARE[1]):
        share = max(share, LEAST_SHARE)
    share /= 1 + (spread.topics / BROAD_TOPICS) ** 2
    if part >= WHOLE_ITEM and spread.topics < BROAD_TOPICS:
        share = max(share, ITEM_SHARE * part)
    return share


def _neighbours(text: Text, wording: Wording) -> tuple[dict[str, float], dict[str, float]]:
    """Return how near each topic is to the whole text, and to the part that is nearest to it.

    Near is what both the resources and the topics are that have its words: the geometric mean.
    """
    parts = [mentions.telling_words(one, wording.known) for one in text.windows]
    groups = _groups(parts)
    words = _most_telling(parts, wording.known)
    near: list[dict[str, float]] = []
    peak: dict[str, float] = {}
    for ask, voters in ((wording.votes, ALL_VOTERS), (wording.topic_votes, ALL_TOPIC_VOTERS)):
        votes = dict(ask(words, voters))
        best: dict[str, float] = {}
        for group in groups:
            for topic, share in ask(group).items():
                votes[topic] = votes.get(topic, 0.0) + share / len(groups)
                best[topic] = max(best.get(topic, 0.0), share)
        near.append(votes)
        for topic, share in best.items():
            peak[topic] = peak.get(topic, 0.0) + share
    by_works, by_topics = near
    both = by_works.keys() & by_topics.keys()
    return {topic: sqrt(by_works[topic] * by_topics[topic]) / 2 for topic in sorted(both)}, peak


def _groups(parts: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the telling words of windows, of so many together that they tell something.

    Of a long text some groups stand for all: its beginning and what is spread over the rest.
    """
    groups: list[list[str]] = [[]]
    for words in parts:
        groups[-1] += words
        if len(groups[-1]) >= GATHERED:
            groups.append([])
    found = [list(dict.fromkeys(group)) for group in groups if group]
    if len(found) <= MOST_ASKED:
        return found
    first = MOST_ASKED // 3
    step = (len(found) - first) / (MOST_ASKED - first)
    return found[:first] + [found[first + int(i * step)] for i in range(MOST_ASKED - first)]


def _most_telling(parts: Sequence[Sequence[str]], known: Mapping[str, int]) -> list[str]:
    """Return the words that stand often here and seldom in the catalog."""
    counts: dict[str, int] = {}
    for words in parts:
        for word in words:
            counts[word] = counts.get(word, 0) + 1
    # No word stands in more documents than there are.
    size = 2 * max(known.values(), default=1)
    value = {word: count * log(size / (known[word] + 1)) for word, count in counts.items()}
    return sorted(value, key=lambda word: -value[word])[:TELLING_WORDS]


def _ranks(
    found: set[str],
    text: Text,
    wording: Wording,
    named: Mapping[str, Mapping[str, float]],
    near: Mapping[str, float],
) -> dict[str, float]:
    """Return how much *text* is about each topic it needs.

    What it names at its beginning and throughout counts, and what it is like as a whole.
    """
    places: dict[str, set[int]] = {}
    for one in text.mentions:
        for topic in wording.names.topics[one.key]:
            places.setdefault(topic, set()).add(one.window)
    return {
        topic: min(sum(named.get(topic, {}).values()), MOST_POINTS)
        + MAIN_NEIGHBOURS * near.get(topic, 0.0)
        + FIRST_WINDOW * (0 in places.get(topic, ()))
        + WIDTH * log(1 + len(places.get(topic, ())))
        for topic in found
    }


def _words(told: Mapping[str, float], said: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names in a text that tell most, each once, as they stand there."""
    order = sorted(told, key=lambda name: (-told[name], name))
    shown = dict.fromkeys(said.get(name, " ".join(name.split())) for name in order)
    return tuple(shown)[:WORDS_SHOWN]
