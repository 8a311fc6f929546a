"""The trail, the history of fields, the bin of drafts, and accounts that may be renamed.

``audit_entry`` takes no change and no deletion: the triggers refuse both.
"""

# fmt: off
STATEMENTS = (
    """
    CREATE TABLE audit_entry (
        id       INTEGER  PRIMARY KEY,
        at       DATETIME NOT NULL,
        by       TEXT     NOT NULL,
        act      TEXT     NOT NULL CHECK (act <> ''),
        number   TEXT     NOT NULL,
        detail   TEXT     NOT NULL,
        previous TEXT     NOT NULL,
        digest   TEXT     NOT NULL CHECK (length(digest) = 64)
    )
    """,
    "CREATE INDEX audit_entry_number ON audit_entry (number, id)",
    """
    CREATE TRIGGER audit_entry_is_never_changed BEFORE UPDATE ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END
    """,
    """
    CREATE TRIGGER audit_entry_is_never_deleted BEFORE DELETE ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END
    """,
    """
    CREATE TABLE field_change (
        id          INTEGER  PRIMARY KEY,
        petition_id INTEGER  NOT NULL REFERENCES petition (id),
        at          DATETIME NOT NULL,
        by          TEXT     NOT NULL,
        field       TEXT     NOT NULL,
        before      TEXT     NOT NULL,
        after       TEXT     NOT NULL
    )
    """,
    "CREATE INDEX field_change_petition ON field_change (petition_id)",
    """
    CREATE TABLE discarded_draft (
        id           INTEGER  PRIMARY KEY,
        form         TEXT     NOT NULL,
        petition_id  INTEGER  REFERENCES petition (id),
        content      TEXT     NOT NULL,
        sealed       BOOLEAN  NOT NULL CHECK (sealed IN (0, 1)),
        saved_at     DATETIME NOT NULL,
        discarded_at DATETIME NOT NULL
    )
    """,
    "ALTER TABLE account ADD COLUMN slot TEXT NOT NULL DEFAULT ''",
    """
    ALTER TABLE account ADD COLUMN disabled BOOLEAN NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1))
    """,
    "UPDATE account SET slot = name",
    "CREATE UNIQUE INDEX account_slot ON account (slot)",
)
# fmt: on
