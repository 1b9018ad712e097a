-- +goose Up
-- What an admin asks to be erased from the history, until a second one confirms or refuses it. The reason stays.
CREATE TABLE erasures (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    public     TEXT    NOT NULL,
    collection_id INTEGER NOT NULL, -- of the object, 0: none
    object     TEXT    NOT NULL, -- what the history calls it: claim:42
    name       TEXT    NOT NULL, -- the text of it: statement
    reason     TEXT    NOT NULL,
    state      TEXT    NOT NULL CHECK (state IN ('asked', 'done', 'refused')),
    asked_by   INTEGER NOT NULL REFERENCES users (id),
    asked_at   INTEGER NOT NULL,
    until      INTEGER NOT NULL, -- not confirmed by then it is void
    ended_by   INTEGER REFERENCES users (id), -- who confirmed or refused it
    ended_at   INTEGER,
    erased     INTEGER NOT NULL, -- how many texts went
    version    INTEGER NOT NULL
);
CREATE UNIQUE INDEX erasures_public ON erasures (public);
CREATE INDEX erasures_asked ON erasures (object, name) WHERE state = 'asked';
