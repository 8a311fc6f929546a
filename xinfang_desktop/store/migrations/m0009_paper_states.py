"""Where an issued paper is, and in whose hands.

Each stay of a paper is a row; the present one has no day on which it was left. The present stays
are found by their state and day, to list what lies with the leaders for too long; what was
printed lately by its day.
"""

# fmt: off
STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE paper_move (
        id          INTEGER  PRIMARY KEY,
        paper_id    INTEGER  NOT NULL REFERENCES issued_paper (id),
        petition_id INTEGER  NOT NULL REFERENCES petition (id),
        state       TEXT     NOT NULL CHECK (state IN ('printed', 'sent', 'returned', 'scanned',
                                                       'lost', 'void', 'carried_on')),
        holder      TEXT     NOT NULL,
        moved_on    DATE     NOT NULL,
        left_on     DATE,
        moved_at    DATETIME NOT NULL,
        moved_by    TEXT     NOT NULL,
        remarks     TEXT     NOT NULL
    )
    """,
    "CREATE INDEX paper_move_paper ON paper_move (paper_id)",
    "CREATE INDEX paper_move_petition ON paper_move (petition_id)",
    "CREATE UNIQUE INDEX paper_move_present ON paper_move (paper_id) WHERE left_on IS NULL",
    """
    CREATE INDEX paper_move_state ON paper_move (state, moved_on, petition_id)
        WHERE left_on IS NULL
    """,
    "CREATE INDEX issued_paper_day ON issued_paper (issued_on, petition_id, form)",
)
# fmt: on
