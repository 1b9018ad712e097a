-- +goose Up
-- A gloss that is changed keeps what is typed, in each language apart: the form is gloss- and the language.
ALTER TABLE form_drafts DROP CONSTRAINT form_drafts_form_check;
ALTER TABLE form_drafts ADD CONSTRAINT form_drafts_form_check CHECK (form IN ('adjudication', 'approval', 'comment',
    'edit', 'split', 'gloss', 'question', 'answer') OR form LIKE 'gloss-%');
