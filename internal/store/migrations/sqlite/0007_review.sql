-- +goose Up
-- Rounds, the reviews given in them, the decisions they end with, and approvals.
CREATE TABLE review_rounds (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    claim_id      INTEGER NOT NULL REFERENCES claims (id),
    n             INTEGER NOT NULL,
    quorum        INTEGER NOT NULL,
    rule          TEXT NOT NULL,
    opened_by     INTEGER NOT NULL REFERENCES users (id),
    opened_at     INTEGER NOT NULL,
    reopen_reason TEXT NOT NULL, -- '' for the first round
    closed_at     INTEGER,
    outcome       TEXT NOT NULL CHECK (outcome IN ('', 'agreed', 'in_conflict', 'abandoned')),
    UNIQUE (claim_id, n)
);

CREATE TABLE reviews (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    claim_id      INTEGER NOT NULL REFERENCES claims (id),
    round_id      INTEGER NOT NULL REFERENCES review_rounds (id),
    reviewer_id   INTEGER NOT NULL REFERENCES users (id),
    words_version INTEGER NOT NULL,
    verdict       TEXT NOT NULL CHECK (verdict IN ('corroborated', 'disputed', 'unverified')),
    reason        TEXT NOT NULL,
    confidence    INTEGER NOT NULL CHECK (confidence BETWEEN 0 AND 100),
    rationale     TEXT NOT NULL,
    searched      TEXT NOT NULL,
    evidence      TEXT NOT NULL, -- JSON array of the ids it relied on
    seen_evidence INTEGER NOT NULL, -- the newest evidence there was: what came after may make it stale
    submitted_at  INTEGER NOT NULL,
    superseded_at INTEGER,
    advice        TEXT NOT NULL  -- JSON array: guards that failed but only advise in this collection
);
CREATE INDEX reviews_claim ON reviews (claim_id, id);
CREATE INDEX reviews_reviewer ON reviews (reviewer_id, claim_id);
CREATE UNIQUE INDEX reviews_one ON reviews (round_id, reviewer_id) WHERE superseded_at IS NULL;

CREATE TABLE decisions (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    claim_id       INTEGER NOT NULL REFERENCES claims (id),
    round_id       INTEGER NOT NULL UNIQUE REFERENCES review_rounds (id),
    adjudicator_id INTEGER REFERENCES users (id), -- null: the rule decided
    verdict        TEXT NOT NULL,
    reason         TEXT NOT NULL,
    rationale      TEXT NOT NULL,
    causes         TEXT NOT NULL, -- JSON array: what caused the disagreement
    evidence       TEXT NOT NULL, -- JSON array of the ids it rests on
    decided_at     INTEGER NOT NULL,
    approver_id    INTEGER REFERENCES users (id),
    explanation    TEXT NOT NULL, -- what is printed; '' until approved
    approved_at    INTEGER,
    version        INTEGER NOT NULL
);
CREATE INDEX decisions_claim ON decisions (claim_id, id);
