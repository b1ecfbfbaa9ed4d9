"""The first schema of the learner's tables that was ever written. Frozen: steps lead on from it.

Exports and databases of every version are read by way of it: the tables are made as they were
then, and the migrations' own steps bring them up to date.
"""

FIRST = (
    """
    CREATE TABLE learner (
        id VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        created_at VARCHAR NOT NULL,
        removed_at VARCHAR,
        PRIMARY KEY (id),
        UNIQUE (name)
    )
    """,
    """
    CREATE TABLE command (
        seq INTEGER NOT NULL,
        learner_id VARCHAR NOT NULL,
        at VARCHAR NOT NULL,
        local_date VARCHAR NOT NULL,
        action VARCHAR NOT NULL,
        summary VARCHAR NOT NULL,
        standing VARCHAR NOT NULL,
        PRIMARY KEY (seq),
        CONSTRAINT command_standing CHECK (standing IN ('live', 'undone', 'discarded')),
        FOREIGN KEY(learner_id) REFERENCES learner (id)
    )
    """,
    """
    CREATE INDEX command_by_learner ON command (learner_id, standing, seq)
    """,
    """
    CREATE TABLE event (
        seq INTEGER NOT NULL,
        command_seq INTEGER NOT NULL,
        entity VARCHAR NOT NULL,
        "key" VARCHAR NOT NULL,
        "before" VARCHAR,
        "after" VARCHAR,
        PRIMARY KEY (seq),
        FOREIGN KEY(command_seq) REFERENCES command (seq)
    )
    """,
    """
    CREATE INDEX event_by_command ON event (command_seq)
    """,
    """
    CREATE TABLE progress (
        learner_id VARCHAR NOT NULL,
        resource_id VARCHAR NOT NULL,
        status VARCHAR NOT NULL,
        started_at VARCHAR,
        finished_at VARCHAR,
        minutes INTEGER,
        rating INTEGER,
        updated_at VARCHAR NOT NULL,
        PRIMARY KEY (learner_id, resource_id),
        CONSTRAINT progress_status CHECK (status IN ('todo', 'doing', 'done', 'skipped')),
        CONSTRAINT progress_rating CHECK (rating BETWEEN 1 AND 5),
        CONSTRAINT progress_minutes CHECK (minutes >= 0),
        FOREIGN KEY(learner_id) REFERENCES learner (id)
    )
    """,
    """
    CREATE TABLE topic_mark (
        learner_id VARCHAR NOT NULL,
        topic_id VARCHAR NOT NULL,
        mark VARCHAR NOT NULL,
        marked_at VARCHAR NOT NULL,
        PRIMARY KEY (learner_id, topic_id),
        CONSTRAINT topic_mark_mark CHECK (mark IN ('known')),
        FOREIGN KEY(learner_id) REFERENCES learner (id)
    )
    """,
    """
    CREATE TABLE goal (
        learner_id VARCHAR NOT NULL,
        topic_id VARCHAR NOT NULL,
        set_at VARCHAR NOT NULL,
        PRIMARY KEY (learner_id, topic_id),
        FOREIGN KEY(learner_id) REFERENCES learner (id)
    )
    """,
    """
    CREATE TABLE note (
        id VARCHAR NOT NULL,
        learner_id VARCHAR NOT NULL,
        number INTEGER NOT NULL,
        target VARCHAR NOT NULL,
        body VARCHAR NOT NULL,
        created_at VARCHAR NOT NULL,
        updated_at VARCHAR NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT note_number UNIQUE (learner_id, number),
        FOREIGN KEY(learner_id) REFERENCES learner (id)
    )
    """,
    """
    CREATE INDEX note_by_target ON note (learner_id, target)
    """,
    """
    CREATE TABLE meta (
        "key" VARCHAR NOT NULL,
        value VARCHAR NOT NULL,
        PRIMARY KEY ("key")
    )
    """,
)
