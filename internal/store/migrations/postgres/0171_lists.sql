-- +goose Up
-- A collection's list of claims goes by their numbers; the candidates that it folds away are counted by their kind.
CREATE INDEX claims_in ON claims (collection_id, id);
CREATE INDEX claims_folded ON claims (collection_id, state, kind) WHERE state = 'candidate';
