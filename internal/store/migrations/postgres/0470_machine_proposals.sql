-- +goose Up
-- What machines propose by their tokens: which machine and by which token; besides candidates, other words for a claim,
-- glosses, passages, two articles of one origin (of no claim), and fact-checks of the shelf. A machine's proposal stands
-- beside what the rules propose of the same two, so that pair may be there once for each machine.
UPDATE proposals SET token_id = NULL; -- nothing could write one so far
ALTER TABLE proposals ALTER COLUMN claim_id DROP NOT NULL;
ALTER TABLE proposals ADD CONSTRAINT proposals_token_id_fkey FOREIGN KEY (token_id) REFERENCES tokens (id);
ALTER TABLE proposals ADD COLUMN machine_id BIGINT REFERENCES users (id); -- whose token it is
-- counts the proposals of this machine, for id counts what is veiled from it
ALTER TABLE proposals ADD COLUMN own_n BIGINT;
ALTER TABLE proposals ADD COLUMN article_id BIGINT REFERENCES articles (id); -- of an origin: the two articles
ALTER TABLE proposals ADD COLUMN other_article_id BIGINT REFERENCES articles (id);
ALTER TABLE proposals ADD COLUMN entry_id BIGINT REFERENCES shelf_entries (id); -- of a match
ALTER TABLE proposals ADD CONSTRAINT proposals_of CHECK (claim_id IS NOT NULL OR article_id IS NOT NULL);
ALTER TABLE proposals ADD CONSTRAINT proposals_by CHECK ((token_id IS NULL) = (machine_id IS NULL)
    AND (own_n IS NULL) = (machine_id IS NULL));
DROP INDEX proposals_duplicate;
DROP INDEX proposals_passage;
DROP INDEX proposals_fate;
CREATE UNIQUE INDEX proposals_duplicate ON proposals (claim_id, other_id)
    WHERE other_id IS NOT NULL AND token_id IS NULL;
CREATE UNIQUE INDEX proposals_passage ON proposals (claim_id, sentence_id)
    WHERE sentence_id IS NOT NULL AND token_id IS NULL;
CREATE INDEX proposals_fate ON proposals (collection_id, kind, maker, model, lang, machine_id, fate, distance);
CREATE INDEX proposals_machine ON proposals (machine_id, collection_id, own_n) WHERE machine_id IS NOT NULL;
CREATE UNIQUE INDEX proposals_own ON proposals (machine_id, own_n) WHERE machine_id IS NOT NULL;
CREATE INDEX proposals_day ON proposals (machine_id, made_at) WHERE machine_id IS NOT NULL;
CREATE INDEX proposals_other ON proposals (other_id) WHERE other_id IS NOT NULL AND token_id IS NOT NULL;
CREATE INDEX proposals_sentence ON proposals (sentence_id) WHERE sentence_id IS NOT NULL AND token_id IS NOT NULL;
CREATE INDEX proposals_articles ON proposals (article_id) WHERE article_id IS NOT NULL;
CREATE INDEX proposals_other_articles ON proposals (other_article_id) WHERE other_article_id IS NOT NULL;
CREATE INDEX shelf_entries_url ON shelf_entries (collection_id, url) WHERE state = 'kept';
