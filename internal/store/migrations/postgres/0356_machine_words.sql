-- +goose Up
-- What a machine had written and somebody accepted within five seconds (internal/exceptions): such rows and no others.
-- The conditions are those of the rule, word by word.
CREATE INDEX events_at_once ON events (at, seq) WHERE action = 'candidate.accepted' AND (CAST(row_after AS JSONB) ->> 'words_version') = '1'
    AND CAST((CAST(row_after AS JSONB) ->> 'opened_at') AS BIGINT) - CAST((CAST(row_after AS JSONB) ->> 'added_at') AS BIGINT) < 5000000;
CREATE INDEX proposals_at_once ON proposals (settled_at, id) WHERE kind = 'bracket' AND fate = 'accepted'
    AND settled_at - made_at < 5000000;
