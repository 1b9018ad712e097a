-- +goose Up
-- The claims of a set stand in an order that its editors give it: by place, then by number. Places are far apart, so
-- that a claim that is moved takes one between two others. Sets that were frozen before have 0 everywhere, and so stay
-- in the order of the numbers.
ALTER TABLE claim_set_claims ADD COLUMN place BIGINT NOT NULL DEFAULT 0;
UPDATE claim_set_claims SET place = claim_id * 1048576
WHERE set_id IN (SELECT id FROM claim_sets WHERE state = 'draft');
CREATE INDEX claim_set_claims_place ON claim_set_claims (set_id, place, claim_id);
