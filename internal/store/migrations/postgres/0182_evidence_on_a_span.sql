-- +goose Up
-- The links that rest on a claim's words, found without reading all that rest on its article.
CREATE INDEX evidence_span ON evidence (article_id, revision_id, start_cp, end_cp, claim_id) WHERE unlinked_at IS NULL;
