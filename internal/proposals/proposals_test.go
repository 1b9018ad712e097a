package proposals_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/jobs"
	"claimbench/internal/proposals"
	"claimbench/internal/roomtest"
	"claimbench/internal/shelf"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/internal/text"
)

// machine makes a machine of a world's collection.
func machine(w *roomtest.World, name string) auth.Actor {
	w.T.Helper()
	secret, _, err := w.Auth.MakeMachine(roomtest.Ctx(), w.As("admin-1"), auth.NewMachine{Name: name, Owner: "editor-1",
		Collections: []auth.CollectionID{w.Collection.ID}, Days: 3})
	if err != nil {
		w.T.Fatal(err)
	}
	a, err := w.Auth.ResumeToken(roomtest.Ctx(), secret)
	if err != nil {
		w.T.Fatal(err)
	}
	return a
}

func propose(w *roomtest.World, as auth.Actor, all ...proposals.Item) []proposals.Answer {
	w.T.Helper()
	out, err := w.Proposals.Propose(roomtest.Ctx(), as, w.Collection.ID, proposals.Maker{Model: "llama"}, all)
	if err != nil || len(out) != len(all) {
		w.T.Fatalf("%+v, %v", out, err)
	}
	return out
}

// kept proposes one thing, which must be kept.
func kept(w *roomtest.World, as auth.Actor, it proposals.Item) proposals.Answer {
	w.T.Helper()
	got := propose(w, as, it)[0]
	if got.Outcome != proposals.Kept || got.Proposal == 0 {
		w.T.Fatalf("%+v: %+v", it, got)
	}
	return got
}

// own reads what a machine proposed.
func own(w *roomtest.World, as auth.Actor) map[claims.OwnNumber]desk.MachineProposalJSON {
	w.T.Helper()
	out := map[claims.OwnNumber]desk.MachineProposalJSON{}
	for after := claims.OwnNumber(0); ; {
		got, err := w.Desk.MachineProposals(roomtest.Ctx(), as, w.Collection.ID, after)
		if err != nil {
			w.T.Fatal(err)
		}
		for _, p := range got.Items {
			out[p.ID], after = p, p.ID
		}
		if got.Next == "" {
			return out
		}
	}
}

const flood = "The dam broke on 3 May 2021. Officials said that 14 houses were not damaged. The dam broke in the " +
	"night. " +
	"Mayor Anna Berg closed two schools."

// TestCandidatesAreJudged: the quotation is looked for in the text and must stand there once; the statement has the
// numbers, days, names and denials of its words. Each item has an answer, and what is refused leaves nothing.
func TestCandidatesAreJudged(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		w := roomtest.New(t, db, articles.CollectionNew{})
		m := machine(w, "extractor")
		a := w.Article(articles.Import{Lang: "en", Raw: flood})
		id := a.Article.ID
		of := func(quote, statement string) proposals.Item {
			return proposals.Item{Kind: proposals.Candidate, Article: id, Quote: quote, Statement: statement}
		}
		for _, x := range []struct {
			it  proposals.Item
			why proposals.Why
		}{
			{of("The dam burst on 3 May 2021", "The dam burst on 3 May 2021."), "missing"},
			{of("The dam broke", "The dam broke."), "several"},
			{of("he dam broke on 3 May 2021", "The dam broke on 3 May 2021."), "missing"},
			{of("The dam broke on 3 May 2021", "The dam broke on 4 May 2021."), "number"},
			{of("14 houses were not damaged", "15 houses were not damaged."), "number"},
			{of("14 houses were not damaged", "14 houses were damaged."), "negation"},
			{of("Mayor Anna Berg closed two schools", "Mayor Anna Stein closed two schools."), "name"},
			{of("3 May 2021. Officials said", "3 May 2021. Officials said"), "sentence"},
			{of("", "The dam broke."), "missing"},
			{of("Mayor Anna Berg closed two schools", ""), "words"},
			{of("Mayor Anna Berg closed two schools", "شهردار آنا برگ دو مدرسه را بست."), "language"},
			{proposals.Item{Kind: proposals.Candidate, Article: id + 99, Quote: "The dam", Statement: "x"},
				"not_there"},
			{proposals.Item{Kind: proposals.Candidate, Article: id, Revision: 999,
				Quote: "Mayor Anna Berg closed two " +
					"schools", Statement: "Mayor Anna Berg closed two schools."}, "moved"},
			{proposals.Item{Kind: proposals.Candidate, Article: id, Span: text.Span{Start: 5, End: 5000},
				Statement: "x"}, "missing"},
			{proposals.Item{Kind: proposals.Candidate, Article: id, Quote: "Mayor Anna Berg closed two schools",
				Statement: "Mayor Anna Berg closed two schools.", Reasons: []string{strings.Repeat("x", 201)}},
				"reasons"},
		} {
			got := propose(w, m, x.it)[0]
			if got.What = ""; got != (proposals.Answer{Outcome: proposals.Refused, Why: x.why}) {
				t.Errorf("%+v: %+v", x.it, got)
			}
		}
		if n := w.Count("claims") + w.Count("proposals"); n != 0 {
			t.Fatalf("%d rows of what was refused", n)
		}
		// of several places the span says which, or the sentence; what is cut out of a clause stands with its clause
		got := propose(w, m, of("Mayor Anna Berg closed two schools", "Mayor Anna Berg closed two schools."),
			proposals.Item{Kind: proposals.Candidate, Article: id, Quote: "The dam broke", Sentence: 3,
				Statement: "The dam broke", Reasons: []string{"it has a time"}},
			of("The dam “broke” on 3 May 2021", "The dam broke on 3 May 2021."))
		if got[0].Outcome != proposals.Kept || got[0].Claim == 0 || got[1].Outcome != proposals.Kept ||
			got[2].Outcome != proposals.Refused {
			t.Errorf("%+v", got)
		}
		at := w.Find(a, "The dam broke in the night")
		again := propose(w, m, proposals.Item{Kind: proposals.Candidate, Article: id, Span: at, Revision: a.Revision.ID,
			Statement: "The dam broke in the night."})
		if again[0].Outcome != proposals.Known || again[0].Claim != got[1].Claim {
			t.Errorf("by its place: %+v", again)
		}
		mine := own(w, m)
		if p := mine[got[1].Proposal]; p.Became != desk.StillWaits || p.Words != "The dam broke in the night" &&
			p.Words != "The dam broke in the night." || p.Model != "llama" || p.Input != a.Revision.SHA256 ||
			p.Token == 0 ||
			p.Reasons[0] != "it has a time" {
			t.Errorf("%+v", p)
		}
		w.Verify()
	})
}

// TestTwoMachinesProposeTheSame: one candidate, a proposal of each, beside that of the rules; sent again nothing comes
// to it. Each reads its own.
func TestTwoMachinesProposeTheSame(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		w := roomtest.New(t, db, articles.CollectionNew{})
		one, two := machine(w, "one"), machine(w, "two")
		a := w.Article(articles.Import{Lang: "en", Raw: "Mayor Anna Berg closed two schools on 3 May 2021."})
		if _, err := w.Claims.Extract(roomtest.Ctx(), w.As("reviewer-1"), a.Article.ID); err != nil {
			t.Fatal(err)
		}
		n := w.Count("claims")
		it := proposals.Item{Kind: proposals.Candidate, Article: a.Article.ID,
			Quote:     "Mayor Anna Berg closed two schools on 3 May 2021",
			Statement: "Mayor Anna Berg closed two schools on 3 May 2021"}
		first, second, again := propose(w, one, it)[0], propose(w, two, it)[0], propose(w, one, it)[0]
		if w.Count("claims") != n || first.Claim == 0 || first.Claim != second.Claim || first.Proposal !=
			1 || second.Proposal != 1 || again.Proposal != first.Proposal || again.Outcome != proposals.Known {
			t.Fatalf("%d claims, then %d: %+v, %+v, %+v", n, w.Count("claims"), first, second, again)
		}
		head, err := w.Desk.Head(roomtest.Ctx(), w.As("reviewer-1"), first.Claim)
		if err != nil || len(head.Made) != 3 || head.Names.Of(head.Made[1].Machine) != "one" ||
			head.Names.Of(head.Made[2].Machine) != "two" {
			t.Errorf("%+v, %v", head.Made, err)
		}
		if _, err := w.Claims.Accept(roomtest.Ctx(), w.As("reviewer-1"), first.Claim, head.Claim.Version); err != nil {
			t.Fatal(err)
		}
		if mine := own(w, one); len(mine) != 1 || mine[first.Proposal].Became == desk.StillWaits {
			t.Errorf("%+v", mine)
		}
		if late := propose(w, two, it)[0]; late.Outcome != proposals.Known {
			t.Errorf("after it was accepted: %+v", late)
		}
		w.Verify()
	})
}

// TestMachinesProposeBesideClaims: other words, glosses, passages, origins, duplicates and fact-checks stand beside
// what they are of until a person decides by the acts that there are; then the machine reads what became of each.
func TestMachinesProposeBesideClaims(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		w := roomtest.New(t, db, articles.CollectionNew{})
		ctx, m := roomtest.Ctx(), machine(w, "extractor")
		editor := w.As("editor-1")
		a := w.Article(articles.Import{Lang: "en", Raw: "The mayor closed two schools in the town on 3 May 2021."})
		b := w.Article(articles.Import{Lang: "en", Raw: "Nothing alike stands here. Parents of 14 pupils waited " +
			"outside."})
		c := w.Claim(a, "The mayor closed two schools in the town on 3 May 2021",
			"The mayor closed two schools in the town on 3 May 2021")
		other := w.Claim(b, "Parents of 14 pupils waited outside", "Parents of 14 pupils waited outside")
		ids := map[proposals.Kind]claims.OwnNumber{}
		add := func(it proposals.Item) { ids[it.Kind] = kept(w, m, it).Proposal }
		add(proposals.Item{Kind: proposals.Statement, Claim: c.ID, Statement: "The mayor closed two schools on 3 " +
			"May 2021"})
		add(proposals.Item{Kind: proposals.Gloss, Claim: c.ID, Lang: "fr", Statement: "Le maire a fermé 2 écoles " +
			"le 3 mai " +
			"2021.", Reasons: []string{"readers in France"}})
		add(proposals.Item{Kind: proposals.Passage, Claim: c.ID, Article: b.Article.ID, Sentence: 2})
		add(proposals.Item{Kind: proposals.Origin, Article: b.Article.ID, OtherArticle: a.Article.ID})
		add(proposals.Item{Kind: proposals.Duplicate, Claim: c.ID, OtherClaim: other.ID})
		entry := shelved(w)
		add(proposals.Item{Kind: proposals.Match, Claim: c.ID, URL: entry.URL})
		for _, x := range []struct {
			it  proposals.Item
			why proposals.Why
		}{
			{proposals.Item{Kind: proposals.Statement, Claim: c.ID, Statement: "The mayor closed 3 schools"}, "number"},
			{proposals.Item{Kind: proposals.Statement, Claim: c.ID, Statement: c.Statement}, "same"},
			{proposals.Item{Kind: proposals.Gloss, Claim: c.ID, Lang: "fr", Statement: "Le maire a fermé 7 écoles."},
				"number"},
			{proposals.Item{Kind: proposals.Gloss, Claim: c.ID, Lang: "en", Statement: "x"}, "tongue"},
			{proposals.Item{Kind: proposals.Gloss, Claim: c.ID, Lang: "fr",
				Statement: "Le maire a fermé deux écoles le 3 mai <b>2021</b>."}, "language"},
			{proposals.Item{Kind: proposals.Gloss, Claim: c.ID, Lang: "fr", Statement: c.Statement + "!"}, "language"},
			{proposals.Item{Kind: proposals.Gloss, Claim: c.ID, Lang: "de", Statement: "The mayor closed two of the " +
				"schools in the town on 3 May 2021"}, "language"},
			{proposals.Item{Kind: proposals.Passage, Claim: c.ID, Article: a.Article.ID, Sentence: 1}, "same"},
			{proposals.Item{Kind: proposals.Passage, Claim: c.ID, Article: b.Article.ID, Sentence: 9}, "sentence"},
			{proposals.Item{Kind: proposals.Passage, Claim: c.ID, Article: b.Article.ID, Quote: "It rained"},
				"missing"},
			{proposals.Item{Kind: proposals.Origin, Article: a.Article.ID, OtherArticle: a.Article.ID}, "same"},
			{proposals.Item{Kind: proposals.Duplicate, Claim: c.ID, OtherClaim: c.ID}, "same"},
			{proposals.Item{Kind: proposals.Duplicate, Claim: c.ID, OtherClaim: 999}, "not_there"},
			{proposals.Item{Kind: proposals.Match, Claim: c.ID, URL: "https://nobody.example/"}, "not_there"},
		} {
			if got := propose(w, m, x.it)[0]; got.Why != x.why {
				t.Errorf("%+v: %+v", x.it, got)
			}
		}
		page, err := w.Desk.Claim(ctx, editor, desk.ClaimAsk{ID: c.ID})
		if err != nil || len(page.Offers) != 2 || page.Names.Of(page.Offers[0].Made.Machine) != "extractor" ||
			!page.Offers[0].Wanted || !page.Offers[0].Refusable {
			t.Errorf("%+v, %v", page.Offers, err)
		}
		if err := w.Evidence.CatchUp(ctx, w.Collection.ID); err != nil {
			t.Fatal(err)
		}
		seen, err := w.Desk.Suggesting(ctx, editor, c.ID)
		if i := slices.IndexFunc(seen.Suggested.Passages, func(p evidence.Passage) bool {
			return p.Words == "Parents of 14 pupils waited outside."
		}); err != nil || i < 0 || len(seen.Suggested.Passages[i].By) != 1 {
			t.Errorf("%+v, %v", seen.Suggested.Passages, err)
		}
		same, err := w.Desk.Same(ctx, editor, c.ID)
		if err != nil || len(same.Duplicates) != 1 || same.Duplicates[0].Other.ID != other.ID || len(
			same.Duplicates[0].By) != 1 {
			t.Errorf("%+v, %v", same.Duplicates, err)
		}
		if err := w.Evidence.Compare(ctx, w.Collection.ID); err != nil {
			t.Fatal(err)
		}
		alike, _, err := w.Evidence.OriginProposals(ctx, editor, a.Article.ID)
		if err != nil || len(alike) != 1 || alike[0].Other.ID != b.Article.ID || len(alike[0].By) != 1 {
			t.Errorf("%+v, %v", alike, err)
		}
		checked, err := w.Desk.Checked(ctx, editor, c.ID)
		if err != nil || !slices.ContainsFunc(checked.Found, func(x shelf.Beside) bool {
			return x.EntryID == entry.ID
		}) {
			t.Errorf("%+v, %v", checked.Found, err)
		}
		if err := w.Shelf.CatchUp(ctx, w.Collection.ID); err != nil { // what the rules do not find stays a machine's
			t.Fatal(err)
		}
		if checked, err = w.Desk.Checked(ctx, editor, c.ID); err != nil || len(checked.Found) == 0 {
			t.Errorf("%+v, %v", checked.Found, err)
		}

		// people decide
		match := checked.Found[0]
		if _, err := w.Shelf.Decide(ctx, editor, c.ID, match.Match.ID, match.Version, shelf.Refused); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Evidence.RefuseOrigin(ctx, editor, a.Article.ID, b.Article.ID, "two papers"); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Claims.RefuseDuplicate(ctx, editor, other.ID, c.ID, ""); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Claims.SetGloss(ctx, editor, c.ID, "fr", "Le maire a fermé deux écoles le 3 mai 2021.",
			0); err != nil {
			t.Fatal(err)
		}
		now, err := w.Claims.Edit(ctx, editor, c.ID, c.WordsVersion, claims.Words{Span: c.Span,
			Statement: "The mayor closed two schools on 3 May 2021", Attribution: c.Attribution, Kind: c.Kind}, false)
		if err != nil {
			t.Fatal(err)
		}
		p := seen.Suggested.Passages[len(seen.Suggested.Passages)-1]
		if err := w.Evidence.RefusePassage(ctx, editor, c.ID, p.Sentence.ID, nil); err != nil {
			t.Fatal(err)
		}
		mine := own(w, m)
		for kind, want := range map[proposals.Kind]desk.Became{proposals.Statement: desk.WasAccepted,
			proposals.Gloss: desk.StillWaits, proposals.Duplicate: desk.StillWaits, proposals.Origin: desk.WasRefused,
			proposals.Match: desk.StillWaits, proposals.Passage: desk.StillWaits} { // the claim is open
			if got := mine[ids[kind]]; got.Became != want || got.Kind != kind || got.ChangedTo != "" {
				t.Errorf("%s: %+v, want %s", kind, got, want)
			}
		}
		if page, err = w.Desk.Claim(ctx, editor, desk.ClaimAsk{ID: c.ID}); err != nil || len(page.Offers) != 2 ||
			slices.ContainsFunc(page.Offers, func(o desk.Offer) bool { return o.Wanted || o.By != editor.UserID }) {
			t.Errorf("%+v, %v", page.Offers, err)
		}
		// another person reads that somebody decided, and not who
		if page, err = w.Desk.Claim(ctx, w.As("reviewer-1"), desk.ClaimAsk{ID: c.ID}); err != nil ||
			slices.ContainsFunc(page.Offers, func(o desk.Offer) bool { return o.By != 0 }) {
			t.Errorf("%+v, %v", page.Offers, err)
		}
		if _, err := w.Claims.Withdraw(ctx, editor, c.ID, now.Version, "not needed"); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Claims.Withdraw(ctx, editor, other.ID, other.Version, "not needed"); err != nil {
			t.Fatal(err)
		}
		mine = own(w, m)
		for kind, want := range map[proposals.Kind]desk.Became{proposals.Passage: desk.WasRefused,
			proposals.Duplicate: desk.WasRefused, proposals.Match: desk.WasRefused, proposals.Gloss: desk.WasChanged} {
			if got := mine[ids[kind]]; got.Became != want {
				t.Errorf("when the claims are open no more: %+v", got)
			}
		}
		if g := mine[ids[proposals.Gloss]]; !strings.Contains(g.ChangedTo, "deux") || g.Letters == 0 {
			t.Errorf("%+v", g)
		}

		// a take-down takes the words of all that was proposed of the text
		if err := w.Articles.TakeDown(ctx, editor, a.Article.ID, a.Article.Version, "a court order"); err != nil {
			t.Fatal(err)
		}
		if err := db.Read(ctx, func(r *store.Rx) error {
			left, err := store.Select[struct{ Words string }](r, "SELECT p.words || p.changed_to || p.reasons AS "+
				"words "+
				"FROM proposals p JOIN claims c ON c.id = p.claim_id WHERE c.article_id = ? AND p.words || "+
				"p.changed_to || "+
				"REPLACE(p.reasons, '[]', '') <> ''", a.Article.ID)
			if len(left) != 0 {
				t.Errorf("after the take-down: %+v", left)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		for _, p := range own(w, m) {
			if p.Words+p.ChangedTo != "" || len(p.Reasons) != 0 {
				t.Errorf("a machine reads what was taken down: %+v", p)
			}
		}
		w.Verify()
	})
}

// shelved puts a fact-check on the shelf that the rules find nothing in common with.
func shelved(w *roomtest.World) shelf.Entry {
	w.T.Helper()
	ctx, editor := roomtest.Ctx(), w.As("editor-1")
	f, _, err := w.Shelf.Bring(ctx, editor, w.Collection.ID, "a.json", strings.NewReader(
		`{"@type":"ClaimReview","claimReviewed":"Vaccines hold water","url":"https://facts.example/7","author":`+
			`{"name":"Example Facts"},"datePublished":"2025-03-04","reviewRating":{"alternateName":"False"}}`))
	if err != nil {
		w.T.Fatal(err)
	}
	j, err := w.Shelf.Import(ctx, editor, f.ID, f.Version)
	if err == nil {
		j, err = w.Jobs.Finish(ctx, j.ID)
	}
	if err != nil || j.State != jobs.Done {
		w.T.Fatalf("%+v, %v", j, err)
	}
	var all []shelf.Entry
	if err := w.DB.Read(ctx, func(r *store.Rx) (err error) {
		all, err = shelf.List(r, shelf.ListAsk{In: w.Collection.ID, Limit: 5})
		return err
	}); err != nil || len(all) != 1 {
		w.T.Fatalf("%+v, %v", all, err)
	}
	return all[0]
}

// TestProposingIsBounded: a request, a claim and a day take so much and no more; people and other tokens propose
// nothing here, and of another collection a machine learns nothing.
func TestProposingIsBounded(t *testing.T) {
	t.Parallel()
	w := roomtest.New(t, storetest.SQLite(t), articles.CollectionNew{})
	ctx, m := roomtest.Ctx(), machine(w, "extractor")
	a := w.Article(articles.Import{Lang: "en", Raw: flood})
	c := w.Claim(a, "Mayor Anna Berg closed two schools", "Mayor Anna Berg closed two schools")
	gloss := func(i int) proposals.Item {
		return proposals.Item{Kind: proposals.Gloss, Claim: c.ID, Lang: "de", Statement: "Die Bürgermeisterin " +
			"schloss zwei " +
			"Schulen" + strings.Repeat("!", i)}
	}
	for name, all := range map[string][]proposals.Item{"none": nil,
		"many": slices.Repeat([]proposals.Item{gloss(0)}, proposals.MostItems+1), "odd": {{Kind: "verdict",
			Claim: c.ID}}} {
		if _, err := w.Proposals.Propose(ctx, m, w.Collection.ID, proposals.Maker{}, all); fault.KindOf(
			err) != fault.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := w.Proposals.Propose(ctx, m, w.Collection.ID, proposals.Maker{Prompt: "abc"}, []proposals.Item{gloss(
		0)}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a hash that is none: %v", err)
	}
	for _, who := range []string{"editor-1", "reviewer-1", "auditor-1", "admin-1"} {
		if _, err := w.Proposals.Propose(ctx, w.As(who), w.Collection.ID, proposals.Maker{}, []proposals.Item{gloss(
			0)}); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("%s proposes as a machine: %v", who, err)
		}
	}
	for i := range claims.MostOffers {
		kept(w, m, gloss(i))
	}
	if got := propose(w, m, gloss(99))[0]; got.Why != proposals.Enough {
		t.Errorf("more than people look at: %+v", got)
	}
	elsewhere, err := w.Articles.CreateCollection(ctx, w.As("admin-1"), articles.CollectionNew{Name: "Another"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Proposals.Propose(ctx, m, elsewhere.ID, proposals.Maker{}, []proposals.Item{gloss(0)}); fault.KindOf(
		err) != fault.Forbidden {
		t.Errorf("in another collection: %v", err)
	}
	if err := w.DB.Write(ctx, func(tx *store.Tx) error { // a day's work, at once
		return tx.Gorm().Exec(fmt.Sprintf("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE "+
			"i < %d) "+
			"INSERT INTO proposals (kind, maker, version, claim_id, made_at, token_id, machine_id, own_n) SELECT "+
			"'gloss', "+
			"'machine', '', p.claim_id, p.made_at, p.token_id, p.machine_id, 1000 + n.i FROM n, (SELECT * FROM "+
			"proposals LIMIT 1) p",
			proposals.MostOfDay)).Error
	}); err != nil {
		t.Fatal(err)
	}
	_, err = w.Proposals.Propose(ctx, m, w.Collection.ID, proposals.Maker{}, []proposals.Item{gloss(0)})
	f, ok := fault.As(err)
	if !ok || f.Kind != fault.Limited {
		t.Errorf("more than a day takes: %v", err)
	} else if _, told := f.Detail.(auth.RetryAfter); !told {
		t.Errorf("nothing is said of when: %+v", f)
	}
}
