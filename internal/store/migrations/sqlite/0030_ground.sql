-- +goose Up
-- What a review was judged on, and which reviews a decision counted, kept with them: clocks cannot tell what came first.
-- A confidence that nobody stated is null.
ALTER TABLE reviews RENAME TO reviews_before;
CREATE TABLE reviews (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    claim_id      INTEGER NOT NULL REFERENCES claims (id),
    round_id      INTEGER NOT NULL REFERENCES review_rounds (id),
    reviewer_id   INTEGER NOT NULL REFERENCES users (id),
    words_version INTEGER NOT NULL,
    verdict       TEXT NOT NULL CHECK (verdict IN ('corroborated', 'disputed', 'unverified')),
    reason        TEXT NOT NULL,
    confidence    INTEGER CHECK (confidence BETWEEN 0 AND 100), -- null: not stated
    rationale     TEXT NOT NULL,
    searched      TEXT NOT NULL,
    evidence      TEXT NOT NULL, -- JSON array of the ids it relied on
    seen_evidence INTEGER NOT NULL, -- the newest evidence there was: what came after may make it stale
    submitted_at  INTEGER NOT NULL,
    superseded_at INTEGER,
    advice        TEXT NOT NULL, -- JSON array: guards that failed but only advise in this collection
    ground        TEXT NOT NULL DEFAULT '[]' -- JSON array of [article, version of its origin]; [] of an earlier program
);
INSERT INTO reviews (id, claim_id, round_id, reviewer_id, words_version, verdict, reason, confidence, rationale,
    searched, evidence, seen_evidence, submitted_at, superseded_at, advice)
SELECT id, claim_id, round_id, reviewer_id, words_version, verdict, reason, confidence, rationale,
    searched, evidence, seen_evidence, submitted_at, superseded_at, advice FROM reviews_before;
DROP TABLE reviews_before;
CREATE INDEX reviews_claim ON reviews (claim_id, id);
CREATE INDEX reviews_reviewer ON reviews (reviewer_id, claim_id);
CREATE UNIQUE INDEX reviews_one ON reviews (round_id, reviewer_id) WHERE superseded_at IS NULL;

ALTER TABLE decisions ADD COLUMN counted TEXT NOT NULL DEFAULT '[]'; -- JSON array of the ids of reviews; [] of an earlier program
ALTER TABLE decisions ADD COLUMN advice TEXT NOT NULL DEFAULT '[]'; -- JSON array: guards that failed but only advise in this collection
