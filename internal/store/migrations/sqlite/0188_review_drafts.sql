-- +goose Up
-- What a person has typed of a review and not sent: read by them only, no statement, and so without an event.
CREATE TABLE review_drafts (
    user_id       INTEGER NOT NULL REFERENCES users (id),
    claim_id      INTEGER NOT NULL REFERENCES claims (id),
    version       INTEGER NOT NULL, -- grows with each saving; a tab says on which it builds
    verdict       TEXT NOT NULL,    -- '': none chosen yet
    reason        TEXT NOT NULL,
    confidence    TEXT NOT NULL,    -- as typed
    rationale     TEXT NOT NULL,
    searched      TEXT NOT NULL,
    evidence      TEXT NOT NULL,    -- the items ticked, a JSON array
    seen_evidence INTEGER NOT NULL, -- the newest item that stood on the page
    saved_at      INTEGER NOT NULL,
    lost_at       INTEGER,          -- since when the person may not review there; NULL: they may
    PRIMARY KEY (user_id, claim_id)
);
CREATE INDEX review_drafts_claim ON review_drafts (claim_id);
