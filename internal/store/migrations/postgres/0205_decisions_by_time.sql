-- +goose Up
-- What was decided since a moment, for those whose review it was about.
CREATE INDEX decisions_decided ON decisions (decided_at, id);
