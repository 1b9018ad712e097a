-- +goose Up
-- The right of reply: who was asked about a claim, when, until when and how, and what they answered.
CREATE TABLE replies (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    claim_id      INTEGER NOT NULL REFERENCES claims (id),
    name          TEXT NOT NULL,    -- who was asked
    role          TEXT NOT NULL,    -- as what: 'minister of transport'; '' not said
    way           TEXT NOT NULL CHECK (way IN ('email', 'phone', 'letter', 'in_person', 'message', 'other')),
    asked_on      TEXT NOT NULL,    -- YYYY-MM-DD
    until         TEXT NOT NULL,    -- YYYY-MM-DD, the last day to answer
    outcome       TEXT NOT NULL CHECK (outcome IN ('', 'answered', 'declined', 'silent')), -- '' it is waited for
    answered_on   TEXT NOT NULL,    -- YYYY-MM-DD, '' there is no answer
    words         TEXT NOT NULL,    -- the answer
    asked_by      INTEGER NOT NULL REFERENCES users (id), -- who wrote it down
    asked_at      INTEGER NOT NULL,
    withdrawn_at  INTEGER,          -- it was taken back
    version       INTEGER NOT NULL
);
CREATE INDEX replies_claim ON replies (claim_id, id);

-- How they are reached. It is printed nowhere, and read by editors and by who wrote it.
CREATE TABLE reply_contacts (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    reply_id   INTEGER NOT NULL UNIQUE REFERENCES replies (id),
    words      TEXT NOT NULL,
    written_by INTEGER NOT NULL REFERENCES users (id)
);
