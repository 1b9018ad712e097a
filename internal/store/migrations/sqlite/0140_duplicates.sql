-- +goose Up
-- Pairs of claims that a person said are two, so that they are not proposed as one again; and what the machine proposed
-- beside candidates and brackets: a duplicate names the other claim, a passage its sentence. A proposal that a person
-- saw and passed over when they acted is left. (SQLite changes a CHECK by making the table anew; nothing refers to it.)
CREATE TABLE duplicate_refusals (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    claim_a       INTEGER NOT NULL REFERENCES claims (id),
    claim_b       INTEGER NOT NULL REFERENCES claims (id),
    refused_by    INTEGER NOT NULL REFERENCES users (id),
    refused_at    INTEGER NOT NULL,
    UNIQUE (claim_a, claim_b),
    CHECK (claim_a < claim_b)
);
CREATE INDEX duplicate_refusals_b ON duplicate_refusals (claim_b);
CREATE INDEX claims_place ON claims (revision_id, sentence);

DROP INDEX proposals_claim;
DROP INDEX proposals_fate;
ALTER TABLE proposals RENAME TO proposals_before;
CREATE TABLE proposals (
    id          INTEGER PRIMARY KEY,
    kind        TEXT NOT NULL,
    maker       TEXT NOT NULL,
    version     TEXT NOT NULL,
    claim_id    INTEGER NOT NULL REFERENCES claims (id),
    fate        TEXT NOT NULL DEFAULT '' CHECK (fate IN ('', 'accepted', 'edited', 'rejected', 'left')),
    made_at     INTEGER NOT NULL,
    settled_at  INTEGER,
    settled_by  INTEGER REFERENCES users (id),
    words       TEXT NOT NULL DEFAULT '',
    after_words TEXT NOT NULL DEFAULT '',
    revision_id INTEGER REFERENCES revisions (id),
    start_cp    INTEGER NOT NULL DEFAULT 0,
    end_cp      INTEGER NOT NULL DEFAULT 0,
    other_id    INTEGER REFERENCES claims (id),
    sentence_id INTEGER REFERENCES sentences (id)
);
INSERT INTO proposals (id, kind, maker, version, claim_id, fate, made_at, settled_at, settled_by, words,
        after_words, revision_id, start_cp, end_cp)
    SELECT id, kind, maker, version, claim_id, fate, made_at, settled_at, settled_by, words, after_words, revision_id,
        start_cp, end_cp FROM proposals_before;
DROP TABLE proposals_before;
CREATE INDEX proposals_claim ON proposals (claim_id);
CREATE INDEX proposals_fate ON proposals (maker, version, kind, fate);
CREATE UNIQUE INDEX proposals_duplicate ON proposals (claim_id, other_id) WHERE other_id IS NOT NULL;
CREATE UNIQUE INDEX proposals_passage ON proposals (claim_id, sentence_id) WHERE sentence_id IS NOT NULL;
