-- +goose Up
-- The answer to a program whose request had a key, where it is made of numbers, states and moments only: what is sent
-- again is answered by the same bytes. "" where the answer holds words; it is read anew then, at address.
ALTER TABLE sent_requests ADD COLUMN answer TEXT NOT NULL DEFAULT '';
