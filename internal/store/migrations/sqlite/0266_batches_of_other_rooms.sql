-- +goose Up
-- Giving out, putting off and adding to a draft set are done to many claims as accepting is: target is to whom (a user),
-- until when (microseconds) or to which set. What taking one back needs stands in other. (SQLite changes a CHECK by
-- making the table anew, and with it the one that refers to it.)
DROP INDEX claim_batches_old;
ALTER TABLE claim_batch_items RENAME TO claim_batch_items_before;
ALTER TABLE claim_batches RENAME TO claim_batches_before;
CREATE TABLE claim_batches (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    user_id       INTEGER NOT NULL REFERENCES users (id),
    act           TEXT NOT NULL CHECK (act IN ('', 'accept', 'reject', 'withdraw', 'give', 'snooze', 'add')),
    reason        TEXT NOT NULL,
    chosen        TEXT NOT NULL, -- JSON array of [claim, version as it was looked at]
    state         TEXT NOT NULL CHECK (state IN ('preview', 'doing', 'done', 'undoing', 'undone', 'redoing')),
    at            INTEGER NOT NULL,
    changed_at    INTEGER NOT NULL,
    target        INTEGER NOT NULL DEFAULT 0
);
INSERT INTO claim_batches (id, collection_id, user_id, act, reason, chosen, state, at, changed_at)
    SELECT id, collection_id, user_id, act, reason, chosen, state, at, changed_at FROM claim_batches_before;
CREATE INDEX claim_batches_old ON claim_batches (user_id, id);
CREATE TABLE claim_batch_items (
    batch_id INTEGER NOT NULL REFERENCES claim_batches (id),
    n        INTEGER NOT NULL, -- from 1, in the order of the claims' numbers
    claim_id INTEGER NOT NULL,
    version  INTEGER NOT NULL, -- of the claim as the batch left it
    state    TEXT NOT NULL CHECK (state IN ('done', 'refused', 'back', 'kept')),
    why      TEXT NOT NULL,    -- of one that was refused, or kept when the batch was taken back
    other    INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (batch_id, n)
);
INSERT INTO claim_batch_items (batch_id, n, claim_id, version, state, why, other)
    SELECT batch_id, n, claim_id, version, state, why, other FROM claim_batch_items_before;
DROP TABLE claim_batch_items_before;
DROP TABLE claim_batches_before;
