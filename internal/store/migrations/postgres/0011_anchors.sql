-- +goose Up
-- How a claim's words stand in a newer revision of its article, and what a person is asked or has said about it.
ALTER TABLE claims ADD COLUMN anchor TEXT NOT NULL DEFAULT ''; -- '', exact, relocated, needs_confirmation, orphaned, confirmed, kept
ALTER TABLE claims ADD COLUMN anchor_revision BIGINT; -- the revision that anchor speaks of; null: never asked
ALTER TABLE claims ADD COLUMN anchor_start BIGINT NOT NULL DEFAULT 0; -- code points in that revision, end exclusive; 0, 0: nowhere
ALTER TABLE claims ADD COLUMN anchor_end BIGINT NOT NULL DEFAULT 0;
ALTER TABLE claims ADD COLUMN anchor_changes TEXT NOT NULL DEFAULT '[]'; -- JSON array of {kind, old, new}
