-- +goose Up
-- Addresses that are told what happens in a collection (internal/webhooks).
CREATE TABLE webhooks (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    collection_id INTEGER NOT NULL REFERENCES collections (id),
    address       TEXT NOT NULL,
    topics        TEXT NOT NULL, -- names, by spaces
    state         TEXT NOT NULL CHECK (state IN ('on', 'off', 'stopped')),
    set_by        INTEGER NOT NULL REFERENCES users (id),
    set_at        INTEGER NOT NULL,
    version       INTEGER NOT NULL,
    secret        TEXT NOT NULL,    -- it signs, so it lies here as it is
    seen_seq      INTEGER NOT NULL, -- the last event that was looked at
    last_number   INTEGER NOT NULL, -- of its deliveries
    tries         INTEGER NOT NULL, -- that failed since the last delivery that was taken
    failing_since INTEGER NOT NULL, -- 0: not
    next_at       INTEGER NOT NULL,
    message       TEXT NOT NULL,
    holder        TEXT NOT NULL,
    held_until    INTEGER NOT NULL
);
CREATE INDEX webhooks_collection ON webhooks (collection_id, id);

-- What each is told, numbered in each webhook without a gap.
CREATE TABLE webhook_deliveries (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    webhook_id INTEGER NOT NULL REFERENCES webhooks (id),
    number     INTEGER NOT NULL,
    event_seq  INTEGER NOT NULL,
    action     TEXT NOT NULL,
    object     TEXT NOT NULL,
    claim_id   INTEGER NOT NULL, -- 0: none
    at         INTEGER NOT NULL, -- when it happened
    state      TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed', 'cancelled')),
    tries      INTEGER NOT NULL,
    message    TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    UNIQUE (webhook_id, number)
);
CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (webhook_id, number) WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_ended ON webhook_deliveries (changed_at) WHERE state <> 'waiting';

-- Events of which a webhook is told once their veil is lifted.
CREATE TABLE webhook_held (
    webhook_id INTEGER NOT NULL REFERENCES webhooks (id),
    event_seq  INTEGER NOT NULL,
    veil       INTEGER NOT NULL,
    PRIMARY KEY (webhook_id, event_seq)
);
