-- +goose Up
-- How a collection says that it checks, in versions that never change; the one with the largest number is in force. A
-- claim set is bound to the one that is in force when it is frozen (0 and '': there was none), by the hash of the
-- version as it is printed.
CREATE TABLE methods (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    n             INTEGER NOT NULL,
    words         TEXT NOT NULL, -- Markdown
    lang          TEXT NOT NULL,
    note          TEXT NOT NULL,
    scale         TEXT NOT NULL, -- what each verdict and reason means, JSON
    sha256        TEXT NOT NULL,
    author_id     INTEGER NOT NULL REFERENCES users (id),
    added_at      INTEGER NOT NULL,
    UNIQUE (collection_id, n)
);
ALTER TABLE claim_sets ADD COLUMN method_n INTEGER NOT NULL DEFAULT 0;
ALTER TABLE claim_sets ADD COLUMN method_sha256 TEXT NOT NULL DEFAULT '';
