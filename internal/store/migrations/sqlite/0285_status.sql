-- +goose Up
-- Which sets have a public status list: set_id is the first version of the set, name is in the random address.
CREATE TABLE status_publications (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    set_id        INTEGER NOT NULL UNIQUE REFERENCES claim_sets (id),
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    name          TEXT NOT NULL UNIQUE,
    published_by  INTEGER NOT NULL REFERENCES users (id),
    published_at  INTEGER NOT NULL
);
CREATE INDEX status_publications_collection ON status_publications (collection_id);
-- The newest list of each name, signed by the log key; note is '' of one that was given as a file.
CREATE TABLE status_lists (
    name    TEXT PRIMARY KEY,
    number  INTEGER NOT NULL, -- from 1; it only grows
    made_at INTEGER NOT NULL,
    note    TEXT NOT NULL
);
-- What changed from one list to the next; the newest are kept.
CREATE TABLE status_news (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    name     TEXT NOT NULL,
    number   INTEGER NOT NULL, -- of the list that first said so
    at       INTEGER NOT NULL,
    set_id   INTEGER NOT NULL,
    standing TEXT NOT NULL,
    claims   TEXT NOT NULL, -- JSON array: the first of them
    total    INTEGER NOT NULL
);
CREATE INDEX status_news_name ON status_news (name, id);
