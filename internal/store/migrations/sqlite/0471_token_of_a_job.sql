-- +goose Up
-- The access token by which work was asked for, so that the events of its later slices name it, too: 0 none.
ALTER TABLE jobs ADD COLUMN token INTEGER NOT NULL DEFAULT 0;
