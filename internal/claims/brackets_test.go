package claims_test

import (
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

const bracketed = "Angela Merkel opened the archive in Berlin. She lost 14 files on 25 March."

// waitingOn reads the brackets of a claim that wait.
func waitingOn(t *testing.T, db *store.DB, c claims.Claim) (out []claims.Filling) {
	t.Helper()
	if err := db.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		out, err = claims.BracketsProposed(r, c)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

// withBrackets is a candidate whose statement has brackets that wait.
func withBrackets(t *testing.T, db *store.DB) (*roomtest.World, claims.Claim) {
	t.Helper()
	w := roomtest.New(t, db, articles.CollectionNew{})
	ctx, reviewer := roomtest.Ctx(), w.As("reviewer-1")
	a := w.Article(articles.Import{Lang: "en", Raw: bracketed, Published: "2024-04-02"})
	if _, err := w.Claims.Extract(ctx, reviewer, a.Article.ID); err != nil {
		t.Fatal(err)
	}
	page, err := w.Claims.List(ctx, reviewer, claims.Filter{Collection: w.Collection.ID})
	if err != nil {
		t.Fatal(err)
	}
	return w, page.Claims[len(page.Claims)-1]
}

// TestBrackets: what would be filled in waits for a person; what they accept stands in [ ] in the words, with its
// place and whence; what they do not is struck; and the history tells it as an edit.
func TestBrackets(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		w, c := withBrackets(t, db)
		ctx, reviewer := roomtest.Ctx(), w.As("reviewer-1")
		f := waitingOn(t, db, c)
		if len(f) != 2 || f[0].Words != "Angela Merkel" || f[0].Span.Len() != 13 || f[1].Words != "2024" ||
			f[1].Span.Len() != 0 {
			t.Fatalf("brackets of %q are %+v", c.Statement, f)
		}
		if got, want := claims.StatementWith(c.Statement, f),
			"She [Angela Merkel] lost 14 files on 25 March [2024]."; got != want && got+"." != want {
			t.Errorf("filled in it reads %q", got)
		}
		if _, err := w.Claims.Bracket(ctx, reviewer, c.ID, c.WordsVersion, []claims.ProposalID{f[0].ID, 999}); fault.
			KindOf(err) != fault.Conflict {
			t.Errorf("a bracket that is none gives %v", err)
		}
		kept, err := w.Claims.Bracket(ctx, reviewer, c.ID, c.WordsVersion, []claims.ProposalID{f[0].ID})
		if err != nil {
			t.Fatal(err)
		}
		if kept.WordsVersion != c.WordsVersion+1 || kept.Statement != claims.StatementWith(c.Statement, f[:1]) {
			t.Errorf("accepted, it reads %q in version %d", kept.Statement, kept.WordsVersion)
		}
		if left := waitingOn(t, db, kept); len(left) != 0 {
			t.Errorf("still waiting: %+v", left)
		}
		if err := db.Read(ctx, func(r *store.Rx) error {
			in, err := claims.BracketsIn(r, kept)
			if len(in) != 1 || in[0].Words != "Angela Merkel" || in[0].At != 4 || in[0].Revision != kept.RevisionID {
				t.Errorf("in the words stand %+v", in)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Claims.Bracket(ctx, reviewer, c.ID, c.WordsVersion, nil); fault.KindOf(err) != fault.Conflict {
			t.Errorf("with an old version: %v", err)
		}
		w.Verify()
	})
}

// TestABracketKeepsItsPlace: after the statement was edited a bracket still goes where its words are, or nowhere.
func TestABracketKeepsItsPlace(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		_, c := withBrackets(t, db)
		for statement, want := range map[string]int{"She lost 14 files on 25 March, he said.": 2,
			"She had lost 14 files on 25 March.": 2, "It lost them.": 0,
			"She [Angela Merkel] lost 14 files on 25 March.": 1} {
			now := c
			now.Statement = statement
			if got := waitingOn(t, db, now); len(got) != want {
				t.Errorf("%q has %d brackets, want %d", statement, len(got), want)
			}
		}
		now := c
		now.Withheld = true
		if got := waitingOn(t, db, now); len(got) != 0 {
			t.Errorf("a withheld claim shows %+v", got)
		}
	})
}
