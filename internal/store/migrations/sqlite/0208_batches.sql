-- +goose Up
-- One act on many claims that a person chose one by one, and what became of each. A batch is its owner's.
CREATE TABLE claim_batches (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    user_id       INTEGER NOT NULL REFERENCES users (id),
    act           TEXT NOT NULL CHECK (act IN ('', 'accept', 'reject', 'withdraw')), -- '' while it is looked at
    reason        TEXT NOT NULL,
    chosen        TEXT NOT NULL, -- JSON array of [claim, version as it was looked at]
    state         TEXT NOT NULL CHECK (state IN ('preview', 'doing', 'done', 'undoing', 'undone', 'redoing')),
    at            INTEGER NOT NULL,
    changed_at    INTEGER NOT NULL
);
CREATE INDEX claim_batches_old ON claim_batches (user_id, id);
CREATE TABLE claim_batch_items (
    batch_id INTEGER NOT NULL REFERENCES claim_batches (id),
    n        INTEGER NOT NULL, -- from 1, in the order of the claims' numbers
    claim_id INTEGER NOT NULL,
    version  INTEGER NOT NULL, -- of the claim as the batch left it
    state    TEXT NOT NULL CHECK (state IN ('done', 'refused', 'back', 'kept')),
    why      TEXT NOT NULL,    -- of one that was refused, or kept when the batch was taken back
    PRIMARY KEY (batch_id, n)
);
