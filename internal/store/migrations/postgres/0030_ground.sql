-- +goose Up
-- What a review was judged on, and which reviews a decision counted, kept with them: clocks cannot tell what came first.
-- A confidence that nobody stated is null.
ALTER TABLE reviews ALTER COLUMN confidence DROP NOT NULL;
ALTER TABLE reviews ADD COLUMN ground TEXT NOT NULL DEFAULT '[]'; -- JSON array of [article, version of its origin]; [] of an earlier program
ALTER TABLE decisions ADD COLUMN counted TEXT NOT NULL DEFAULT '[]'; -- JSON array of the ids of reviews; [] of an earlier program
ALTER TABLE decisions ADD COLUMN advice TEXT NOT NULL DEFAULT '[]'; -- JSON array: guards that failed but only advise in this collection
