"""The way of a matter: its stage, steps that tell what they wrote over, fuller rounds.

The table of steps is made anew, with all the acts that there are. A matter that was noted as
concluded stands as concluded.
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
    "'take_back', 'merge', 'unmerge'"
)
_RATINGS = "'satisfied', 'mostly_satisfied', 'dissatisfied'"

# fmt: off
STATEMENTS: tuple[str, ...] = (
    f"""
    ALTER TABLE petition ADD COLUMN stage TEXT NOT NULL DEFAULT 'registered'
        CHECK (stage IN ({_STAGES}))
    """,
    "UPDATE petition SET stage = 'concluded' WHERE concluded_on IS NOT NULL",
    "ALTER TABLE petition ADD COLUMN served_on DATE",
    "CREATE INDEX petition_stage ON petition (stage, received_on DESC, id DESC, state)",
    "CREATE INDEX petition_concluded ON petition (concluded_on) WHERE concluded_on IS NOT NULL",
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
    """
    INSERT INTO step_anew (id, petition_id, action, done_on, done_by, words, recorded_at)
    SELECT id, petition_id, action, done_on, done_by, words, recorded_at FROM step
    """,
    "DROP TABLE step",
    "ALTER TABLE step_anew RENAME TO step",
    "CREATE INDEX step_petition ON step (petition_id)",
    """
    CREATE INDEX step_action ON step (action, done_on, petition_id)
        WHERE stage IS NOT NULL AND taken_back = 0
    """,
    f"""
    ALTER TABLE follow_up ADD COLUMN body_satisfaction TEXT
        CHECK (body_satisfaction IN ({_RATINGS}))
    """,
    "ALTER TABLE follow_up ADD COLUMN made_by TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE follow_up ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0)",
    "ALTER TABLE follow_up ADD COLUMN unreachable_reason TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE follow_up ADD COLUMN remarks TEXT NOT NULL DEFAULT ''",
    """
    ALTER TABLE verification ADD COLUMN method TEXT
        CHECK (method IN ('phone', 'on_site', 'network'))
    """,
    """
    ALTER TABLE verification ADD COLUMN substantiated TEXT
        CHECK (substantiated IN ('yes', 'partly', 'no'))
    """,
    """
    ALTER TABLE verification ADD COLUMN reasonable TEXT
        CHECK (reasonable IN ('yes', 'partly', 'no'))
    """,
    """
    ALTER TABLE verification ADD COLUMN understanding TEXT
        CHECK (understanding IN ('yes', 'no'))
    """,
    """
    ALTER TABLE verification ADD COLUMN may_rate_again TEXT
        CHECK (may_rate_again IN ('yes', 'no'))
    """,
)
# fmt: on
