-- +goose Up
-- The salts of an event of version 2 (docs/history.md, The leaf): a secret of 16 bytes and the salt of the actor's name;
-- NULL: the leaf is of version 1. Erasing the name, with its salt, is the one change that an event allows.
ALTER TABLE events ADD COLUMN salt BYTEA CHECK (length(salt) IN (32, 48));
-- +goose StatementBegin
CREATE FUNCTION history_only_erase_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' OR NEW.user_name <> '' OR length(OLD.salt) IS DISTINCT FROM 32
        OR length(NEW.salt) IS DISTINCT FROM 48 OR substr(NEW.salt, 1, 16) IS DISTINCT FROM substr(OLD.salt, 1, 16)
        OR ROW(NEW.seq, NEW.at, NEW.user_id, NEW.role, NEW.via, NEW.request, NEW.batch, NEW.action, NEW.object,
            NEW.collection_id, NEW.veil, NEW.row_before, NEW.row_after, NEW.texts)
        IS DISTINCT FROM ROW(OLD.seq, OLD.at, OLD.user_id, OLD.role, OLD.via, OLD.request, OLD.batch, OLD.action,
            OLD.object, OLD.collection_id, OLD.veil, OLD.row_before, OLD.row_after, OLD.texts) THEN
        RAISE EXCEPTION 'the history is append-only: of an event only the name of who acted can be erased'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
DROP TRIGGER events_no_change ON events;
CREATE TRIGGER events_no_change BEFORE UPDATE OR DELETE ON events FOR EACH ROW EXECUTE FUNCTION history_only_erase_name();
