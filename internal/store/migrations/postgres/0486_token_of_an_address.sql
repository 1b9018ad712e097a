-- +goose Up
-- The access token by which an address was asked for, so that what follows names it: 0 none.
ALTER TABLE addresses ADD COLUMN token BIGINT NOT NULL DEFAULT 0;
