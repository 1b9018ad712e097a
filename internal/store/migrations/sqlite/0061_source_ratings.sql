-- +goose Up
-- How reliable the editors of a collection find a source (internal/articles). sources.reliability stays as it was
-- rated for the whole house before, and speaks where a collection has not rated the source yet.
CREATE TABLE source_ratings (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    source_id     INTEGER NOT NULL REFERENCES sources (id),
    reliability   TEXT    NOT NULL CHECK (reliability IN ('', 'A', 'B', 'C', 'D', 'E', 'F')),
    version       INTEGER NOT NULL,
    UNIQUE (collection_id, source_id)
);
CREATE INDEX articles_source ON articles (source_id, collection_id);
