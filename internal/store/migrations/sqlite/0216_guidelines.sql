-- +goose Up
-- The guidelines of a collection, in versions that never change; the one with the largest number is in force. A review
-- keeps the number of the one that was (0: none was). A gap is what an adjudicator found them silent about, until an
-- editor names the version that answers it.
CREATE TABLE guidelines (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    n             INTEGER NOT NULL,
    words         TEXT NOT NULL,
    lang          TEXT NOT NULL,
    note          TEXT NOT NULL,
    author_id     INTEGER NOT NULL REFERENCES users (id),
    added_at      INTEGER NOT NULL,
    UNIQUE (collection_id, n)
);
ALTER TABLE reviews ADD COLUMN guideline INTEGER NOT NULL DEFAULT 0;
CREATE TABLE guideline_gaps (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    claim_id      INTEGER NOT NULL REFERENCES claims (id),
    decision_id   INTEGER NOT NULL UNIQUE REFERENCES decisions (id),
    found_at      INTEGER NOT NULL,
    answer        INTEGER NOT NULL DEFAULT 0, -- the number of the version that answers it, 0: none yet
    answered_by   INTEGER REFERENCES users (id),
    answered_at   INTEGER,
    version       INTEGER NOT NULL
);
CREATE INDEX guideline_gaps_collection ON guideline_gaps (collection_id, id);
CREATE INDEX guideline_gaps_open ON guideline_gaps (collection_id, id) WHERE answer = 0;
