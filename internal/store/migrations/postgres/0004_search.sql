-- +goose Up
-- The folded index over sentences and claims: terms made by internal/text, the same on both engines.
-- The texts themselves are not kept here; hits are cut from the articles.
CREATE TABLE search_sentences (
    rowid BIGINT NOT NULL PRIMARY KEY, -- sentence id * 1024 + window
    terms TSVECTOR NOT NULL
);
CREATE INDEX search_sentences_terms ON search_sentences USING gin (terms);
CREATE TABLE search_claims (
    rowid BIGINT NOT NULL PRIMARY KEY, -- claim id * 1024 + window
    terms TSVECTOR NOT NULL
);
CREATE INDEX search_claims_terms ON search_claims USING gin (terms);
