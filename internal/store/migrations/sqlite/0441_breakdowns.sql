-- +goose Up
-- Whether the texts of a collection are sent to the language model of this workbench, and how many questions a day. No
-- row is no.
CREATE TABLE sending (
    collection_id INTEGER NOT NULL PRIMARY KEY,
    allowed       BOOLEAN NOT NULL,
    per_day       INTEGER NOT NULL,
    version       INTEGER NOT NULL
);

-- How many questions were asked of the model on a day (YYYY-MM-DD, UTC).
CREATE TABLE model_uses (
    collection_id INTEGER NOT NULL,
    day           TEXT NOT NULL,
    questions     INTEGER NOT NULL,
    PRIMARY KEY (collection_id, day)
);

-- Texts that the model breaks down, window by window: work, with tries and a lease.
CREATE TABLE breakdowns (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id    INTEGER NOT NULL UNIQUE REFERENCES articles (id),
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    revision_id   INTEGER NOT NULL, -- of which sentences were sent; 0: none yet
    user_id       INTEGER NOT NULL REFERENCES users (id),
    via           TEXT NOT NULL,
    request       TEXT NOT NULL,
    model         TEXT NOT NULL, -- that was asked last
    state         TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'failed')),
    next_sentence INTEGER NOT NULL, -- the first that was not sent yet
    questions     INTEGER NOT NULL,
    taken         INTEGER NOT NULL,
    refused       INTEGER NOT NULL,
    refusals      TEXT NOT NULL, -- a JSON list of the first of them, with their reasons
    tries         INTEGER NOT NULL, -- that failed
    next_at       INTEGER NOT NULL, -- when it is tried at the earliest
    message       TEXT NOT NULL, -- why it waits or failed, for people
    holder        TEXT NOT NULL,
    held_until    INTEGER NOT NULL,
    added_at      INTEGER NOT NULL,
    changed_at    INTEGER NOT NULL
);
CREATE INDEX breakdowns_due ON breakdowns (next_at, id) WHERE state = 'waiting';
