-- +goose Up
-- Which articles a frozen set rests on: those of its claims, and those of their evidence. What happens to an article is
-- told to the sets by this table, one row a set, however many of their claims are of it.
CREATE TABLE claim_set_articles (
    set_id      INTEGER NOT NULL REFERENCES claim_sets (id),
    article_id  INTEGER NOT NULL REFERENCES articles (id),
    as_evidence BOOLEAN NOT NULL,
    PRIMARY KEY (set_id, article_id, as_evidence)
);
CREATE INDEX claim_set_articles_article ON claim_set_articles (article_id);
INSERT INTO claim_set_articles (set_id, article_id, as_evidence)
SELECT DISTINCT m.set_id, json_extract(CASE WHEN json_valid(m.frozen) THEN m.frozen ELSE '{}' END, '$.article.article'),
    FALSE
FROM claim_set_claims m JOIN claim_sets s ON s.id = m.set_id
WHERE s.state <> 'draft'
    AND json_extract(CASE WHEN json_valid(m.frozen) THEN m.frozen ELSE '{}' END, '$.article.article') IS NOT NULL;
INSERT INTO claim_set_articles (set_id, article_id, as_evidence)
SELECT DISTINCT m.set_id, json_extract(e.value, '$.article.article'), TRUE
FROM claim_set_claims m JOIN claim_sets s ON s.id = m.set_id
    JOIN json_each(CASE WHEN json_valid(m.frozen) THEN m.frozen ELSE '{}' END, '$.evidence') e
WHERE s.state <> 'draft' AND json_extract(e.value, '$.article.article') IS NOT NULL;

-- Alarms: something happened to what a frozen set prints. answer is '' until a person gave one; a set that a correction
-- superseded has none that waits. Exactly one of claim and article is there.
CREATE TABLE alarms (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    set_id        INTEGER NOT NULL REFERENCES claim_sets (id),
    claim_id      INTEGER REFERENCES claims (id),
    article_id    INTEGER REFERENCES articles (id),
    evidence_id   INTEGER REFERENCES evidence (id), -- the item that was unlinked
    cause         TEXT NOT NULL CHECK (cause IN ('reopened', 'withdrawn', 'redecided', 'unlinked', 'origin',
        'taken_down', 'revised', 'editor')),
    raised_at     INTEGER NOT NULL,
    answer        TEXT NOT NULL CHECK (answer IN ('', 'stands', 'withdrawn')),
    reason        TEXT NOT NULL, -- of the answer
    answered_by   INTEGER REFERENCES users (id),
    answered_at   INTEGER,
    version       INTEGER NOT NULL
);
CREATE INDEX alarms_waiting ON alarms (collection_id, id) WHERE answer = '';
CREATE INDEX alarms_set ON alarms (set_id, id);
