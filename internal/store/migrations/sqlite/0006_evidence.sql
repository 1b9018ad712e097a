-- +goose Up
-- Evidence: links from a claim to a span of another article or to an outside URL; origins of texts.
CREATE TABLE origins (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    name          TEXT NOT NULL,
    UNIQUE (collection_id, name)
);

CREATE TABLE article_origins (
    article_id   INTEGER NOT NULL PRIMARY KEY REFERENCES articles (id),
    origin_id    INTEGER NOT NULL REFERENCES origins (id),
    confirmed_by INTEGER NOT NULL REFERENCES users (id),
    confirmed_at INTEGER NOT NULL,
    version      INTEGER NOT NULL
);

CREATE TABLE evidence (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    claim_id      INTEGER NOT NULL REFERENCES claims (id),
    article_id    INTEGER REFERENCES articles (id), -- null: an outside URL
    revision_id   INTEGER REFERENCES revisions (id),
    sentence      INTEGER NOT NULL,
    start_cp      INTEGER NOT NULL,
    end_cp        INTEGER NOT NULL,
    exact         TEXT NOT NULL, -- the passage, or the quotation from the URL
    prefix        TEXT NOT NULL,
    suffix        TEXT NOT NULL,
    lang          TEXT NOT NULL,
    dir           TEXT NOT NULL,
    url           TEXT NOT NULL,
    archived_url  TEXT NOT NULL,
    read_on       TEXT NOT NULL, -- YYYY-MM-DD, the day the URL was read
    origin_id     INTEGER REFERENCES origins (id), -- of an outside URL; an article has its own
    stance        TEXT NOT NULL CHECK (stance IN ('supports', 'refutes', 'context')),
    kind          TEXT NOT NULL CHECK (kind IN ('primary_document', 'official_record', 'report', 'other')),
    note          TEXT NOT NULL,
    differences   TEXT NOT NULL, -- JSON array: what the machine found to differ when it was linked
    linked_by     INTEGER NOT NULL REFERENCES users (id),
    linked_at     INTEGER NOT NULL,
    unlinked_by   INTEGER REFERENCES users (id),
    unlinked_at   INTEGER,
    version       INTEGER NOT NULL
);
CREATE INDEX evidence_claim ON evidence (claim_id, id);
CREATE INDEX evidence_article ON evidence (article_id, id);
