-- +goose Up
-- A review that relied on evidence of which its author linked every item, and on nothing else, is found by an index. It
-- follows from the row, and an audit compares it.
ALTER TABLE reviews ADD COLUMN own_only BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE reviews SET own_only = TRUE WHERE evidence <> '[]' AND NOT EXISTS (SELECT 1 FROM evidence ev
    WHERE ev.id IN (SELECT CAST(v AS BIGINT) FROM jsonb_array_elements_text(CAST(reviews.evidence AS JSONB)) AS v)
    AND ev.linked_by <> reviews.reviewer_id);
CREATE INDEX reviews_own ON reviews (id) WHERE own_only = TRUE;
