-- +goose Up
-- Other words or glosses of machines that a person refused, without a word on the claim itself.
CREATE TABLE proposal_refusals (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    claim_id      INTEGER NOT NULL REFERENCES claims (id),
    machine_id    INTEGER REFERENCES users (id), -- none: the language model
    own_n         INTEGER NOT NULL, -- of the proposal among those of its machine; of the model its id
    kind          TEXT NOT NULL CHECK (kind IN ('statement', 'gloss')),
    refused_by    INTEGER NOT NULL REFERENCES users (id),
    refused_at    INTEGER NOT NULL,
    UNIQUE (machine_id, own_n)
);
CREATE INDEX proposal_refusals_claim ON proposal_refusals (claim_id);
CREATE UNIQUE INDEX proposal_refusals_model ON proposal_refusals (own_n) WHERE machine_id IS NULL;
