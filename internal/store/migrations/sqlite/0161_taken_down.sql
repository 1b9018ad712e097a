-- +goose Up
-- Articles that were taken down are few; every copy of frozen claims that goes out asks which of its collection are.
CREATE INDEX articles_taken_down ON articles (collection_id, id) WHERE state = 'taken_down';
