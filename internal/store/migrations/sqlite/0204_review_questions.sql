-- +goose Up
-- What an adjudicator asks one reviewer of a round in conflict, and what that one answers: a note on the conflict.
CREATE TABLE review_questions (
    id          INTEGER PRIMARY KEY,
    public      TEXT NOT NULL UNIQUE,
    claim_id    INTEGER NOT NULL REFERENCES claims (id),
    round_id    INTEGER NOT NULL REFERENCES review_rounds (id),
    asked_by    INTEGER NOT NULL REFERENCES users (id),
    reviewer_id INTEGER NOT NULL REFERENCES users (id),
    question    TEXT NOT NULL CHECK (question <> ''),
    asked_at    INTEGER NOT NULL,
    answer      TEXT NOT NULL,
    answered_at INTEGER -- NULL: not yet
);
CREATE INDEX review_questions_claim ON review_questions (claim_id, id);
-- One reviewer has one question of a round at a time; and what waits for a person is found at once.
CREATE UNIQUE INDEX review_questions_waiting ON review_questions (reviewer_id, round_id) WHERE answered_at IS NULL;
