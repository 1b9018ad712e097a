-- +goose Up
-- What a machine brings waits with its owner where something is protected (docs/adr/0607).
ALTER TABLE arrivals ADD COLUMN brought TEXT NOT NULL DEFAULT ''; -- name of the machine; '': a person brought it
