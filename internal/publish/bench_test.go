package publish_test

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/evidence"
	"claimbench/internal/history"
	"claimbench/internal/publish"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
)

// bench is a world with two articles, whose claims are taken to a frozen set.
type bench struct {
	*roomtest.World
	a, b   articles.Imported
	key    *history.Key
	signer *history.Signer
}

func newBench(t *testing.T, db *store.DB) bench {
	w := roomtest.New(t, db, articles.CollectionNew{Quorum: new(1)})
	key, err := history.OpenKey(filepath.Join(t.TempDir(), "log.key"))
	if err != nil {
		t.Fatal(err)
	}
	return bench{World: w, key: key, signer: history.NewSigner(db, key, nil),
		a: w.Article(articles.Import{Raw: "شورا ۱۲ کمک را تصویب کرد. شهردار امضا کرد.", Lang: "fa", Source: "Radio"}),
		b: w.Article(articles.Import{Raw: "Minutes: 12 grants approved.", Lang: "en"}),
	}
}

// approved takes a claim through a review and an approval.
func (x bench) approved(exact, statement string) claims.Claim {
	x.T.Helper()
	return x.approve(x.Claim(x.a, exact, statement))
}

// approve takes an open claim through a review and an approval.
func (x bench) approve(c claims.Claim) claims.Claim {
	x.T.Helper()
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
		Version: v.Rounds[0].Decision.Version, Reason: review.PrimaryDocument, Explanation: "The minutes say so."})
	if err != nil {
		x.T.Fatal(err)
	}
	return c
}

// frozen is a set of some claims that is frozen, with an imprint.
func (x bench) frozen(title string, p claimset.Imprint, in ...claims.ID) claimset.Set {
	x.T.Helper()
	ctx, ed := roomtest.Ctx(), x.As("editor-1")
	set, err := x.Sets.Create(ctx, ed, x.Collection.ID, title)
	if err == nil {
		set, err = x.Sets.SetImprint(ctx, ed, set.ID, set.Version, p)
	}
	if err == nil {
		set, err = x.Sets.Add(ctx, ed, set.ID, set.Version, in)
	}
	if err == nil {
		set, err = x.Sets.Freeze(ctx, ed, set.ID, set.Version)
	}
	if err == nil {
		_, err = x.signer.Sign(ctx)
	}
	if err != nil {
		x.T.Fatal(err)
	}
	return set
}

// export takes a set away as a door does.
func (x bench) export(o publish.Options, set claimset.Set) string {
	x.T.Helper()
	var b bytes.Buffer
	_, err := x.Publish.Record(roomtest.Ctx(), x.As("editor-1"), set.ID, o)
	if err == nil {
		err = x.Publish.Export(roomtest.Ctx(), x.As("editor-1"), set.ID, &b, o)
	}
	if err != nil {
		x.T.Fatalf("%s: %v", o.Format, err)
	}
	return b.String()
}

// told is what a reader of a file reads: of JSON its strings as they are meant.
func told(t *testing.T, f publish.Format, got string) string {
	t.Helper()
	if f.Name == publish.XLSX {
		return cells(t, got)
	}
	if f.Name == publish.Bundle {
		return unzipped(t, got)
	}
	if f.Page {
		return plain(t, []byte(got))
	}
	if got[0] != '{' && got[0] != '[' {
		return got
	}
	var v any
	if err := json.Unmarshal([]byte(got), &v); err != nil {
		t.Fatalf("%s: %v\n%s", f.Name, err, got)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// cells are all cells of a workbook.
func cells(t *testing.T, got string) (all string) {
	t.Helper()
	f, err := excelize.OpenReader(strings.NewReader(got))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			all += strings.Join(row, " ") + "\n"
		}
	}
	return all
}
