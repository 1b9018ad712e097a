-- Which texts a collection has is asked beside each claim: the count, the sum and the greatest number of its revisions
-- are read from this index alone, and those that came since from its end.
-- +goose Up
CREATE INDEX articles_by_revision ON articles (collection_id, state, revision_id);
