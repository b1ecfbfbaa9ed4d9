"""What to study next."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from llmpath.actions.choosing import afterwards, planned_now, ranks, seated
from llmpath.actions.learner_map import LearnerMap, learner_map, situation_of
from llmpath.actions.querying import Filters, matching, read_query, selected
from llmpath.actions.workspace import Workspace
from llmpath.model import Goal
from llmpath.study.choices import led, varied
from llmpath.study.recommend import Pick, open_goals

if TYPE_CHECKING:
    from llmpath.actions.leading import Lead
    from llmpath.actions.relaxing import Relaxation


class Choices(NamedTuple):
    """What to study next, best first; where there is nothing, what would give something.

    `then` is what comes after them, of topics that wait for those of the choices; `led` are the
    open goals that the choices lead to, and `lead` is what the plan has, which comes first;
    `minutes` is the time there is for a sitting, if it was said.
    """

    picks: Sequence[Pick]
    goals: Sequence[Goal]
    map: LearnerMap
    led: Sequence[Goal] = ()
    minutes: int | None = None
    relaxations: "Sequence[Relaxation]" = ()
    advice: Sequence[str] = ()
    then: Sequence[Pick] = ()
    lead: "Lead | None" = None

    @property
    def numbered(self) -> list[str]:
        """The resources in the order they are numbered."""
        return [pick.resource.id for pick in [*self.picks, *self.then]]


def choose(
    w: Workspace,
    words: Sequence[str] = (),
    filters: Filters = Filters(),
    count: int | None = None,
    locked: bool = False,
    minutes: int | None = None,
) -> Choices:
    """Return *count* choices (as set, for None) among what *words* and *filters* leave.

    Of *locked* topics too if asked for. For somebody who has so many *minutes* they are the same,
    each with the sitting that fits.
    """
    selection = selected(w, filters)
    if words:
        selection = matching(w, selection, read_query(w, words))
    point = learner_map(w)
    most = count or w.settings.value("next.count")
    found = ranks(w, point, selection, most, locked)
    lead = None if selection or locked else planned_now(w, point)
    first = lead.picks if lead else ()
    offered = led(first, varied(found, most), most)
    goals = point.goals
    if not offered:
        from llmpath.actions.relaxing import advice, relaxations  # only where there is nothing

        ways = relaxations(w, point, selection, locked)
        given = advice(w, point, selection, locked)
        return Choices([], goals, point, relaxations=ways, advice=given)
    ends = () if selection.topic else open_goals(situation_of(w, point))
    room = 0 if selection or locked else most - len(offered)
    then = afterwards(w, point, offered, room) if room > 0 else []
    if not selection:
        offered = led(first, varied(found, most, most - len(then)), most)
    offered, then = seated(w, offered, minutes), seated(w, then, minutes)
    return Choices(offered, goals, point, ends, minutes, then=then, lead=lead)
