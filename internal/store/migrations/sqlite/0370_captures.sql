-- +goose Up
-- The bytes of outside documents that evidence quotes, as they were uploaded or fetched. evidence_id and claim_id are
-- those of internal/evidence, a room below.
CREATE TABLE captures (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    evidence_id   INTEGER NOT NULL REFERENCES evidence (id),
    claim_id      INTEGER NOT NULL REFERENCES claims (id),
    body_id       INTEGER NOT NULL, -- whose bytes: a merge copies the row and not them
    state         TEXT NOT NULL CHECK (state IN ('kept', 'withheld')),
    way           TEXT NOT NULL CHECK (way IN ('uploaded', 'fetched')),
    found         TEXT NOT NULL CHECK (found IN ('exact', 'folded', 'not_found')), -- its quotation, in its text
    start_cp      INTEGER NOT NULL, -- where, in code points of its text
    end_cp        INTEGER NOT NULL,
    document      TEXT NOT NULL, -- JSON: what is known of it, with the SHA-256; {} of one that is withheld
    kept_by       INTEGER NOT NULL REFERENCES users (id),
    kept_at       INTEGER NOT NULL,
    version       INTEGER NOT NULL
);
CREATE INDEX captures_evidence ON captures (evidence_id, id);
CREATE INDEX captures_body ON captures (body_id);
-- What an auditor asks for: the quotation does not stand in the document.
CREATE INDEX captures_not_found ON captures (collection_id, id) WHERE found = 'not_found' AND state = 'kept';

CREATE TABLE capture_bodies (
    id    INTEGER NOT NULL PRIMARY KEY, -- the capture that came first
    warc  BLOB NOT NULL, -- WARC records, each a gzip member
    words BLOB NOT NULL  -- the text that was read of it, gzip
);
