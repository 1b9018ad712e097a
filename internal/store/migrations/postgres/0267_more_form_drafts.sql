-- +goose Up
-- Splitting, a new gloss, a question to a reviewer and its answer keep what is typed, too.
ALTER TABLE form_drafts DROP CONSTRAINT form_drafts_form_check;
ALTER TABLE form_drafts ADD CONSTRAINT form_drafts_form_check CHECK (form IN ('adjudication', 'approval', 'comment',
    'edit', 'split', 'gloss', 'question', 'answer'));
