package proposals_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/deeds"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/proposals"
	"claimbench/internal/roomtest"
	"claimbench/internal/shelf"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// measured is what became of what one machine proposed, of a kind, as the dashboard counts it.
func measured(w *roomtest.World, m auth.Actor, kind proposals.Kind) (out claims.Acceptance) {
	w.T.Helper()
	if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		all, err := claims.AcceptanceIn(r, w.Collection.ID)
		for _, a := range all {
			if a.Machine == m.UserID && a.Kind == string(kind) {
				out = a
			}
		}
		return err
	}); err != nil {
		w.T.Fatal(err)
	}
	return out
}

// TestOnePairIsOneProposal: two claims are one pair, whichever is named first. Two machines that propose it have a
// proposal each, and what a person says counts for both.
func TestOnePairIsOneProposal(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		w := roomtest.New(t, db, articles.CollectionNew{})
		one, two := machine(w, "one"), machine(w, "two")
		a := w.Article(articles.Import{Lang: "en", Raw: flood})
		b := w.Claim(a, "14 houses were not damaged", "14 houses were not damaged")
		c := w.Claim(a, "Mayor Anna Berg closed two schools", "Mayor Anna Berg closed two schools")
		pair := func(x, y claims.ID) proposals.Item {
			return proposals.Item{Kind: proposals.Duplicate, Claim: x, OtherClaim: y}
		}
		first := kept(w, one, pair(c.ID, b.ID))
		if again := propose(w, one, pair(b.ID, c.ID), pair(c.ID, b.ID)); again[0].Outcome != proposals.Known ||
			again[1].Outcome != proposals.Known || again[0].Proposal != first.Proposal ||
			again[1].Proposal != first.Proposal {
			t.Errorf("named the other way round: %+v, %+v", first, again)
		}
		theirs := kept(w, two, pair(b.ID, c.ID))
		if n := w.Count("proposals"); n != 2 {
			t.Errorf("%d proposals of one pair by two machines", n)
		}
		if _, err := w.Claims.RefuseDuplicate(roomtest.Ctx(), w.As("editor-1"), b.ID, c.ID, ""); err != nil {
			t.Fatal(err)
		}
		for _, x := range []claims.Claim{b, c} {
			if _, err := w.Claims.Withdraw(roomtest.Ctx(), w.As("editor-1"), x.ID, x.Version, "no"); err != nil {
				t.Fatal(err)
			}
		}
		for m, p := range map[*auth.Actor]proposals.Answer{&one: first, &two: theirs} {
			if got := own(w, *m)[p.Proposal]; got.Became != desk.WasRefused {
				t.Errorf("%s: %+v", m.Name, got)
			}
			if got := measured(w, *m, proposals.Duplicate); got.Refused != 1 || got.Waiting != 0 {
				t.Errorf("%s: %+v", m.Name, got)
			}
		}
		w.Verify()
	})
}

// TestAPairTakesAPlaceOfBoth: a claim has so many duplicates by one machine, also where it is the second of the two.
func TestAPairTakesAPlaceOfBoth(t *testing.T) {
	t.Parallel()
	w := roomtest.New(t, storetest.SQLite(t), articles.CollectionNew{})
	m := machine(w, "one")
	var raw strings.Builder
	for i := range claims.MostOffers + 2 {
		fmt.Fprintf(&raw, "The council met on day %d. ", 100+i)
	}
	a := w.Article(articles.Import{Lang: "en", Raw: raw.String()})
	var all []claims.Claim
	for i := range claims.MostOffers + 2 {
		words := fmt.Sprintf("The council met on day %d", 100+i)
		all = append(all, w.Claim(a, words, words))
	}
	last := all[len(all)-1]
	for _, c := range all[:claims.MostOffers] {
		kept(w, m, proposals.Item{Kind: proposals.Duplicate, Claim: c.ID, OtherClaim: last.ID})
	}
	if got := propose(w, m, proposals.Item{Kind: proposals.Duplicate, Claim: all[claims.MostOffers].ID,
		OtherClaim: last.ID})[0]; got.Why != proposals.Enough {
		t.Errorf("%+v", got)
	}
}

// TestAPersonRefusesAMachineAlone: other words and a gloss are refused without a word on the claim; that has its event,
// is taken back and done again, and the machine reads it when no round can be under way.
func TestAPersonRefusesAMachineAlone(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		w := roomtest.New(t, db, articles.CollectionNew{})
		ctx, m, reviewer := roomtest.Ctx(), machine(w, "extractor"), w.As("reviewer-1")
		a := w.Article(articles.Import{Lang: "en", Raw: flood})
		c := w.Claim(a, "Mayor Anna Berg closed two schools", "Mayor Anna Berg closed two schools")
		gloss := kept(w, m, proposals.Item{Kind: proposals.Gloss, Claim: c.ID, Lang: "fr",
			Statement: "La maire a fermé deux écoles."})
		words := kept(w, m, proposals.Item{Kind: proposals.Statement, Claim: c.ID, Statement: "Anna Berg closed two " +
			"schools"})
		refuse := func(as auth.Actor, n claims.OwnNumber) (claims.OfferRefusal, error) {
			return w.Claims.RefuseOffer(ctx, as, c.ID, m.UserID, n, "it says less")
		}
		for who, kind := range map[string]fault.Kind{"auditor-1": fault.Forbidden, "admin-1": fault.NotFound} {
			if _, err := refuse(w.As(who), gloss.Proposal); fault.KindOf(err) != kind {
				t.Errorf("%s: %v", who, err)
			}
		}
		if _, err := refuse(reviewer, 99); fault.KindOf(err) != fault.NotFound {
			t.Errorf("one that is not there: %v", err)
		}
		x, err := refuse(reviewer, gloss.Proposal)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := refuse(w.As("reviewer-2"), gloss.Proposal); err != nil || again.ID != x.ID {
			t.Errorf("again: %+v, %v", again, err)
		}
		if _, err := refuse(reviewer, words.Proposal); err != nil {
			t.Fatal(err)
		}
		became := func() (out []desk.Became) {
			page, err := w.Desk.Claim(ctx, reviewer, desk.ClaimAsk{ID: c.ID})
			if err != nil {
				t.Fatal(err)
			}
			for _, o := range page.Offers {
				out = append(out, o.Became)
			}
			return out
		}
		if got := became(); !slices.Equal(got, []desk.Became{desk.WasRefused, desk.WasRefused}) {
			t.Errorf("%v", got)
		}
		if _, err := w.Claims.SetGloss(ctx, reviewer, c.ID, "fr", "La maire a fermé deux écoles.", 0); err != nil {
			t.Fatal(err)
		}
		if got := became(); !slices.Equal(got, []desk.Became{desk.WasRefused, desk.WasRefused}) {
			t.Errorf("a gloss that a person writes overrules a refusal: %v", got)
		}
		for range 3 { // the gloss, the statement, the first refusal
			if _, err := w.Deeds.Undo(ctx, reviewer, deeds.Ask{Collection: w.Collection.ID}); err != nil {
				t.Fatal(err)
			}
		}
		if got := became(); !slices.Equal(got, []desk.Became{desk.StillWaits, desk.StillWaits}) {
			t.Errorf("taken back: %v", got)
		}
		if _, err := w.Deeds.Redo(ctx, reviewer, deeds.Ask{Collection: w.Collection.ID}); err != nil {
			t.Fatal(err)
		}
		if got := became(); !slices.Equal(got, []desk.Became{desk.StillWaits, desk.WasRefused}) {
			t.Errorf("done again: %v", got)
		}
		for n, p := range own(w, m) {
			if p.Became != desk.StillWaits {
				t.Errorf("the machine is told of %d while the claim is open: %+v", n, p)
			}
		}
		story, err := w.Desk.Story(ctx, reviewer, desk.StoryAsk{Claim: c.ID})
		if err != nil || !slices.ContainsFunc(story.Events, func(e desk.EventSeen) bool {
			return e.Action == "proposal.refused" && e.Reason.Text == "it says less"
		}) {
			t.Errorf("%+v, %v", story.Events, err)
		}
		theirs, err := w.Desk.Story(ctx, w.As("reviewer-2"), desk.StoryAsk{Claim: c.ID})
		if err != nil || slices.ContainsFunc(theirs.Events, func(e desk.EventSeen) bool {
			return history.Kind(e.Object) == "proposal_refusal" && (!e.Someone || e.After["refused_by"]+
				e.Before["refused_by"] != "")
		}) {
			t.Errorf("who refused it is told in an open round: %+v, %v", theirs.Events, err)
		}
		if got := measured(w, m, proposals.Gloss); got.Refused != 1 {
			t.Errorf("%+v", got)
		}
		now, err := w.Desk.Head(ctx, reviewer, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Claims.Withdraw(ctx, w.As("editor-1"), c.ID, now.Claim.Version, "no"); err != nil {
			t.Fatal(err)
		}
		if got := own(w, m)[gloss.Proposal]; got.Became != desk.WasRefused {
			t.Errorf("%+v", got)
		}
		if _, err := refuse(reviewer, words.Proposal); fault.KindOf(err) != fault.Conflict {
			t.Errorf("of a claim that has ended: %v", err)
		}
		w.Verify()
	})
}

// fated is how a person settles what a machine proposed of a kind, and what is told of it then.
type fated struct {
	kind  proposals.Kind
	want  desk.Became
	offer func(f fates) proposals.Item
	act   func(f fates) error
}

// fates is a world with two claims of two articles.
type fates struct {
	*roomtest.World
	a, b  articles.Imported
	c, o  claims.Claim
	m     auth.Actor
	made  proposals.Answer
	entry shelf.Entry
}

func (f fates) claim(id claims.ID) (c claims.Claim) {
	f.T.Helper()
	h, err := f.Desk.Head(roomtest.Ctx(), f.As("editor-1"), id)
	if err != nil {
		f.T.Fatal(err)
	}
	return h.Claim
}

func (f fates) edit(id claims.ID, statement string) error {
	c := f.claim(id)
	_, err := f.Claims.Edit(roomtest.Ctx(), f.As("editor-1"), id, c.WordsVersion, claims.Words{Span: c.Span,
		Statement: statement, Attribution: c.Attribution, Hedge: c.Hedge, Kind: c.Kind}, false)
	return err
}

func (f fates) decide(to shelf.MatchState) error {
	seen, err := f.Desk.Checked(roomtest.Ctx(), f.As("editor-1"), f.c.ID)
	if err != nil || len(seen.Found) == 0 {
		f.T.Fatalf("%+v, %v", seen.Found, err)
	}
	_, err = f.Shelf.Decide(roomtest.Ctx(), f.As("editor-1"), f.c.ID, seen.Found[0].Match.ID, seen.Found[0].Version, to)
	return err
}

const houses = "Officials said that 14 houses stood empty that night. Nobody was hurt."

// allFates are what people can do with each kind. Only words can be changed: a pair, a sentence, a fact-check is taken
// or it is not.
var allFates = []fated{
	{proposals.Candidate, desk.WasAccepted, ofCandidate, func(f fates) error {
		_, err := f.Claims.Accept(roomtest.Ctx(), f.As("editor-1"), f.made.Claim, f.claim(f.made.Claim).Version)
		return err
	}},
	{proposals.Candidate, desk.WasChanged, ofCandidate, func(f fates) error {
		return f.edit(f.made.Claim, "The dam broke in that night")
	}},
	{proposals.Candidate, desk.WasRefused, ofCandidate, func(f fates) error {
		_, err := f.Claims.Reject(roomtest.Ctx(), f.As("editor-1"), f.made.Claim, f.claim(f.made.Claim).Version,
			claims.WhyNots.Names()[0])
		return err
	}},
	{proposals.Statement, desk.WasAccepted, ofStatement, func(f fates) error {
		return f.edit(f.c.ID, "Anna Berg closed two schools")
	}},
	{proposals.Statement, desk.WasChanged, ofStatement, func(f fates) error {
		return f.edit(f.c.ID, "Anna Berg shut two schools")
	}},
	{proposals.Statement, desk.WasRefused, ofStatement, refusedAlone},
	{proposals.Gloss, desk.WasAccepted, ofGloss, func(f fates) error {
		_, err := f.Claims.SetGloss(roomtest.Ctx(), f.As("editor-1"), f.c.ID, "fr", "La maire a fermé deux écoles.", 0)
		return err
	}},
	{proposals.Gloss, desk.WasChanged, ofGloss, func(f fates) error {
		_, err := f.Claims.SetGloss(roomtest.Ctx(), f.As("editor-1"), f.c.ID, "fr", "Le maire a fermé deux écoles.", 0)
		return err
	}},
	{proposals.Gloss, desk.WasRefused, ofGloss, refusedAlone},
	{proposals.Passage, desk.WasAccepted, ofPassage, func(f fates) error {
		f.Link(f.c, f.b, "Nobody was hurt", evidence.Context, evidence.Report) // found by a person, as it happens
		return nil
	}},
	{proposals.Passage, desk.WasRefused, ofPassage, func(f fates) error {
		seen, err := f.passage()
		if err != nil {
			return err
		}
		return f.Evidence.RefusePassage(roomtest.Ctx(), f.As("editor-1"), f.c.ID, seen, nil)
	}},
	{proposals.Origin, desk.WasAccepted, ofOrigin, func(f fates) error {
		_, err := f.Evidence.ConfirmOrigin(roomtest.Ctx(), f.As("editor-1"), evidence.OneOrigin{A: f.a.Article.ID,
			B: f.b.Article.ID, Name: "A wire"})
		return err
	}},
	{proposals.Origin, desk.WasRefused, ofOrigin, func(f fates) error {
		_, err := f.Evidence.RefuseOrigin(roomtest.Ctx(), f.As("editor-1"), f.b.Article.ID, f.a.Article.ID,
			"two papers")
		return err
	}},
	{proposals.Duplicate, desk.WasAccepted, ofDuplicate, func(f fates) error {
		_, err := f.Claims.Merge(roomtest.Ctx(), f.As("editor-1"), f.c.ID, f.c.WordsVersion,
			[]claims.Opened{{ID: f.o.ID, Version: f.o.Version}}, nil)
		return err
	}},
	{proposals.Duplicate, desk.WasRefused, ofDuplicate, func(f fates) error {
		_, err := f.Claims.RefuseDuplicate(roomtest.Ctx(), f.As("editor-1"), f.o.ID, f.c.ID, "")
		return err
	}},
	{proposals.Match, desk.WasAccepted, ofMatch, func(f fates) error { return f.decide(shelf.Confirmed) }},
	{proposals.Match, desk.WasRefused, ofMatch, func(f fates) error { return f.decide(shelf.Refused) }},
}

func ofCandidate(f fates) proposals.Item {
	return proposals.Item{Kind: proposals.Candidate, Article: f.a.Article.ID, Quote: "The dam broke in the night",
		Statement: "The dam broke in the night"}
}

func ofStatement(f fates) proposals.Item {
	return proposals.Item{Kind: proposals.Statement, Claim: f.c.ID, Statement: "Anna Berg closed two schools"}
}

func ofGloss(f fates) proposals.Item {
	return proposals.Item{Kind: proposals.Gloss, Claim: f.c.ID, Lang: "fr", Statement: "La maire a fermé deux écoles."}
}

func ofPassage(f fates) proposals.Item {
	return proposals.Item{Kind: proposals.Passage, Claim: f.c.ID, Article: f.b.Article.ID, Quote: "Nobody was hurt."}
}

func ofOrigin(f fates) proposals.Item {
	return proposals.Item{Kind: proposals.Origin, Article: f.b.Article.ID, OtherArticle: f.a.Article.ID}
}

func ofDuplicate(f fates) proposals.Item {
	return proposals.Item{Kind: proposals.Duplicate, Claim: f.o.ID, OtherClaim: f.c.ID}
}

func ofMatch(f fates) proposals.Item {
	return proposals.Item{Kind: proposals.Match, Claim: f.c.ID, URL: f.entry.URL}
}

func refusedAlone(f fates) error {
	_, err := f.Claims.RefuseOffer(roomtest.Ctx(), f.As("editor-1"), f.c.ID, f.m.UserID, f.made.Proposal, "")
	return err
}

// passage is the number of the sentence that a machine proposes.
func (f fates) passage() (articles.SentenceID, error) {
	if err := f.Evidence.CatchUp(roomtest.Ctx(), f.Collection.ID); err != nil {
		return 0, err
	}
	seen, err := f.Desk.Suggesting(roomtest.Ctx(), f.As("editor-1"), f.c.ID)
	for _, p := range seen.Suggested.Passages {
		if p.Words == "Nobody was hurt." {
			return p.Sentence.ID, err
		}
	}
	f.T.Fatalf("it is not proposed: %+v, %v", seen.Suggested.Passages, err)
	return 0, err
}

// TestWhatBecameOfEachKind: for each kind, what a person does with a proposal is told to its machine once no round is
// under way, and measured by maker; what is taken back waits again.
func TestWhatBecameOfEachKind(t *testing.T) {
	t.Parallel()
	for _, x := range allFates {
		t.Run(string(x.kind)+" "+string(x.want), func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				f := fates{World: roomtest.New(t, db, articles.CollectionNew{})}
				f.m = machine(f.World, "extractor")
				f.a = f.Article(articles.Import{Lang: "en", Raw: flood})
				f.b = f.Article(articles.Import{Lang: "en", Raw: houses})
				f.c = f.Claim(f.a, "Mayor Anna Berg closed two schools", "Mayor Anna Berg closed two schools")
				f.o = f.Claim(f.a, "14 houses were not damaged", "14 houses were not damaged")
				if x.kind == proposals.Match {
					f.entry = shelved(f.World)
				}
				f.made = kept(f.World, f.m, x.offer(f))
				if err := x.act(f); err != nil {
					t.Fatal(err)
				}
				for _, id := range []claims.ID{f.c.ID, f.o.ID} {
					c := f.claim(id)
					if c.State != claims.Open {
						continue
					}
					if _, err := f.Claims.Withdraw(roomtest.Ctx(), f.As("editor-1"), id, c.Version, "no"); err != nil {
						t.Fatal(err)
					}
				}
				got := own(f.World, f.m)[f.made.Proposal]
				if got.Became != x.want || (got.ChangedTo != "") != (x.want == desk.WasChanged) ||
					(got.Letters > 0) != (x.want == desk.WasChanged) {
					t.Errorf("told: %+v", got)
				}
				n := measured(f.World, f.m, x.kind)
				want := claims.Acceptance{Kind: n.Kind, Maker: claims.ByMachine, Model: "llama", Language: n.Language,
					Machine: f.m.UserID, Letters: n.Letters}
				switch x.want {
				case desk.WasAccepted:
					want.Accepted = 1
				case desk.WasChanged:
					want.Edited, want.Counted = 1, 1
				case desk.WasRefused:
					want.Refused = 1
				}
				if n != want || (n.Letters > 0) != (x.want == desk.WasChanged) {
					t.Errorf("measured: %+v, want %+v", n, want)
				}
				f.Verify()
			})
		})
	}
}
