package exceptions_test

import (
	"regexp"
	"testing"

	"claimbench/internal/exceptions"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// wholeTable is a step that reads a table from end to end; by an index of what is exceptional it does not.
var wholeTable = regexp.MustCompile(`^SCAN (\w+)( USING (?:COVERING )?INDEX (\w+))?`)

// exceptional are the indexes that hold only what a rule is about.
var exceptional = map[string]bool{"review_rounds_again": true, "review_rounds_split": true, "reviews_advised": true,
	"decisions_advised": true, "decisions_hasty": true, "decisions_adjudicated": true, "decisions_own": true,
	"captures_not_found": true, "reviews_own": true}

// few are what may be read whole: they do not grow with what is read and reviewed.
var few = map[string]bool{"u": true, "c": false, "h": true, "json_each": true, "q": true, "l": true,
	"ap": true} // articles that are protected

// TestQuestionsGoByIndexes: no rule reads a table that grows from end to end, but the one that is named.
func TestQuestionsGoByIndexes(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	for _, r := range exceptions.Rules() {
		if err := db.Read(ctx, func(rx *store.Rx) error {
			question := r.Question(rx, exceptions.Scope{All: true})
			var steps []struct{ Detail string }
			for _, sql := range []string{
				"SELECT * FROM (" + question + ") AS q WHERE k <= 5 AND (k < 5 OR s < 5) ORDER BY k DESC, s DESC " +
					"LIMIT 51",
				"SELECT COUNT(*) FROM (SELECT k FROM (" + question + ") AS q WHERE k <= 5 ORDER BY k DESC " +
					"LIMIT 1001) AS l",
			} {
				var some []struct{ Detail string }
				if err := rx.Gorm().Raw("EXPLAIN QUERY PLAN " + sql).Scan(&some).Error; err != nil {
					return err
				}
				steps = append(steps, some...)
			}
			for _, s := range steps {
				t.Logf("%s: %s", r.Name, s.Detail)
				m := wholeTable.FindStringSubmatch(s.Detail)
				if m == nil || few[m[1]] || exceptional[m[3]] {
					continue
				}
				if r.Name == "checkpoint_gap" && m[1] == "c" { // one in a hundred events has a checkpoint
					continue
				}
				t.Errorf("%s reads a table whole: %s", r.Name, s.Detail)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
}
