-- +goose Up
-- Whether and to where a person wants a daily mail that says how many notices wait. It is theirs alone, and no statement.
CREATE TABLE mail_choices (
    user_id INTEGER PRIMARY KEY REFERENCES users (id),
    address TEXT NOT NULL,
    daily   BOOLEAN NOT NULL,
    sent_at INTEGER NOT NULL, -- when the last one went out, 0 never
    tries   INTEGER NOT NULL, -- how often the present one failed
    next_at INTEGER NOT NULL  -- not before
);
CREATE INDEX mail_choices_due ON mail_choices (next_at) WHERE daily;
