-- +goose Up
-- Requests that carried a key of the client's, so that one that is sent again is not done again (internal/once). The row
-- is written in the Write that does the work. status is 0 until the answer is known; address is where the outcome is
-- read. Kept for a day, then swept.
CREATE TABLE sent_requests (
    user_id INTEGER NOT NULL REFERENCES users (id),
    route   TEXT NOT NULL,
    key     TEXT NOT NULL,
    body    BLOB NOT NULL,
    at      INTEGER NOT NULL,
    status  INTEGER NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (user_id, route, key)
);
CREATE INDEX sent_requests_at ON sent_requests (at);
