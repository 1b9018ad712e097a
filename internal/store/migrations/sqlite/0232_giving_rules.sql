-- +goose Up
-- The rule by which a collection gives claims out; one without a row gives out by hand.
CREATE TABLE giving_rules (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL UNIQUE REFERENCES collections (id),
    how           TEXT NOT NULL CHECK (how IN ('hand', 'languages', 'share')),
    share         INTEGER NOT NULL CHECK (share >= 0 AND share <= 100), -- of a hundred
    as_accepted   BOOLEAN NOT NULL,
    changed_by    INTEGER NOT NULL REFERENCES users (id),
    version       INTEGER NOT NULL
);
