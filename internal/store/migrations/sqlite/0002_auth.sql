-- +goose Up
-- People, what they may do, and how they prove who they are (internal/auth).
CREATE TABLE users (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    name          TEXT    NOT NULL UNIQUE,
    display       TEXT    NOT NULL,
    enabled       INTEGER NOT NULL,
    demo          INTEGER NOT NULL,
    password_hash TEXT    NOT NULL,
    password_at   INTEGER NOT NULL,
    at            INTEGER NOT NULL,
    version       INTEGER NOT NULL
);

-- collection_id 0 means everywhere.
CREATE TABLE role_grants (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id       INTEGER NOT NULL REFERENCES users (id),
    role          TEXT    NOT NULL CHECK (role IN ('reviewer', 'editor', 'auditor', 'admin')),
    collection_id INTEGER NOT NULL,
    at            INTEGER NOT NULL,
    UNIQUE (user_id, role, collection_id)
);

CREATE TABLE sessions (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    token_hash BLOB    NOT NULL UNIQUE,
    user_id    INTEGER NOT NULL REFERENCES users (id),
    at         INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL
);
CREATE INDEX sessions_user ON sessions (user_id);

-- user_id 0: the link that makes the first admin.
CREATE TABLE user_links (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    token_hash BLOB    NOT NULL UNIQUE,
    kind       TEXT    NOT NULL CHECK (kind IN ('first_admin', 'invite', 'reset')),
    user_id    INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    spent_at   INTEGER
);
CREATE INDEX user_links_user ON user_links (user_id);
