"""All there is to know about one thing: `show`."""

import typer

from llmpath.cli import options
from llmpath.cli.names import one
from llmpath.cli.session import Session, session
from llmpath.cli.standpoint import standpoint
from llmpath.store.catalog import reading, resources
from llmpath.store.catalog.selection import Selection
from llmpath.store.learner import learning
from llmpath.study.graph import standings
from llmpath.vocab import Status

RELATED = 3  # resources like the one shown


def show(ctx: typer.Context, name: options.Name, json: options.Json = False) -> None:
    """All there is to know about a resource or topic.

    \b
    Examples:
      llmpath show attention
      llmpath show 1
      llmpath show illustrated transformer
      llmpath show https://arxiv.org/abs/1706.03762
    """
    s = session(ctx)
    named = one(s, name)
    if named.what == "topic":
        _show_topic(s, named.id, json)
    else:
        _show_resource(s, named.id, json)


def _show_resource(s: Session, id_: str, json: bool) -> None:
    from llmpath.render.pages import show

    point = standpoint(s.connection, s.learner.id)
    work = resources.by_id(s.connection, [id_])[id_]
    from llmpath.search.related import related

    like = [
        (hit.resource, point.learned.statuses.get(hit.resource.id, Status.TODO))
        for hit in related(s.connection, id_, RELATED)
    ]
    about = show.ResourcePage(
        work=work,
        progress=learning.progress_of(s.connection, s.learner.id, id_),
        notes=learning.notes(s.connection, s.learner.id, id_),
        topics=[(point.roadmap.nodes[topic], point.states[topic]) for topic in work.topics],
        sources=[one for one in reading.sources(s.connection) if one.id in work.sources],
        related=like,
    )
    if json:
        s.data(show.resource_data(about))
        return
    s.number([other.id for other, _ in like])
    s.show(show.resource_lines(about, s.width))


def _show_topic(s: Session, id_: str, json: bool) -> None:
    from llmpath.render.pages import show

    point = standpoint(s.connection, s.learner.id)
    topic = reading.topic(s.connection, id_)
    standing = standings(
        point.roadmap, point.states, point.learned, resources.minutes(s.connection)
    )
    treating = resources.treating(s.connection, s.learner.id, [id_], Selection()).get(id_, [])
    core = resources.by_id(s.connection, topic.core)
    others = [work for work in treating if work.id not in core]
    unlocks = reading.reasons(s.connection, id_)
    about = show.TopicPage(
        topic=topic,
        node=point.roadmap.nodes[id_],
        standing=standing[id_],
        titles={key: node.title for key, node in point.roadmap.nodes.items()},
        states=point.states,
        unlocks=unlocks,
        core=[(core[key], point.learned.statuses.get(key, Status.TODO)) for key in topic.core],
        others=[(work, point.learned.statuses.get(work.id, Status.TODO)) for work in others],
        notes=learning.notes(s.connection, s.learner.id, id_),
        waits=point.roadmap.in_study_order(
            point.roadmap.still_to_pass([id_], point.states) - {id_}
        ),
    )
    if json:
        s.data(show.topic_data(about))
        return
    s.number([work.id for work, _ in [*about.core, *about.others]])
    s.show(show.topic_lines(about, s.width))
