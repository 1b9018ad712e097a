-- +goose Up
-- What a person brings may be an address: it is fetched first, and then read as a file is. (SQLite changes a CHECK by
-- making the table anew.)
DROP INDEX arrivals_owner;
DROP INDEX arrivals_old;
ALTER TABLE arrival_bytes RENAME TO arrival_bytes_before;
ALTER TABLE arrivals RENAME TO arrivals_before;
CREATE TABLE arrivals (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    user_id       INTEGER NOT NULL REFERENCES users (id),
    via           TEXT NOT NULL,
    request       TEXT NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('fetching', 'failed', 'reading', 'asks', 'ready', 'refused', 'split',
                                                 'taking', 'taken')),
    version       INTEGER NOT NULL, -- grows with each change
    name          TEXT NOT NULL,    -- of the file; '' a pasted text
    media         TEXT NOT NULL,    -- as its sender declared it
    size          INTEGER NOT NULL, -- of the file, in bytes
    sha256        TEXT NOT NULL,    -- of the file; '' of an item that has none of its own
    held          INTEGER NOT NULL, -- bytes that lie in arrival_bytes
    charset       TEXT NOT NULL,    -- in which a person says that its letters are
    mapped        TEXT NOT NULL,    -- of rows: which column a person says is which part, a JSON object
    made          BOOLEAN NOT NULL, -- of rows: a person says that they become articles
    text_sha256   TEXT NOT NULL,
    title         TEXT NOT NULL,
    source        TEXT NOT NULL,
    byline        TEXT NOT NULL,
    url           TEXT NOT NULL,
    lang          TEXT NOT NULL,
    published     TEXT NOT NULL,    -- YYYY, YYYY-MM or YYYY-MM-DD
    published_as  TEXT NOT NULL,    -- as it was written in another calendar
    origin        TEXT NOT NULL,    -- whose text it is; '' not stated
    found         TEXT NOT NULL,    -- what else was read, a JSON object
    alike         TEXT NOT NULL,    -- articles that look like it, a JSON array
    message       TEXT NOT NULL,    -- why it was refused, for people
    article_id    INTEGER REFERENCES articles (id), -- that it became, or is already
    existing      BOOLEAN NOT NULL, -- the collection held the text before
    added_at      INTEGER NOT NULL,
    changed_at    INTEGER NOT NULL,
    address       TEXT NOT NULL DEFAULT '',   -- that a person gave; '' they brought a file or a text
    final         TEXT NOT NULL DEFAULT '',   -- that answered
    reached       TEXT NOT NULL DEFAULT '[]', -- every address on the way, a JSON array
    near          TEXT NOT NULL DEFAULT '[]', -- earlier arrivals of the person with nearly its text, a JSON array
    revised       BOOLEAN NOT NULL DEFAULT FALSE -- it became a revision of an article that was here
);
CREATE TABLE arrival_bytes (
    id       INTEGER NOT NULL PRIMARY KEY REFERENCES arrivals (id),
    file     BLOB, -- the file as it came, gzip; NULL once it was read
    document BLOB  -- what was read of it, gzip (intake.Pack); NULL until then
);
INSERT INTO arrivals (id, collection_id, user_id, via, request, state, version, name, media, size, sha256, held,
    charset, mapped, made, text_sha256, title, source, byline, url, lang, published, published_as, origin, found, alike,
    message, article_id, existing, added_at, changed_at)
SELECT id, collection_id, user_id, via, request, state, version, name, media, size, sha256, held,
    charset, mapped, made, text_sha256, title, source, byline, url, lang, published, published_as, origin, found, alike,
    message, article_id, existing, added_at, changed_at FROM arrivals_before;
INSERT INTO arrival_bytes (id, file, document) SELECT id, file, document FROM arrival_bytes_before;
-- a number that was given is not given again: jobs name arrivals by it
INSERT INTO sqlite_sequence (name, seq) SELECT 'arrivals', 0
    WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'arrivals');
UPDATE sqlite_sequence SET seq = COALESCE((SELECT MAX(o.seq) FROM sqlite_sequence AS o
    WHERE o.name IN ('arrivals', 'arrivals_before')), 0) WHERE name = 'arrivals';
DROP TABLE arrival_bytes_before;
DROP TABLE arrivals_before;
CREATE INDEX arrivals_owner ON arrivals (collection_id, user_id, id);
CREATE INDEX arrivals_old ON arrivals (changed_at);

-- By what an arrival is known that has nearly the text of another one of the same person: no words, and they go with it.
CREATE TABLE arrival_prints (
    id    INTEGER NOT NULL PRIMARY KEY REFERENCES arrivals (id),
    print BLOB NOT NULL -- match.Print
);
CREATE TABLE arrival_keys (
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    user_id       INTEGER NOT NULL REFERENCES users (id),
    band          INTEGER NOT NULL,
    arrival_id    INTEGER NOT NULL REFERENCES arrivals (id),
    PRIMARY KEY (collection_id, user_id, band, arrival_id)
);
CREATE INDEX arrival_keys_arrival ON arrival_keys (arrival_id);
