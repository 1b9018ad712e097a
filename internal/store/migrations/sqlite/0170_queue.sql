-- +goose Up
-- The queue goes by the moment at which a claim was opened. A review is settled once its round has closed: the few of a
-- person that are not are found without the many that are.
CREATE INDEX claims_queue ON claims (collection_id, state, opened_at, id);
ALTER TABLE reviews ADD COLUMN settled BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE reviews SET settled = TRUE WHERE round_id IN (SELECT id FROM review_rounds WHERE closed_at IS NOT NULL);
CREATE INDEX reviews_waiting ON reviews (reviewer_id, claim_id) WHERE superseded_at IS NULL AND settled = FALSE;
