-- +goose Up
-- What a machine put forward (a candidate; brackets, duplicates and passages follow), by which maker and version of its
-- rules, and what became of it: '' while it waits, accepted, edited, rejected.
CREATE TABLE proposals (
    id         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind       TEXT NOT NULL,
    maker      TEXT NOT NULL,
    version    TEXT NOT NULL,
    claim_id   BIGINT NOT NULL REFERENCES claims (id),
    fate       TEXT NOT NULL DEFAULT '' CHECK (fate IN ('', 'accepted', 'edited', 'rejected')),
    made_at    BIGINT NOT NULL,
    settled_at BIGINT,
    settled_by BIGINT REFERENCES users (id)
);
CREATE INDEX proposals_claim ON proposals (claim_id);
CREATE INDEX proposals_fate ON proposals (maker, version, kind, fate);
