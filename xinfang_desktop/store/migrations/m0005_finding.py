"""Finding again: the words by their fields, names as they sound, views and layouts by name.

``petition_words`` is made anew; its rows are no longer a matter's id but its place in the ledger,
so that hits come in the ledger's order. Triggers note the matters whose words it does not have;
``casework.word_index`` puts them in. The two indexes hold all that lists are narrowed and ordered
by, so that no list reads the claims.
"""

_COLUMNS = "name, address, claim, reply, body, location, number, category, phone, document"
_TOLD = (
    "number, state, kind, received_on, claim, conclusion, reception_opinion, location, agent,"
    " category, superior_number, responsible_body, handler, void_reason"
)
_NOTE = "INSERT OR IGNORE INTO not_indexed (petition_id)"

# fmt: off
STATEMENTS: tuple[str, ...] = (
    "DROP TABLE petition_words",
    f"""
    CREATE VIRTUAL TABLE petition_words USING fts5(
        {_COLUMNS}, content = '', contentless_delete = 1, tokenize = 'ascii'
    )
    """,
    """
    CREATE TABLE ledger_place (
        petition_id INTEGER PRIMARY KEY REFERENCES petition (id),
        place       INTEGER NOT NULL,
        name_key    TEXT    NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX ledger_place_place ON ledger_place (place)",
    "CREATE INDEX ledger_place_name ON ledger_place (name_key, place DESC)",
    "CREATE TABLE not_indexed (petition_id INTEGER PRIMARY KEY)",
    "INSERT INTO not_indexed SELECT id FROM petition",
    f"""
    CREATE TRIGGER petition_is_new AFTER INSERT ON petition
    BEGIN {_NOTE} VALUES (NEW.id); END
    """,
    f"""
    CREATE TRIGGER petition_is_told_anew AFTER UPDATE OF {_TOLD} ON petition
    BEGIN {_NOTE} VALUES (NEW.id); END
    """,
    f"""
    CREATE TRIGGER petitioner_is_told_anew
    AFTER UPDATE OF name, address, unit, phone, document_number ON petitioner
    BEGIN {_NOTE} SELECT petition_id FROM participation WHERE petitioner_id = NEW.id; END
    """,
    f"""
    CREATE TRIGGER participation_is_new AFTER INSERT ON participation
    BEGIN {_NOTE} VALUES (NEW.petition_id); END
    """,
    f"""
    CREATE TRIGGER participation_is_over AFTER DELETE ON participation
    BEGIN {_NOTE} VALUES (OLD.petition_id); END
    """,
    "DROP INDEX petition_ledger",
    """
    CREATE INDEX petition_ledger ON petition (
        received_on DESC, id DESC, kind, state, stage, channel, source_level, gaps, supervised,
        weekly_consultation, headcount, category, responsible_body
    )
    """,
    """
    CREATE INDEX petition_facts ON petition (
        id, kind, state, stage, channel, source_level, gaps, supervised, weekly_consultation,
        received_on, registered_at, accepted_on, concluded_on, headcount, category,
        responsible_body, handler, location, superior_number, registered_by, year, series, serial
    )
    """,
    """
    CREATE TABLE saved_view (
        id      INTEGER PRIMARY KEY,
        name    TEXT    NOT NULL,
        content TEXT    NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX saved_view_name ON saved_view (name)",
    """
    CREATE TABLE export_layout (
        id      INTEGER PRIMARY KEY,
        name    TEXT    NOT NULL,
        content TEXT    NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX export_layout_name ON export_layout (name)",
)
# fmt: on

RECOUNTED = ("petition_words",)
"""Tables whose rows are put in again after the step."""
