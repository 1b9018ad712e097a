-- +goose Up
-- The already-checked shelf of a collection: fact-checks that others published, read from files.
CREATE TABLE shelf_files (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    name          TEXT NOT NULL,
    format        TEXT NOT NULL, -- '' while it comes in
    bytes         INTEGER NOT NULL,
    sha256        TEXT NOT NULL,
    look          TEXT NOT NULL, -- what a dry run found, as JSON; its first rows go when the file is taken in
    state         TEXT NOT NULL CHECK (state IN ('coming', 'looked', 'importing', 'imported', 'dropped')),
    taken         INTEGER NOT NULL, -- entries that it added
    known         INTEGER NOT NULL, -- those that were there already
    brought_by    INTEGER NOT NULL REFERENCES users (id),
    brought_at    INTEGER NOT NULL,
    version       INTEGER NOT NULL
);
CREATE INDEX shelf_files_collection ON shelf_files (collection_id, id);

-- The bytes of a file until its entries are in: they can be read again after a crash.
CREATE TABLE shelf_pieces (
    file_id INTEGER NOT NULL REFERENCES shelf_files (id),
    n       INTEGER NOT NULL,
    bytes   BLOB NOT NULL,
    PRIMARY KEY (file_id, n)
);

-- One fact-check. Of one that is withheld by law the words and the bytes are gone, and the hashes stay.
CREATE TABLE shelf_entries (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    file_id       INTEGER NOT NULL REFERENCES shelf_files (id),
    n             INTEGER NOT NULL, -- its number in the file
    state         TEXT NOT NULL CHECK (state IN ('kept', 'removed', 'withheld')),
    claim         TEXT NOT NULL,
    lang          TEXT NOT NULL,
    detected      BOOLEAN NOT NULL, -- its file does not say the language
    rating        TEXT NOT NULL,
    rating_value  TEXT NOT NULL,
    rating_best   TEXT NOT NULL,
    rating_worst  TEXT NOT NULL,
    verdict       TEXT NOT NULL CHECK (verdict IN ('', 'corroborated', 'disputed', 'unverified')),
    publisher     TEXT NOT NULL,
    url           TEXT NOT NULL,
    day           TEXT NOT NULL,
    author        TEXT NOT NULL,
    appeared      TEXT NOT NULL,
    source        TEXT NOT NULL, -- what its file says of it, as JSON
    terms         TEXT NOT NULL, -- folded words, to be searched
    raw           BLOB NOT NULL, -- the bytes as they came
    sha256        TEXT NOT NULL, -- of them
    said          TEXT NOT NULL, -- of all that was read of them
    version       INTEGER NOT NULL
);
CREATE UNIQUE INDEX shelf_entries_said ON shelf_entries (collection_id, said) WHERE state <> 'removed';
CREATE INDEX shelf_entries_state ON shelf_entries (collection_id, state, id);
CREATE INDEX shelf_entries_file ON shelf_entries (file_id, id);

-- Which entries have a term of internal/match: n of them, of which ids names the first, four bytes each.
CREATE TABLE shelf_terms (
    collection_id INTEGER NOT NULL,
    term          INTEGER NOT NULL,
    n             INTEGER NOT NULL,
    ids           BLOB NOT NULL,
    PRIMARY KEY (collection_id, term)
);

-- How far a shelf is: how many entries are kept, the newest, and what its terms were made by.
CREATE TABLE shelf_states (
    collection_id INTEGER NOT NULL PRIMARY KEY REFERENCES collections (id),
    entries       INTEGER NOT NULL,
    newest        INTEGER NOT NULL,
    maker         TEXT NOT NULL
);

-- How far a claim was compared with its shelf.
CREATE TABLE shelf_looked (
    claim_id      INTEGER NOT NULL PRIMARY KEY REFERENCES claims (id),
    words_version INTEGER NOT NULL,
    upto          INTEGER NOT NULL -- the newest entry then
);

-- An entry that may say what a claim says; a person confirms or refuses it. version is 1 until a person did.
CREATE TABLE shelf_matches (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    claim_id      INTEGER NOT NULL REFERENCES claims (id),
    entry_id      INTEGER NOT NULL REFERENCES shelf_entries (id),
    score         INTEGER NOT NULL, -- of 1000
    state         TEXT NOT NULL CHECK (state IN ('proposed', 'confirmed', 'refused')),
    decided_by    INTEGER REFERENCES users (id),
    decided_at    INTEGER,
    version       INTEGER NOT NULL
);
CREATE UNIQUE INDEX shelf_matches_claim ON shelf_matches (claim_id, entry_id);
CREATE INDEX shelf_matches_entry ON shelf_matches (entry_id);
