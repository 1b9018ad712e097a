-- +goose Up
-- By what the texts of articles that are not open are known again, so that none of them is taken in anew and stands
-- openly: numbers of some of their stretches. An article that is open has none.
CREATE TABLE closed_texts (
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    mark          INTEGER NOT NULL,
    article_id    INTEGER NOT NULL REFERENCES articles (id),
    PRIMARY KEY (collection_id, mark, article_id)
) WITHOUT ROWID;
CREATE INDEX closed_texts_article ON closed_texts (article_id);
