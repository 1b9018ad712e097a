-- +goose Up
-- A claim may stand at several stretches of its text: those after the first, a JSON array in the order of the text, each
-- with start, end, exact, prefix, suffix and the number of the sentence in which it begins.
ALTER TABLE claims ADD COLUMN stretches TEXT NOT NULL DEFAULT '[]';
ALTER TABLE claim_words ADD COLUMN stretches TEXT NOT NULL DEFAULT '[]';
