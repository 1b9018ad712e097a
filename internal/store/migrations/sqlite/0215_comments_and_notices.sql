-- +goose Up
-- A comment knows the round that was open when it was made (0: none): until that round is over it is shown to its author
-- and to auditors only. It goes by a name drawn at random, for numbers would count those that are hidden; comments there
-- were keep their number as their name. A notice tells a person that something concerns them; what happened has its
-- event, so a notice has none.
ALTER TABLE comments ADD COLUMN public TEXT NOT NULL DEFAULT '';
UPDATE comments SET public = CAST(id AS TEXT);
CREATE UNIQUE INDEX comments_public ON comments (public);
ALTER TABLE comments ADD COLUMN round INTEGER NOT NULL DEFAULT 0;
ALTER TABLE comments ADD COLUMN mentions TEXT NOT NULL DEFAULT '[]'; -- of whom: numbers of users, a JSON array
ALTER TABLE comments ADD COLUMN resolved_by INTEGER REFERENCES users (id);
ALTER TABLE comments ADD COLUMN resolved_at INTEGER;
ALTER TABLE comments ADD COLUMN version INTEGER NOT NULL DEFAULT 1;

CREATE TABLE notices (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    public        TEXT NOT NULL,
    user_id       INTEGER NOT NULL REFERENCES users (id),
    collection_id INTEGER NOT NULL, -- 0: of none
    kind          TEXT NOT NULL,
    claim_id      INTEGER NOT NULL, -- 0: of none
    ref           TEXT NOT NULL, -- what of the claim: the comment's name, the round
    told_at       INTEGER NOT NULL,
    read_at       INTEGER
);
CREATE UNIQUE INDEX notices_public ON notices (public);
CREATE INDEX notices_user ON notices (user_id, id);
CREATE INDEX notices_unread ON notices (user_id, collection_id) WHERE read_at IS NULL;
CREATE INDEX notices_claim ON notices (user_id, claim_id, kind) WHERE read_at IS NULL;
