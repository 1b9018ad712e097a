-- +goose Up
-- The veils that were lifted (internal/history): a veiled event is shown once its veil is here. Review lifts the veil of
-- a round when it closes, and of a round in conflict when that is decided or left.
CREATE TABLE veils (
    veil INTEGER PRIMARY KEY
);
INSERT INTO veils (veil)
SELECT r.id FROM review_rounds r WHERE r.closed_at IS NOT NULL
AND (r.outcome <> 'in_conflict' OR EXISTS (SELECT 1 FROM decisions d WHERE d.round_id = r.id));

-- +goose StatementBegin
CREATE TRIGGER veils_no_update BEFORE UPDATE ON veils
BEGIN SELECT RAISE(ABORT, 'a lifted veil never changes'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER veils_no_delete BEFORE DELETE ON veils
BEGIN SELECT RAISE(ABORT, 'a lifted veil never falls again'); END;
-- +goose StatementEnd
