-- +goose Up
-- Collections, sources, articles, their immutable revisions and the sentences of each revision.
CREATE TABLE collections (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    name    TEXT NOT NULL UNIQUE,
    quorum  INTEGER NOT NULL CHECK (quorum BETWEEN 1 AND 50),
    rule    TEXT NOT NULL CHECK (rule IN ('unanimous', 'majority')),
    advice  TEXT NOT NULL, -- JSON array: the guards that only advise here
    version INTEGER NOT NULL
);

CREATE TABLE sources (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    name        TEXT NOT NULL UNIQUE,
    kind        TEXT NOT NULL,
    country     TEXT NOT NULL,
    reliability TEXT NOT NULL CHECK (reliability IN ('', 'A', 'B', 'C', 'D', 'E', 'F')),
    version     INTEGER NOT NULL
);

CREATE TABLE articles (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    source_id     INTEGER REFERENCES sources (id), -- null: not stated
    title         TEXT NOT NULL,
    byline        TEXT NOT NULL,
    url           TEXT NOT NULL,
    lang          TEXT NOT NULL,
    dir           TEXT NOT NULL CHECK (dir IN ('ltr', 'rtl')),
    published     TEXT NOT NULL, -- as exact as it is known: '', YYYY, YYYY-MM or YYYY-MM-DD
    revision_id   INTEGER,         -- the newest one
    state         TEXT NOT NULL CHECK (state IN ('live', 'taken_down')),
    added_by      INTEGER NOT NULL REFERENCES users (id),
    added_at      INTEGER NOT NULL,
    version       INTEGER NOT NULL
);
CREATE INDEX articles_collection ON articles (collection_id, id);

CREATE TABLE revisions (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id  INTEGER NOT NULL REFERENCES articles (id),
    n           INTEGER NOT NULL,
    sha256      TEXT NOT NULL, -- of the raw text's bytes, in hexadecimal
    raw         TEXT NOT NULL,
    code_points INTEGER NOT NULL,
    added_by    INTEGER NOT NULL REFERENCES users (id),
    added_at    INTEGER NOT NULL,
    UNIQUE (article_id, n)
);
CREATE INDEX revisions_sha256 ON revisions (sha256);

CREATE TABLE sentences (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    revision_id INTEGER NOT NULL REFERENCES revisions (id),
    n           INTEGER NOT NULL,
    start_cp    INTEGER NOT NULL, -- code points of the raw text, end exclusive
    end_cp      INTEGER NOT NULL,
    lang        TEXT NOT NULL,
    dir         TEXT NOT NULL,
    kind        TEXT NOT NULL,
    UNIQUE (revision_id, n)
);

-- A revision and its sentences never change.
-- +goose StatementBegin
CREATE TRIGGER revisions_no_update BEFORE UPDATE ON revisions
BEGIN SELECT RAISE(ABORT, 'a revision never changes'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER sentences_no_update BEFORE UPDATE ON sentences
BEGIN SELECT RAISE(ABORT, 'a sentence never changes'); END;
-- +goose StatementEnd
