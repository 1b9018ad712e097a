-- +goose Up
-- What is typed of an outside document, and of why a claim is reopened, is kept too.
-- (SQLite changes a CHECK by making the table anew; nothing refers to it.)
DROP INDEX form_drafts_claim;
ALTER TABLE form_drafts RENAME TO form_drafts_before;
CREATE TABLE form_drafts (
    user_id  INTEGER NOT NULL REFERENCES users (id),
    claim_id INTEGER NOT NULL REFERENCES claims (id),
    form     TEXT NOT NULL CHECK (form IN ('adjudication', 'approval', 'comment', 'edit', 'split', 'gloss', 'question',
        'answer', 'outside', 'reopening') OR form LIKE 'gloss-%'),
    version  INTEGER NOT NULL, -- grows with each saving; a tab says on which it builds
    fields   TEXT NOT NULL,    -- a JSON object: a field's name, and what stands there
    saved_at INTEGER NOT NULL,
    sent_at  INTEGER,          -- when the form was sent; NULL: it was not since
    lost_at  INTEGER,          -- since when the person may not send it; NULL: they may
    PRIMARY KEY (user_id, claim_id, form)
);
INSERT INTO form_drafts (user_id, claim_id, form, version, fields, saved_at, sent_at, lost_at)
    SELECT user_id, claim_id, form, version, fields, saved_at, sent_at, lost_at FROM form_drafts_before;
DROP TABLE form_drafts_before;
CREATE INDEX form_drafts_claim ON form_drafts (claim_id);
