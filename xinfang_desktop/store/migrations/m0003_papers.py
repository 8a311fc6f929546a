"""What the other papers of a matter show, the words written into them, and papers as issued."""

# fmt: off
STATEMENTS = (
    """
    ALTER TABLE petition ADD COLUMN route TEXT
        CHECK (route IN ('judicial', 'arbitration', 'party', 'administrative', 'duty', 'petition'))
    """,
    "ALTER TABLE petition ADD COLUMN responsible_body TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE petition ADD COLUMN handler TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE petition ADD COLUMN accepted_on DATE",
    "ALTER TABLE petition ADD COLUMN concluded_on DATE",
    "ALTER TABLE petition ADD COLUMN conclusion TEXT NOT NULL DEFAULT ''",
    """
    CREATE TABLE verification (
        petition_id         INTEGER NOT NULL REFERENCES petition (id),
        round               INTEGER NOT NULL CHECK (round > 0),
        requirement         TEXT    NOT NULL,
        original_conclusion TEXT    NOT NULL,
        account             TEXT    NOT NULL,
        PRIMARY KEY (petition_id, round)
    )
    """,
    """
    CREATE TABLE paper_words (
        petition_id INTEGER NOT NULL REFERENCES petition (id),
        name        TEXT    NOT NULL,
        text        TEXT    NOT NULL,
        PRIMARY KEY (petition_id, name)
    )
    """,
    """
    CREATE TABLE issued_paper (
        id           INTEGER  PRIMARY KEY,
        petition_id  INTEGER  NOT NULL REFERENCES petition (id),
        form         TEXT     NOT NULL,
        form_version INTEGER  NOT NULL,
        number       TEXT     NOT NULL,
        issued_on    DATE     NOT NULL,
        issued_at    DATETIME NOT NULL,
        issued_by    TEXT     NOT NULL,
        pages        INTEGER  NOT NULL CHECK (pages > 0),
        digest       TEXT     NOT NULL CHECK (length(digest) = 64),
        composed     TEXT     NOT NULL CHECK (length(composed) = 64),
        vault_name   TEXT     NOT NULL
    )
    """,
    "CREATE INDEX issued_paper_petition ON issued_paper (petition_id)",
    "CREATE UNIQUE INDEX issued_paper_number ON issued_paper (number) WHERE number <> ''",
)
# fmt: on
