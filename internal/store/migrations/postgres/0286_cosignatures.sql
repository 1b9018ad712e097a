-- +goose Up
-- What witnesses signed of checkpoints: each line is a signature of its own, kept beside the checkpoint of that size.
CREATE TABLE cosignatures (
    size    BIGINT NOT NULL, -- of the checkpoint
    witness TEXT NOT NULL, -- its key: NAME+ID
    line    TEXT NOT NULL, -- a signature line of a C2SP signed-note, without its newline
    at      BIGINT NOT NULL, -- when it was taken in
    PRIMARY KEY (size, witness)
);
CREATE INDEX cosignatures_witness ON cosignatures (witness, size);
