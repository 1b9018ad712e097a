package httpd

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// drafting is a claim that somebody is reviewing.
type drafting struct {
	*door
	claim claims.Claim
	other articles.Imported
}

func newDrafting(t *testing.T, db *store.DB) drafting {
	d := newDoorOn(t, db)
	fa, ar := d.twoArticles()
	return drafting{d, d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد"), ar}
}

// kept is what the answer says of a draft, as far as these tests read it.
type kept struct {
	Version   int64  `json:"version"`
	Rationale string `json:"rationale"`
}

// keeps sends what is typed as the page does, and gives the answer.
func (d drafting) keeps(user string, base int64, rationale string) (kept, reply) {
	d.t.Helper()
	r := d.do(user, post, claimURL(d.claim.ID)+"/draft", "application/x-www-form-urlencoded",
		"verdict=unverified&reason_unverified=insufficient&draft="+itoa(base)+"&rationale="+rationale,
		"Accept", "application/json", "Sec-Fetch-Site", "same-origin")
	var out kept
	if r.status == http.StatusOK {
		if err := json.Unmarshal([]byte(r.body), &out); err != nil {
			d.t.Fatal(err)
		}
	}
	return out, r
}

// hush stands in all that reviewer-1 typed: with the first ending in a review, with the other in forms.
const hush, ofReview, ofForm = "Zzyzx-in-progress", "-review", "-form"

// TestTypedIsItsOwnersOnly walks every page, in every form, as everybody else, and all that can be exported, after
// somebody typed a review, a comment and other words of a claim.
func TestTypedIsItsOwnersOnly(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		d := newDrafting(t, db)
		if _, r := d.keeps("reviewer-1", 0, hush+ofReview); r.status != http.StatusOK {
			t.Fatalf("%d %s", r.status, r.body)
		}
		col, url := under(d.Collection.ID, ""), claimURL(d.claim.ID)
		for form, field := range map[string]string{"comment": "text", "edit": "statement", "gloss": "gloss",
			"split": "part_statement", "outside": "quotation"} {
			d.json("reviewer-1", post, url+"/drafts/"+form, `{"fields":{"`+field+`":["`+hush+ofForm+`"]}}`).want(t,
				http.StatusOK)
		}
		for page, kinds := range map[string][]string{"/drafts": {ofReview, ofForm}, url + "/review": {ofReview},
			col + "queue?tab=turn": {ofReview}, url: {ofForm}, url + "/edit": {ofForm},
			url + "/evidence": {ofForm}} {
			body := d.get("reviewer-1", page).body
			for _, kind := range kinds {
				if !strings.Contains(body, hush+kind) {
					t.Errorf("%s does not bring back %s, which its owner typed:\n%s", page, hush+kind, visible(body))
				}
			}
		}
		d.ownersOnly()
		for _, page := range []string{url, url + "/edit"} {
			if n := strings.Count(d.get("reviewer-1", page).body, hush+ofForm); n < 2 {
				t.Errorf("%s brings back %d of the two forms that were typed there", page, n)
			}
		}
		for _, form := range []string{"edit", "gloss", "split", "outside"} {
			d.form("reviewer-1", "/drafts/discard", "claim", itoa(d.claim.ID), "form", form).want(t,
				http.StatusSeeOther)
		}
		d.form("reviewer-1", url+"/comments", "text", "Sent.").want(t, http.StatusSeeOther)
		if r := d.get("reviewer-1", "/drafts"); strings.Contains(r.body, hush+ofForm) {
			t.Errorf("discarded or sent, and still there:\n%s", visible(r.body))
		}
	})
}

// ownersOnly fails where what reviewer-1 typed can be read by others, or by a program other than at the page of drafts.
func (d drafting) ownersOnly() {
	d.t.Helper()
	col := under(d.Collection.ID, "")
	pages := append(d.pages(), withQuery(col+"search", "q", hush), withQuery(col+"claims", "text", hush))
	for _, user := range []string{"reviewer-2", "editor-1", "auditor-1", "admin-1", ""} {
		for _, page := range pages {
			for form, header := range forms {
				if r := d.do(user, get, page, "", "", header...); strings.Contains(strings.ReplaceAll(r.body,
					"q="+hush, ""), hush) && !strings.Contains(page, hush) {
					d.t.Errorf("%s reads what reviewer-1 typed at %s as %s", user, page, form)
				}
			}
		}
	}
	for _, page := range pages {
		if r := d.do("reviewer-1", get, page, "", "", "Accept", "application/json"); page != "/drafts" &&
			!strings.Contains(page, hush) && strings.Contains(r.body, hush) {
			d.t.Errorf("%s gives programs the draft", page)
		}
	}
	if r := d.form("auditor-1", "/history/export"); strings.Contains(r.body, hush) {
		d.t.Error("the export of the history holds the draft")
	}
}

// TestADraftInTwoTabs: what was saved elsewhere is not overwritten, and both can be seen.
func TestADraftInTwoTabs(t *testing.T) {
	t.Parallel()
	d := newDrafting(t, storetest.SQLite(t))
	one, _ := d.keeps("reviewer-1", 0, "one")
	_, r := d.keeps("reviewer-1", 0, "two")
	var p struct {
		Context kept `json:"context"`
	}
	if err := json.Unmarshal([]byte(r.body), &p); err != nil || r.status != http.StatusConflict ||
		p.Context.Rationale != "one" || p.Context.Version != one.Version {
		t.Fatalf("%d %s, %v", r.status, r.body, err)
	}
	page := d.form("reviewer-1", claimURL(d.claim.ID)+"/draft", "draft", "0", "rationale", "three").want(t,
		http.StatusConflict)
	for _, words := range []string{">one<", ">three<", `name="draft" value="` + itoa(one.Version) + `"`} {
		if !strings.Contains(page.body, words) {
			t.Errorf("without script the page does not show %s:\n%s", words, visible(page.body))
		}
	}
	d.form("reviewer-1", claimURL(d.claim.ID)+"/draft", "draft", itoa(one.Version), "rationale", "three").want(t,
		http.StatusSeeOther)
}

// TestADraftOfNoVersion: a version or an item that cannot be is refused, by its field.
func TestADraftOfNoVersion(t *testing.T) {
	t.Parallel()
	d := newDrafting(t, storetest.SQLite(t))
	for body, pointer := range map[string]string{
		`{"version":-1,"rationale":"x"}`:               "/version",
		`{"version":9007199254740992,"rationale":"x"}`: "/version",
		`{"evidence":[0],"rationale":"x"}`:             "/evidence",
		`{"evidence":[-3],"rationale":"x"}`:            "/evidence",
	} {
		r := d.json("reviewer-1", post, claimURL(d.claim.ID)+"/draft", body).want(t, http.StatusUnprocessableEntity)
		if !strings.Contains(r.body, `"pointer":"`+pointer+`"`) {
			t.Errorf("%s: %s", body, r.body)
		}
	}
}

// TestADraftTicksWhatItsOwnerLinked: items that were linked since are ticked when this person linked them; those of
// others are marked and left to them. So it is for a review that was sent before.
func TestADraftTicksWhatItsOwnerLinked(t *testing.T) {
	t.Parallel()
	for _, sent := range []bool{false, true} {
		d := newDrafting(t, storetest.SQLite(t))
		d.rules(3)
		by := func(user, exact string) evidence.Item {
			span := d.Find(d.other, exact)
			it, err := d.Evidence.Link(roomtest.Ctx(), d.As(user), evidence.Link{ClaimID: d.claim.ID,
				ArticleID: d.other.Article.ID, RevisionID: d.other.Revision.ID, Span: span, Exact: exact,
				Stance: evidence.Context, Kind: evidence.Report})
			if err != nil {
				t.Fatal(err)
			}
			return it
		}
		ticked, left := by("reviewer-2", "نشر وثائق داخلية"), by("reviewer-2", "نشر وثائق")
		if sent {
			d.form("reviewer-1", claimURL(d.claim.ID)+"/reviews", "words_version", "1", "round", "1", "verdict",
				"unverified", "reason_unverified", "insufficient", "searched", "all", "evidence", itoa(ticked.ID)).
				want(t, http.StatusSeeOther)
		} else {
			d.form("reviewer-1", claimURL(d.claim.ID)+"/draft", "verdict", "unverified", "evidence", itoa(ticked.ID),
				"seen", itoa(left.ID)).want(t, http.StatusSeeOther)
		}
		theirs, mine := by("reviewer-2", "الملفات سرقت"), by("reviewer-1", "سرقت منذ أسابيع")
		page := d.get("reviewer-1", claimURL(d.claim.ID)+"/review").body
		for id, want := range map[evidence.ID][2]bool{ticked.ID: {true, false}, left.ID: {false, false},
			theirs.ID: {false, true}, mine.ID: {true, false}} {
			_, box, _ := strings.Cut(page, `name="evidence" value="`+itoa(id)+`"`)
			box, _, _ = strings.Cut(box, "</label>")
			tag, _, _ := strings.Cut(box, ">")
			is := [2]bool{strings.Contains(tag, "checked"), !strings.Contains(box, `class="pill new" hidden`)}
			if is != want {
				t.Errorf("sent before: %v: item %d ticked and new: %v, want %v", sent, id, is, want)
			}
		}
	}
}

// TestADraftAfterTheRoleIsLost: its owner can still read and discard it, and nothing else there.
func TestADraftAfterTheRoleIsLost(t *testing.T) {
	t.Parallel()
	d := newDrafting(t, storetest.SQLite(t))
	d.keeps("reviewer-1", 0, hush)
	me := d.As("reviewer-1")
	if err := d.Auth.RevokeRole(roomtest.Ctx(), d.As("admin-1"), me.UserID, auth.Reviewer, me.Grants[0].Collection,
		"left"); err != nil {
		t.Fatal(err)
	}
	page := d.get("reviewer-1", "/drafts").want(t, http.StatusOK)
	if !strings.Contains(page.body, hush) || strings.Contains(page.body, d.claim.Statement) ||
		!strings.Contains(page.body, "erased on") {
		t.Errorf("the page of drafts:\n%s", visible(page.body))
	}
	if r := d.form("reviewer-2", "/drafts/discard", "claim", itoa(d.claim.ID)); r.status != http.StatusSeeOther {
		t.Errorf("discarding what one has not: %d", r.status)
	}
	if !strings.Contains(d.get("reviewer-1", "/drafts").body, hush) {
		t.Error("another one discarded it")
	}
	d.form("reviewer-1", "/drafts/discard", "claim", itoa(d.claim.ID)).want(t, http.StatusSeeOther)
	if strings.Contains(d.get("reviewer-1", "/drafts").body, hush) {
		t.Error("its owner cannot discard it")
	}
	if n := d.Count((review.Unsent{}).TableName()); n != 0 {
		t.Errorf("%d rows are left", n)
	}
}
