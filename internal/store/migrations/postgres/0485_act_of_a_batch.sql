-- +goose Up
-- What a batch was put together for, while it is only looked at: the act, and to what it would be done, as it was
-- asked for; "" where nothing was said.
ALTER TABLE claim_batches ADD COLUMN looked_act TEXT NOT NULL DEFAULT '';
ALTER TABLE claim_batches ADD COLUMN looked_to TEXT NOT NULL DEFAULT '';
