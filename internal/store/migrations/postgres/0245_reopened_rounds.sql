-- +goose Up
-- The dashboard says how long claims wait: those that were reopened from then on.
CREATE INDEX review_rounds_reopened ON review_rounds (claim_id, n) WHERE n > 1;
