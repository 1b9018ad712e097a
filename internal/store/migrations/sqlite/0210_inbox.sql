-- +goose Up
-- The inbox. A claim may come before others (priority 1) or after them (-1); the queue goes by that, then by the moment
-- at which a claim was opened, by its worth, or by its place in its article. The language stands in each index, for most
-- people read some only. What a person put off is theirs alone: no statement, and so without an event.
ALTER TABLE claims ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
DROP INDEX claims_queue;
CREATE INDEX claims_queue ON claims (collection_id, state, priority DESC, opened_at, id, lang);
CREATE INDEX claims_queue_worth ON claims (collection_id, state, priority DESC, checkworthy DESC, id, lang)
    WHERE opened_at IS NOT NULL;
CREATE INDEX claims_queue_text ON claims (collection_id, state, article_id, start_cp, id, lang)
    WHERE opened_at IS NOT NULL;
ALTER TABLE users ADD COLUMN reads TEXT NOT NULL DEFAULT ''; -- languages, by commas; '': all
CREATE TABLE snoozes (
    user_id    INTEGER NOT NULL REFERENCES users (id),
    claim_id   INTEGER NOT NULL REFERENCES claims (id),
    state      TEXT    NOT NULL, -- in which it was put off, and the round: what moves on comes back by itself
    round      INTEGER NOT NULL,
    snoozed_at INTEGER NOT NULL,
    until      INTEGER NOT NULL,
    PRIMARY KEY (user_id, claim_id)
);
