-- +goose Up
-- What machines propose by their tokens: which machine and by which token; besides candidates, other words for a claim,
-- glosses, passages, two articles of one origin (of no claim), and fact-checks of the shelf. A machine's proposal stands
-- beside what the rules propose of the same two, so that pair may be there once for each machine. (SQLite changes a
-- column by making the table anew; nothing refers to it.)
DROP INDEX proposals_claim;
DROP INDEX proposals_duplicate;
DROP INDEX proposals_passage;
DROP INDEX proposals_fate;
DROP INDEX proposals_at_once;
ALTER TABLE proposals RENAME TO proposals_before;
CREATE TABLE proposals (
    id               INTEGER PRIMARY KEY,
    kind             TEXT NOT NULL,
    maker            TEXT NOT NULL,
    version          TEXT NOT NULL,
    claim_id         INTEGER REFERENCES claims (id), -- NULL: of two articles
    fate             TEXT NOT NULL DEFAULT '' CHECK (fate IN ('', 'accepted', 'edited', 'rejected', 'left')),
    made_at          INTEGER NOT NULL,
    settled_at       INTEGER,
    settled_by       INTEGER REFERENCES users (id),
    words            TEXT NOT NULL DEFAULT '',
    after_words      TEXT NOT NULL DEFAULT '',
    revision_id      INTEGER REFERENCES revisions (id),
    start_cp         INTEGER NOT NULL DEFAULT 0,
    end_cp           INTEGER NOT NULL DEFAULT 0,
    other_id         INTEGER REFERENCES claims (id),
    sentence_id      INTEGER REFERENCES sentences (id),
    collection_id    INTEGER NOT NULL DEFAULT 0,
    lang             TEXT NOT NULL DEFAULT '',
    model            TEXT NOT NULL DEFAULT '',
    prompt           TEXT NOT NULL DEFAULT '',
    parameters       TEXT NOT NULL DEFAULT '',
    input            TEXT NOT NULL DEFAULT '',
    token_id         INTEGER REFERENCES tokens (id),
    reasons          TEXT NOT NULL DEFAULT '[]',
    changed_to       TEXT NOT NULL DEFAULT '',
    distance         INTEGER NOT NULL DEFAULT -1,
    machine_id       INTEGER REFERENCES users (id), -- whose token it is
    own_n            INTEGER, -- counts the proposals of this machine, for id counts what is veiled from it
    article_id       INTEGER REFERENCES articles (id), -- of an origin: the two articles
    other_article_id INTEGER REFERENCES articles (id),
    entry_id         INTEGER REFERENCES shelf_entries (id), -- of a match
    CHECK (claim_id IS NOT NULL OR article_id IS NOT NULL),
    CHECK ((token_id IS NULL) = (machine_id IS NULL) AND (own_n IS NULL) = (machine_id IS NULL))
);
INSERT INTO proposals (id, kind, maker, version, claim_id, fate, made_at, settled_at, settled_by, words, after_words,
        revision_id, start_cp, end_cp, other_id, sentence_id, collection_id, lang, model, prompt, parameters, input,
        reasons, changed_to, distance)
    SELECT id, kind, maker, version, claim_id, fate, made_at, settled_at, settled_by, words, after_words, revision_id,
        start_cp, end_cp, other_id, sentence_id, collection_id, lang, model, prompt, parameters, input, reasons,
        changed_to, distance FROM proposals_before;
DROP TABLE proposals_before;
CREATE INDEX proposals_claim ON proposals (claim_id);
CREATE UNIQUE INDEX proposals_duplicate ON proposals (claim_id, other_id)
    WHERE other_id IS NOT NULL AND token_id IS NULL;
CREATE UNIQUE INDEX proposals_passage ON proposals (claim_id, sentence_id)
    WHERE sentence_id IS NOT NULL AND token_id IS NULL;
CREATE INDEX proposals_fate ON proposals (collection_id, kind, maker, model, lang, machine_id, fate, distance);
CREATE INDEX proposals_at_once ON proposals (settled_at, id) WHERE kind = 'bracket' AND fate = 'accepted'
    AND settled_at - made_at < 5000000;
CREATE INDEX proposals_machine ON proposals (machine_id, collection_id, own_n) WHERE machine_id IS NOT NULL;
CREATE UNIQUE INDEX proposals_own ON proposals (machine_id, own_n) WHERE machine_id IS NOT NULL;
CREATE INDEX proposals_day ON proposals (machine_id, made_at) WHERE machine_id IS NOT NULL;
CREATE INDEX proposals_other ON proposals (other_id) WHERE other_id IS NOT NULL AND token_id IS NOT NULL;
CREATE INDEX proposals_sentence ON proposals (sentence_id) WHERE sentence_id IS NOT NULL AND token_id IS NOT NULL;
CREATE INDEX proposals_articles ON proposals (article_id) WHERE article_id IS NOT NULL;
CREATE INDEX proposals_other_articles ON proposals (other_article_id) WHERE other_article_id IS NOT NULL;
CREATE INDEX shelf_entries_url ON shelf_entries (collection_id, url) WHERE state = 'kept';
