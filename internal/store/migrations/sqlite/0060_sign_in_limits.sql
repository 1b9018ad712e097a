-- +goose Up
-- Tries at signing in that brought nobody in, shared by all servers (internal/auth). key is a hash: what people type as
-- a name may be a password. Bounded and swept.
CREATE TABLE sign_in_tries (
    key      BLOB    NOT NULL PRIMARY KEY,
    failures INTEGER NOT NULL,
    next_at  INTEGER NOT NULL,
    seen_at  INTEGER NOT NULL
);
CREATE INDEX sign_in_tries_seen ON sign_in_tries (seen_at);

-- Browsers in which a person signed in before.
CREATE TABLE known_devices (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    token_hash BLOB    NOT NULL UNIQUE,
    user_id    INTEGER NOT NULL REFERENCES users (id),
    at         INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL
);
CREATE INDEX known_devices_user ON known_devices (user_id, seen_at);
