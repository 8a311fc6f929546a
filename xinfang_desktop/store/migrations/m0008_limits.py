"""Rules of time limits, the limits that run, and the work calendar.

The open limits are found by the day that reminders go by; what is provisional, by itself.
"""

# fmt: off
STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE limit_rule (
        key            TEXT     NOT NULL,
        version        INTEGER  NOT NULL CHECK (version >= 1),
        effective_from DATE     NOT NULL,
        made_at        DATETIME NOT NULL,
        made_by        TEXT     NOT NULL,
        content        TEXT     NOT NULL,
        PRIMARY KEY (key, version)
    )
    """,
    """
    CREATE TRIGGER limit_rule_stays BEFORE UPDATE ON limit_rule
    BEGIN SELECT RAISE (ABORT, 'a version of a rule is never changed'); END
    """,
    """
    CREATE TRIGGER limit_rule_is_kept BEFORE DELETE ON limit_rule
    BEGIN SELECT RAISE (ABORT, 'a version of a rule is never deleted'); END
    """,
    """
    CREATE TABLE deadline (
        petition_id INTEGER NOT NULL REFERENCES petition (id),
        rule        TEXT    NOT NULL,
        occurrence  INTEGER NOT NULL CHECK (occurrence >= 1),
        version     INTEGER NOT NULL,
        bearer      TEXT    NOT NULL CHECK (bearer IN ('duty', 'option', 'right')),
        started_on  DATE    NOT NULL,
        started_at  TIME,
        nominal_on  DATE    NOT NULL,
        due_on      DATE    NOT NULL,
        due_at      TIME,
        alarm_on    DATE    NOT NULL,
        warn_on     DATE    NOT NULL,
        provisional BOOLEAN NOT NULL CHECK (provisional IN (0, 1)),
        extended_to DATE,
        paused_days INTEGER NOT NULL CHECK (paused_days >= 0),
        paused_on   DATE,
        done_on     DATE,
        PRIMARY KEY (petition_id, rule, occurrence)
    )
    """,
    """
    CREATE INDEX deadline_open ON deadline (alarm_on, due_on, bearer, rule, petition_id)
        WHERE done_on IS NULL AND paused_on IS NULL
    """,
    """
    CREATE INDEX deadline_of_rule ON deadline (rule, petition_id) WHERE done_on IS NULL
    """,
    """
    CREATE INDEX deadline_counted ON deadline (
        rule, due_on, petition_id, done_on, started_on, bearer, paused_on
    )
    """,
    """
    CREATE INDEX deadline_done ON deadline (done_on, due_on, bearer, petition_id)
        WHERE paused_on IS NULL AND done_on IS NOT NULL
    """,
    """
    CREATE INDEX deadline_provisional ON deadline (petition_id)
        WHERE provisional = 1 AND done_on IS NULL
    """,
    """
    CREATE INDEX follow_up_dissatisfied ON follow_up (petition_id, round)
        WHERE satisfaction = 'dissatisfied' OR body_satisfaction = 'dissatisfied'
    """,
    """
    CREATE TABLE calendar_year (
        year        INTEGER  NOT NULL PRIMARY KEY,
        source      TEXT     NOT NULL,
        entered_at DATETIME NOT NULL,
        entered_by TEXT     NOT NULL
    )
    """,
    """
    CREATE TABLE calendar_day (
        day        DATE    NOT NULL,
        by_hand    BOOLEAN NOT NULL CHECK (by_hand IN (0, 1)),
        is_working BOOLEAN NOT NULL CHECK (is_working IN (0, 1)),
        name       TEXT    NOT NULL,
        PRIMARY KEY (day, by_hand)
    )
    """,
)
# fmt: on
