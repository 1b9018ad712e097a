-- +goose Up
-- Feeds that are asked again and again, each for one collection.
CREATE TABLE feeds (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    address       TEXT NOT NULL,
    mode          TEXT NOT NULL CHECK (mode IN ('choose', 'take')),
    state         TEXT NOT NULL CHECK (state IN ('on', 'ended')),
    gone_day      TEXT NOT NULL, -- since when it is not there any more; '' it is
    set_by        INTEGER NOT NULL REFERENCES users (id),
    set_at        INTEGER NOT NULL,
    version       INTEGER NOT NULL
);
CREATE UNIQUE INDEX feeds_address ON feeds (collection_id, address);
CREATE INDEX feeds_collection ON feeds (collection_id, id);

-- What the last visit of a feed saw.
CREATE TABLE feed_visits (
    feed_id       INTEGER NOT NULL PRIMARY KEY REFERENCES feeds (id),
    step          INTEGER NOT NULL, -- how many visits saw nothing new
    asked_at      INTEGER NOT NULL,
    title         TEXT NOT NULL, -- as the feed calls itself
    answered      TEXT NOT NULL, -- from where it answered, when it led elsewhere
    note          TEXT NOT NULL  -- what a person should know of what was read
);

-- What stood in feeds: to choose from, taken, or let pass.
CREATE TABLE feed_items (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    feed_id       INTEGER NOT NULL REFERENCES feeds (id),
    state         TEXT NOT NULL CHECK (state IN ('open', 'taking', 'taken', 'passed')),
    title         TEXT NOT NULL,
    address       TEXT NOT NULL, -- '' it has none: then raw is its text
    raw           TEXT NOT NULL, -- '' once it is taken or passed
    lang          TEXT NOT NULL,
    byline        TEXT NOT NULL,
    published     TEXT NOT NULL,
    note          TEXT NOT NULL, -- why it could not be taken
    taker         INTEGER NOT NULL, -- in whose name it is taken; 0: nobody yet
    article_id    INTEGER REFERENCES articles (id),
    found_at      INTEGER NOT NULL
);
CREATE INDEX feed_items_feed ON feed_items (feed_id, state, id);
CREATE INDEX feed_items_taking ON feed_items (id) WHERE state = 'taking';

-- By what an item is known again: its own name, its address, its words.
CREATE TABLE feed_keys (
    feed_id       INTEGER NOT NULL REFERENCES feeds (id),
    name          TEXT NOT NULL,
    PRIMARY KEY (feed_id, name)
);
