-- +goose Up
-- A place is written alike everywhere: revision, start_cp, end_cp, exact, prefix, suffix.
ALTER TABLE claim_words ADD COLUMN prefix TEXT NOT NULL DEFAULT ''; -- '' in wordings older than this column
ALTER TABLE claim_words ADD COLUMN suffix TEXT NOT NULL DEFAULT '';
ALTER TABLE claims RENAME COLUMN anchor_start TO anchor_start_cp;
ALTER TABLE claims RENAME COLUMN anchor_end TO anchor_end_cp;
