"""Summaries: the words the office wrote, the figures as handed in, and what figures are counted by.

What was handed in takes no change and no deletion: the triggers refuse both. The index has all that
figures of a period are counted by, so that none of them reads the claims.
"""

# fmt: off
STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE summary_words (
        period TEXT NOT NULL,
        name   TEXT NOT NULL,
        text   TEXT NOT NULL,
        PRIMARY KEY (period, name)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE frozen_summary (
        id        INTEGER  PRIMARY KEY,
        period    TEXT     NOT NULL,
        version   INTEGER  NOT NULL CHECK (version >= 1),
        frozen_at DATETIME NOT NULL,
        frozen_by TEXT     NOT NULL,
        as_of     DATE     NOT NULL,
        reason    TEXT     NOT NULL,
        content   TEXT     NOT NULL,
        digest    TEXT     NOT NULL CHECK (length(digest) = 64),
        CHECK (version = 1 OR reason <> '')
    )
    """,
    "CREATE UNIQUE INDEX frozen_summary_version ON frozen_summary (period, version)",
    """
    CREATE TRIGGER frozen_summary_is_never_changed BEFORE UPDATE ON frozen_summary
    BEGIN SELECT RAISE(ABORT, 'what was handed in stays as it was'); END
    """,
    """
    CREATE TRIGGER frozen_summary_is_never_deleted BEFORE DELETE ON frozen_summary
    BEGIN SELECT RAISE(ABORT, 'what was handed in stays as it was'); END
    """,
    """
    CREATE INDEX petition_counted ON petition (
        ifnull(received_on, substr(registered_at, 1, 10)), state, channel, source_level, kind,
        route, category, location, responsible_body, stage, headcount, attending, involved, urgent,
        bypassing, repeat_of, accepted_on, concluded_on
    )
    """,
    """
    CREATE INDEX petition_accepted ON petition (
        accepted_on, state, kind, responsible_body,
        ifnull(received_on, substr(registered_at, 1, 10))
    ) WHERE accepted_on IS NOT NULL
    """,
    """
    CREATE INDEX petition_ended ON petition (
        concluded_on, state, kind, responsible_body, accepted_on, repeat_of,
        ifnull(received_on, substr(registered_at, 1, 10))
    ) WHERE concluded_on IS NOT NULL
    """,
    """
    CREATE INDEX step_counted ON step (petition_id, action, done_on)
        WHERE stage IS NOT NULL AND taken_back = 0
    """,
    "CREATE INDEX petition_served ON petition (served_on, state, kind, responsible_body)"
    " WHERE served_on IS NOT NULL",
    "CREATE INDEX follow_up_made ON follow_up (made_on, petition_id, round, satisfaction,"
    " body_satisfaction) WHERE made_on IS NOT NULL",
)
# fmt: on
