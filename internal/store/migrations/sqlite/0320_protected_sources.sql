-- +goose Up
-- An item of evidence whose source is protected. Its row keeps nothing that says whose document it is: what it said lies
-- in protections.words, which only those read who may. protected is the reason, which everybody may read; '' is open.
ALTER TABLE evidence ADD COLUMN protected TEXT NOT NULL DEFAULT '';
CREATE INDEX evidence_protected ON evidence (collection_id, id) WHERE protected <> '';
-- An origin that nobody may know; its name is none.
ALTER TABLE origins ADD COLUMN protected BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE protections (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    evidence_id   INTEGER NOT NULL UNIQUE REFERENCES evidence (id),
    words         TEXT NOT NULL, -- JSON: what the row said of its source
    protected_by  INTEGER NOT NULL REFERENCES users (id),
    protected_at  INTEGER NOT NULL
);
CREATE INDEX protections_collection ON protections (collection_id, id);

-- The reviewers whom an editor named: they read what is protected.
CREATE TABLE protection_readers (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    protection_id INTEGER NOT NULL REFERENCES protections (id),
    user_id       INTEGER NOT NULL REFERENCES users (id),
    named_by      INTEGER NOT NULL REFERENCES users (id),
    named_at      INTEGER NOT NULL,
    UNIQUE (protection_id, user_id)
);
