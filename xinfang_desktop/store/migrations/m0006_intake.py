"""What was taken in from other ledgers, decisions on duplicates, merged matters.

A matter may now be merged into another. The one CHECK that says so is changed where the schema
keeps its own text, as SQLite's manual describes it for constraints that no row of today breaks: to
make the whole table of matters anew for one word would put every row of it at risk.
"""

_STATES = "CHECK (state IN (''registered'', ''void''{more}))"

# fmt: off
STATEMENTS: tuple[str, ...] = (
    "PRAGMA writable_schema = ON",
    f"""
    UPDATE sqlite_schema
    SET sql = replace(sql, '{_STATES.format(more="")}', '{_STATES.format(more=", ''merged''")}')
    WHERE type = 'table' AND name = 'petition'
    """,
    "PRAGMA writable_schema = RESET",
    """
    ALTER TABLE petition ADD COLUMN bypassing BOOLEAN NOT NULL DEFAULT 0
        CHECK (bypassing IN (0, 1))
    """,
    "ALTER TABLE petition ADD COLUMN former_number TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE petition ADD COLUMN repeat_of INTEGER REFERENCES petition (id)",
    "ALTER TABLE petition ADD COLUMN merged_into INTEGER REFERENCES petition (id)",
    "CREATE INDEX petition_repeat ON petition (repeat_of) WHERE repeat_of IS NOT NULL",
    "CREATE INDEX petition_merged ON petition (merged_into) WHERE merged_into IS NOT NULL",
    "CREATE INDEX petition_former ON petition (former_number) WHERE former_number <> ''",
    """
    CREATE TABLE petition_link_anew (
        petition_id INTEGER NOT NULL REFERENCES petition (id),
        earlier_id  INTEGER NOT NULL REFERENCES petition (id),
        relation    TEXT    NOT NULL
            CHECK (relation IN ('same_matter', 'same_person', 'unrelated')),
        PRIMARY KEY (petition_id, earlier_id),
        CHECK (petition_id > earlier_id)
    ) WITHOUT ROWID
    """,
    """
    INSERT OR IGNORE INTO petition_link_anew
    SELECT max(petition_id, earlier_id), min(petition_id, earlier_id), relation FROM petition_link
    """,
    "DROP TABLE petition_link",
    "ALTER TABLE petition_link_anew RENAME TO petition_link",
    "CREATE INDEX petition_link_earlier ON petition_link (earlier_id)",
    """
    WITH RECURSIVE
        pair (id, other) AS (
            SELECT petition_id, earlier_id FROM petition_link WHERE relation = 'same_matter'
            UNION SELECT earlier_id, petition_id FROM petition_link WHERE relation = 'same_matter'
        ),
        alike (id, other) AS (
            SELECT pair.id, pair.other FROM pair
            JOIN petition AS one ON one.id = pair.id JOIN petition AS two ON two.id = pair.other
            WHERE (one.kind IS 'accusation') = (two.kind IS 'accusation')
        ),
        chain (id, other) AS (
            SELECT id, other FROM alike
            UNION SELECT chain.id, alike.other FROM chain JOIN alike ON alike.id = chain.other
        )
    UPDATE petition SET repeat_of = (
        SELECT first.id FROM chain JOIN petition AS first ON first.id = chain.other
        WHERE chain.id = petition.id AND first.state = 'registered'
        ORDER BY ifnull(first.received_on, date(first.registered_at)), first.id LIMIT 1
    ) WHERE state = 'registered'
    """,
    "UPDATE petition SET repeat_of = NULL WHERE repeat_of = id",
    """
    CREATE TABLE merging (
        merged_id INTEGER  PRIMARY KEY REFERENCES petition (id),
        kept_id   INTEGER  NOT NULL REFERENCES petition (id),
        merged_at DATETIME NOT NULL,
        merged_by TEXT     NOT NULL,
        before    TEXT     NOT NULL,
        after     TEXT     NOT NULL,
        CHECK (merged_id <> kept_id)
    )
    """,
    "CREATE INDEX merging_kept ON merging (kept_id)",
    """
    CREATE TABLE taken_in_ledger (
        id           INTEGER  PRIMARY KEY,
        file_name    TEXT     NOT NULL,
        digest       TEXT     NOT NULL CHECK (length(digest) = 64),
        vault_name   TEXT     NOT NULL,
        taken_in_at  DATETIME NOT NULL,
        taken_in_by  TEXT     NOT NULL,
        registered   INTEGER  NOT NULL CHECK (registered >= 0),
        waiting      INTEGER  NOT NULL CHECK (waiting >= 0),
        left_out     INTEGER  NOT NULL CHECK (left_out >= 0),
        sealed       BOOLEAN  NOT NULL CHECK (sealed IN (0, 1)),
        withdrawn_at DATETIME
    )
    """,
    """
    CREATE TABLE taken_in_row (
        id          INTEGER PRIMARY KEY,
        ledger_id   INTEGER NOT NULL REFERENCES taken_in_ledger (id),
        sheet       TEXT    NOT NULL,
        row         INTEGER NOT NULL CHECK (row > 0),
        petition_id INTEGER REFERENCES petition (id),
        state       TEXT    NOT NULL CHECK (state IN ('registered', 'waiting', 'left_out')),
        sealed      BOOLEAN NOT NULL CHECK (sealed IN (0, 1)),
        content     TEXT    NOT NULL
    )
    """,
    "CREATE INDEX taken_in_row_ledger ON taken_in_row (ledger_id)",
    """
    CREATE INDEX taken_in_row_petition ON taken_in_row (petition_id)
        WHERE petition_id IS NOT NULL
    """,
    "CREATE INDEX taken_in_row_waiting ON taken_in_row (id) WHERE state = 'waiting'",
    """
    CREATE TABLE column_map (
        layout   TEXT     NOT NULL PRIMARY KEY,
        content  TEXT     NOT NULL,
        saved_at DATETIME NOT NULL
    ) WITHOUT ROWID
    """,
)
# fmt: on
