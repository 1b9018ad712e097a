package claimset_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/house"
	"claimbench/internal/publish"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

type bench struct {
	*roomtest.World
	a, b articles.Imported
}

func newBench(t *testing.T, db *store.DB) bench {
	w := roomtest.New(t, db, articles.CollectionNew{Quorum: new(1)})
	return bench{World: w,
		a: w.Article(articles.Import{Raw: "شورا ۱۲ کمک را تصویب کرد. شهردار امضا کرد.", Lang: "fa", Source: "Radio"}),
		b: w.Article(articles.Import{Raw: "Minutes: 12 grants approved.", Lang: "en"}),
	}
}

// frozen is a set of some claims that is frozen.
func (x bench) frozen(title string, in ...claims.ID) claimset.Set {
	x.T.Helper()
	ctx, ed := roomtest.Ctx(), x.As("editor-1")
	set, err := x.Sets.Create(ctx, ed, x.Collection.ID, title)
	if err == nil {
		set, err = x.Sets.Add(ctx, ed, set.ID, set.Version, in)
	}
	if err == nil {
		set, err = x.Sets.Freeze(ctx, ed, set.ID, set.Version)
	}
	if err != nil {
		x.T.Fatal(err)
	}
	return set
}

// approved takes a claim through a review and an approval.
func (x bench) approved(exact, statement string) claims.Claim {
	x.T.Helper()
	c := x.Claim(x.a, exact, statement)
	x.Link(c, x.b, "12 grants approved", evidence.Supports, evidence.PrimaryDocument)
	_, c, err := x.Submit("reviewer-1", c, review.Draft{Verdict: claims.Corroborated, Reason: review.PrimaryDocument})
	if err != nil || c.State != claims.Decided {
		x.T.Fatalf("%s, %v", c.State, err)
	}
	v, err := x.Desk.Reviewing(roomtest.Ctx(), x.As("editor-1"), c.ID)
	if err != nil {
		x.T.Fatal(err)
	}
	c, err = x.Review.Approve(roomtest.Ctx(), x.As("editor-1"), review.Approval{ClaimID: c.ID,
		Version: v.Rounds[0].Decision.Version, Reason: review.PrimaryDocument, Explanation: "=The minutes say so."})
	if err != nil {
		x.T.Fatal(err)
	}
	return c
}

func TestFreezeExportCorrect(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		ed := x.As("editor-1")
		c := x.approved("شورا ۱۲ کمک را تصویب کرد", "شورا ۱۲ کمک را تصویب کرد.")
		open := x.Claim(x.a, "شهردار امضا کرد", "شهردار امضا کرد.")
		set, err := x.Sets.Create(roomtest.Ctx(), ed, x.Collection.ID, "What is established")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := x.Sets.Freeze(roomtest.Ctx(), ed, set.ID, set.Version); fault.KindOf(err) != fault.Invalid {
			t.Errorf("an empty set is frozen: %v", err)
		}
		if _, err := x.Sets.Add(roomtest.Ctx(), ed, set.ID, set.Version, []claims.ID{open.ID}); fault.KindOf(
			err) != fault.Invalid {
			t.Errorf("an open claim goes in: %v", err)
		}
		if set, err = x.Sets.Add(roomtest.Ctx(), ed, set.ID, set.Version, []claims.ID{c.ID, c.ID}); err != nil {
			t.Fatal(err)
		}
		if _, err := x.Publish.Record(roomtest.Ctx(), ed, set.ID, publish.Options{Format: publish.JSON}); fault.KindOf(
			err) != fault.Conflict {
			t.Errorf("a draft is exported: %v", err)
		}
		if set, err = x.Sets.Freeze(roomtest.Ctx(), ed, set.ID, set.Version); err != nil ||
			set.State != claimset.Frozen || len(set.SHA256) != 64 {
			t.Fatalf("Freeze = %+v, %v", set, err)
		}
		if _, err := x.Sets.Remove(roomtest.Ctx(), ed, set.ID, set.Version, []claims.ID{c.ID}); fault.KindOf(
			err) != fault.Conflict {
			t.Errorf("a frozen set changes: %v", err)
		}
		// What happens to the claim later does not reach the frozen set.
		if _, err := x.Review.Reopen(roomtest.Ctx(), ed, c.ID, c.Version, "new minutes"); err != nil {
			t.Fatal(err)
		}
		o, err := opened(x, set.ID)
		if err != nil || !o.Intact || len(o.Entries) != 1 || o.Entries[0].Verdict != claims.Corroborated {
			t.Fatalf("Get = %+v, %v", o, err)
		}
		checkJSON(t, x, set)
		checkCSV(t, x, set)

		next, err := x.Sets.Correct(roomtest.Ctx(), ed, set.ID)
		if err != nil || next.N != 2 {
			t.Fatalf("Correct = %+v, %v", next, err)
		}
		if _, err := x.Sets.Correct(roomtest.Ctx(), ed, set.ID); fault.KindOf(err) != fault.Conflict {
			t.Errorf("two corrections at once: %v", err)
		}
		again := x.approved("۱۲ کمک را تصویب کرد", "شورا ۱۲ کمک را تصویب کرد، طبق صورت‌جلسه.")
		if next, err = x.Sets.Add(roomtest.Ctx(), ed, next.ID, next.Version, []claims.ID{again.ID}); err != nil {
			t.Fatal(err)
		}
		if _, err = x.Sets.Freeze(roomtest.Ctx(), ed, next.ID, next.Version); err != nil {
			t.Fatal(err)
		}
		o, err = opened(x, set.ID)
		if err != nil || o.State != claimset.Superseded || o.SupersededBy == nil || o.SupersededBy.ID != next.ID ||
			!o.Intact {
			t.Errorf("the old version: %+v, %v", o, err)
		}
		x.Verify()
	})
}

func checkJSON(t *testing.T, x bench, set claimset.Set) {
	t.Helper()
	var b bytes.Buffer
	if err := x.Publish.Export(roomtest.Ctx(), x.As("auditor-1"), set.ID, &b,
		publish.Options{Format: publish.JSON}); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Set    map[string]any   `json:"claim_set"`
		Claims []claimset.Entry `json:"claims"`
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil || len(got.Claims) != 1 || got.Set["sha256"] != set.SHA256 {
		t.Fatalf("JSON: %v\n%s", err, b.String())
	}
	e := got.Claims[0]
	if e.Quotation.Exact != "شورا ۱۲ کمک را تصویب کرد" || e.Article.Source != "Radio" || len(e.Evidence) != 1 ||
		!e.Evidence[0].Relied || e.Decision.Approver == "" {
		t.Errorf("JSON holds %+v", e)
	}
}

func checkCSV(t *testing.T, x bench, set claimset.Set) {
	t.Helper()
	for _, bom := range []bool{false, true} {
		var b bytes.Buffer
		if err := x.Publish.Export(roomtest.Ctx(), x.As("editor-1"), set.ID, &b, publish.Options{Format: publish.CSV,
			BOM: bom}); err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(b.String(), "\ufeff") != bom {
			t.Errorf("byte order mark asked %v: %q", bom, b.String()[:10])
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), "\ufeff"))).ReadAll()
		if err != nil || len(rows) != 2 || len(rows[0]) != len(rows[1]) {
			t.Fatalf("CSV: %v\n%s", err, b.String())
		}
		for i, name := range rows[0] {
			if name == "explanation" && rows[1][i] != "'=The minutes say so." {
				t.Errorf("a formula goes out as %q", rows[1][i])
			}
		}
	}
}

func TestCell(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"": "", "text": "text", "=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@x": "'@x", "\tx": "'\tx", "\rx": "'\rx",
		" =1": "' =1", "\u200e=1": "'\u200e=1", "＝1": "'＝1", "a=b": "a=b", "12": "12",
	} {
		if got := publish.Cell(in); got != want {
			t.Errorf("Cell(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestAChangedFrozenClaimIsFound(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	x := newBench(t, db)
	c := x.approved("شورا ۱۲ کمک را تصویب کرد", "شورا ۱۲ کمک را تصویب کرد.")
	set := x.frozen("A set", c.ID)
	change := "UPDATE claim_set_claims SET frozen = REPLACE(frozen, 'corroborated', 'disputed')"
	if err := db.Write(roomtest.Ctx(), func(tx *store.Tx) error { return tx.Gorm().Exec(change).Error }); err == nil {
		t.Fatal("the database lets a frozen claim be changed")
	}
	if err := db.Write(roomtest.Ctx(), func(tx *store.Tx) error {
		if err := tx.Gorm().Exec("DROP TRIGGER claim_set_claims_frozen_update").Error; err != nil {
			return err
		}
		return tx.Gorm().Exec(change).Error
	}); err != nil {
		t.Fatal(err)
	}
	o, err := opened(x, set.ID)
	if err != nil || o.Intact {
		t.Errorf("the page says intact: %v", err)
	}
	rep, err := history.Verify(roomtest.Ctx(), db, history.Options{Rooms: house.Rows()})
	named := func(f history.Finding) bool { return f.Object == claimset.Object(set.ID) }
	if err != nil || !slices.ContainsFunc(rep.Findings, named) {
		t.Errorf("verify: %+v, %v", rep.Findings, err)
	}
}

// opened is the first page of a set.
func opened(x bench, id claimset.ID) (o claimset.Opened, err error) {
	err = x.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		set, err := claimset.ByID(r, id)
		if err != nil {
			return err
		}
		o, err = x.Sets.Open(r, set, 0, claimset.EntryPage, true)
		return err
	})
	return o, err
}

// TestOwnWordsOfAFrozenClaim: every text of a frozen claim that is said to be of people is found, wherever it stands,
// and no other.
func TestOwnWordsOfAFrozenClaim(t *testing.T) {
	t.Parallel()
	e := claimset.Entry{Statement: "kept", Evidence: []claimset.EntryEvidence{{ReadOn: "kept",
		Article: &claimset.EntryArticle{Title: "kept"}}}, Reviews: []claimset.EntryReview{{}, {}}}
	for _, w := range articles.OwnWords(&e) {
		*w += "own"
	}
	x := e.Evidence[0]
	for i, w := range []string{e.Explanation, e.Decision.Rationale, x.Origin, x.URL, x.ArchivedURL, x.Note,
		x.Title, x.Publisher, e.Reviews[0].Rationale, e.Reviews[1].Rationale} {
		if w != "own" {
			t.Errorf("the text of people %d is %q", i, w)
		}
	}
	if b, err := json.Marshal(e); err != nil || strings.Count(string(b), "own") != 10 ||
		strings.Count(string(b), "kept") != 3 {
		t.Errorf("others were taken too: %s, %v", b, err)
	}
}
