-- +goose Up
-- How reviewers agree, counted when a round closes: rounds by the reasons that their reviews gave, in their order (a
-- reason belongs to one verdict), and pairs of people by what both said. Of rounds of before, those reviews count that
-- were of the newest words; a server could not tell any more which others were stale.
CREATE TABLE agreement_rounds (
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    lang          TEXT NOT NULL,
    reasons       TEXT NOT NULL,
    n             INTEGER NOT NULL,
    PRIMARY KEY (collection_id, lang, reasons)
);
CREATE TABLE agreement_pairs (
    collection_id  INTEGER NOT NULL REFERENCES collections (id),
    lang           TEXT NOT NULL,
    first_id       INTEGER NOT NULL REFERENCES users (id), -- the smaller of the two
    second_id      INTEGER NOT NULL REFERENCES users (id),
    first_verdict  TEXT NOT NULL,
    second_verdict TEXT NOT NULL,
    n              INTEGER NOT NULL,
    PRIMARY KEY (collection_id, lang, first_id, second_id, first_verdict, second_verdict)
);
CREATE VIEW agreement_before AS
    SELECT c.collection_id, c.lang, r.id AS round_id, r.outcome, rv.reviewer_id, rv.verdict, rv.reason,
        EXISTS (SELECT 1 FROM decisions d WHERE d.round_id = r.id) AS decided
    FROM review_rounds r JOIN claims c ON c.id = r.claim_id
    JOIN reviews rv ON rv.round_id = r.id AND rv.superseded_at IS NULL
    WHERE r.outcome IN ('agreed', 'in_conflict') AND rv.words_version =
        (SELECT MAX(x.words_version) FROM reviews x WHERE x.round_id = r.id AND x.superseded_at IS NULL);
INSERT INTO agreement_rounds (collection_id, lang, reasons, n)
    SELECT collection_id, lang, reasons, COUNT(*) FROM (
        SELECT collection_id, lang, group_concat(reason, ',' ORDER BY reason) AS reasons
        FROM agreement_before GROUP BY round_id, collection_id, lang HAVING COUNT(*) > 1) before
    GROUP BY collection_id, lang, reasons;
INSERT INTO agreement_pairs (collection_id, lang, first_id, second_id, first_verdict, second_verdict, n)
    SELECT a.collection_id, a.lang, a.reviewer_id, b.reviewer_id, a.verdict, b.verdict, COUNT(*)
    FROM agreement_before a JOIN agreement_before b ON b.round_id = a.round_id AND b.reviewer_id > a.reviewer_id
    WHERE a.outcome = 'agreed' OR a.decided
    GROUP BY a.collection_id, a.lang, a.reviewer_id, b.reviewer_id, a.verdict, b.verdict;
DROP VIEW agreement_before;
