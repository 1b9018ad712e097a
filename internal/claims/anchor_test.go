package claims_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/internal/text"
)

const anchored = "Officials met on Monday in the capital. The group stole 1,200 e-mails from the embassy, the " +
	"minister said. Nobody was hurt in the attack.\n" +
	"سخنگو گفت که ۱۲۰۰ ایمیل از سفارت دزدیده شده است و گروه APT31 آن را انجام داد.\n" +
	"وقالت الوزارة إن 1500 رسالة سرقت من السفارة يوم الاثنين.\n" +
	"外務省は大使館から1,700通のメールが盗まれたと発表した。職員に被害はないと述べた。\n"

// revise gives an article its next text and re-anchors, as the door does.
func revise(t interface {
	Helper()
	Fatal(...any)
}, w *roomtest.World, a articles.Imported, raw string) (articles.Imported, claims.Reanchored) {
	t.Helper()
	next, err := w.Articles.Revise(roomtest.Ctx(), w.As("editor-1"), a.Article.ID, a.Article.Version, raw, false)
	if err != nil {
		t.Fatal(err)
	}
	out, err := w.Claims.Reanchor(roomtest.Ctx(), w.As("editor-1"), a.Article.ID)
	if err != nil {
		t.Fatal(err)
	}
	return next, out
}

func get(t *testing.T, w *roomtest.World, id claims.ID) claims.Claim {
	t.Helper()
	c, err := w.Claims.Get(roomtest.Ctx(), w.As("auditor-1"), id)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func events(t *testing.T, w *roomtest.World, id claims.ID) (out []string) {
	t.Helper()
	if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		all, err := history.List(r, history.Filter{Object: claims.Object(id), Viewer: history.Viewer{ReadAll: true},
			Limit: 100})
		for _, e := range all {
			out = append(out, e.Action)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestReanchor(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Raw: anchored, Lang: "en"})
		rejected := candidates(t, w, a)[0]
		first := w.Claim(a, "Officials met on Monday", "Officials met on Monday.")
		moved := w.Claim(a, "گروه APT31 آن را انجام داد", "گروه APT31 ایمیل‌ها را دزدید.")
		digit := w.Claim(a, "The group stole 1,200 e-mails", "The group stole 1,200 e-mails.")
		denied := w.Claim(a, "職員に被害はない", "職員に被害はない。")
		latin := w.Claim(a, "سخنگو گفت که ۱۲۰۰ ایمیل", "۱۲۰۰ ایمیل")
		gone := w.Claim(a, "وقالت الوزارة إن 1500 رسالة سرقت من السفارة يوم الاثنين", "سرقت 1500 رسالة")
		if _, err := w.Claims.Reject(roomtest.Ctx(), w.As("reviewer-1"), rejected.ID, rejected.Version,
			claims.NoClaim); err != nil {
			t.Fatal(err)
		}
		raw := strings.NewReplacer("1,200", "1,300", "被害はない", "被害はある",
			"وقالت الوزارة إن 1500 رسالة سرقت من السفارة يوم الاثنين.\n", "", "سخنگو گفت", "و سخنگو گفت", "۱۲۰۰",
			"۱۳۰۰").Replace(anchored)
		next, out := revise(t, w, a, raw)
		for _, c := range []claims.Claim{first, moved} {
			now := get(t, w, c.ID)
			if !slices.Contains(out.Moved, c.ID) || now.RevisionID != next.Revision.ID ||
				now.WordsVersion != c.WordsVersion || now.Exact != c.Exact || now.Standing != nil ||
				events(t, w, c.ID)[0] != "claim.reanchored" {
				t.Errorf("unchanged words did not move: %+v", now)
			}
			if doc := []rune(raw); string(doc[now.Start:now.End]) != c.Exact {
				t.Errorf("claim %d stands at other words: %q", c.ID, string(doc[now.Start:now.End]))
			}
		}
		for id, want := range map[claims.ID]string{digit.ID: "digit", denied.ID: "negation", latin.ID: "digit",
			gone.ID: "missing"} {
			now := get(t, w, id)
			kinds := []string{}
			for _, ch := range now.AnchorChanges {
				kinds = append(kinds, ch.Kind)
			}
			if !slices.Contains(out.Asking, id) || now.RevisionID != a.Revision.ID || now.Standing == nil ||
				!now.Standing.Asks || !slices.Contains(kinds, want) || events(t, w, id)[0] != "claim.anchor_asked" {
				t.Errorf("claim %d (%q) does not ask for its %s: %s %v %+v", id, now.Exact, want, now.Anchor, kinds,
					now.Standing)
			}
		}
		if now := get(t, w, rejected.ID); now.RevisionID != a.Revision.ID {
			t.Error("a claim that has ended moved")
		}
		before := events(t, w, digit.ID)
		again, err := w.Claims.Reanchor(roomtest.Ctx(), w.As("editor-1"), a.Article.ID)
		if err != nil || len(again.Moved) != 0 || len(again.Asking) != len(out.Asking) ||
			len(events(t, w, digit.ID)) != len(before) {
			t.Errorf("asking again did something: %+v, %v", again, err)
		}
		if _, err := w.Claims.Reanchor(roomtest.Ctx(), w.As("auditor-1"), a.Article.ID); fault.KindOf(
			err) != fault.Forbidden {
			t.Errorf("an auditor moves claims: %v", err)
		}
		w.Verify()
	})
}

func TestSettleMovedPassage(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		a := w.Article(articles.Import{Raw: anchored, Lang: "en"})
		rev := w.As("reviewer-1")
		digit := w.Claim(a, "The group stole 1,200 e-mails", "The group stole 1,200 e-mails.")
		keep := w.Claim(a, "گفت که ۱۲۰۰ ایمیل", "۱۲۰۰ ایمیل")
		split := w.Claim(a, "1,700通のメールが盗まれた", "1,700通")
		still := w.Claim(a, "Nobody was hurt", "Nobody was hurt.")
		d := review.Draft{Verdict: claims.Unverified, Reason: review.NoEvidence, Searched: "All."}
		for _, c := range []claims.Claim{digit, still} {
			if _, _, err := w.Submit("reviewer-1", c, d); err != nil {
				t.Fatal(err)
			}
		}
		next, _ := revise(t, w, a, "A headline.\n"+strings.NewReplacer("1,200", "1,300", "۱۲۰۰", "۱۳۰۰", "1,700",
			"1,800").Replace(anchored))
		ps, err := w.Claims.Passage(roomtest.Ctx(), rev, digit.ID)
		if err != nil || ps.Exact != "The group stole 1,300 e-mails" || ps.N != 1 || ps.Of != 2 ||
			ps.Anchor != claims.AnchorAsks {
			t.Fatalf("Passage = %+v, %v", ps, err)
		}
		queue := func(who string, id claims.ID) string {
			q, err := w.Review.Queue(roomtest.Ctx(), w.As(who), review.QueueFilter{Collection: w.Collection.ID,
				Tab: review.TabTurn})
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range q.Entries {
				if e.Claim.ID == id {
					return string(e.Why) + " " + e.Detail
				}
			}
			return ""
		}
		if why := queue("reviewer-1", digit.ID); !strings.Contains(why, "anchor_moved") || !strings.Contains(why,
			"a number differs") {
			t.Errorf("the queue of one who reviewed it says %q", why)
		}
		if why := queue("reviewer-1", still.ID); why != "" {
			t.Errorf("a moved claim that they reviewed is their turn again: %q", why)
		}
		ok := claims.Words{Span: ps.Span, Exact: ps.Exact, Statement: "The group stole 1,300 e-mails."}
		for name, err := range map[string]error{
			"another version": second(w.Claims.Confirm(roomtest.Ctx(), rev, digit.ID, ps.Claim.Version+1, ps.RevisionID,
				ok)),
			"another revision": second(w.Claims.Confirm(roomtest.Ctx(), rev, digit.ID, ps.Claim.Version, a.Revision.ID,
				ok)),
			"settled": second(w.Claims.Keep(roomtest.Ctx(), rev, still.ID, get(t, w, still.ID).Version,
				next.Revision.ID)),
		} {
			if fault.KindOf(err) != fault.Conflict {
				t.Errorf("%s: %v", name, err)
			}
		}
		bad := ok
		bad.Span = text.Span{Start: 1, End: 99999}
		_, err = w.Claims.Confirm(roomtest.Ctx(), rev, digit.ID, ps.Claim.Version, ps.RevisionID, bad)
		if fault.KindOf(err) != fault.Invalid {
			t.Errorf("a span outside: %v", err)
		}
		if _, err := w.Claims.Confirm(roomtest.Ctx(), w.As("auditor-1"), digit.ID, ps.Claim.Version, ps.RevisionID,
			ok); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("an auditor confirms: %v", err)
		}
		now, err := w.Claims.Confirm(roomtest.Ctx(), rev, digit.ID, ps.Claim.Version, ps.RevisionID, ok)
		if err != nil || now.WordsVersion != 2 || now.RevisionID != next.Revision.ID || now.Exact != ps.Exact ||
			now.AnchorChanges[0].Kind != "digit" {
			t.Fatalf("Confirm = %+v, %v", now, err)
		}
		v, err := w.Desk.Reviewing(roomtest.Ctx(), rev, digit.ID)
		if err != nil || v.Mine == nil || v.Mine.Stale == "" {
			t.Errorf("a review of the earlier words is not stale: %+v, %v", v.Mine, err)
		}
		if v, err = w.Desk.Reviewing(roomtest.Ctx(), rev, still.ID); err != nil || v.Mine == nil || v.Mine.Stale != "" {
			t.Errorf("a review of words that only moved is stale: %+v, %v", v.Mine, err)
		}
		kept, err := w.Claims.Keep(roomtest.Ctx(), rev, keep.ID, get(t, w, keep.ID).Version, next.Revision.ID)
		if err != nil || kept.Anchor != claims.AnchorKept || kept.WordsVersion != 1 || queue("reviewer-2",
			keep.ID) != "to_review " {
			t.Errorf("Keep = %+v, %v; queue %q", kept, err, queue("reviewer-2", keep.ID))
		}
		if out, err := w.Claims.Reanchor(roomtest.Ctx(), rev, a.Article.ID); err != nil || !slices.Contains(out.Kept,
			keep.ID) {
			t.Errorf("a claim that was kept is asked about again: %+v, %v", out, err)
		}
		// An edit of a claim that asks asks anew, or lets it move when the words chosen stand unchanged.
		s := get(t, w, split.ID)
		s, err = w.Claims.Edit(roomtest.Ctx(), rev, s.ID, s.WordsVersion, claims.Words{Span: w.Find(a, "メールが盗まれた"),
			Statement: "メールが盗まれた。"}, false)
		if err != nil || s.RevisionID != next.Revision.ID || s.Anchor != claims.AnchorRelocated {
			t.Errorf("after the edit: %+v, %v", s, err)
		}
		w.Verify()
	})
}

func second[T any](_ T, err error) error { return err }

// TestDecidedClaimsKeepTheirRevision: a locked claim stays, says so, and moves once it is reopened.
func TestDecidedClaimsKeepTheirRevision(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{Quorum: new(1)})
		a := w.Article(articles.Import{Raw: anchored, Lang: "en"})
		same, digit := w.Claim(a, "Nobody was hurt", "Nobody was hurt."), w.Claim(a, "The group stole 1,200 e-mails",
			"1,200 e-mails were stolen.")
		d := review.Draft{Verdict: claims.Unverified, Reason: review.NoEvidence, Searched: "All."}
		for _, c := range []claims.Claim{same, digit} {
			if _, c, err := w.Submit("reviewer-1", c, d); err != nil || c.State != claims.Decided {
				t.Fatalf("%s, %v", c.State, err)
			}
		}
		next, out := revise(t, w, a, strings.Replace(anchored, "1,200", "1,300", 1))
		for _, c := range []claims.Claim{same, digit} {
			now := get(t, w, c.ID)
			if !slices.Contains(out.Locked, c.ID) || now.RevisionID != a.Revision.ID || now.Standing == nil ||
				!now.Standing.Locked || now.Standing.Asks {
				t.Errorf("a decided claim: %+v, %+v", now, now.Standing)
			}
			if _, err := w.Claims.Keep(roomtest.Ctx(), w.As("editor-1"), c.ID, now.Version,
				next.Revision.ID); fault.KindOf(err) != fault.Conflict {
				t.Errorf("a decided claim is settled: %v", err)
			}
			if _, err := w.Review.Reopen(roomtest.Ctx(), w.As("editor-1"), c.ID, now.Version,
				"a new text"); err != nil {
				t.Fatal(err)
			}
		}
		if now := get(t, w, same.ID); now.RevisionID != next.Revision.ID || now.Round != 2 {
			t.Errorf("reopened, it does not move: %+v", now)
		}
		if now := get(t, w, digit.ID); now.RevisionID != a.Revision.ID || !now.Standing.Asks {
			t.Errorf("reopened, it does not ask: %+v", now)
		}
		w.Verify()
	})
}

// TestRejectedIsNotProposedAgain: a candidate that was rejected in an older text is not proposed in the newer one.
func TestRejectedIsNotProposedAgain(t *testing.T) {
	w := roomtest.New(t, storetest.SQLite(t), articles.CollectionNew{})
	a := w.Article(articles.Import{Raw: body, Lang: "en"})
	all := candidates(t, w, a)
	for _, c := range all {
		if _, err := w.Claims.Reject(roomtest.Ctx(), w.As("reviewer-1"), c.ID, c.Version, claims.NoClaim); err != nil {
			t.Fatal(err)
		}
	}
	revise(t, w, a, "It rained.\n"+body)
	if n, err := w.Claims.Extract(roomtest.Ctx(), w.As("reviewer-1"), a.Article.ID); err != nil || n > 1 {
		t.Errorf("%d proposed again, %v", n, err)
	}
}

// TestNoChangedClaimMovesByItself takes random quotations and random edits of them through the whole path: a claim
// moves only when its very words stand in the new text, and a changed number always asks.
func TestNoChangedClaimMovesByItself(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := roomtest.New(t, db, articles.CollectionNew{})
		words := strings.SplitAfter(strings.ReplaceAll(anchored, "\n", "\n "), " ")
		n, digits := 0, 0
		rapid.Check(t, func(rt *rapid.T) {
			n++
			from := rapid.IntRange(0, len(words)-1).Draw(rt, "from")
			to := rapid.IntRange(from, min(from+8, len(words)-1)).Draw(rt, "to")
			head := fmt.Sprintf("No. %d.\n", n)
			exact := strings.TrimSpace(strings.Join(words[from:to+1], ""))
			if exact == "" || strings.Contains(exact, "\n") {
				rt.Skip()
			}
			a := w.Article(articles.Import{Raw: head + strings.Join(words, ""), Lang: "en"})
			start := len([]rune(head + strings.Join(words[:from], "")))
			span := text.Span{Start: start, End: start + len([]rune(exact))}
			c, err := w.Claims.Create(roomtest.Ctx(), w.As("reviewer-1"), a.Article.ID, a.Revision.ID,
				claims.Words{Span: span, Exact: exact, Statement: "x"})
			if err != nil {
				rt.Fatal(err)
			}
			changed, numbers := edited(rt, exact)
			raw := head + strings.Join(words[:from], "") + changed + strings.TrimPrefix(strings.Join(words[from:], ""),
				exact)
			if raw == a.Revision.Raw {
				rt.Skip()
			}
			next, out := revise(rt, w, a, raw)
			now := get(t, w, c.ID)
			whole := []rune(raw)
			switch {
			case slices.Contains(out.Moved, c.ID):
				if now.RevisionID != next.Revision.ID || string(whole[now.Start:now.End]) != exact ||
					now.Exact != exact || now.WordsVersion != 1 {
					rt.Fatalf("%q moved to %q", exact, now.Exact)
				}
				if numbers {
					rt.Fatalf("a changed number moved by itself: %q, %q", exact, changed)
				}
			case slices.Contains(out.Asking, c.ID):
				if now.RevisionID != a.Revision.ID || now.Standing == nil || !now.Standing.Asks ||
					len(now.AnchorChanges) == 0 {
					rt.Fatalf("%q asks without a word of why: %+v", exact, now)
				}
			default:
				rt.Fatalf("nothing became of %q", exact)
			}
			if numbers {
				digits++
			}
		})
		if digits < 10 {
			t.Errorf("only %d of %d edits changed a number", digits, n)
		}
		w.Verify()
	})
}

// edited changes a quotation: a digit of it, where it has one; or it adds, drops or swaps something. numbers says that
// a number changed.
func edited(t *rapid.T, exact string) (changed string, numbers bool) {
	runes := []rune(exact)
	var at []int
	for i, r := range runes {
		if r >= '0' && r <= '9' || r >= '۰' && r <= '۹' {
			at = append(at, i)
		}
	}
	kinds := []string{"moved", "word", "negation", "drop"}
	if len(at) > 0 {
		kinds = []string{"digit", "digit", "digit", "moved"}
	}
	switch rapid.SampledFrom(kinds).Draw(t, "kind") {
	case "digit":
		i := rapid.SampledFrom(at).Draw(t, "digit")
		zero := '0'
		if runes[i] >= '۰' {
			zero = '۰'
		}
		runes[i] = zero + (runes[i]-zero+rapid.Int32Range(1, 9).Draw(t, "by"))%10
		return string(runes), true
	case "moved":
		return "A sentence put before it.\n" + exact, false
	case "word":
		return exact + " reportedly", false
	case "negation":
		return "not " + exact, false
	}
	return string(runes[:len(runes)/2]), false
}
