-- +goose Up
-- A search of a moment that has been reads the claims that were worded otherwise since, which are few.
CREATE INDEX claim_words_again ON claim_words (claim_id, worded_at) WHERE words_version > 1;
