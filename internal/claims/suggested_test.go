package claims_test

import (
	"slices"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/extract"
	"claimbench/internal/fault"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/internal/text"
)

var byFake = claims.Made{Maker: "model", Version: "1", Model: "fake", Prompt: "p", Parameters: "t=0", Input: "i"}

// suggested are the words of each stretch as candidates of a model.
func suggested(t *testing.T, w *roomtest.World, id articles.ID, words ...string) (articles.Text, []claims.Suggested) {
	t.Helper()
	var tx articles.Text
	if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		tx, err = articles.TextOf(r, id, 0)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	var out []claims.Suggested
	for _, s := range words {
		at := strings.Index(tx.Doc.Raw(), s)
		span := text.Span{Start: tx.Doc.CodePoint(at), End: tx.Doc.CodePoint(at + len(s))}
		n := 0
		for _, x := range tx.Sentences {
			if x.Span.Contains(span) {
				n = x.N
			}
		}
		out = append(out, claims.Suggested{Made: byFake, Candidate: extract.Candidate{Sentence: n, Span: span,
			Statement: s, Attribution: extract.Article, Kind: "fact", CheckWorthy: 50, Reasons: []string{"why"},
			Hedge: []string{}}})
	}
	return tx, out
}

func rows(t *testing.T, db *store.DB) (out []claims.Proposal) {
	t.Helper()
	if err := db.Read(roomtest.Ctx(),
		func(r *store.Rx) error { return r.Gorm().Order("id").Find(&out).Error }); err != nil {
		t.Fatal(err)
	}
	return out
}

// What a model proposes stands beside what the rules propose; where both say the same it is one candidate of two
// makers.
func TestSuggest(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		w := roomtest.New(t, db, articles.CollectionNew{})
		ctx, reviewer := roomtest.Ctx(), w.As("reviewer-1")
		a := w.Article(articles.Import{Lang: "en", Raw: "The dam broke on 3 May 2021. The mayor of Lowfield resigned " +
			"in June, and the council paid 5 firms."})
		if n, err := w.Claims.Extract(ctx, reviewer, a.Article.ID); err != nil || n == 0 {
			t.Fatal(n, err)
		}
		ruled := len(rows(t, db))
		tx, all := suggested(t, w, a.Article.ID, "The dam broke on 3 May 2021", "paid 5 firms")
		for range 2 { // the second time nothing is new
			if _, err := w.Claims.Suggest(ctx, reviewer, tx, all); err != nil {
				t.Fatal(err)
			}
		}
		var made []claims.Proposal
		for _, p := range rows(t, db) {
			if p.Made.Maker == "model" {
				made = append(made, p)
			}
		}
		slices.SortFunc(made, func(a, b claims.Proposal) int { return int(a.ClaimID - b.ClaimID) })
		if len(made) != 2 || len(rows(t, db)) != ruled+2 {
			t.Fatalf("%d proposals of the model, %d in all: %+v", len(made), len(rows(t, db)), made)
		}
		for _, p := range made {
			if p.Model != "fake" || p.Prompt != "p" || p.Parameters != "t=0" || p.Input != "i" || p.Words == "" ||
				len(p.Reasons) != 1 || p.Lang != "en" || p.CollectionID != w.Collection.ID || p.Fate != "" {
				t.Errorf("%+v", p)
			}
		}
		if err := db.Read(ctx, func(r *store.Rx) error {
			by, err := claims.ProposalsOf(r, []claims.ID{made[0].ClaimID, made[1].ClaimID})
			if len(by[made[0].ClaimID]) != 2 || len(by[made[1].ClaimID]) != 1 {
				t.Errorf("%+v", by)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		// Accepting one that both proposed settles both; editing keeps how far it was changed.
		for i, p := range made {
			c, err := w.Claims.Get(ctx, reviewer, p.ClaimID)
			if err != nil {
				t.Fatal(err)
			}
			if i == 0 {
				_, err = w.Claims.Accept(ctx, reviewer, c.ID, c.Version)
			} else {
				_, err = w.Claims.Edit(ctx, reviewer, c.ID, c.WordsVersion, claims.Words{Statement: "paid 5 old firms",
					Attribution: c.Attribution, Kind: c.Kind}, true)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		for _, p := range rows(t, db) {
			switch {
			case p.ID == made[1].ID && (p.Fate != claims.Edited || p.ChangedTo != "paid 5 old firms" ||
				p.Distance != 4):
				t.Errorf("edited: %+v", p)
			case p.ID == made[0].ID && (p.Fate != claims.Edited && p.Fate != claims.Accepted || p.SettledBy == nil):
				t.Errorf("accepted: %+v", p)
			}
		}
		counts := acceptance(t, w)
		if c := counts["candidate model fake en"]; c.Settled() != 2 || c.Edited == 0 || c.Letters < 4 {
			t.Errorf("%+v", counts)
		}
		w.Verify()
	})
}

func acceptance(t *testing.T, w *roomtest.World) map[string]claims.Acceptance {
	t.Helper()
	out := map[string]claims.Acceptance{}
	if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		all, err := claims.AcceptanceIn(r, w.Collection.ID)
		for _, a := range all {
			out[strings.Join([]string{a.Kind, a.Maker, a.Model, a.Language}, " ")] = a
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

// Only auditors export proposals; with a take-down their words go, and what became of them stays.
func TestProposalsExportAndTakeDown(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		w := roomtest.New(t, db, articles.CollectionNew{})
		ctx := roomtest.Ctx()
		a := w.Article(articles.Import{Lang: "en", Raw: "The dam broke on 3 May 2021. The mayor resigned in June."})
		tx, all := suggested(t, w, a.Article.ID, "The dam broke on 3 May 2021")
		if n, err := w.Claims.Suggest(ctx, w.As("reviewer-1"), tx, all); err != nil || n != 1 {
			t.Fatal(n, err)
		}
		read := func(who string) (out []claims.ProposalOut, err error) {
			return out, w.Claims.Proposals(ctx, w.As(who), w.Collection.ID, func(p claims.ProposalOut) error {
				out = append(out, p)
				return nil
			})
		}
		for _, who := range []string{"reviewer-1", "editor-1", "admin-1"} {
			if _, err := read(who); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%s: %v", who, err)
			}
		}
		got, err := read("auditor-1")
		if err != nil || len(got) != 1 || got[0].Exact != "The dam broke on 3 May 2021" || got[0].Model != "fake" {
			t.Fatalf("%+v, %v", got, err)
		}
		if err := w.Articles.TakeDown(ctx, w.As("editor-1"), a.Article.ID, a.Article.Version,
			"a court order"); err != nil {
			t.Fatal(err)
		}
		if got, err := read("auditor-1"); err != nil || len(got) != 0 {
			t.Errorf("after a take-down: %+v, %v", got, err)
		}
		for _, p := range rows(t, db) {
			if p.Words != "" || len(p.Reasons) != 0 || p.Made.Model != "fake" {
				t.Errorf("after a take-down: %+v", p)
			}
		}
		w.Verify()
	})
}
