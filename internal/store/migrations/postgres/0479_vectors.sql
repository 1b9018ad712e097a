-- +goose Up
-- What an embedding model makes of each sentence: numbers of float32, little-endian. Made anew from the texts.
CREATE TABLE vectors (
    sentence_id   BIGINT NOT NULL PRIMARY KEY REFERENCES sentences (id),
    revision_id   BIGINT NOT NULL REFERENCES revisions (id),
    collection_id BIGINT NOT NULL REFERENCES collections (id),
    model         TEXT NOT NULL,
    dims          INTEGER NOT NULL,
    numbers       BYTEA NOT NULL
);
CREATE INDEX vectors_collection ON vectors (collection_id, sentence_id);
CREATE INDEX vectors_revision ON vectors (revision_id);
