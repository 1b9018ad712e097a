-- +goose Up
-- What an auditor asks for by rule (internal/exceptions) is found by an index of what is exceptional, so that “none” is
-- an answer that costs nothing. The conditions are those of the rules, word by word: SQLite takes such an index only so.
CREATE INDEX events_action ON events (action, seq);
CREATE INDEX review_rounds_again ON review_rounds (id) WHERE n > 1;
CREATE INDEX review_rounds_split ON review_rounds (id) WHERE rule = 'majority' OR outcome = 'in_conflict';
CREATE INDEX reviews_advised ON reviews (id) WHERE advice <> '[]';
CREATE INDEX decisions_advised ON decisions (id) WHERE advice <> '[]';
CREATE INDEX decisions_hasty ON decisions (id) WHERE approved_at - decided_at < 60000000;
CREATE INDEX decisions_adjudicated ON decisions (id) WHERE adjudicator_id IS NOT NULL;
-- whose approver is among those whose reviews it counted
CREATE INDEX decisions_own ON decisions (id) WHERE
    replace(replace(replace(counted, '[', ','), ']', ','), ',' || CAST(approver_id AS TEXT) || ',', '')
    <> replace(replace(counted, '[', ','), ']', ',');
