-- +goose Up
-- The head also says how many checkpoints were signed and how far the newest goes, so that one which is taken away is
-- missed.
ALTER TABLE log_head ADD COLUMN signed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE log_head ADD COLUMN checkpoints INTEGER NOT NULL DEFAULT 0;
DROP TRIGGER log_head_grows;
UPDATE log_head SET signed = (SELECT COALESCE(MAX(size), 0) FROM checkpoints), checkpoints = (SELECT COUNT(*) FROM checkpoints);
-- It grows by events, or by one checkpoint.
-- +goose StatementBegin
CREATE TRIGGER log_head_grows BEFORE UPDATE ON log_head
WHEN NEW.id IS NOT OLD.id OR NOT (NEW.size > OLD.size AND NEW.signed = OLD.signed AND NEW.checkpoints = OLD.checkpoints
    OR NEW.size = OLD.size AND NEW.edge = OLD.edge AND NEW.checkpoints = OLD.checkpoints + 1
    AND (NEW.signed > OLD.signed OR OLD.checkpoints = 0))
BEGIN SELECT RAISE(ABORT, 'the history is append-only: its head only grows'); END;
-- +goose StatementEnd
