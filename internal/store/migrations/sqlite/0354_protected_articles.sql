-- +goose Up
-- An article whose source is protected: its row names nobody, what it said lies in article_protections.words, which
-- only those read who may, and its text goes to nobody else. (SQLite changes a CHECK by making the column anew.)
DROP INDEX articles_by_revision;
DROP INDEX articles_state;
ALTER TABLE articles RENAME COLUMN state TO state_before;
ALTER TABLE articles ADD COLUMN state TEXT NOT NULL DEFAULT 'live' CHECK (state IN ('live', 'taken_down', 'protected'));
UPDATE articles SET state = state_before WHERE state_before <> 'live';
ALTER TABLE articles DROP COLUMN state_before;
CREATE INDEX articles_by_revision ON articles (collection_id, state, revision_id);
CREATE INDEX articles_state ON articles (collection_id, state, id);
-- The reason, in public words; '' for an article that is not protected.
ALTER TABLE articles ADD COLUMN protected TEXT NOT NULL DEFAULT '';
-- A source that nobody may know, for all its articles are protected; its name is none.
ALTER TABLE sources ADD COLUMN protected BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE article_protections (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    article_id    INTEGER NOT NULL UNIQUE REFERENCES articles (id),
    words         TEXT NOT NULL, -- JSON: what the row said of its source
    protected_by  INTEGER NOT NULL REFERENCES users (id),
    protected_at  INTEGER NOT NULL
);
CREATE INDEX article_protections_collection ON article_protections (collection_id, id);

-- The reviewers whom an editor named: they read the article.
CREATE TABLE article_protection_readers (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL REFERENCES articles (id),
    user_id    INTEGER NOT NULL REFERENCES users (id),
    named_by   INTEGER NOT NULL REFERENCES users (id),
    named_at   INTEGER NOT NULL,
    UNIQUE (article_id, user_id)
);
