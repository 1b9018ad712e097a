-- +goose Up
-- The veils that were lifted (internal/history): a veiled event is shown once its veil is here. Review lifts the veil of
-- a round when it closes, and of a round in conflict when that is decided or left.
CREATE TABLE veils (
    veil BIGINT PRIMARY KEY
);
INSERT INTO veils (veil)
SELECT r.id FROM review_rounds r WHERE r.closed_at IS NOT NULL
AND (r.outcome <> 'in_conflict' OR EXISTS (SELECT 1 FROM decisions d WHERE d.round_id = r.id));

CREATE TRIGGER veils_no_change BEFORE UPDATE OR DELETE ON veils FOR EACH ROW EXECUTE FUNCTION history_refuse();
CREATE TRIGGER veils_no_truncate BEFORE TRUNCATE ON veils FOR EACH STATEMENT EXECUTE FUNCTION history_refuse();
