-- Whether an article of the same address is there is asked at every import.
-- +goose Up
CREATE INDEX articles_address ON articles USING hash (url) WHERE url <> '';
