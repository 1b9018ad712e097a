-- +goose Up
-- Whom a claim was given to. It hides the claim from nobody; who gave it, when and how is in its event too.
CREATE TABLE assignments (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    claim_id      INTEGER NOT NULL REFERENCES claims (id),
    user_id       INTEGER NOT NULL REFERENCES users (id),
    given_by      INTEGER NOT NULL REFERENCES users (id),
    given_at      INTEGER NOT NULL,
    how           TEXT    NOT NULL, -- hand, languages, share
    UNIQUE (claim_id, user_id)
);
CREATE INDEX assignments_user ON assignments (user_id, collection_id, claim_id);
CREATE INDEX assignments_in ON assignments (collection_id, user_id);
