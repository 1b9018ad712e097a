-- +goose Up
-- Revisions whose sentences are still being written, in slices, by a job. Nobody reads them.
CREATE TABLE revisions_coming (
    revision_id BIGINT NOT NULL PRIMARY KEY REFERENCES revisions (id)
);
