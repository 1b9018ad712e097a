-- +goose Up
-- An index on the articles taken down alone tempts PostgreSQL to walk it whole for questions that name an article.
DROP INDEX articles_taken_down;
CREATE INDEX articles_state ON articles (collection_id, state, id);
