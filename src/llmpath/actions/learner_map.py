"""Gather where a learner is on their map: what most pages show, whether they rank or not."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from llmpath.actions.workspace import Workspace
from llmpath.model import Goal, Learned, Node, TopicStanding
from llmpath.settings import words_in
from llmpath.store.catalog.roadmap import nodes, nodes_about
from llmpath.store.learner import learning
from llmpath.study.aims import aims, counting
from llmpath.study.graph import Roadmap, standings, states, without
from llmpath.study.taste import Taste
from llmpath.vocab import State

if TYPE_CHECKING:
    from llmpath.study.recommend import Situation


class LearnerMap(NamedTuple):
    """A learner's map: the roadmap, what they have learned, and each topic's state.

    The prerequisites that the learner ignores are no longer in the roadmap; they are beside it.
    Which of the others count follows from the `goals`, and from the `aim` that the learner has
    set; `every` has the topics with those that do not count, too.
    """

    roadmap: Roadmap
    learned: Learned
    states: Mapping[str, State]
    ignored: tuple[tuple[str, str], ...] = ()
    goals: tuple[Goal, ...] = ()
    every: Sequence[Node] = ()
    aim: str = ""

    def title(self, topic: str) -> str:
        """Return the title of a topic, its id where the catalog has lost it."""
        node = self.roadmap.nodes.get(topic)
        return node.title if node else topic

    def toward(self, topics: Iterable[str]) -> "LearnerMap":
        """Return the map as it is when *topics* are goals besides, each with the aim it has."""
        of = aims(self.every, self.goals, self.aim)
        wanted = [Goal(id_, self.title(id_), (id_,), of[id_]) for id_ in topics]
        roadmap = Roadmap(counting(self.every, [*self.goals, *wanted], self.aim))
        return self._replace(roadmap=roadmap, states=states(roadmap, self.learned))

    @property
    def titles(self) -> dict[str, str]:
        """The titles of all topics by id."""
        return {id_: node.title for id_, node in self.roadmap.nodes.items()}


def learner_map(
    w: Workspace, topics: Collection[str] | None = None, goals: Sequence[Goal] | None = None
) -> LearnerMap:
    """Return the learner's map, or that of *topics* alone; for other *goals* than theirs if given.

    The map of some topics is of these and what they require, of which no more than the titles
    should be told: whether one of those is ready depends on topics that are left out.
    """
    connection, learner = w.connection, w.learner.id
    ignored = learning.ignored(connection, learner)
    found = nodes(connection) if topics is None else nodes_about(connection, topics)
    wanted = goals_of(w) if goals is None else goals
    every = without(found, set(ignored)) if ignored else found
    aim = set_aim(w)
    roadmap = Roadmap(counting(every, wanted, aim))
    learned = learning.learned(connection, learner)
    present = states(roadmap, learned)
    return LearnerMap(roadmap, learned, present, tuple(ignored), tuple(wanted), every, aim)


def topic_standings(w: Workspace, point: LearnerMap) -> dict[str, TopicStanding]:
    """Return each topic's state with what is done of its core and the minutes left.

    What was spent on something in sittings is no longer left.
    """
    from llmpath.store.catalog import resources  # 0.5 ms, and what writes shows no minutes

    lengths = resources.minutes(w.connection)
    for id_, spent in learning.spent(w.connection, w.learner.id).items():
        if id_ in lengths:
            lengths[id_] = max(lengths[id_] - spent.minutes, 0)
    return standings(point.roadmap, point.states, point.learned, lengths)


def goals_of(w: Workspace) -> list[Goal]:
    """Return the learner's goals, first set first."""
    return [one.goal for one in learning.goals(w.connection, w.learner.id, set_aim(w))]


def set_aim(w: Workspace) -> str:
    """Return the aim that the learner has set for all topics, '' for that of each track."""
    aim = str(w.settings.value("aim"))
    return "" if aim == "track" else aim


def taste_of(w: Workspace) -> Taste:
    """Return what the learner prefers to study, and the languages they read."""
    values = w.settings
    return Taste(
        words_in(values.value("prefer.kinds")),
        str(values.value("prefer.level")),
        words_in(values.value("languages")),
    )


def situation_of(w: Workspace, point: LearnerMap) -> "Situation":
    """Return what a recommendation at *point* depends on."""
    from llmpath.settings import WEIGHTS
    from llmpath.study.recommend import Situation  # 1 ms, and what writes recommends nothing

    weights = {name: w.settings.value(name) for name in WEIGHTS}
    return Situation(point.roadmap, point.states, point.learned, point.goals, weights, taste_of(w))
