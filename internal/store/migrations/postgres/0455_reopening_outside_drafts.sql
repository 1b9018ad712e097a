-- +goose Up
-- What is typed of an outside document, and of why a claim is reopened, is kept too.
ALTER TABLE form_drafts DROP CONSTRAINT form_drafts_form_check;
ALTER TABLE form_drafts ADD CONSTRAINT form_drafts_form_check CHECK (form IN ('adjudication', 'approval', 'comment',
    'edit', 'split', 'gloss', 'question', 'answer', 'outside', 'reopening') OR form LIKE 'gloss-%');
