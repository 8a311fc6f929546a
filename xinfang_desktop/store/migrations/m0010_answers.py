"""Advice to other bodies as acts; what the summary of a year asks of very many matters.

The table of steps is made anew, with all the acts that there are. Of every limit the day on which
its matter was answered, and which matters are not concluded, are found without reading matters.
"""

_STAGES = (
    "'registered', 'signed_in', 'receiving', 'assigning', 'objecting', 'handling',"
    " 'matter_review', 'petition_review', 'conclusion', 'concluded', 'replied', 'followed_up',"
    " 'verifying', 'rehandling', 'accounted', 'verified', 'review', 'reviewed', 're_review',"
    " 're_reviewed', 'transferred', 'referred', 'returned', 'refused', 'declined', 'archived'"
)
_ACTIONS = (
    "'register', 'amend', 'void', 'link', 'sign_in', 'classify', 'receive', 'record_reception', "
    "'submit', 'assign', 'accept', 'inform', 'transfer', 'hand_over', 'refer', 'refuse', "
    "'decline', 'return', 'object', 'objection_upheld', 'objection_rejected', 'recuse', "
    "'extend', 'open_hearing', 'close_hearing', 'mediate', 'end_mediation', 'consult', "
    "'consulted', 'supervise', 'feed_back', 'report_urgent', 'propose', 'review_matter', "
    "'review_petition', 'send_back', 'conclude', 'report', 'reply', 'call_in_vain', "
    "'follow_up', 'unreachable', 'verify', 'assign_verification', 'account', 'issue_account', "
    "'request_review', 'decide_review', 'request_re_review', 'decide_re_review', 'archive', "
    "'take_back', 'merge', 'unmerge', 'advise', 'advice_answered'"
)
_COLUMNS = (
    "id, petition_id, action, done_on, done_by, words, recorded_at, done_at, from_stage, stage,"
    " body, until_on, outcome, written, taken_back"
)

# fmt: off
STATEMENTS: tuple[str, ...] = (
    f"""
    CREATE TABLE step_anew (
        id          INTEGER  PRIMARY KEY,
        petition_id INTEGER  NOT NULL REFERENCES petition (id),
        action      TEXT     NOT NULL CHECK (action IN ({_ACTIONS})),
        done_on     DATE     NOT NULL,
        done_by     TEXT     NOT NULL,
        words       TEXT     NOT NULL,
        recorded_at DATETIME NOT NULL,
        done_at     TIME,
        from_stage  TEXT     CHECK (from_stage IN ({_STAGES})),
        stage       TEXT     CHECK (stage IN ({_STAGES})),
        body        TEXT     NOT NULL DEFAULT '',
        until_on    DATE,
        outcome     TEXT     NOT NULL DEFAULT '',
        written     TEXT     NOT NULL DEFAULT '',
        taken_back  BOOLEAN  NOT NULL DEFAULT 0 CHECK (taken_back IN (0, 1))
    )
    """,
    f"INSERT INTO step_anew ({_COLUMNS}) SELECT {_COLUMNS} FROM step",
    "DROP TABLE step",
    "ALTER TABLE step_anew RENAME TO step",
    "CREATE INDEX step_petition ON step (petition_id)",
    """
    CREATE INDEX step_action ON step (action, done_on, petition_id)
        WHERE stage IS NOT NULL AND taken_back = 0
    """,
    """
    CREATE INDEX step_counted ON step (petition_id, action, done_on)
        WHERE stage IS NOT NULL AND taken_back = 0
    """,
    "CREATE INDEX petition_answer ON petition (id, served_on)",
    "CREATE INDEX petition_open ON petition (concluded_on) WHERE concluded_on IS NULL",
)
# fmt: on
