-- +goose Up
-- Whether readers may ask about what is checked in a collection, by a form at a public address.
CREATE TABLE request_forms (
    collection_id INTEGER NOT NULL PRIMARY KEY REFERENCES collections (id),
    name          TEXT NOT NULL, -- the last part of its address; '' it is not published
    lang          TEXT NOT NULL, -- of its words where a reader's own language has none
    title         TEXT NOT NULL, -- who asks readers
    intro         TEXT NOT NULL,
    per_day       INTEGER NOT NULL, -- how many requests are taken in 24 hours
    version       INTEGER NOT NULL
);
CREATE UNIQUE INDEX request_forms_name ON request_forms (name) WHERE name <> '';

-- What readers ask: is this true?
CREATE TABLE requests (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    words         TEXT NOT NULL,
    address       TEXT NOT NULL, -- where they saw it; '' not said. Nothing is fetched from it by itself
    lang          TEXT NOT NULL, -- in which the form was shown
    state         TEXT NOT NULL CHECK (state IN ('received', 'checking', 'not_checked', 'withheld')),
    reason        TEXT NOT NULL, -- why it is not checked; the one who asked is not told
    secret        TEXT NOT NULL UNIQUE, -- SHA-256 of the last part of the address that the one who asked was given
    head_id       INTEGER NOT NULL, -- the first of those that are like it; 0: nobody has looked yet
    received_at   INTEGER NOT NULL,
    decided_by    INTEGER REFERENCES users (id),
    decided_at    INTEGER NOT NULL, -- 0: not yet
    version       INTEGER NOT NULL
);
CREATE INDEX requests_collection ON requests (collection_id, received_at);
CREATE INDEX requests_new ON requests (id) WHERE head_id = 0;
CREATE INDEX requests_alike ON requests (head_id, id);
CREATE INDEX requests_first ON requests (collection_id, id) WHERE (head_id = 0 OR head_id = id);
CREATE INDEX requests_state ON requests (collection_id, state, id);

-- Which claims say what was asked about.
CREATE TABLE request_links (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    request_id    INTEGER NOT NULL REFERENCES requests (id),
    claim_id      INTEGER NOT NULL REFERENCES claims (id),
    linked_by     INTEGER NOT NULL REFERENCES users (id),
    linked_at     INTEGER NOT NULL
);
CREATE UNIQUE INDEX request_links_request ON request_links (request_id, claim_id);
CREATE INDEX request_links_claim ON request_links (claim_id, request_id);

-- How those who asked are reached, when they said it. In no event; erased after 90 days.
CREATE TABLE request_contacts (
    request_id    INTEGER NOT NULL PRIMARY KEY REFERENCES requests (id),
    words         TEXT NOT NULL,
    erase_at      INTEGER NOT NULL
);
CREATE INDEX request_contacts_erase ON request_contacts (erase_at);
