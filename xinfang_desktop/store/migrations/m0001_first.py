"""The first schema: matters, petitioners, numbers, follow-up, steps, drafts, accounts, words.

``petition_words`` is the index of the words: one token for every Chinese character, put in by
``casework.search``, its rowid the petition's id. It keeps no text, and nothing of a sealed matter.
"""

_CHANNEL = "'visit', 'letter', 'phone', 'online', 'agent'"
_DOCUMENT = (
    "'resident_id', 'hk_mo_tw_residence', 'hk_mo_permit', 'tw_permit', 'foreign_residence',"
    " 'passport', 'other'"
)

# fmt: off
STATEMENTS = (
    f"""
    CREATE TABLE petition (
        id                  INTEGER PRIMARY KEY AUTOINCREMENT,
        number              TEXT    NOT NULL,
        series              TEXT    NOT NULL,
        year                INTEGER NOT NULL,
        serial              INTEGER NOT NULL,
        state               TEXT    NOT NULL CHECK (state IN ('registered', 'void')),
        channel             TEXT    NOT NULL CHECK (channel IN ({_CHANNEL})),
        source_level        TEXT    NOT NULL CHECK (source_level IN ('superior', 'own')),
        superior_number     TEXT    NOT NULL,
        kind                TEXT    CHECK (kind IN ('suggestion', 'accusation', 'remedy')),
        category            TEXT    NOT NULL,
        received_on         DATE,
        received_time       TIME,
        registered_at       DATETIME,
        registered_by       TEXT    NOT NULL,
        headcount           INTEGER CHECK (headcount >= 0),
        involved            INTEGER CHECK (involved >= 0),
        attending           INTEGER CHECK (attending >= 0),
        location            TEXT    NOT NULL,
        agent               TEXT    NOT NULL,
        accused             TEXT    NOT NULL,
        urgent              BOOLEAN NOT NULL CHECK (urgent IN (0, 1)),
        confidential        BOOLEAN NOT NULL CHECK (confidential IN (0, 1)),
        gaps                INTEGER NOT NULL CHECK (gaps >= 0),
        weekly_consultation TEXT    CHECK (weekly_consultation IN ('yes', 'no')),
        supervised          TEXT    CHECK (supervised IN ('yes', 'no')),
        void_reason         TEXT    NOT NULL,
        claim               TEXT    NOT NULL,
        reception_opinion   TEXT    NOT NULL,
        CHECK (state <> 'void' OR void_reason <> '')
    )
    """,
    "CREATE UNIQUE INDEX petition_number ON petition (number)",
    "CREATE UNIQUE INDEX petition_serial ON petition (series, year, serial)",
    "CREATE INDEX petition_ledger ON petition (received_on DESC, id DESC, state, channel, kind)",
    "CREATE INDEX petition_registered ON petition (registered_at, state)",
    "CREATE INDEX petition_gaps ON petition (received_on DESC, id DESC, state) WHERE gaps > 0",
    f"""
    CREATE TABLE petitioner (
        id              INTEGER PRIMARY KEY,
        name            TEXT    NOT NULL,
        anonymous       BOOLEAN NOT NULL CHECK (anonymous IN (0, 1)),
        document_type   TEXT    NOT NULL CHECK (document_type IN ({_DOCUMENT})),
        document_number TEXT    NOT NULL,
        phone           TEXT    NOT NULL,
        address         TEXT    NOT NULL,
        unit            TEXT    NOT NULL,
        sex             TEXT    CHECK (sex IN ('male', 'female')),
        born_on         DATE,
        ethnicity       TEXT    NOT NULL,
        occupation      TEXT    NOT NULL
    )
    """,
    "CREATE INDEX petitioner_name ON petitioner (name, document_number, phone)",
    "CREATE INDEX petitioner_document ON petitioner (document_number)",
    "CREATE INDEX petitioner_phone ON petitioner (phone)",
    """
    CREATE TABLE participation (
        petition_id   INTEGER NOT NULL REFERENCES petition (id),
        position      INTEGER NOT NULL CHECK (position >= 1),
        petitioner_id INTEGER NOT NULL REFERENCES petitioner (id),
        PRIMARY KEY (petition_id, position)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX participation_petitioner ON participation (petitioner_id)",
    """
    CREATE TABLE petition_link (
        petition_id INTEGER NOT NULL REFERENCES petition (id),
        earlier_id  INTEGER NOT NULL REFERENCES petition (id),
        relation    TEXT    NOT NULL CHECK (relation IN ('same_matter', 'same_person')),
        PRIMARY KEY (petition_id, earlier_id),
        CHECK (petition_id <> earlier_id)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX petition_link_earlier ON petition_link (earlier_id)",
    """
    CREATE TABLE number_series (
        series TEXT    NOT NULL,
        year   INTEGER NOT NULL,
        last   INTEGER NOT NULL CHECK (last >= 0),
        PRIMARY KEY (series, year)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE follow_up (
        petition_id  INTEGER NOT NULL REFERENCES petition (id),
        round        INTEGER NOT NULL CHECK (round >= 1),
        satisfaction TEXT CHECK (satisfaction IN ('satisfied', 'mostly_satisfied', 'dissatisfied')),
        made_on      DATE,
        method       TEXT CHECK (method IN ('phone', 'in_person')),
        PRIMARY KEY (petition_id, round)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE step (
        id          INTEGER  PRIMARY KEY,
        petition_id INTEGER  NOT NULL REFERENCES petition (id),
        action      TEXT     NOT NULL CHECK (action IN ('register', 'amend', 'void', 'link')),
        done_on     DATE     NOT NULL,
        done_by     TEXT     NOT NULL,
        words       TEXT     NOT NULL,
        recorded_at DATETIME NOT NULL
    )
    """,
    "CREATE INDEX step_petition ON step (petition_id)",
    """
    CREATE TABLE draft (
        id          INTEGER  PRIMARY KEY,
        form        TEXT     NOT NULL,
        petition_id INTEGER  REFERENCES petition (id),
        content     TEXT     NOT NULL,
        sealed      BOOLEAN  NOT NULL CHECK (sealed IN (0, 1)),
        saved_at    DATETIME NOT NULL
    )
    """,
    """
    CREATE TABLE account (
        id      INTEGER PRIMARY KEY,
        name    TEXT    NOT NULL UNIQUE,
        role    TEXT    NOT NULL CHECK (role IN ('clerk', 'leader', 'administrator')),
        cleared BOOLEAN NOT NULL CHECK (cleared IN (0, 1))
    )
    """,
    "CREATE TABLE setting (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """
    CREATE VIRTUAL TABLE petition_words USING fts5(
        words, content = '', contentless_delete = 1, tokenize = 'ascii'
    )
    """,
)
# fmt: on
