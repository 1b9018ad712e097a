package httpd

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/presence"
	"claimbench/internal/roomtest"
)

// signs gives a sign of life of one window, and who else is there by the answer.
func (d *door) signs(who, window, path string) (others []string, since string) {
	d.t.Helper()
	r := d.json(who, post, path+"/presence", `{"window":"`+window+`"}`).want(d.t, http.StatusOK)
	var got struct {
		Others []struct {
			Name string `json:"name"`
		} `json:"others"`
		Clock string `json:"own_window_clock"`
	}
	if err := json.Unmarshal([]byte(r.body), &got); err != nil {
		d.t.Fatal(err)
	}
	for _, p := range got.Others {
		others = append(others, p.Name)
	}
	return others, got.Clock
}

// meet lets two people look at one thing, and says whom the second sees.
func (d *door) meet(path string) []string {
	d.t.Helper()
	d.signs("reviewer-1", "a", path)
	others, _ := d.signs("reviewer-2", "b", path)
	return others
}

func (d *door) sees(what, path string, want ...string) {
	d.t.Helper()
	if got := d.meet(path); !slices.Equal(got, want) {
		d.t.Errorf("%s: reviewer-2 sees %v, want %v", what, got, want)
	}
}

// TestPresenceByState: people see each other on a candidate, on a conflict, on a decided or approved claim and on a
// draft of a set; never on a claim whose round is open or rests open, or where nothing is done any more. Nobody who was
// there while the round was open is shown for it when it has ended.
func TestPresenceByState(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	const one = "Reviewer One"
	d.form("reviewer-1", "/articles/"+itoa(fa.Article.ID)+"/extract").want(t, http.StatusSeeOther)
	n := d.candidate()
	path := claimURL(n)
	d.sees("a candidate", path, one)
	d.form("reviewer-1", path+"/accept", "version", itoa(d.now(n).Version)).want(t, http.StatusSeeOther)
	d.sees("accepted", path)
	d.json("reviewer-1", post, under(d.Collection.ID, "undo"), `{}`).want(t, http.StatusOK)
	if cl := d.now(n); cl.State != claims.Candidate || cl.Round == 0 {
		t.Fatalf("after undo the claim is %s in round %d", cl.State, cl.Round)
	}
	d.sees("a candidate whose round rests", path)

	cl := d.Claim(fa, "مسکو نیز هر دخالتی را رد کرد", "مسکو هر دخالتی را رد کرد")
	path = claimURL(cl.ID)
	d.sees("open", path)
	d.inConflict(cl)
	if others, _ := d.signs("reviewer-2", "b", path); len(others) != 0 {
		t.Errorf("who looked while the round was open is shown on the conflict: %v", others)
	}
	d.sees("in conflict", path, one)

	cl = d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	path = claimURL(cl.ID)
	d.reviewed("reviewer-1", cl.ID, "Both articles.")
	d.sees("reviewed by one", path)
	d.reviewed("reviewer-2", cl.ID, "Both articles.")
	d.sees("decided", path, one)
	d.approved(cl.ID)
	d.sees("approved", path, one)
	set := d.form("editor-1", under(d.Collection.ID, "sets"), "title", "A set").want(t, http.StatusSeeOther).location
	set = strings.TrimSuffix(set, "/build")
	d.sees("a draft", set, one)
	d.form("editor-1", set+"/claims", "version", "1", "claim", itoa(cl.ID)).want(t, http.StatusSeeOther)
	d.form("editor-1", set+"/freeze", "version", "2").want(t, http.StatusSeeOther)
	d.sees("a frozen set", set)
	d.form("editor-1", path+"/rounds", "version", itoa(d.now(cl.ID).Version), "reason", "News.").want(t,
		http.StatusSeeOther)
	if others, _ := d.signs("reviewer-2", "b", path); len(others) != 0 {
		t.Errorf("between two signs the claim was reopened, and %v is shown", others)
	}
	d.sees("reopened", path)
	d.form("reviewer-1", path+"/withdraw", "version", itoa(d.now(cl.ID).Version), "reason", "no use")
	d.sees("withdrawn", path)
}

// TestPresenceOnAnOpenClaimIsBlind: whether others look at an open claim, have it in many windows or nobody does, the
// answer to whoever asks is the same to the byte, at the same work.
func TestPresenceOnAnOpenClaimIsBlind(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	var doors [2]*door
	for i := range doors {
		d := newDoor(t)
		d.DB.SetClock(func() time.Time { return at })
		fa, _ := d.twoArticles()
		d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
		doors[i] = d
	}
	const path = "/claims/1"
	for _, window := range []string{"a", "b", "c"} {
		doors[0].signs("reviewer-1", window, path)
		doors[0].signs("editor-2", window, path)
	}
	for _, who := range []string{"reviewer-2", "editor-1", "auditor-1"} {
		for _, window := range []string{"mine", "other", "mine"} {
			var got [2]reply
			var work [2]told
			for i, d := range doors {
				got[i] = d.json(who, post, path+"/presence", `{"window":"`+window+`"}`).want(t, http.StatusOK,
					`"others":[]`)
				for _, drawn := range []string{"Date", "X-Request-Id"} {
					got[i].header.Del(drawn)
				}
				work[i] = d.told(who, post, path+"/presence", "application/json", `{"window":"`+window+`"}`)
			}
			if got[0].body != got[1].body || work[0] != work[1] ||
				!maps.EqualFunc(got[0].header, got[1].header, slices.Equal) {
				t.Errorf("%s: with others %+v, without %+v", who, got[0], got[1])
			}
		}
	}
}

// TestOwnWindows: people are told of their own other window, in their zone, also on an open claim; it ends by itself.
func TestOwnWindows(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	at := time.Date(2026, 11, 21, 10, 2, 0, 0, time.UTC)
	d.DB.SetClock(func() time.Time { return at })
	fa, _ := d.twoArticles()
	path := claimURL(d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد").ID)
	is := func(what, who, window, want string) {
		t.Helper()
		if _, since := d.signs(who, window, path); since != want {
			t.Errorf("%s: since %q, want %q", what, since, want)
		}
	}
	is("the first", "reviewer-1", "a", "")
	is("the first again", "reviewer-1", "a", "")
	later := at.Add(time.Minute)
	d.DB.SetClock(func() time.Time { return later })
	is("another window", "reviewer-1", "b", "10:02")
	is("somebody else", "reviewer-2", "c", "")
	is("of two", "reviewer-1", "a", "10:03")
	r := d.do("reviewer-1", post, path+"/presence", "application/json", `{"window":"b"}`, "Accept",
		"application/json", "Sec-Fetch-Site", "same-origin", "Cookie", "browser=Asia/Tehran")
	r.want(t, http.StatusOK, `"own_window_clock":"13:32"`, `"own_window_since":"2026-11-21T10:02:00.000000Z"`)
	end := later.Add(time.Duration(presence.Lasts) * time.Microsecond)
	d.DB.SetClock(func() time.Time { return end })
	is("when it is over", "reviewer-1", "b", "")
}

// TestALeaseEndsWhileSomebodyTypes: what they typed is kept before and after, and is sent, whoever looked at the claim
// meanwhile.
func TestALeaseEndsWhileSomebodyTypes(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	at := time.Date(2026, 11, 21, 10, 2, 0, 0, time.UTC)
	d.DB.SetClock(func() time.Time { return at })
	fa, _ := d.twoArticles()
	path := claimURL(d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد").ID)
	d.signs("reviewer-1", "a", path)
	types := func(version, words string) (kept string) {
		t.Helper()
		var got struct{ Version int64 }
		r := d.json("reviewer-1", post, path+"/draft", `{"verdict":"unverified","reason":"no_evidence","searched":"`+
			words+`","version":`+version+`}`).want(t, http.StatusOK)
		if err := json.Unmarshal([]byte(r.body), &got); err != nil {
			t.Fatal(err)
		}
		return itoa(got.Version)
	}
	before := types("0", "The arch")
	end := at.Add(time.Duration(presence.Lasts) * time.Microsecond)
	d.DB.SetClock(func() time.Time { return end })
	d.signs("reviewer-2", "b", path)
	types(before, "The archive.")
	d.get("reviewer-1", path+"/review").want(t, http.StatusOK, "The archive.")
	d.json("reviewer-1", post, path+"/reviews", `{"words_version":1,"round":1,"confidence":50,"verdict":"unverified",`+
		`"reason":"no_evidence","searched":"The archive."}`).want(t, http.StatusOK)
	if n := d.Count("reviews"); n != 1 {
		t.Errorf("%d reviews", n)
	}
}

// TestPresenceNeedsTheRight: whoever does not read the thing is told nothing, and who lost their role is not let in any
// more. Nothing of it is written down. A browser without script is led back; a window has a plain name.
func TestPresenceNeedsTheRight(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	here, there := twoCollections(d)
	d.member("theirs", auth.Reviewer, here.col)
	events := d.Count("events")
	d.json("theirs", post, claimURL(there.claim.ID)+"/presence", `{"window":"a"}`).want(t, http.StatusNotFound)
	d.json("theirs", post, setURL(there.set.ID)+"/presence", `{"window":"a"}`).want(t, http.StatusNotFound)
	d.json("admin-1", post, claimURL(here.claim.ID)+"/presence", `{}`).want(t, http.StatusForbidden)
	d.json("", post, claimURL(here.claim.ID)+"/presence", `{}`).want(t, http.StatusUnauthorized)
	d.signs("theirs", "a", claimURL(here.claim.ID))
	d.signs("theirs", "a", setURL(here.set.ID))
	d.form("theirs", claimURL(here.claim.ID)+"/presence").want(t, http.StatusSeeOther)
	for _, window := range []string{strings.Repeat("a", 65), "a b", "ä"} {
		d.json("theirs", post, claimURL(here.claim.ID)+"/presence", `{"window":"`+window+`"}`).want(t,
			http.StatusUnprocessableEntity, "window")
	}
	if got := d.Count("events"); got != events {
		t.Errorf("%d events were written", got-events)
	}
	if err := d.Auth.RevokeRole(roomtest.Ctx(), d.As("admin-1"), d.As("theirs").UserID, auth.Reviewer,
		here.col, "went home"); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{claimURL(here.claim.ID), setURL(here.set.ID)} {
		if r := d.json("theirs", post, path+"/presence", `{}`); r.status != http.StatusForbidden &&
			r.status != http.StatusNotFound {
			t.Errorf("%s: who lost their role gets %d", path, r.status)
		}
	}
}
