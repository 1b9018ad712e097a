-- +goose Up
-- A revision is the newest of one article at most. Told so, SQLite looks an article up by it, and does not walk all that
-- are live in the collection for every sentence that a search found.
DROP INDEX articles_revision;
CREATE UNIQUE INDEX articles_revision ON articles (revision_id);
