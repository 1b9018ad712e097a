-- +goose Up
-- What a revision was read from: which file, by which reader, what was left out. The id is the revision's.
CREATE TABLE originals (
    id            BIGINT PRIMARY KEY REFERENCES revisions (id),
    article_id    BIGINT NOT NULL REFERENCES articles (id),
    collection_id BIGINT NOT NULL REFERENCES collections (id),
    name          TEXT NOT NULL, -- of the file, or of the page
    sha256        TEXT NOT NULL, -- of its bytes; '' : they are not kept
    size          BIGINT NOT NULL, -- in bytes
    reader        TEXT NOT NULL,
    version       BIGINT NOT NULL, -- of the reader
    encoding      TEXT NOT NULL,
    left_out      TEXT NOT NULL  -- JSON
);
CREATE INDEX originals_article ON originals (article_id);
CREATE TABLE original_bytes (
    id    BIGINT PRIMARY KEY REFERENCES originals (id),
    bytes BYTEA NOT NULL -- gzip
);
-- Where a paragraph of a revision stands in its file. Zero and '' are unknown; of a paragraph of which nothing is known
-- there is no row.
CREATE TABLE paragraphs (
    revision_id BIGINT NOT NULL REFERENCES revisions (id),
    start_cp    BIGINT NOT NULL,
    end_cp      BIGINT NOT NULL,
    page        BIGINT NOT NULL,
    from_ms     BIGINT NOT NULL,
    until_ms    BIGINT NOT NULL,
    element     TEXT NOT NULL,
    at          TEXT NOT NULL,
    uncertain   BOOLEAN NOT NULL,
    PRIMARY KEY (revision_id, start_cp)
);
