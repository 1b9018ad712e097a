-- +goose Up
-- Which drafts are being frozen: the claims are written down in slices (claim_set_claims.frozen), which nobody reads
-- before the set is frozen. holder is the job or the process that does it; what a dead one left is swept.
CREATE TABLE claim_set_freezes (
    set_id     INTEGER PRIMARY KEY REFERENCES claim_sets (id),
    version    INTEGER NOT NULL,
    holder     TEXT NOT NULL,
    held_until INTEGER NOT NULL
);
