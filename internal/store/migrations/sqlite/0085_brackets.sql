-- +goose Up
-- Brackets: what a machine would fill into a claim's statement, in [ ]: the words, the end of the statement before the
-- place, and the span of the revision that they came from (0 to 0: worked out from the day of publication).
ALTER TABLE proposals ADD COLUMN words TEXT NOT NULL DEFAULT '';
ALTER TABLE proposals ADD COLUMN after_words TEXT NOT NULL DEFAULT '';
ALTER TABLE proposals ADD COLUMN revision_id INTEGER REFERENCES revisions (id);
ALTER TABLE proposals ADD COLUMN start_cp INTEGER NOT NULL DEFAULT 0;
ALTER TABLE proposals ADD COLUMN end_cp INTEGER NOT NULL DEFAULT 0;
