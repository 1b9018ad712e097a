-- +goose Up
-- Who made a link (0: nobody, or not known), and when its owner put away the notice that it was used for a reset.
ALTER TABLE user_links ADD COLUMN made_by INTEGER NOT NULL DEFAULT 0;
ALTER TABLE user_links ADD COLUMN dismissed_at INTEGER;
UPDATE user_links SET dismissed_at = spent_at WHERE spent_at IS NOT NULL;
