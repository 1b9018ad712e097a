-- +goose Up
-- With which request an editor put one, since both ask the same; its own number: it stands alone; 0: the program decides.
ALTER TABLE requests ADD COLUMN placed BIGINT NOT NULL DEFAULT 0;
