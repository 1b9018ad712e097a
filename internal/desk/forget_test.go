package desk_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/guidelines"
	"claimbench/internal/history"
	"claimbench/internal/publish"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// said is a sentence of a text that is taken down later, and which its claims and evidence never were of.
const said = "the harbour master of Emden kept seven crates of lamps in a shed"

func ok[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// told is a claim of another text about which people wrote, each time with words of the text that goes: comments,
// questions and answers, rationales, search notes, notes, explanations, guidelines and their gaps; printed in a set.
func told(t *testing.T, w *roomtest.World) (claims.Claim, claimset.Set) {
	t.Helper()
	ctx, ed := roomtest.Ctx(), w.As("editor-1")
	quoting := func(part string) string { return part + ": “" + said + "”." }
	leaver := ok[auth.User](t)(w.Auth.CreateUser(ctx, w.As("admin-1"), auth.NewUser{Name: "leaver"}))
	if err := w.Auth.DisableUser(ctx, w.As("admin-1"), leaver.ID, quoting("LEFT")); err != nil {
		t.Fatal(err)
	}
	ok[guidelines.Version](t)(w.Guide.Set(ctx, ed, w.Collection.ID, guidelines.Draft{
		Words: "> " + said + "\n\n" + quoting("RULE"), Note: quoting("NEW")}))
	a := w.Article(articles.Import{Lang: "en", Raw: "The council approved 12 grants."})
	b := w.Article(articles.Import{Lang: "en", Raw: "By its register, 12 grants were approved."})
	c := w.Claim(a, "The council approved 12 grants", "The council approved 12 grants.")
	x := ok[evidence.Item](t)(w.Evidence.Link(ctx, w.As("reviewer-1"), evidence.Link{ClaimID: c.ID,
		ArticleID: b.Article.ID, RevisionID: b.Revision.ID, Span: w.Find(b, "12 grants were approved"),
		Exact: "12 grants were approved", Stance: evidence.Supports, Kind: evidence.PrimaryDocument,
		Note: quoting("NOTE")}))
	ok[evidence.Item](t)(w.Evidence.Link(ctx, w.As("reviewer-1"), evidence.Link{ClaimID: c.ID,
		URL:   "https://gazette.example/12#" + strings.ReplaceAll(said, " ", "%20"),
		Exact: "Twelve grants, says the gazette.", ReadOn: "2026-02-01",
		Origin: quoting("ORIGIN"), Stance: evidence.Context, Kind: evidence.PrimaryDocument}))
	ok[claims.Comment](t)(w.Claims.AddComment(ctx, w.As("reviewer-1"), c.ID, quoting("COMMENT")))
	if _, _, err := w.Submit("reviewer-1", c, review.Draft{Verdict: claims.Unverified, Reason: review.SingleOrigin,
		Rationale: quoting("WHY"), Searched: quoting("SOUGHT")}); err != nil {
		t.Fatal(err)
	}
	_, c, err := w.Submit("reviewer-2", c, review.Draft{Verdict: claims.Corroborated, Reason: review.PrimaryDocument,
		Rationale: quoting("BECAUSE"), Evidence: []evidence.ID{x.ID}})
	if err != nil {
		t.Fatal(err)
	}
	seen := ok[desk.Reviewing](t)(w.Desk.Reviewing(ctx, ed, c.ID))
	for _, rv := range seen.Standing() {
		if rv.Verdict == claims.Unverified {
			ask(t, w, c, rv.Letter, quoting("ASKED"))
		}
	}
	mine := ok[desk.Reviewing](t)(w.Desk.Reviewing(ctx, w.As("reviewer-1"), c.ID)).ToMe()
	ok[review.Question](t)(w.Review.Answer(ctx, w.As("reviewer-1"), c.ID, mine[0].Public, quoting("ANSWER")))
	c = ok[claims.Claim](t)(w.Review.Adjudicate(ctx, ed, review.Adjudication{ClaimID: c.ID, Round: c.Round,
		Draft: review.Draft{Verdict: claims.Corroborated, Reason: review.PrimaryDocument, Rationale: quoting("RULING"),
			Evidence: []evidence.ID{x.ID}}, Causes: []review.Cause{review.Guideline}}))
	d := ok[desk.Approving](t)(w.Desk.Approve(ctx, w.As("editor-2"), c.ID)).Reviewing.Present().Decision
	c = ok[claims.Claim](t)(w.Review.Approve(ctx, w.As("editor-2"), review.Approval{ClaimID: c.ID, Version: d.Version,
		Reason: review.PrimaryDocument, Explanation: quoting("PRINTED")}))
	set := ok[claimset.Set](t)(w.Sets.Create(ctx, ed, w.Collection.ID, quoting("TITLE")))
	set = ok[claimset.Set](t)(w.Sets.Add(ctx, ed, set.ID, set.Version, []claims.ID{c.ID}))
	set = ok[claimset.Set](t)(w.Sets.SetImprint(ctx, ed, set.ID, set.Version, claimset.Imprint{Rationales: true,
		Publisher: quoting("PUBLISHER"), Note: quoting("IMPRINT")}))
	set = ok[claimset.Set](t)(w.Sets.Freeze(ctx, ed, set.ID, set.Version))
	signed(t, w)
	return ok[claims.Claim](t)(w.Review.Reopen(ctx, ed, c.ID, c.Version, quoting("AGAIN"))), set
}

// shownTo is all that a person may read of it, as programs get it.
func shownTo(t *testing.T, w *roomtest.World, name string, c claims.Claim, set claimset.Set) string {
	t.Helper()
	ctx, me, out := roomtest.Ctx(), w.As(name), strings.Builder{}
	add := func(v any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "%s\n", b)
	}
	page, err := w.Desk.Claim(ctx, me, desk.ClaimAsk{ID: c.ID})
	add(page.JSON(), err)
	past, err := w.Desk.Past(ctx, me, desk.PastAsk{})
	add(past.JSON(), err)
	story, err := w.Desk.Story(ctx, me, desk.StoryAsk{Claim: c.ID})
	for _, e := range story.Events {
		if x, there := desk.Tell(e); there {
			add(x.Quotes, nil)
		}
	}
	add(story.JSON(), err)
	guide, err := w.Desk.Guide(ctx, me, desk.GuideAsk{In: w.Collection.ID})
	add(guide.JSON(), err)
	if past.ReadsAll {
		for _, e := range past.Events {
			one, err := w.Desk.PastEvent(ctx, me, e.Seq)
			add(one.PageJSON(), err)
		}
	}
	if err := w.DB.Read(ctx, func(r *store.Rx) error {
		frozen, err := w.Sets.Open(r, set, 0, 10, false)
		add(frozen.Entries, err)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	sets, err := w.Desk.Sets(ctx, me, w.Collection.ID, 0)
	add(sets.JSON(), err)
	one, err := w.Desk.Set(ctx, me, set.ID, 0)
	add(one.JSON(), err)
	for _, format := range publish.Formats() {
		var b bytes.Buffer
		if err := w.Publish.Export(ctx, w.As("auditor-1"), set.ID, &b, format.Usual()); err != nil {
			t.Fatal(err)
		}
		out.WriteString(unpacked(t, b.Bytes()))
	}
	return out.String()
}

// signed has the signer sign the history, as it does every minute: a bundle needs a checkpoint.
func signed(t *testing.T, w *roomtest.World) {
	t.Helper()
	key := ok[*history.Key](t)(history.OpenKey(filepath.Join(t.TempDir(), "log.key")))
	ok[history.Checkpoint](t)(history.NewSigner(w.DB, key, nil).Sign(roomtest.Ctx()))
}

// unpacked is what an export says: of a zip the files that are in it.
func unpacked(t *testing.T, b []byte) string {
	t.Helper()
	if !bytes.HasPrefix(b, []byte("PK")) {
		return string(b)
	}
	var out strings.Builder
	for _, f := range ok[*zip.Reader](t)(zip.NewReader(bytes.NewReader(b), int64(len(b)))).File {
		out.Write(ok[[]byte](t)(io.ReadAll(ok[io.ReadCloser](t)(f.Open()))))
		out.WriteByte('\n')
	}
	return out.String()
}

// TestQuotedWordsGoWithTheirText: what people wrote in whatever room keeps what they said, and loses what they quoted
// from a text that was taken down; nothing of it is left in JSON, histories and exports.
func TestQuotedWordsGoWithTheirText(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		gone := w.Article(articles.Import{Lang: "en", Raw: "It was in the news. Yesterday " + said + ", it was said."})
		c, set := told(t, w)
		parts := []string{"RULE", "NEW", "NOTE", "COMMENT", "WHY", "SOUGHT", "ASKED", "ANSWER", "RULING", "PRINTED",
			"AGAIN", "ORIGIN", "TITLE", "BECAUSE", "PUBLISHER", "IMPRINT"}
		for _, down := range []bool{false, true} {
			if down {
				if err := w.Articles.TakeDown(roomtest.Ctx(), w.As("editor-1"), gone.Article.ID, gone.Article.Version,
					"court order"); err != nil {
					t.Fatal(err)
				}
			}
			for _, name := range []string{"reviewer-1", "editor-2", "auditor-1"} {
				all := shownTo(t, w, name, c, set)
				for _, part := range parts {
					if !strings.Contains(all, part) {
						t.Errorf("%s does not read what was written as %s (taken down: %t)", name, part, down)
					}
				}
				for line := range strings.Lines(all) {
					if at := strings.Index(strings.ReplaceAll(line, "%20", " "),
						"seven crates"); at >= 0 && down {
						t.Errorf("%s still reads %q", name, line[max(0, at-120):min(len(line), at+60)])
					}
				}
				if !down && !strings.Contains(all, said) {
					t.Errorf("%s reads no quotation before the take-down", name)
				}
			}
		}
		w.Verify()
	})
}

// inConflict is a claim on which reviewer-1 (unverified) and reviewer-2 (disputed) disagree, and the letter of the
// first.
func inConflict(t *testing.T, w *roomtest.World) (c claims.Claim, letter string) {
	t.Helper()
	a := w.Article(articles.Import{Lang: "en", Raw: "The council approved 12 grants."})
	b := w.Article(articles.Import{Lang: "en", Raw: "No grants were approved, says the register."})
	c = w.Claim(a, "The council approved 12 grants", "The council approved 12 grants.")
	x := w.Link(c, b, "No grants were approved", evidence.Refutes, evidence.PrimaryDocument)
	for name, d := range map[string]review.Draft{
		"reviewer-1": {Verdict: claims.Unverified, Reason: review.Insufficient, Searched: "The archive."},
		"reviewer-2": {Verdict: claims.Disputed, Reason: review.Refuted, Rationale: "It says so.",
			Evidence: []evidence.ID{x.ID}}} {
		var err error
		if _, c, err = w.Submit(name, c, d); err != nil {
			t.Fatal(err)
		}
	}
	for _, rv := range ok[desk.Reviewing](t)(w.Desk.Reviewing(roomtest.Ctx(), w.As("editor-1"), c.ID)).Standing() {
		if rv.Verdict == claims.Unverified {
			letter = rv.Letter
		}
	}
	return c, letter
}

// ask sends a conflict back to the reviewer with a letter.
func ask(t *testing.T, w *roomtest.World, c claims.Claim, letter, question string) {
	t.Helper()
	ok[claims.Claim](t)(w.Review.SendBack(roomtest.Ctx(), w.As("editor-1"), review.Asking{ClaimID: c.ID, Round: c.Round,
		Letter: letter, Question: question}))
}

// TestShortQuotationsGoFromSets: what people wrote about a claim that a taken-down text is evidence of loses short
// quotations of it in a frozen set, too; the article's page shows no origin that quotes it.
func TestShortQuotationsGoFromSets(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		ctx, ed := roomtest.Ctx(), w.As("editor-1")
		a := w.Article(articles.Import{Lang: "en", Raw: "The council approved 12 grants."})
		gone := w.Article(articles.Import{Lang: "en", Raw: "It was Emden. Yesterday " + said + ", it was said."})
		c := w.Claim(a, "The council approved 12 grants", "The council approved 12 grants.")
		w.Link(c, gone, said, evidence.Context, evidence.Report)
		ok[evidence.ArticleOrigin](t)(w.Evidence.SetArticleOrigin(ctx, ed, a.Article.ID, "NAMED "+said, 0))
		for _, who := range []string{"reviewer-1", "reviewer-2"} {
			var err error
			if _, c, err = w.Submit(who, c, review.Draft{Verdict: claims.Unverified, Reason: review.NoEvidence,
				Rationale: "None.", Searched: "The register."}); err != nil {
				t.Fatal(err)
			}
		}
		d := ok[desk.Approving](t)(w.Desk.Approve(ctx, ed, c.ID)).Reviewing.Present().Decision
		c = ok[claims.Claim](t)(w.Review.Approve(ctx, ed, review.Approval{ClaimID: c.ID, Version: d.Version,
			Reason: review.NoEvidence, Explanation: "PRINTED: Crates of\u00a0lamps in " +
				"https://a.example/?q=harbour%20master+of%20Emden"}))
		set := ok[claimset.Set](t)(w.Sets.Create(ctx, ed, w.Collection.ID, "Lamps"))
		set = ok[claimset.Set](t)(w.Sets.Add(ctx, ed, set.ID, set.Version, []claims.ID{c.ID}))
		set = ok[claimset.Set](t)(w.Sets.Freeze(ctx, ed, set.ID, set.Version))
		signed(t, w)
		read := func() string {
			var all strings.Builder
			for _, format := range publish.Formats() {
				var b bytes.Buffer
				if err := w.Publish.Export(ctx, w.As("auditor-1"), set.ID, &b, format.Usual()); err != nil {
					t.Fatal(err)
				}
				all.WriteString(unpacked(t, b.Bytes()))
			}
			one := ok[desk.Set](t)(w.Desk.Set(ctx, ed, set.ID, 0))
			page := ok[desk.Reading](t)(w.Desk.Read(ctx, ed, desk.ReadAsk{Article: a.Article.ID}))
			pages := []any{one.JSON(), page.JSON(), page.Origin, page.Origins}
			if err := json.NewEncoder(&all).Encode(pages); err != nil {
				t.Fatal(err)
			}
			return all.String()
		}
		if was := read(); !strings.Contains(was, "Crates of") || !strings.Contains(was, "NAMED "+said) {
			t.Fatal("nothing is quoted")
		}
		if err := w.Articles.TakeDown(ctx, ed, gone.Article.ID, gone.Article.Version, "court order"); err != nil {
			t.Fatal(err)
		}
		now := read()
		for _, bad := range []string{"Crates of", "harbour", "seven crates"} {
			if at := strings.Index(now, bad); at >= 0 {
				t.Errorf("still there: %q", now[max(0, at-100):min(len(now), at+60)])
			}
		}
		if !strings.Contains(now, "PRINTED") || !strings.Contains(now, "NAMED") {
			t.Error("what they said themselves is gone")
		}
	})
}
