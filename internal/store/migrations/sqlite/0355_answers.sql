-- +goose Up
-- An answer of somebody who was asked is evidence of a kind of its own. (SQLite changes a CHECK by making the column
-- anew.) What was linked before keeps its kind.
ALTER TABLE evidence RENAME COLUMN kind TO kind_before;
ALTER TABLE evidence ADD COLUMN kind TEXT NOT NULL DEFAULT 'other'
    CHECK (kind IN ('primary_document', 'official_record', 'report', 'other', 'answer'));
UPDATE evidence SET kind = kind_before;
ALTER TABLE evidence DROP COLUMN kind_before;

-- Why a correction leaves out a claim that the version before prints, in the words of an editor: public words.
CREATE TABLE claim_set_omissions (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    set_id   INTEGER NOT NULL REFERENCES claim_sets (id), -- the correction
    claim_id INTEGER NOT NULL REFERENCES claims (id),
    reason   TEXT NOT NULL,
    said_by  INTEGER NOT NULL REFERENCES users (id),
    said_at  INTEGER NOT NULL,
    version  INTEGER NOT NULL,
    UNIQUE (set_id, claim_id)
);
