-- +goose Up
-- The dashboard says how long claims wait: those that were reopened from then on.
CREATE INDEX claims_reopened ON claims (collection_id, state, opened_at) WHERE round > 1;
