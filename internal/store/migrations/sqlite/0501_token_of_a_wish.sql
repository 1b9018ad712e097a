-- +goose Up
-- The access token by which the language model was asked for something, so that what ends the token ends it: 0 none.
ALTER TABLE wishes ADD COLUMN token INTEGER NOT NULL DEFAULT 0;
