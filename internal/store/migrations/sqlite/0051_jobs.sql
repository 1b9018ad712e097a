-- +goose Up
-- Work that is too long for one Write: done in slices, in the background, and gone on with after a crash.
CREATE TABLE jobs (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    kind          TEXT NOT NULL,   -- what is done: import, candidates …
    object        TEXT NOT NULL,   -- what it is done to, named as in the history
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    user_id       INTEGER NOT NULL REFERENCES users (id), -- who asked for it, and in whose name the history tells it
    via           TEXT NOT NULL,
    request       TEXT NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
    done          INTEGER NOT NULL, -- items that are kept
    total         INTEGER NOT NULL, -- items in all, 0: not known yet
    message       TEXT NOT NULL, -- why it failed, for people
    holder        TEXT NOT NULL, -- the process that works on it, '' nobody
    held_until    INTEGER NOT NULL, -- when another may take it over
    added_at      INTEGER NOT NULL,
    changed_at    INTEGER NOT NULL
);
-- The same work is not begun twice.
CREATE UNIQUE INDEX jobs_open ON jobs (kind, object) WHERE state IN ('waiting', 'running');
CREATE INDEX jobs_state ON jobs (state, id);
CREATE INDEX jobs_object ON jobs (object, id);
