-- +goose Up
-- The access token by which a text came in that the model breaks down, so that what follows names it: 0 none.
ALTER TABLE breakdowns ADD COLUMN token BIGINT NOT NULL DEFAULT 0;
