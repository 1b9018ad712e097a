-- +goose Up
-- Claims of several stretches, few of many: whoever asks what is said at a place of a text asks their later stretches.
CREATE INDEX claims_stretched ON claims (revision_id, start_cp) WHERE stretches <> '[]';
