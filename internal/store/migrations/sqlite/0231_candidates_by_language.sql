-- +goose Up
-- Candidates in the languages that a person reads: how many there are, and the one that came first.
CREATE INDEX claims_candidates ON claims (collection_id, lang, id) WHERE state = 'candidate';
