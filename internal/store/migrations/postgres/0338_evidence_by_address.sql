-- +goose Up
-- Protecting a source looks for the copies of the item: the same words at the same address, on whichever claim.
CREATE INDEX evidence_by_address ON evidence USING hash (url) WHERE url <> '';
