-- +goose Up
-- What a person brought to be taken in, and what was read of it: seen by them only, no article yet, and so without an
-- event. Its words go when it is taken in, refused or discarded, and after 30 days.
CREATE TABLE arrivals (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    user_id       INTEGER NOT NULL REFERENCES users (id),
    via           TEXT NOT NULL,
    request       TEXT NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('reading', 'asks', 'ready', 'refused', 'split', 'taking', 'taken')),
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
    changed_at    INTEGER NOT NULL
);
CREATE INDEX arrivals_owner ON arrivals (collection_id, user_id, id);
CREATE INDEX arrivals_old ON arrivals (changed_at);
CREATE TABLE arrival_bytes (
    id       INTEGER NOT NULL PRIMARY KEY REFERENCES arrivals (id),
    file     BLOB, -- the file as it came, gzip; NULL once it was read
    document BLOB  -- what was read of it, gzip (intake.Pack); NULL until then
);
