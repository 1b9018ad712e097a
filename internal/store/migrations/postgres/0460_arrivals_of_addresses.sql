-- +goose Up
-- What a person brings may be an address: it is fetched first, and then read as a file is.
ALTER TABLE arrivals DROP CONSTRAINT arrivals_state_check;
ALTER TABLE arrivals ADD CONSTRAINT arrivals_state_check CHECK (state IN ('fetching', 'failed', 'reading', 'asks',
    'ready', 'refused', 'split', 'taking', 'taken'));
ALTER TABLE arrivals ADD COLUMN address TEXT NOT NULL DEFAULT '';   -- that a person gave; '' they brought a file or a text
ALTER TABLE arrivals ADD COLUMN final TEXT NOT NULL DEFAULT '';     -- that answered
ALTER TABLE arrivals ADD COLUMN reached TEXT NOT NULL DEFAULT '[]'; -- every address on the way, a JSON array
ALTER TABLE arrivals ADD COLUMN near TEXT NOT NULL DEFAULT '[]';    -- earlier arrivals of the person with nearly its text, a JSON array
ALTER TABLE arrivals ADD COLUMN revised BOOLEAN NOT NULL DEFAULT FALSE; -- it became a revision of an article that was here

-- By what an arrival is known that has nearly the text of another one of the same person: no words, and they go with it.
CREATE TABLE arrival_prints (
    id    BIGINT NOT NULL PRIMARY KEY REFERENCES arrivals (id),
    print BYTEA NOT NULL -- match.Print
);
CREATE TABLE arrival_keys (
    collection_id BIGINT NOT NULL REFERENCES collections (id),
    user_id       BIGINT NOT NULL REFERENCES users (id),
    band          BIGINT NOT NULL,
    arrival_id    BIGINT NOT NULL REFERENCES arrivals (id),
    PRIMARY KEY (collection_id, user_id, band, arrival_id)
);
CREATE INDEX arrival_keys_arrival ON arrival_keys (arrival_id);
