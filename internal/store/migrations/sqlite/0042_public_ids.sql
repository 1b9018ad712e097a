-- +goose Up
-- Reviews and rounds go by names drawn at random, in the history, in addresses and in JSON: numbers given in order would
-- count those that are veiled. Rows there were keep their number as their name, for their events carry it.
ALTER TABLE review_rounds ADD COLUMN public TEXT NOT NULL DEFAULT '';
ALTER TABLE reviews ADD COLUMN public TEXT NOT NULL DEFAULT '';
UPDATE review_rounds SET public = CAST(id AS TEXT);
UPDATE reviews SET public = CAST(id AS TEXT);
CREATE UNIQUE INDEX review_rounds_public ON review_rounds (public);
CREATE UNIQUE INDEX reviews_public ON reviews (public);
