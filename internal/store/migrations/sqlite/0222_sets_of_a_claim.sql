-- +goose Up
-- The history of a claim names the sets that it is printed in.
CREATE INDEX claim_set_claims_claim ON claim_set_claims (claim_id);
