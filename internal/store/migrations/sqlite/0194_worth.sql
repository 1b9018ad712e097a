-- +goose Up
-- The candidates that wait, in the order in which a collection's list reads them: by profile (what a candidate shows,
-- packed into a number), within a profile by place (the more check-worthy first), and by lot. Decisions are counted by
-- profile; a draw is a candidate that was first by lot when it was decided. Profile 0 is one that is not worked out
-- yet: a server does that beside the requests, up to the number that stands in store_meta.
CREATE TABLE worth_waiting (
    claim_id      INTEGER PRIMARY KEY REFERENCES claims (id),
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    profile       INTEGER NOT NULL,
    place         INTEGER NOT NULL,
    lot           INTEGER NOT NULL
);
CREATE INDEX worth_waiting_place ON worth_waiting (collection_id, profile, place);
CREATE INDEX worth_waiting_lot ON worth_waiting (collection_id, lot);
CREATE TABLE worth_tallies (
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    profile       INTEGER NOT NULL,
    waiting       INTEGER NOT NULL,
    accepted      INTEGER NOT NULL,
    rejected      INTEGER NOT NULL,
    PRIMARY KEY (collection_id, profile)
);
CREATE TABLE worth_inboxes (
    collection_id INTEGER PRIMARY KEY REFERENCES collections (id),
    waiting       INTEGER NOT NULL,
    accepted      INTEGER NOT NULL,
    rejected      INTEGER NOT NULL,
    draws         INTEGER NOT NULL DEFAULT 0,
    head          INTEGER NOT NULL DEFAULT 0, -- the candidate that is first by lot, since day; 0: none
    head_waiting  INTEGER NOT NULL DEFAULT 0, -- the counts at that moment
    head_found    INTEGER NOT NULL DEFAULT 0,
    head_all      INTEGER NOT NULL DEFAULT 0,
    day           INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE worth_draws (
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    n             INTEGER NOT NULL,
    waiting       INTEGER NOT NULL,
    found         INTEGER NOT NULL,
    all_then      INTEGER NOT NULL,
    worth         BOOLEAN NOT NULL,
    PRIMARY KEY (collection_id, n)
);
INSERT INTO worth_waiting (claim_id, collection_id, profile, place, lot)
    SELECT id, collection_id, 0, (100 - checkworthy) * 1099511627776 + id,
        random() & 9007199254740991
    FROM claims WHERE state = 'candidate';
INSERT INTO worth_tallies (collection_id, profile, waiting, accepted, rejected)
    SELECT collection_id, 0, COUNT(CASE WHEN state = 'candidate' THEN 1 END),
        COUNT(CASE WHEN state NOT IN ('candidate', 'rejected') THEN 1 END),
        COUNT(CASE WHEN state = 'rejected' THEN 1 END)
    FROM claims WHERE by_hand = FALSE AND state <> 'merged' GROUP BY collection_id;
INSERT INTO worth_inboxes (collection_id, waiting, accepted, rejected)
    SELECT collection_id, waiting, accepted, rejected FROM worth_tallies;
INSERT INTO store_meta (name, value) SELECT 'worth_old', CAST(MAX(id) AS TEXT) FROM claims HAVING MAX(id) IS NOT NULL;
