-- +goose Up
-- What was done for the whole house may quote the texts of every collection that were taken down.
CREATE INDEX articles_gone ON articles (state, id) WHERE state = 'taken_down';
