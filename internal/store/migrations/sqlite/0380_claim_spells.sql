-- +goose Up
-- A row for each stretch of events in which a claim stood unchanged in what lists, queues and sums find it by: from event
-- first_seq on, up to but not with until_seq, the largest number there is while it stands. A page of the past finds the
-- claims of then by its index (docs/adr/0490-a-claim-has-spells.md). It follows from the history, and an audit compares.
CREATE TABLE claim_spells (
    collection_id INTEGER NOT NULL,
    state         TEXT NOT NULL,
    claim_id      INTEGER NOT NULL,
    first_seq     INTEGER NOT NULL,
    until_seq     INTEGER NOT NULL,
    lang          TEXT NOT NULL,
    verdict       TEXT NOT NULL,
    kind          TEXT NOT NULL,
    round         INTEGER,
    priority      INTEGER,
    checkworthy   INTEGER,
    start_cp      INTEGER,
    opened_at     INTEGER,
    opened_by     INTEGER,
    PRIMARY KEY (collection_id, state, claim_id, first_seq)
) WITHOUT ROWID;
CREATE INDEX claim_spells_claim ON claim_spells (claim_id, first_seq);
INSERT INTO claim_spells (collection_id, claim_id, first_seq, until_seq, state, lang, verdict, kind, round, priority,
    checkworthy, start_cp, opened_at, opened_by)
SELECT collection_id, claim_id, first_seq,
        COALESCE(LEAD(first_seq) OVER (PARTITION BY claim_id ORDER BY first_seq), 9223372036854775807) AS until_seq,
        state, lang, verdict, kind, round, priority, checkworthy, start_cp, opened_at, opened_by
    FROM (SELECT m.*, LAG(said) OVER (PARTITION BY claim_id ORDER BY first_seq) AS before
    FROM (SELECT k.*,
        COALESCE(CAST(k.state AS TEXT), '') || ' '
        || COALESCE(CAST(k.lang AS TEXT), '') || ' '
        || COALESCE(CAST(k.verdict AS TEXT), '') || ' '
        || COALESCE(CAST(k.kind AS TEXT), '') || ' '
        || COALESCE(CAST(k.round AS TEXT), '') || ' '
        || COALESCE(CAST(k.priority AS TEXT), '') || ' '
        || COALESCE(CAST(k.checkworthy AS TEXT), '') || ' '
        || COALESCE(CAST(k.start_cp AS TEXT), '') || ' '
        || COALESCE(CAST(k.opened_at AS TEXT), '') || ' '
        || COALESCE(CAST(k.opened_by AS TEXT), '') AS said
    FROM (SELECT c.collection_id, c.id AS claim_id, e.seq AS first_seq,
        COALESCE(json_extract(e.row_after, '$.state'), '') AS state,
        COALESCE(json_extract(e.row_after, '$.lang'), '') AS lang,
        COALESCE(json_extract(e.row_after, '$.verdict'), '') AS verdict,
        COALESCE(json_extract(e.row_after, '$.kind'), '') AS kind,
        CAST(json_extract(e.row_after, '$.round') AS BIGINT) AS round,
        CAST(COALESCE(json_extract(e.row_after, '$.priority'), '0') AS BIGINT) AS priority,
        CAST(json_extract(e.row_after, '$.checkworthy') AS BIGINT) AS checkworthy,
        CAST(json_extract(e.row_after, '$.start') AS BIGINT) AS start_cp,
        CAST(NULLIF(json_extract(e.row_after, '$.opened_at'), '') AS BIGINT) AS opened_at,
        CAST(NULLIF(json_extract(e.row_after, '$.opened_by'), '') AS BIGINT) AS opened_by
    FROM claims c JOIN events e ON e.object = 'claim:' || c.id AND e.row_after IS NOT NULL) k) m) n
    WHERE before IS NULL OR before <> said;
-- A spell ends where the next one of its claim begins: here, so that whoever changes a claim sends nothing more.
-- +goose StatementBegin
CREATE TRIGGER claim_spells_next AFTER INSERT ON claim_spells BEGIN
    UPDATE claim_spells SET until_seq = NEW.first_seq
    WHERE claim_id = NEW.claim_id AND first_seq < NEW.first_seq AND until_seq = 9223372036854775807;
END;
-- +goose StatementEnd
