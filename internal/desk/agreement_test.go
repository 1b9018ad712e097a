package desk_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// agreeing is a collection with four rounds of reviewer-1 and reviewer-2: two agree, one does not and is adjudicated,
// one is in conflict still; and an open round of one review.
func agreeing(t *testing.T, db *store.DB) (*roomtest.World, *desk.Desk) {
	t.Helper()
	at := time.Date(2026, 11, 20, 20, 0, 0, 0, time.UTC)
	db.SetClock(func() time.Time { return at })
	w := roomtest.New(t, db, articles.CollectionNew{})
	a := w.Article(articles.Import{Raw: "One came. Two left. Three sang. Four slept. Five ate.", Lang: "en"})
	unclear := review.Draft{Verdict: claims.Unverified, Reason: review.Insufficient, Searched: "All."}
	taste := review.Draft{Verdict: claims.Unverified, Reason: review.NotCheckable, Rationale: "Taste."}
	for i, words := range []string{"One came", "Two left", "Three sang", "Four slept", "Five ate"} {
		at = at.Add(time.Hour)
		c := w.Claim(a, words, words+".")
		b := w.Article(articles.Import{Raw: fmt.Sprintf("Nobody %s, says paper %d.", words, i), Lang: "en"})
		it := w.Link(c, b, "Nobody "+words, "refutes", "report")
		no := review.Draft{Verdict: claims.Disputed, Reason: review.Refuted, Evidence: review.EvidenceIDs{it.ID},
			Rationale: "No."}
		both := [5][2]review.Draft{{unclear, taste}, {no, no}, {no, unclear}, {unclear, no}, {no, no}}[i]
		at = at.Add(30 * time.Minute)
		for j, who := range []string{"reviewer-1", "reviewer-2"} {
			if i == 4 && j == 1 {
				continue // its round stays open
			}
			if _, _, err := w.Submit(who, c, both[j]); err != nil {
				t.Fatal(err)
			}
		}
		if i == 2 {
			if _, err := w.Review.Adjudicate(roomtest.Ctx(), w.As("editor-1"), review.Adjudication{ClaimID: c.ID,
				Round: 1, Draft: no}); err != nil {
				t.Fatal(err)
			}
		}
	}
	return w, desk.New(w.House, nil)
}

func TestAgreementByReader(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w, d := agreeing(t, db)
		look := func(who string) desk.AgreementPage {
			t.Helper()
			p, err := d.Agreement(roomtest.Ctx(), w.As(who), w.Collection.ID)
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
		reader := look("reviewer-1")
		if all := reader.All; all.N != 4 || all.Raw.Value != 0.5 || all.CohenN != 3 || len(reader.Langs) != 1 {
			t.Errorf("four rounds, of which two agree, and three with names: %+v", all)
		}
		// Do = 4/8, and chance gives 1 - (4·3+4·3)/(8·7) = 4/7
		if a := reader.All.Alpha.Value; a < 0.1249 || a > 0.1251 {
			t.Errorf("α is %f, by hand 1 - 0.5/(4/7) = 0.125", a)
		}
		if reader.Mine == nil || reader.Mine.N != 3 || reader.Pairs != nil || reader.People != nil {
			t.Errorf("a reviewer reads their own line and no other's: %+v", reader)
		}
		if reader.Reasons.Raw.Value != 0.25 || len(reader.ByReason) != 3 {
			t.Errorf("by reason one of four agrees: %+v", reader.Reasons)
		}
		editor := look("editor-1")
		if len(editor.Pairs) != 1 || strings.Join(editor.Pairs[0].Letters, "") != "AB" || editor.Pairs[0].Who != nil ||
			len(editor.People) != 2 || editor.Mine != nil || editor.Pairs[0].N != 3 {
			t.Errorf("an editor reads letters: %+v", editor)
		}
		auditor := look("auditor-1")
		if len(auditor.Pairs) != 1 || !strings.Contains(auditor.Names.Of(auditor.Pairs[0].Who[0]), "One") {
			t.Errorf("an auditor reads names: %+v", auditor.Pairs)
		}
		raw, err := json.Marshal(editor.JSON())
		if said := string(raw); err != nil || strings.Contains(said, "reviewer") ||
			strings.Contains(said, `"people":[{"people"`) {
			t.Errorf("%v, and the editor's JSON names nobody: %s", err, raw)
		}
		if _, err := d.Agreement(roomtest.Ctx(), w.As("admin-1"), w.Collection.ID); err == nil {
			t.Error("an admin reads no reviews")
		}
	})
}

// Letters are the same at every visit, and are not given by numbers, for then A would be the older account.
func TestLettersTellNothing(t *testing.T) {
	t.Parallel()
	first := map[string]int{}
	for range 12 { // each database has a key of its own
		db := storetest.SQLite(t)
		w, d := agreeing(t, db)
		var seen []string
		for range 2 {
			p, err := d.Agreement(roomtest.Ctx(), w.As("editor-1"), w.Collection.ID)
			if err != nil {
				t.Fatal(err)
			}
			var lines []string
			for _, x := range p.People {
				lines = append(lines, fmt.Sprintf("%s %.4f %.4f", x.Letters[0], x.Cohen.Value, x.Alpha.Value))
			}
			seen = append(seen, strings.Join(lines, "; "))
		}
		if seen[0] != seen[1] {
			t.Fatalf("the letters changed: %q", seen)
		}
		letters, err := desk.Letters(d, w.As("editor-1").UserID, w.Collection.ID, w.As("reviewer-1").UserID,
			w.As("reviewer-2").UserID)
		if err != nil {
			t.Fatal(err)
		}
		first[letters[0]]++
	}
	if first["A"] == 0 || first["B"] == 0 {
		t.Errorf("reviewer-1 is always the same letter: %v", first)
	}
}

func TestDashboardCounts(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w, d := agreeing(t, db)
		tehran, err := time.LoadLocation("Asia/Tehran") // the second decision is of the next day there
		if err != nil {
			t.Fatal(err)
		}
		b, err := d.Dashboard(roomtest.Ctx(), w.As("reviewer-1"), w.Collection.ID, tehran)
		if err != nil {
			t.Fatal(err)
		}
		if b.All.Decided() != 3 || b.All.Open != 2 || b.All.InConflict != 1 || b.All.Verdicts[claims.Disputed] != 2 ||
			b.All.Verdicts[claims.Unverified] != 1 {
			t.Errorf("the counts are %+v", b.All)
		}
		last := b.Days[len(b.Days)-1]
		if len(b.Days) != desk.DashboardDays || last.Day.Format("2006-01-02 15:04") != "2026-11-21 00:00" ||
			last.N() != 3 {
			t.Errorf("in Tehran all of it was on %s: %+v", last.Day, last.Verdicts)
		}
		utc, err := d.Dashboard(roomtest.Ctx(), w.As("reviewer-1"), w.Collection.ID, time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(utc.Days); utc.Days[n-2].N() != 2 || utc.Days[n-1].N() != 1 {
			t.Errorf("in UTC two verdicts are of the 20th: %+v", utc.Days[n-2:])
		}
		if len(b.Took) != 2 || b.Took[0].N != 3 || b.Took[0].Half != 30*time.Minute {
			t.Errorf("each took half an hour: %+v", b.Took)
		}
		if b.Ages[0] != 2 || b.Oldest == 0 || b.OldestFor != 2*time.Hour {
			t.Errorf("two wait, the oldest for two hours: %v %s", b.Ages, b.OldestFor)
		}
	})
}
