-- +goose Up
-- The dashboard counts claims by state and language, and decisions by day.
CREATE INDEX claims_progress ON claims (collection_id, state, lang, verdict);
CREATE INDEX decisions_at ON decisions (decided_at);
