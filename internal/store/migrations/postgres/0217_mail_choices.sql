-- +goose Up
-- Whether and to where a person wants a daily mail that says how many notices wait. It is theirs alone, and no statement.
CREATE TABLE mail_choices (
    user_id BIGINT PRIMARY KEY REFERENCES users (id),
    address TEXT NOT NULL,
    daily   BOOLEAN NOT NULL,
    sent_at BIGINT NOT NULL, -- when the last one went out, 0 never
    tries   BIGINT NOT NULL, -- how often the present one failed
    next_at BIGINT NOT NULL  -- not before
);
CREATE INDEX mail_choices_due ON mail_choices (next_at) WHERE daily;
