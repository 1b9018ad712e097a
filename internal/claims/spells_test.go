package claims_test

import (
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/history"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// spellRow is a spell without what is the same in all of this test.
type spellRow struct {
	State        string
	First, Until int64
}

func spellsOf(t *testing.T, db *store.DB, id claims.ID) (out []spellRow) {
	t.Helper()
	if err := db.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		out, err = store.Select[spellRow](r, "SELECT state, first_seq AS first, until_seq AS until FROM claim_spells "+
			"WHERE claim_id = ? ORDER BY first_seq", id)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestSpells: a spell begins with the event that changes what a claim is found by, ends where the next begins, and no
// other event begins one.
func TestSpells(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Lang: "en", Source: "Ledger", Raw: "Twelve grants were approved in March."})
		c := w.Claim(a, "Twelve grants were approved", "Twelve grants were approved in March.")
		made := spellsOf(t, db, c.ID)
		if len(made) != 1 || made[0].State != "open" || made[0].Until != history.StandsStill {
			t.Fatalf("a new claim has the spells %v", made)
		}
		edited, err := w.Claims.Edit(roomtest.Ctx(), w.As("reviewer-1"), c.ID, c.WordsVersion,
			claims.Words{Statement: "Twelve grants were approved in March 2026.", Attribution: "the mayor"}, false)
		if err != nil {
			t.Fatal(err)
		}
		if same := spellsOf(t, db, c.ID); len(same) != 1 || same[0] != made[0] {
			t.Errorf("other words began a spell: %v, was %v", same, made)
		}
		if _, err := w.Claims.Withdraw(roomtest.Ctx(), w.As("reviewer-1"), c.ID, edited.Version,
			"Nobody asks."); err != nil {
			t.Fatal(err)
		}
		got := spellsOf(t, db, c.ID)
		if len(got) != 2 || got[0].Until != got[1].First || got[1].State != "withdrawn" ||
			got[1].Until != history.StandsStill || got[0].First != made[0].First {
			t.Errorf("a withdrawn claim has the spells %v", got)
		}
		w.Verify()

		// What somebody changed there is found, and made anew it is as it was.
		for _, attack := range []string{"UPDATE claim_spells SET until_seq = until_seq - 1 WHERE state = 'open'",
			"DELETE FROM claim_spells WHERE state = 'withdrawn'", "UPDATE claim_spells SET verdict = 'disputed'",
			"INSERT INTO claim_spells SELECT collection_id, state, 4711, first_seq, until_seq, lang, verdict, kind, " +
				"round, priority, checkworthy, start_cp, opened_at, opened_by FROM claim_spells"} {
			if err := db.Write(roomtest.Ctx(), func(tx *store.Tx) error {
				return tx.Gorm().Exec(attack).Error
			}); err != nil {
				t.Fatal(err)
			}
			report, err := w.Audit(roomtest.Ctx(), history.Options{})
			if err != nil {
				t.Fatal(err)
			}
			var said strings.Builder
			if _ = report.Write(&said); report.OK() || !strings.Contains(said.String(), "spells") {
				t.Errorf("%s: the audit says %s", attack, &said)
			}
			if err := claims.RebuildSpells(roomtest.Ctx(), db); err != nil {
				t.Fatal(err)
			}
			if again := spellsOf(t, db, c.ID); len(again) != 2 || again[0] != got[0] || again[1] != got[1] {
				t.Errorf("%s: made anew they are %v, were %v", attack, again, got)
			}
			w.Verify()
		}
	})
}
