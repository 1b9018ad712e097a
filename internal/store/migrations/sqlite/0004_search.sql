-- +goose Up
-- The folded index over sentences and claims: terms made by internal/text, the same on both engines.
-- The texts themselves are not kept here; hits are cut from the articles.
CREATE VIRTUAL TABLE search_sentences USING fts5 (terms, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE search_claims USING fts5 (terms, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0');
