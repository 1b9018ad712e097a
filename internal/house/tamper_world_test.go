package house_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"claimbench/internal/addresses"
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/breakdowns"
	"claimbench/internal/captures"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/feeds"
	"claimbench/internal/fetch"
	"claimbench/internal/fetch/fetchtest"
	"claimbench/internal/guidelines"
	"claimbench/internal/history"
	"claimbench/internal/intake"
	"claimbench/internal/methods"
	"claimbench/internal/proposals"
	"claimbench/internal/replies"
	"claimbench/internal/requests"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/shelf"
	"claimbench/internal/store"
	"claimbench/internal/watches"
	"claimbench/internal/webhooks"
)

// fullWorld makes a house with a row in every table, and what an auditor holds of it: the key, and a checkpoint of all.
func fullWorld(t *testing.T, db *store.DB) (history.Options, *roomtest.World) {
	t.Helper()
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = w.Write([]byte("The page counts 14 grants now."))
	}))
	t.Cleanup(site.Close)
	port := netip.MustParseAddrPort(strings.TrimPrefix(site.URL, "http://")).Port()
	w := roomtest.NewOnWeb(t, db, articles.CollectionNew{Advice: articles.Guards.Names()},
		fetch.New(fetchtest.Loopback(port)))
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	key, err := history.OpenKey(filepath.Join(t.TempDir(), "log.key"))
	must(err)
	verifier, err := history.ParsePublicKey(key.Public())
	must(err)
	signer := history.NewSigner(db, key, nil)
	sign := func() history.Checkpoint {
		c, err := signer.Sign(roomtest.Ctx())
		must(err)
		return c
	}
	first := w.Article(articles.Import{Raw: "The council approved 12 grants on Monday. The mayor said so.",
		Source: "Gazette", Lang: "en", Byline: "A. Writer", URL: "https://gazette.example/a", Published: "2026-11-20"})
	minutes := w.Article(articles.Import{Raw: "Minutes: 12 grants were approved. The opposition denies that.",
		Source: "Council", Lang: "en"})
	spoken, err := intake.Read(intake.File{Name: "radio.srt", Body: strings.NewReader("1\n00:00:01,000 --> " +
		"00:00:04,000\nA radio station counted 12 grants on Monday too.\n")})
	must(err)
	heard := articles.Import{Source: "Radio", Lang: "en"}
	heard.Fill(spoken)
	radio := w.Article(heard)
	sign()
	if _, err = w.Arrivals.Drop(roomtest.Ctx(), w.As("editor-1"), w.Collection.ID, nil, "It rained."); err != nil {
		t.Fatal(err)
	}
	_, err = w.Web.Set(roomtest.Ctx(), w.As("admin-1"), addresses.Switch{Allowed: true, Contact: "desk@paper.example"})
	must(err)
	_, err = w.Broken.Set(roomtest.Ctx(), w.As("admin-1"), breakdowns.Sending{CollectionID: w.Collection.ID,
		Allowed: true, PerDay: 5})
	must(err)
	watchedPage(t, w, site.URL)
	_, _, err = w.Auth.MakeToken(roomtest.Ctx(), w.As("editor-1"), auth.NewToken{Name: "a script", Days: 30,
		Scopes: []auth.Grant{{Role: auth.Editor}}})
	must(err)
	secret, _, err := w.Auth.MakeMachine(roomtest.Ctx(), w.As("admin-1"), auth.NewMachine{Name: "matcher",
		Owner: "editor-1", Days: 30, Collections: []auth.CollectionID{w.Collection.ID}})
	must(err)
	if _, err := w.Hooks.Add(roomtest.Ctx(), w.As("admin-1"), w.Collection.ID, "https://desk.example/told",
		[]webhooks.Topic{webhooks.Claims}); err != nil {
		t.Fatal(err)
	}
	_, err = w.Methods.Set(roomtest.Ctx(), w.As("editor-1"), w.Collection.ID, methods.Draft{Words: "Minutes count."})
	must(err)
	_, err = w.Guide.Set(roomtest.Ctx(), w.As("editor-1"), w.Collection.ID, guidelines.Draft{Words: "Minutes count."})
	must(err)
	_, err = w.Notices.ChooseMail(roomtest.Ctx(), w.As("reviewer-2"), "two@desk.example", true)
	must(err)
	claim := decidedClaim(t, w, first, minutes)
	conflict(t, w, first, minutes)
	_, err = w.Evidence.SetArticleOrigin(roomtest.Ctx(), w.As("reviewer-1"), minutes.Article.ID, "the council", 0)
	must(err)
	_, err = w.Evidence.RefuseOrigin(roomtest.Ctx(), w.As("reviewer-1"), first.Article.ID, radio.Article.ID, "no")
	must(err)
	_, err = w.Claims.RefuseDuplicate(roomtest.Ctx(), w.As("reviewer-1"), claim.ID, claim.ID+1, "no")
	must(err)
	refusedWords(t, w, secret)
	_, err = w.Articles.Revise(roomtest.Ctx(), w.As("editor-1"), radio.Article.ID, radio.Article.Version,
		"A radio station counted 13 grants on Monday.", false)
	must(err)
	_, err = w.Articles.RateSource(roomtest.Ctx(), w.As("editor-1"), articles.Rating{CollectionID: w.Collection.ID,
		SourceID: *first.Article.SourceID, Reliability: "B"})
	must(err)
	sets(t, w, claim)
	shelve(t, w, claim)
	leak := w.Article(articles.Import{Raw: "A clerk who must not be named counted 12 grants.", Source: "A clerk",
		Lang: "en"})
	_, err = w.Articles.Protect(roomtest.Ctx(), w.As("editor-1"), leak.Article.ID, leak.Article.Version,
		"Their safety.")
	must(err)
	_, err = w.Articles.NameReader(roomtest.Ctx(), w.As("editor-1"), leak.Article.ID, w.As("reviewer-2").UserID, true)
	must(err)
	_, err = w.Auth.DemoSignIn(roomtest.Ctx(), "reviewer-1")
	must(err)
	readersAsk(t, w, claim)
	_, err = w.Feeds.Add(roomtest.Ctx(), w.As("editor-1"), w.Collection.ID, site.URL+"/count", feeds.Take)
	must(err)
	someone, err := w.Auth.CreateUser(roomtest.Ctx(), w.As("admin-1"), auth.NewUser{Name: "newcomer"})
	must(err)
	_, err = w.Auth.MakeLink(roomtest.Ctx(), w.As("admin-1"), auth.Invite, someone.ID)
	must(err)
	must(db.Write(roomtest.Ctx(), func(tx *store.Tx) error {
		_, err := history.Erase(tx, history.Who{Via: history.System}, "origin_refusal:1", "reason", "asked")
		return err
	}))
	_, err = w.Erasures.Ask(roomtest.Ctx(), w.As("admin-1"), "origin_refusal:1", "none", "asked")
	if fault.KindOf(err) != fault.NotFound {
		t.Fatal(err)
	}
	_, err = w.Erasures.Ask(roomtest.Ctx(), w.As("admin-1"), "claim:1", "statement", "It names a child.")
	must(err)
	stamping(t, w)
	sign()
	c := sign()
	return history.Options{Keys: verifiers(verifier), Checkpoint: &c}, w
}

// decidedClaim makes an approved claim with two wordings, a gloss, a comment, evidence and a superseded review.
func decidedClaim(t *testing.T, w *roomtest.World, a, minutes articles.Imported) claims.Claim {
	t.Helper()
	ctx, rev := roomtest.Ctx(), w.As("reviewer-1")
	c := w.Claim(a, "The council approved 12 grants on Monday", "The council approved 12 grants.")
	c, err := w.Claims.Edit(ctx, rev, c.ID, c.WordsVersion, claims.Words{
		Statement: "The council approved 12 grants on Monday.", Hedge: []string{"so"},
		More: []claims.Stretch{{Span: w.Find(a, "The mayor said so")}}}, false)
	if err == nil {
		_, err = w.Claims.SetGloss(ctx, rev, c.ID, "fr", "Le conseil a approuvé 12 subventions.", 0)
	}
	if err == nil {
		_, err = w.Claims.ConfirmGloss(ctx, w.As("reviewer-2"), c.ID, "fr", 1)
	}
	if err == nil {
		_, err = w.Claims.AddComment(ctx, rev, c.ID, "Which Monday, @reviewer-2?")
	}
	if err == nil {
		var page evidence.Item
		page, err = w.Evidence.Link(ctx, rev, evidence.Link{ClaimID: c.ID, URL: "https://council.example/12",
			Exact: "12 grants", Lang: "en", ReadOn: "2026-11-21", Origin: "the council's page",
			Stance: evidence.Supports, Kind: evidence.OfficialRecord})
		if err == nil {
			_, err = w.Evidence.Capture(ctx, rev, page.ID, captures.File{Name: "council.txt",
				Body: []byte("The council says that 12 grants were given.")})
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	w.Link(c, minutes, "12 grants were approved", evidence.Supports, evidence.PrimaryDocument)
	d := review.Draft{Verdict: claims.Corroborated, Reason: review.PrimaryDocument, Rationale: "The minutes say so."}
	for _, who := range []string{"reviewer-1", "reviewer-1", "reviewer-2"} {
		if _, c, err = w.Submit(who, c, d); err != nil {
			t.Fatal(err)
		}
	}
	c, err = w.Review.Approve(ctx, w.As("editor-1"), review.Approval{ClaimID: c.ID, Version: 1,
		Reason: review.PrimaryDocument, Explanation: "The minutes record twelve grants."})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// conflict makes a claim whose round is in conflict, one that was adjudicated, and one under open review.
func conflict(t *testing.T, w *roomtest.World, a, minutes articles.Imported) {
	t.Helper()
	agree := review.Draft{Verdict: claims.Unverified, Reason: review.Insufficient, Searched: "Both."}
	other := review.Draft{Verdict: claims.Disputed, Reason: review.Refuted, Rationale: "They deny it."}
	for i, words := range []string{"The mayor said so", "The opposition denies that"} {
		of := a
		if i == 1 {
			of = minutes
		}
		c := w.Claim(of, words, words+".")
		_, _, err := w.Submit("reviewer-1", c, agree)
		if err == nil {
			_, c, err = w.Submit("reviewer-2", c, other)
		}
		if err == nil && i == 1 {
			d := agree
			d.Rationale = "Nothing settles it."
			_, err = w.Review.Adjudicate(roomtest.Ctx(), w.As("editor-1"),
				review.Adjudication{ClaimID: c.ID, Round: c.Round, Draft: d,
					Causes: []review.Cause{"slip", "guideline"}})
		}
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			asked(t, w, c)
		}
	}
	c := w.Claim(minutes, "Minutes: 12 grants were approved", "There are minutes.")
	if _, _, err := w.Submit("reviewer-2", c, agree); err != nil {
		t.Fatal(err)
	}
	guarded(t, w, c)
}

// guarded links a document of a protected source, which a reviewer may read, and asks somebody about a claim.
func guarded(t *testing.T, w *roomtest.World, c claims.Claim) {
	t.Helper()
	ctx, rev, ed := roomtest.Ctx(), w.As("reviewer-1"), w.As("editor-1")
	it, err := w.Evidence.Link(ctx, rev, evidence.Link{ClaimID: c.ID, URL: "https://clerk.example/12",
		Exact: "12 grants", Lang: "en", ReadOn: "2026-11-21", Origin: "a clerk", Stance: evidence.Context,
		Kind: evidence.Other})
	if err == nil {
		it, err = w.Evidence.Protect(ctx, ed, it.ID, it.Version, "source at risk")
	}
	if err == nil {
		_, err = w.Evidence.NameReader(ctx, ed, it.ID, w.As("reviewer-2").UserID, true)
	}
	if err != nil {
		t.Fatal(err)
	}
	x, err := w.Replies.Ask(ctx, rev, replies.Ask{ClaimID: c.ID, Name: "Anna Weber", Role: "mayor", Way: replies.Phone,
		AskedOn: "2026-11-20", Until: "2026-11-22", Contact: "+49 30 123456"})
	if err == nil {
		_, err = w.Replies.Answer(ctx, rev, replies.Answer{ID: x.ID, Version: x.Version, Outcome: replies.Answered,
			On: "2026-11-21", Words: "Twelve."})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// asked puts a question to a reviewer of a conflict, which is answered, and gives the claim to a person.
func asked(t *testing.T, w *roomtest.World, c claims.Claim) {
	t.Helper()
	ctx, ed := roomtest.Ctx(), w.As("editor-1")
	if _, err := w.Review.SendBack(ctx, ed, review.Asking{ClaimID: c.ID, Round: c.Round, Letter: "A",
		Question: "Which minutes?"}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"reviewer-1", "reviewer-2"} {
		seen, err := w.Desk.Reviewing(ctx, w.As(name), c.ID)
		for _, q := range seen.ToMe() {
			_, err = w.Review.Answer(ctx, w.As(name), c.ID, q.Public, "Those of Monday.")
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Review.Assign(ctx, ed, w.Collection.ID, ed.UserID, []claims.ID{c.ID}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Review.SetGiving(ctx, ed, review.Giving{CollectionID: w.Collection.ID, How: review.ByShare,
		Share: 20}); err != nil {
		t.Fatal(err)
	}
}

// sets makes a frozen set and a draft that corrects it.
// readersAsk publishes the form of the collection; one request is linked to a claim, one is not checked.
func readersAsk(t *testing.T, w *roomtest.World, c claims.Claim) {
	t.Helper()
	ctx, editor := roomtest.Ctx(), w.As("editor-1")
	f, err := w.Requests.SetForm(ctx, w.As("admin-1"), requests.FormSet{In: w.Collection.ID, Published: true,
		Lang: "fa", Title: "The desk", Intro: "Ask us.", PerDay: 20})
	for _, words := range []string{"Were 12 grants approved?", "Is the mayor right?"} {
		if err == nil {
			_, err = w.Requests.Receive(ctx, requests.Asking{Form: f.Name, Words: words, Via: history.Web,
				Address: "https://news.example/12", Contact: "me@reader.example", Lang: "ar"})
		}
	}
	if err == nil {
		_, err = w.Requests.Sort(ctx)
	}
	if err == nil {
		_, err = w.Requests.Link(ctx, editor, requests.Act{ID: 1, Version: 1}, []claims.ID{c.ID})
	}
	if err == nil {
		_, err = w.Requests.Refuse(ctx, editor, requests.Act{ID: 2, Version: 1}, "An opinion.")
	}
	if err != nil {
		t.Fatal(err)
	}
}

// watchedPage watches a page that has another text than its article, and waits until that is found.
func watchedPage(t *testing.T, w *roomtest.World, url string) {
	t.Helper()
	ctx := roomtest.Ctx()
	_, err := w.Web.Set(ctx, w.As("admin-1"), addresses.Switch{CollectionID: w.Collection.ID, Allowed: true})
	if err != nil {
		t.Fatal(err)
	}
	page := w.Article(articles.Import{Raw: "The page counts 13 grants.", Lang: "en", URL: url + "/count"})
	if _, err := w.Watches.Set(ctx, w.As("editor-1"), page.Article.ID, watches.Today(w.DB.Now()), 0); err != nil {
		t.Fatal(err)
	}
	serving, stop := context.WithCancel(ctx)
	var done sync.WaitGroup
	done.Go(func() { w.Web.Run(serving) })
	defer func() { stop(); done.Wait() }()
	for begun := time.Now(); w.Count("proposed_revisions") == 0; time.Sleep(10 * time.Millisecond) {
		if time.Since(begun) > time.Minute {
			t.Fatal("the text of the page was not found")
		}
	}
}

func sets(t *testing.T, w *roomtest.World, c claims.Claim) {
	t.Helper()
	ctx, ed := context.Background(), w.As("editor-1")
	set, err := w.Sets.Create(ctx, ed, w.Collection.ID, "Grants")
	if err == nil {
		set, err = w.Sets.Add(ctx, ed, set.ID, set.Version, []claims.ID{c.ID})
	}
	if err == nil {
		set, err = w.Sets.Freeze(ctx, ed, set.ID, set.Version)
	}
	if err == nil {
		_, err = w.Sets.PullOut(ctx, ed, set.ID, c.ID, "said otherwise since")
	}
	if err == nil {
		var draft claimset.Set
		if draft, err = w.Sets.Correct(ctx, ed, set.ID); err == nil {
			draft, err = w.Sets.Rename(ctx, ed, draft.ID, draft.Version, "Grants, again")
		}
		if err == nil {
			_, err = w.Sets.Remove(ctx, ed, draft.ID, draft.Version, []claims.ID{c.ID})
		}
		if err == nil {
			_, err = w.Sets.SayOmitted(ctx, ed, draft.ID, c.ID, 0, "It was said otherwise since.")
		}
	}
	if err == nil {
		_, err = w.Status.Publish(ctx, w.As("admin-1"), set.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// shelve puts fact-checks onto the shelf, of which one is confirmed and one withheld, and a file that waits.
func shelve(t *testing.T, w *roomtest.World, claim claims.Claim) {
	t.Helper()
	ctx, editor := roomtest.Ctx(), w.As("editor-1")
	bring := func(file string) shelf.File {
		f, _, err := w.Shelf.Bring(ctx, editor, w.Collection.ID, "facts.csv", strings.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	f := bring("claim,rating,publisher\n" +
		"The council approved 12 grants on Monday,True,Facts\nA horse was mayor,False,Facts\n")
	j, err := w.Shelf.Import(ctx, editor, f.ID, f.Version)
	if err == nil {
		_, err = w.Jobs.Finish(ctx, j.ID)
	}
	if err == nil {
		_, err = w.Shelf.Withhold(ctx, editor, 2, 1, "Asked by a court.")
	}
	if err == nil {
		err = w.Shelf.CatchUp(ctx, w.Collection.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
	bring("claim,rating\nThe mayor said so,True\n")
	if err := w.DB.Write(ctx, func(tx *store.Tx) error {
		return tx.Gorm().Create(&shelf.Match{CollectionID: w.Collection.ID, ClaimID: claim.ID, EntryID: 1, Score: 900,
			State: shelf.Proposed, Version: 1}).Error
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Shelf.Decide(ctx, editor, claim.ID, 1, 1, shelf.Confirmed); err != nil {
		t.Fatal(err)
	}
}

// refusedWords has a machine propose a gloss that a person refuses.
func refusedWords(t *testing.T, w *roomtest.World, secret string) {
	t.Helper()
	by, err := w.Auth.ResumeToken(roomtest.Ctx(), secret)
	if err != nil {
		t.Fatal(err)
	}
	a := w.Article(articles.Import{Lang: "en", Raw: "The dam broke in the night. Nobody slept."})
	c := w.Claim(a, "The dam broke in the night", "The dam broke in the night")
	got, err := w.Proposals.Propose(roomtest.Ctx(), by, w.Collection.ID, proposals.Maker{}, []proposals.Item{
		{Kind: proposals.Gloss, Claim: c.ID, Lang: "fr", Statement: "Le barrage a cédé dans la nuit."}})
	if err != nil || got[0].Outcome != proposals.Kept {
		t.Fatalf("%+v, %v", got, err)
	}
	if _, err := w.Claims.RefuseOffer(roomtest.Ctx(), w.As("reviewer-1"), c.ID, by.UserID, got[0].Proposal,
		"no"); err != nil {
		t.Fatal(err)
	}
}
