-- +goose Up
-- Facts about the database itself: who made it, which index it carries.
CREATE TABLE store_meta (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
