-- +goose Up
-- The version that an act's object has without the act: before it, or, once it was taken back, as the act had left it.
ALTER TABLE deeds ADD COLUMN other BIGINT NOT NULL DEFAULT 0; -- 0: none
-- Which versions of an object are as an earlier one was, because what lay between was taken back: an act before that
-- can be taken back then, too.
CREATE TABLE deed_versions (
    object  TEXT NOT NULL,     -- as in the history: claim:42
    version BIGINT NOT NULL,
    same_as BIGINT NOT NULL,  -- the earliest version that it is like
    at      BIGINT NOT NULL,
    PRIMARY KEY (object, version)
);
CREATE INDEX deed_versions_at ON deed_versions (at);
-- The same of a claim of a batch.
ALTER TABLE claim_batch_items ADD COLUMN other BIGINT NOT NULL DEFAULT 0;
