-- +goose Up
-- What a set prints beside its claims: who publishes it, a note, the address of a printed claim with {set}, {version}
-- and {claim} in it, whether people are named, and whether rationales are printed. It is fixed by the freeze.
ALTER TABLE claim_sets ADD COLUMN publisher TEXT NOT NULL DEFAULT '';
ALTER TABLE claim_sets ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE claim_sets ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE claim_sets ADD COLUMN people TEXT NOT NULL DEFAULT 'names' CHECK (people IN ('names', 'roles', 'none'));
ALTER TABLE claim_sets ADD COLUMN rationales BOOLEAN NOT NULL DEFAULT FALSE;
