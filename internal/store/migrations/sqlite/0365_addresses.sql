-- +goose Up
-- Whether pages are fetched: 0 is the workbench, where the contact that sites are told stands; the others are
-- collections. No row is no.
CREATE TABLE fetching (
    collection_id INTEGER NOT NULL PRIMARY KEY,
    allowed       BOOLEAN NOT NULL,
    contact       TEXT NOT NULL,
    version       INTEGER NOT NULL
);

-- Addresses that are to be fetched, or were: work, like jobs, with tries and a lease.
CREATE TABLE addresses (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    address       TEXT NOT NULL, -- as it was given
    site          TEXT NOT NULL, -- what is polite to together
    state         TEXT NOT NULL CHECK (state IN ('waiting', 'fetching', 'done', 'failed', 'cancelled')),
    tries         INTEGER NOT NULL, -- that failed
    next_at       INTEGER NOT NULL, -- when it is tried at the earliest
    message       TEXT NOT NULL, -- why the last try failed, for people
    article_id    INTEGER REFERENCES articles (id), -- that it became, or is already
    existing      BOOLEAN NOT NULL, -- the collection held the text before
    user_id       INTEGER NOT NULL REFERENCES users (id),
    via           TEXT NOT NULL,
    request       TEXT NOT NULL,
    holder        TEXT NOT NULL,
    held_until    INTEGER NOT NULL,
    added_at      INTEGER NOT NULL,
    changed_at    INTEGER NOT NULL
);
CREATE UNIQUE INDEX addresses_open ON addresses (collection_id, address) WHERE state IN ('waiting', 'fetching');
CREATE INDEX addresses_collection ON addresses (collection_id, id);
CREATE INDEX addresses_due ON addresses (next_at, id) WHERE state IN ('waiting', 'fetching');
CREATE INDEX addresses_held ON addresses (site, held_until) WHERE state = 'fetching';
CREATE INDEX addresses_old ON addresses (changed_at) WHERE state IN ('done', 'failed', 'cancelled');

-- Until when a site is left alone, for all servers.
CREATE TABLE sites (
    site    TEXT NOT NULL PRIMARY KEY,
    next_at INTEGER NOT NULL
);

-- Whether an address is an article already.
CREATE INDEX articles_by_address ON articles (collection_id, url) WHERE url <> '';
