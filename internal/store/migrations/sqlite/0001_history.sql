-- +goose Up
-- The history (internal/history): events are added, never changed. The triggers stop accidents; what stops an owner of
-- the file is a signed checkpoint kept elsewhere.
CREATE TABLE events (
    seq           INTEGER PRIMARY KEY,
    at            INTEGER NOT NULL,
    user_id       INTEGER NOT NULL,
    user_name     TEXT    NOT NULL,
    role          TEXT    NOT NULL,
    via           TEXT    NOT NULL,
    request       TEXT    NOT NULL,
    batch         TEXT    NOT NULL,
    action        TEXT    NOT NULL,
    object        TEXT    NOT NULL,
    collection_id INTEGER NOT NULL,
    veil          INTEGER NOT NULL,
    row_before    TEXT,
    row_after     TEXT,
    texts         TEXT    NOT NULL
);
CREATE INDEX events_object ON events (object, seq);
CREATE INDEX events_collection ON events (collection_id, seq);
CREATE INDEX events_user ON events (user_id, seq);

CREATE TABLE event_texts (
    seq  INTEGER NOT NULL REFERENCES events (seq),
    name TEXT    NOT NULL,
    salt BLOB,
    text TEXT,
    PRIMARY KEY (seq, name),
    CHECK ((salt IS NULL) = (text IS NULL))
);
-- Erasing is the one change allowed; verification lists what is erased.
CREATE INDEX event_texts_erased ON event_texts (seq) WHERE salt IS NULL;

CREATE TABLE log_hashes (
    idx  INTEGER PRIMARY KEY,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
);

CREATE TABLE log_head (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    size INTEGER NOT NULL,
    edge BLOB    NOT NULL
);
INSERT INTO log_head (id, size, edge) VALUES (1, 0, x'');

CREATE TABLE checkpoints (
    size INTEGER PRIMARY KEY,
    root BLOB    NOT NULL CHECK (length(root) = 32),
    at   INTEGER NOT NULL,
    note TEXT    NOT NULL
);

-- +goose StatementBegin
CREATE TRIGGER events_no_update BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'the history is append-only: events are never changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER events_no_delete BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'the history is append-only: events are never deleted'); END;
-- +goose StatementEnd
-- The next number and no other: so that INSERT OR REPLACE cannot take the place of an event either.
-- +goose StatementBegin
CREATE TRIGGER events_next BEFORE INSERT ON events
WHEN NEW.seq IS NOT (SELECT COALESCE(MAX(seq), 0) + 1 FROM events)
BEGIN SELECT RAISE(ABORT, 'the history is append-only: an event takes the next number'); END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER event_texts_only_erase BEFORE UPDATE ON event_texts
WHEN NEW.seq IS NOT OLD.seq OR NEW.name IS NOT OLD.name OR NEW.salt IS NOT NULL OR NEW.text IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'the history is append-only: a text can only be erased'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER event_texts_no_delete BEFORE DELETE ON event_texts
BEGIN SELECT RAISE(ABORT, 'the history is append-only: texts are never deleted, only erased'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER event_texts_no_replace BEFORE INSERT ON event_texts
WHEN EXISTS (SELECT 1 FROM event_texts WHERE seq = NEW.seq AND name = NEW.name)
BEGIN SELECT RAISE(ABORT, 'the history is append-only: this text exists'); END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER log_hashes_no_update BEFORE UPDATE ON log_hashes
BEGIN SELECT RAISE(ABORT, 'the history is append-only: hashes are never changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER log_hashes_no_delete BEFORE DELETE ON log_hashes
BEGIN SELECT RAISE(ABORT, 'the history is append-only: hashes are never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER log_hashes_no_replace BEFORE INSERT ON log_hashes
WHEN EXISTS (SELECT 1 FROM log_hashes WHERE idx = NEW.idx)
BEGIN SELECT RAISE(ABORT, 'the history is append-only: this hash exists'); END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER log_head_grows BEFORE UPDATE ON log_head
WHEN NEW.id IS NOT OLD.id OR NEW.size <= OLD.size
BEGIN SELECT RAISE(ABORT, 'the history is append-only: its head only grows'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER log_head_no_delete BEFORE DELETE ON log_head
BEGIN SELECT RAISE(ABORT, 'the history is append-only: its head is never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER log_head_one BEFORE INSERT ON log_head
BEGIN SELECT RAISE(ABORT, 'the history is append-only: it has one head'); END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER checkpoints_no_update BEFORE UPDATE ON checkpoints
BEGIN SELECT RAISE(ABORT, 'the history is append-only: checkpoints are never changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER checkpoints_no_delete BEFORE DELETE ON checkpoints
BEGIN SELECT RAISE(ABORT, 'the history is append-only: checkpoints are never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER checkpoints_no_replace BEFORE INSERT ON checkpoints
WHEN EXISTS (SELECT 1 FROM checkpoints WHERE size = NEW.size)
BEGIN SELECT RAISE(ABORT, 'the history is append-only: this checkpoint exists'); END;
-- +goose StatementEnd
