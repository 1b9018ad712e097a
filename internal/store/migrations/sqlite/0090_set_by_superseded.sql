-- +goose Up
-- From a frozen set to the one that corrects it. Most sets correct none.
CREATE INDEX claim_sets_supersedes ON claim_sets (supersedes) WHERE supersedes IS NOT NULL;
