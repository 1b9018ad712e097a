-- +goose Up
-- What an outside document is called, and who publishes it, as the person who linked it says; '' not said.
ALTER TABLE evidence ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE evidence ADD COLUMN publisher TEXT NOT NULL DEFAULT '';
