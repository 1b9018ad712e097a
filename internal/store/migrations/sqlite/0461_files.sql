-- +goose Up
-- Bytes that lie in a folder outside of the database, where one was named: which object has which file.
CREATE TABLE files (
    owner TEXT NOT NULL PRIMARY KEY, -- original:7, capture:3
    sum   TEXT NOT NULL              -- SHA-256 of the bytes, hexadecimal
);
CREATE INDEX files_sum ON files (sum);
-- Files that are erased from a moment on, if no object has them then.
CREATE TABLE files_due (
    sum    TEXT NOT NULL PRIMARY KEY,
    due_at INTEGER NOT NULL
);
CREATE INDEX files_due_at ON files_due (due_at);
