-- +goose Up
-- Pairs of articles that a person said are not of one origin, so that they are not proposed again.
CREATE TABLE origin_refusals (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    article_a     INTEGER NOT NULL REFERENCES articles (id),
    article_b     INTEGER NOT NULL REFERENCES articles (id),
    refused_by    INTEGER NOT NULL REFERENCES users (id),
    refused_at    INTEGER NOT NULL,
    UNIQUE (article_a, article_b),
    CHECK (article_a < article_b)
);
CREATE INDEX origin_refusals_b ON origin_refusals (article_b);
