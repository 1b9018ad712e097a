-- +goose Up
-- Claim sets: chosen lists of claims. A frozen set and the claims frozen in it never change.
CREATE TABLE claim_sets (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    title         TEXT NOT NULL,
    n             INTEGER NOT NULL, -- 1 for a new set, one more for each correction
    state         TEXT NOT NULL CHECK (state IN ('draft', 'frozen', 'superseded')),
    supersedes    INTEGER REFERENCES claim_sets (id),
    started_by    INTEGER NOT NULL REFERENCES users (id),
    started_at    INTEGER NOT NULL,
    frozen_by     INTEGER REFERENCES users (id),
    frozen_at     INTEGER,
    frozen_seq    INTEGER NOT NULL, -- the last event before the freeze, 0 while a draft
    sha256        TEXT NOT NULL,  -- of the frozen claims, one JSON object a line; '' while a draft
    version       INTEGER NOT NULL
);
CREATE INDEX claim_sets_collection ON claim_sets (collection_id, id);

CREATE TABLE claim_set_claims (
    set_id   INTEGER NOT NULL REFERENCES claim_sets (id),
    claim_id INTEGER NOT NULL REFERENCES claims (id),
    frozen   TEXT NOT NULL, -- the claim as it was frozen, one JSON object; '' while a draft
    PRIMARY KEY (set_id, claim_id)
);

-- +goose StatementBegin
CREATE TRIGGER claim_set_claims_frozen_update BEFORE UPDATE ON claim_set_claims
WHEN (SELECT state FROM claim_sets WHERE id = OLD.set_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'a frozen claim set never changes'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER claim_set_claims_frozen_delete BEFORE DELETE ON claim_set_claims
WHEN (SELECT state FROM claim_sets WHERE id = OLD.set_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'a frozen claim set never changes'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER claim_set_claims_frozen_insert BEFORE INSERT ON claim_set_claims
WHEN (SELECT state FROM claim_sets WHERE id = NEW.set_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'a frozen claim set never changes'); END;
-- +goose StatementEnd
