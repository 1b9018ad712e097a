-- +goose Up
-- What a person searched and read for their review of a claim: theirs alone, beside their draft, and without an event.
CREATE TABLE review_trails (
    user_id    BIGINT NOT NULL REFERENCES users (id),
    claim_id   BIGINT NOT NULL REFERENCES claims (id),
    steps      TEXT NOT NULL,   -- a JSON array, in their order
    touched_at BIGINT NOT NULL, -- of the last step; it is erased 30 days later
    PRIMARY KEY (user_id, claim_id)
);
CREATE INDEX review_trails_touched ON review_trails (touched_at);
