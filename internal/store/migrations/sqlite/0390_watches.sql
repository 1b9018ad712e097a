-- +goose Up
-- An address may be asked for again and again, for one thing of another room: the task says which room, the object which
-- thing. Such a row never ends by itself; after ends_at it is not asked for any more.
ALTER TABLE addresses ADD COLUMN task TEXT NOT NULL DEFAULT 'page';
ALTER TABLE addresses ADD COLUMN object INTEGER NOT NULL DEFAULT 0;
ALTER TABLE addresses ADD COLUMN ends_at INTEGER NOT NULL DEFAULT 0; -- 0: never
ALTER TABLE addresses ADD COLUMN etag TEXT NOT NULL DEFAULT ''; -- as the site gave it with the page that was read last
ALTER TABLE addresses ADD COLUMN modified TEXT NOT NULL DEFAULT '';
DROP INDEX addresses_open;
CREATE UNIQUE INDEX addresses_open ON addresses (collection_id, address)
    WHERE task = 'page' AND state IN ('waiting', 'fetching');
CREATE UNIQUE INDEX addresses_task ON addresses (task, object) WHERE task <> 'page';

-- Articles whose address is asked again until a day.
CREATE TABLE watches (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id    INTEGER NOT NULL UNIQUE REFERENCES articles (id),
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    state         TEXT NOT NULL CHECK (state IN ('on', 'ended')),
    until_day     TEXT NOT NULL, -- YYYY-MM-DD, the last day, UTC
    gone_day      TEXT NOT NULL, -- on which the page was not there any more; '' it is there
    set_by        INTEGER NOT NULL REFERENCES users (id),
    set_at        INTEGER NOT NULL,
    version       INTEGER NOT NULL
);
CREATE INDEX watches_collection ON watches (collection_id, id);

-- What the last visit of a watch saw.
CREATE TABLE watch_visits (
    watch_id  INTEGER NOT NULL PRIMARY KEY REFERENCES watches (id),
    step      INTEGER NOT NULL, -- how many visits saw nothing new
    asked_at  INTEGER NOT NULL,
    stated    TEXT NOT NULL, -- the day or moment of its last change, as the page states it
    seen      TEXT NOT NULL  -- SHA-256 of the text that was read; '' none yet
);

-- Texts that were found at the address of an article, for a person to take as a revision or to refuse.
CREATE TABLE proposed_revisions (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id  INTEGER NOT NULL REFERENCES articles (id),
    state       TEXT NOT NULL CHECK (state IN ('open', 'taken', 'refused', 'replaced', 'withdrawn')),
    raw         TEXT NOT NULL, -- '' once it is not open any more
    sha256      TEXT NOT NULL, -- of the raw bytes, hexadecimal
    code_points INTEGER NOT NULL,
    silent      BOOLEAN NOT NULL, -- the page states the same last change as before
    stated      TEXT NOT NULL, -- that change; '' none
    found_at    INTEGER NOT NULL,
    decided_by  INTEGER REFERENCES users (id),
    decided_at  INTEGER NOT NULL, -- 0: not yet
    version     INTEGER NOT NULL
);
CREATE UNIQUE INDEX proposed_revisions_open ON proposed_revisions (article_id) WHERE state = 'open';
CREATE INDEX proposed_revisions_article ON proposed_revisions (article_id, id);
