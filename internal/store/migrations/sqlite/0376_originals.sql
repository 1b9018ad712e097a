-- +goose Up
-- What a revision was read from: which file, by which reader, what was left out. The id is the revision's.
CREATE TABLE originals (
    id            INTEGER PRIMARY KEY REFERENCES revisions (id),
    article_id    INTEGER NOT NULL REFERENCES articles (id),
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    name          TEXT NOT NULL, -- of the file, or of the page
    sha256        TEXT NOT NULL, -- of its bytes; '' : they are not kept
    size          INTEGER NOT NULL, -- in bytes
    reader        TEXT NOT NULL,
    version       INTEGER NOT NULL, -- of the reader
    encoding      TEXT NOT NULL,
    left_out      TEXT NOT NULL  -- JSON
);
CREATE INDEX originals_article ON originals (article_id);
CREATE TABLE original_bytes (
    id    INTEGER PRIMARY KEY REFERENCES originals (id),
    bytes BLOB NOT NULL -- gzip
);
-- Where a paragraph of a revision stands in its file. Zero and '' are unknown; of a paragraph of which nothing is known
-- there is no row.
CREATE TABLE paragraphs (
    revision_id INTEGER NOT NULL REFERENCES revisions (id),
    start_cp    INTEGER NOT NULL,
    end_cp      INTEGER NOT NULL,
    page        INTEGER NOT NULL,
    from_ms     INTEGER NOT NULL,
    until_ms    INTEGER NOT NULL,
    element     TEXT NOT NULL,
    at          TEXT NOT NULL,
    uncertain   BOOLEAN NOT NULL,
    PRIMARY KEY (revision_id, start_cp)
) WITHOUT ROWID;
