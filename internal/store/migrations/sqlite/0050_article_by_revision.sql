-- +goose Up
-- From a sentence that was found to the article whose newest text it stands in.
CREATE INDEX articles_revision ON articles (revision_id);
