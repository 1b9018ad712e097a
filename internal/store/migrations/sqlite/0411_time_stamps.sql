-- +goose Up
-- The service that stamps captures with the time (RFC 3161), which an admin names. No row, or no address, is none.
CREATE TABLE stamping (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    address     TEXT NOT NULL,
    certificate TEXT NOT NULL, -- PEM: of the service, or of who issued it
    version     INTEGER NOT NULL
);

-- What a time stamp of a capture says, as JSON; '' there is none. The token that proves it lies with the bytes.
ALTER TABLE captures ADD COLUMN stamp TEXT NOT NULL DEFAULT '';
ALTER TABLE capture_bodies ADD COLUMN stamp BLOB NOT NULL DEFAULT X'';
