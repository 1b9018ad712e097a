-- +goose Up
-- What each person did of late that they may take back, newest last. It says which act was the last and what the rows
-- were before it, in numbers; what was done, and that it was taken back, is told by the history.
CREATE TABLE deeds (
    user_id       INTEGER NOT NULL REFERENCES users (id),
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    n             INTEGER NOT NULL, -- counted for this person in this collection: it tells nothing of others
    kind          TEXT NOT NULL,    -- as the event of the act: candidate.accepted
    object        TEXT NOT NULL,    -- as in the history: claim:42
    claim_id      INTEGER NOT NULL, -- the claim that it was done to; 0: none
    version       INTEGER NOT NULL, -- of the object as the act left it
    data          TEXT NOT NULL,    -- what the room keeps to take it back, as JSON
    state         TEXT NOT NULL CHECK (state IN ('done', 'taken_back')),
    at            INTEGER NOT NULL,
    changed_at    INTEGER NOT NULL,
    PRIMARY KEY (user_id, collection_id, n)
);
CREATE INDEX deeds_last ON deeds (user_id, collection_id, state, n);
-- A review that its author took back while its round was open. It is set aside as one that was replaced is.
ALTER TABLE reviews ADD COLUMN withdrawn BOOLEAN NOT NULL DEFAULT FALSE;
