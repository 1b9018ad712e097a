-- +goose Up
-- A freeze commits to a Merkle tree with a leaf a claim (docs/claimset.md, The root): its root in base64, and the secret
-- of which the salts of all fields are made, in hex. Sets of before have none.
ALTER TABLE claim_sets ADD COLUMN root TEXT NOT NULL DEFAULT '';
ALTER TABLE claim_sets ADD COLUMN salt TEXT NOT NULL DEFAULT '';
