-- +goose Up
-- The access token that acted (docs/history.md, The leaf): its number, 0 none.
ALTER TABLE events ADD COLUMN token INTEGER NOT NULL DEFAULT 0;
DROP TRIGGER events_no_update;
-- +goose StatementBegin
CREATE TRIGGER events_no_update BEFORE UPDATE ON events
WHEN NEW.seq IS NOT OLD.seq OR NEW.at IS NOT OLD.at OR NEW.user_id IS NOT OLD.user_id OR NEW.user_name IS NOT ''
    OR NEW.role IS NOT OLD.role OR NEW.via IS NOT OLD.via OR NEW.request IS NOT OLD.request
    OR NEW.batch IS NOT OLD.batch OR NEW.action IS NOT OLD.action OR NEW.object IS NOT OLD.object
    OR NEW.collection_id IS NOT OLD.collection_id OR NEW.veil IS NOT OLD.veil
    OR NEW.token IS NOT OLD.token OR NEW.row_before IS NOT OLD.row_before
    OR NEW.row_after IS NOT OLD.row_after OR NEW.texts IS NOT OLD.texts
    OR length(OLD.salt) IS NOT 32 OR length(NEW.salt) IS NOT 48 OR substr(NEW.salt, 1, 16) IS NOT substr(OLD.salt, 1, 16)
BEGIN SELECT RAISE(ABORT, 'the history is append-only: of an event only the name of who acted can be erased'); END;
-- +goose StatementEnd

-- Access tokens of programs: a person's own, and those of machines. The token itself is kept nowhere.
CREATE TABLE tokens (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id    INTEGER NOT NULL REFERENCES users (id), -- whose acts they are: the person, or the machine
    name       TEXT NOT NULL,
    hash       BLOB NOT NULL UNIQUE, -- SHA-256 of the token
    scopes     TEXT NOT NULL, -- what of the person's roles it may use: a list of role:collection, 0 everywhere
    reads_only BOOLEAN NOT NULL,
    made_by    INTEGER NOT NULL REFERENCES users (id),
    made_at    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    seen_day   TEXT NOT NULL, -- the day on which it was used last, YYYY-MM-DD, UTC; '' never
    ended_at   INTEGER NOT NULL, -- 0: it was not ended
    version    INTEGER NOT NULL
);
CREATE INDEX tokens_user ON tokens (user_id, id);

-- Machines: users of whom no person is behind, that propose and never decide.
CREATE TABLE machines (
    user_id     INTEGER NOT NULL PRIMARY KEY REFERENCES users (id),
    owner_id    INTEGER NOT NULL REFERENCES users (id), -- who answers for it; disabled, it is shut out
    collections TEXT NOT NULL, -- a list of numbers
    made_by     INTEGER NOT NULL REFERENCES users (id),
    made_at     INTEGER NOT NULL,
    version     INTEGER NOT NULL
);
CREATE INDEX machines_owner ON machines (owner_id, user_id);
