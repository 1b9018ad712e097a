-- +goose Up
-- A proposal says by what it was made (a model's name, the hash of what it was asked, its parameters; or a machine's
-- token), of what (the hash of its input), in which words and for which reasons, and to which words a person changed
-- it: distance is the number of letters between the two, -1 where it was not counted.
ALTER TABLE proposals ADD COLUMN collection_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE proposals ADD COLUMN lang TEXT NOT NULL DEFAULT '';
ALTER TABLE proposals ADD COLUMN model TEXT NOT NULL DEFAULT '';
ALTER TABLE proposals ADD COLUMN prompt TEXT NOT NULL DEFAULT '';
ALTER TABLE proposals ADD COLUMN parameters TEXT NOT NULL DEFAULT '';
ALTER TABLE proposals ADD COLUMN input TEXT NOT NULL DEFAULT '';
ALTER TABLE proposals ADD COLUMN token_id INTEGER;
ALTER TABLE proposals ADD COLUMN reasons TEXT NOT NULL DEFAULT '[]';
ALTER TABLE proposals ADD COLUMN changed_to TEXT NOT NULL DEFAULT '';
ALTER TABLE proposals ADD COLUMN distance INTEGER NOT NULL DEFAULT -1;
UPDATE proposals SET collection_id = (SELECT collection_id FROM claims c WHERE c.id = proposals.claim_id),
    lang = (SELECT lang FROM claims c WHERE c.id = proposals.claim_id);
DROP INDEX proposals_fate;
CREATE INDEX proposals_fate ON proposals (collection_id, kind, maker, model, lang, fate, distance);
