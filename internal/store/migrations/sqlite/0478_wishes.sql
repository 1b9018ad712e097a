-- +goose Up
-- What the language model is asked of single claims: a gloss of it or of a passage beside it, by a person; the order of
-- the passages that are proposed for it, when the claim is opened and when texts come in. Work, with tries; what comes
-- of it are proposals.
CREATE TABLE wishes (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    claim_id      INTEGER NOT NULL REFERENCES claims (id),
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    kind          TEXT NOT NULL CHECK (kind IN ('gloss', 'order')),
    lang          TEXT NOT NULL, -- of the gloss; '' of an order
    sentence_id   INTEGER NOT NULL, -- of a passage's gloss; 0: it is of the claim
    revision_id   INTEGER NOT NULL, -- of that sentence
    reader_id     INTEGER NOT NULL, -- who alone reads a passage's gloss; 0: everybody
    proposal_id   INTEGER NOT NULL, -- what came of a passage's gloss; 0: nothing yet
    user_id       INTEGER NOT NULL REFERENCES users (id),
    via           TEXT NOT NULL,
    request       TEXT NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'failed')),
    why           TEXT NOT NULL, -- why its answer was refused; '' it was taken
    what          TEXT NOT NULL, -- the part of it that is wrong
    tries         INTEGER NOT NULL, -- that failed
    next_at       INTEGER NOT NULL, -- when it is tried at the earliest
    message       TEXT NOT NULL, -- why it waits or failed, for people
    holder        TEXT NOT NULL,
    held_until    INTEGER NOT NULL,
    added_at      INTEGER NOT NULL,
    changed_at    INTEGER NOT NULL,
    UNIQUE (claim_id, kind, lang, sentence_id, reader_id)
);
CREATE INDEX wishes_due ON wishes (kind, next_at, id) WHERE state = 'waiting';
CREATE INDEX wishes_revision ON wishes (revision_id) WHERE revision_id > 0;
CREATE INDEX wishes_orders ON wishes (collection_id, changed_at) WHERE kind = 'order' AND state = 'done';

-- Where the model puts a passage among those of its claim, from 1. The rules keep one row of a passage, the model its
-- own.
ALTER TABLE proposals ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
DROP INDEX proposals_passage;
CREATE UNIQUE INDEX proposals_passage ON proposals (claim_id, sentence_id)
    WHERE sentence_id IS NOT NULL AND token_id IS NULL AND maker <> 'model';
DROP INDEX proposals_sentence;
CREATE INDEX proposals_sentence ON proposals (sentence_id) WHERE sentence_id IS NOT NULL;
