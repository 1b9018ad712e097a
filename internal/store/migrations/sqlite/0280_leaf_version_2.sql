-- +goose Up
-- The salts of an event of version 2 (docs/history.md, The leaf): a secret of 16 bytes and the salt of the actor's name;
-- NULL: the leaf is of version 1. Erasing the name, with its salt, is the one change that an event allows.
ALTER TABLE events ADD COLUMN salt BLOB CHECK (length(salt) IN (32, 48));
DROP TRIGGER events_no_update;
-- +goose StatementBegin
CREATE TRIGGER events_no_update BEFORE UPDATE ON events
WHEN NEW.seq IS NOT OLD.seq OR NEW.at IS NOT OLD.at OR NEW.user_id IS NOT OLD.user_id OR NEW.user_name IS NOT ''
    OR NEW.role IS NOT OLD.role OR NEW.via IS NOT OLD.via OR NEW.request IS NOT OLD.request
    OR NEW.batch IS NOT OLD.batch OR NEW.action IS NOT OLD.action OR NEW.object IS NOT OLD.object
    OR NEW.collection_id IS NOT OLD.collection_id OR NEW.veil IS NOT OLD.veil
    OR NEW.row_before IS NOT OLD.row_before OR NEW.row_after IS NOT OLD.row_after OR NEW.texts IS NOT OLD.texts
    OR length(OLD.salt) IS NOT 32 OR length(NEW.salt) IS NOT 48 OR substr(NEW.salt, 1, 16) IS NOT substr(OLD.salt, 1, 16)
BEGIN SELECT RAISE(ABORT, 'the history is append-only: of an event only the name of who acted can be erased'); END;
-- +goose StatementEnd
