-- +goose Up
-- The list of articles counts the claims of each by state: from the index alone, not from a hundred articles' rows.
CREATE INDEX claims_of_article ON claims (article_id, state);
