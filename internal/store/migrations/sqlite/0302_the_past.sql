-- +goose Up
-- The past is read from the versions of rows that events hold (events_object). Rows that were taken away again are not in
-- their tables any more; the events that took them away are few.
CREATE INDEX events_gone ON events (object, seq) WHERE row_after IS NULL AND row_before IS NOT NULL;
