-- +goose Up
-- Whether what is kept of outside documents goes out with a set. Fixed by the freeze, as all of its imprint is.
ALTER TABLE claim_sets ADD COLUMN captures BOOLEAN NOT NULL DEFAULT FALSE;
