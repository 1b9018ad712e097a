-- +goose Up
-- Giving out, putting off and adding to a draft set are done to many claims as accepting is: target is to whom (a user),
-- until when (microseconds) or to which set. What taking one back needs stands in other.
ALTER TABLE claim_batches DROP CONSTRAINT claim_batches_act_check;
ALTER TABLE claim_batches ADD CONSTRAINT claim_batches_act_check
    CHECK (act IN ('', 'accept', 'reject', 'withdraw', 'give', 'snooze', 'add'));
ALTER TABLE claim_batches ADD COLUMN target BIGINT NOT NULL DEFAULT 0;
