-- +goose Up
-- Claims and candidates, every wording they ever had, their glosses and the comments on them.
CREATE TABLE claims (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    article_id    INTEGER NOT NULL REFERENCES articles (id),
    revision_id   INTEGER NOT NULL REFERENCES revisions (id),
    sentence      INTEGER NOT NULL, -- number in the revision of the sentence the span begins in
    start_cp      INTEGER NOT NULL,
    end_cp        INTEGER NOT NULL,
    exact         TEXT NOT NULL,
    prefix        TEXT NOT NULL,
    suffix        TEXT NOT NULL,
    lang          TEXT NOT NULL,
    dir           TEXT NOT NULL,
    statement     TEXT NOT NULL,
    attribution   TEXT NOT NULL,
    hedge         TEXT NOT NULL, -- JSON array
    kind          TEXT NOT NULL,
    checkworthy   INTEGER NOT NULL,
    reasons       TEXT NOT NULL, -- JSON array: why it is worth checking
    state         TEXT NOT NULL CHECK (state IN ('candidate', 'open', 'in_conflict', 'decided', 'approved', 'rejected', 'withdrawn', 'merged')),
    verdict       TEXT NOT NULL CHECK (verdict IN ('', 'corroborated', 'disputed', 'unverified')),
    reason        TEXT NOT NULL,
    round         INTEGER NOT NULL, -- number of the present round, 0 before the first
    words_version INTEGER NOT NULL,
    version       INTEGER NOT NULL,
    merged_into   INTEGER REFERENCES claims (id),
    by_hand       BOOLEAN NOT NULL,
    added_by      INTEGER NOT NULL REFERENCES users (id),
    added_at      INTEGER NOT NULL,
    opened_by     INTEGER REFERENCES users (id), -- who accepted it or made it by hand
    opened_at     INTEGER,
    changed_at    INTEGER NOT NULL
);
CREATE INDEX claims_collection ON claims (collection_id, state, id);
CREATE INDEX claims_article ON claims (article_id, start_cp);
CREATE INDEX claims_verdict ON claims (collection_id, verdict, id);

CREATE TABLE claim_words (
    claim_id      INTEGER NOT NULL REFERENCES claims (id),
    words_version INTEGER NOT NULL,
    revision_id   INTEGER NOT NULL,
    start_cp      INTEGER NOT NULL,
    end_cp        INTEGER NOT NULL,
    exact         TEXT NOT NULL,
    statement     TEXT NOT NULL,
    attribution   TEXT NOT NULL,
    hedge         TEXT NOT NULL,
    worded_by     INTEGER NOT NULL REFERENCES users (id),
    worded_at     INTEGER NOT NULL,
    PRIMARY KEY (claim_id, words_version)
);

CREATE TABLE glosses (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    claim_id     INTEGER NOT NULL REFERENCES claims (id),
    lang         TEXT NOT NULL,
    words        TEXT NOT NULL,
    author_id    INTEGER NOT NULL REFERENCES users (id),
    confirmed_by INTEGER REFERENCES users (id),
    changed_at   INTEGER NOT NULL,
    version      INTEGER NOT NULL,
    UNIQUE (claim_id, lang)
);

CREATE TABLE comments (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    claim_id  INTEGER NOT NULL REFERENCES claims (id),
    author_id INTEGER NOT NULL REFERENCES users (id),
    words     TEXT NOT NULL,
    added_at  INTEGER NOT NULL
);
CREATE INDEX comments_claim ON comments (claim_id, id);
