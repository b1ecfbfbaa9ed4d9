"""Which of the ranked picks to show: enough to choose from, no topic twice, and what comes then."""

from collections.abc import Mapping, Sequence

from llmpath.model import Resource, Spent
from llmpath.phrases import duration
from llmpath.study import sittings
from llmpath.study.graph import states
from llmpath.study.recommend import Pick, Situation, ranked
from llmpath.vocab import Status

USUAL_CHOICES = 5
LEAST_CHOICES = 2  # one is none
LEAST_TOPICS = 2  # that a list of choices has at least, where there are so many
MUCH_LONGER = 1.5  # times the length of a topic's first choice, from which on others come before


def recommend(
    situation: Situation, material: Mapping[str, Sequence[Resource]], count: int
) -> list[Pick]:
    """Return up to *count* choices, best first, from *material*: topic -> its resources.

    What is in progress comes first; then the best of each topic before a second of any; see
    `varied`. What is done or skipped is left out, unless it is there to refresh its topic.
    """
    return varied(ranked(situation, material), count)


def is_settled(picks: Sequence[Pick], count: int, ceiling: float) -> bool:
    """Say whether the first *count* of ranked *picks* stand whatever scores *ceiling* or less."""
    chosen = varied(picks, count)
    fresh = [pick for pick in chosen if pick.status is not Status.DOING]
    topics = {pick.topic for pick in chosen}
    return (
        len(chosen) == count
        and len(topics) == count
        and all(pick.score > ceiling for pick in fresh)
    )


def varied(picks: Sequence[Pick], count: int, least: int = LEAST_CHOICES) -> list[Pick]:
    """Return up to *count*: what is in progress, and the first of each topic.

    What a topic takes besides is there where there would be fewer than *least*. Other ways into it,
    which say what they stand for, are there only where there would be no choice at all, or more
    than USUAL_CHOICES are asked for; what takes about as long first. Of picks ranked a1, a2, b1
    (letters are topics) five are a1, b1; where there is no b, they are a1 and a2.
    """
    begun: list[Pick] = []
    first: dict[str, Pick] = {}
    steps: list[Pick] = []
    others: list[Pick] = []
    works: set[str] = set()
    for pick in picks:
        if pick.resource.id in works:
            continue
        works.add(pick.resource.id)
        if pick.status is Status.DOING:
            begun.append(pick)
        elif pick.topic not in first:
            first[pick.topic] = pick
        else:
            (steps if pick.needed else others).append(pick)
    started = {pick.topic: pick for pick in begun}
    fresh = [pick for topic, pick in first.items() if topic not in started]
    late = [pick for topic, pick in first.items() if topic in started]
    steps += [pick for pick in late if pick.needed]
    others = [*(pick for pick in late if not pick.needed), *others]
    chosen = [*begun, *fresh][:count]
    wanted = count if count > USUAL_CHOICES else min(count, LEAST_CHOICES)
    if len(chosen) < max(wanted, least):
        chosen += steps[: min(count, max(wanted, least)) - len(chosen)]
    if len(chosen) < wanted:
        before = {**first, **started}
        near = sorted(others, key=lambda pick: _is_long(pick, before[pick.topic]))
        chosen += [_instead(pick, before[pick.topic]) for pick in near][: wanted - len(chosen)]
    shown = {pick.topic for pick in chosen}
    if count >= LEAST_TOPICS and len(shown) < LEAST_TOPICS:
        rest = [pick for pick in [*begun, *fresh] if pick.topic not in shown]
        chosen[count - 1 :] = rest[:1] or chosen[count - 1 :]
    return chosen


def led(planned: Sequence[Pick], others: Sequence[Pick], count: int) -> list[Pick]:
    """Return up to *count*: what is in progress, what is *planned*, then what *others* there are.

    In their order; of the planned ones' topics another is there only where there would be no
    choice. However much is in progress, the first that is planned has a place.
    """
    works = {pick.resource.id for pick in planned}
    topics = {pick.topic for pick in planned if pick.status is not Status.DOING}
    rest = [pick for pick in others if pick.resource.id not in works]
    begun = [pick for pick in [*planned, *rest] if pick.status is Status.DOING]
    fresh = [pick for pick in planned if pick.status is not Status.DOING]
    rest = [pick for pick in rest if pick.status is not Status.DOING]
    chosen = [*begun, *fresh, *(pick for pick in rest if pick.topic not in topics)]
    if len(chosen) < LEAST_CHOICES:
        chosen += [pick for pick in rest if pick.topic in topics]
    if len(begun) >= count >= LEAST_CHOICES:
        chosen[count - 1 :] = fresh[:1] or chosen[count - 1 :]
    return chosen[:count]


def _is_long(pick: Pick, first: Pick) -> tuple[bool, int]:
    """Return how far *pick* is from being as short as the *first* of its topic, to sort by."""
    length = pick.resource.minutes or 0
    long = length > MUCH_LONGER * max(first.resource.minutes or length, 1)
    return long, length if long else 0


def _instead(pick: Pick, first: Pick) -> Pick:
    return pick._replace(reasons=(f"instead of {first.resource.title}", *pick.reasons))


def seated(pick: Pick, spent: Spent | None, minutes: int | None = None) -> Pick:
    """Return *pick* with its next sitting, and with what that is instead of how long all takes.

    *spent* is what its sittings come to so far; *minutes* there are for the next one. What is
    done, and offered to be refreshed, begins at its beginning.
    """
    if spent is None or pick.status is Status.DONE:
        spent = sittings.NOTHING
    length = pick.resource.minutes
    sitting = sittings.sitting_of(length, spent, minutes)
    if sitting is None or length is None:
        return pick
    whole, said = duration(length), sittings.said(sitting, minutes is not None)
    reasons = tuple(said if reason == whole else reason for reason in pick.reasons)
    return pick._replace(sitting=sitting, reasons=reasons)


def ahead(situation: Situation, picks: Sequence[Pick]) -> Situation:
    """Return the situation in which the topics of *picks* are passed: what comes next is ready."""
    known = situation.learned.known | {pick.topic for pick in picks}
    learned = situation.learned._replace(known=known)
    return situation._replace(learned=learned, states=states(situation.roadmap, learned))
