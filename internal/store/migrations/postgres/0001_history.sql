-- +goose Up
-- The history (internal/history): events are added, never changed. The triggers stop accidents; what stops an owner of
-- the database is a signed checkpoint kept elsewhere.
CREATE TABLE events (
    seq           BIGINT PRIMARY KEY,
    at            BIGINT NOT NULL,
    user_id       BIGINT NOT NULL,
    user_name     TEXT   NOT NULL,
    role          TEXT   NOT NULL,
    via           TEXT   NOT NULL,
    request       TEXT   NOT NULL,
    batch         TEXT   NOT NULL,
    action        TEXT   NOT NULL,
    object        TEXT   NOT NULL,
    collection_id BIGINT NOT NULL,
    veil          BIGINT NOT NULL,
    row_before    TEXT,
    row_after     TEXT,
    texts         TEXT   NOT NULL
);
CREATE INDEX events_object ON events (object, seq);
CREATE INDEX events_collection ON events (collection_id, seq);
CREATE INDEX events_user ON events (user_id, seq);

CREATE TABLE event_texts (
    seq  BIGINT NOT NULL REFERENCES events (seq),
    name TEXT   NOT NULL,
    salt BYTEA,
    text TEXT,
    PRIMARY KEY (seq, name),
    CHECK ((salt IS NULL) = (text IS NULL))
);
-- Erasing is the one change allowed; verification lists what is erased.
CREATE INDEX event_texts_erased ON event_texts (seq) WHERE salt IS NULL;

CREATE TABLE log_hashes (
    idx  BIGINT PRIMARY KEY,
    hash BYTEA NOT NULL CHECK (length(hash) = 32)
);

CREATE TABLE log_head (
    id   BIGINT PRIMARY KEY CHECK (id = 1),
    size BIGINT NOT NULL,
    edge BYTEA  NOT NULL
);
INSERT INTO log_head (id, size, edge) VALUES (1, 0, ''::bytea);

CREATE TABLE checkpoints (
    size BIGINT PRIMARY KEY,
    root BYTEA  NOT NULL CHECK (length(root) = 32),
    at   BIGINT NOT NULL,
    note TEXT   NOT NULL
);

-- +goose StatementBegin
CREATE FUNCTION history_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the history is append-only: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION history_next() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seq IS DISTINCT FROM (SELECT COALESCE(MAX(seq), 0) + 1 FROM events) THEN
        RAISE EXCEPTION 'the history is append-only: an event takes the next number' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION history_only_erase() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.seq IS DISTINCT FROM OLD.seq OR NEW.name IS DISTINCT FROM OLD.name OR NEW.salt IS NOT NULL OR NEW.text IS NOT NULL THEN
        RAISE EXCEPTION 'the history is append-only: a text can only be erased' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION history_head_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id IS DISTINCT FROM OLD.id OR NEW.size <= OLD.size THEN
        RAISE EXCEPTION 'the history is append-only: its head only grows' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd

CREATE TRIGGER events_no_change BEFORE UPDATE OR DELETE ON events FOR EACH ROW EXECUTE FUNCTION history_refuse();
CREATE TRIGGER events_no_truncate BEFORE TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION history_refuse();
CREATE TRIGGER events_next BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION history_next();
CREATE TRIGGER event_texts_only_erase BEFORE UPDATE ON event_texts FOR EACH ROW EXECUTE FUNCTION history_only_erase();
CREATE TRIGGER event_texts_no_delete BEFORE DELETE ON event_texts FOR EACH ROW EXECUTE FUNCTION history_refuse();
CREATE TRIGGER event_texts_no_truncate BEFORE TRUNCATE ON event_texts FOR EACH STATEMENT EXECUTE FUNCTION history_refuse();
CREATE TRIGGER log_hashes_no_change BEFORE UPDATE OR DELETE ON log_hashes FOR EACH ROW EXECUTE FUNCTION history_refuse();
CREATE TRIGGER log_hashes_no_truncate BEFORE TRUNCATE ON log_hashes FOR EACH STATEMENT EXECUTE FUNCTION history_refuse();
CREATE TRIGGER log_head_grows BEFORE UPDATE ON log_head FOR EACH ROW EXECUTE FUNCTION history_head_grows();
CREATE TRIGGER log_head_no_delete BEFORE INSERT OR DELETE ON log_head FOR EACH ROW EXECUTE FUNCTION history_refuse();
CREATE TRIGGER log_head_no_truncate BEFORE TRUNCATE ON log_head FOR EACH STATEMENT EXECUTE FUNCTION history_refuse();
CREATE TRIGGER checkpoints_no_change BEFORE UPDATE OR DELETE ON checkpoints FOR EACH ROW EXECUTE FUNCTION history_refuse();
CREATE TRIGGER checkpoints_no_truncate BEFORE TRUNCATE ON checkpoints FOR EACH STATEMENT EXECUTE FUNCTION history_refuse();
