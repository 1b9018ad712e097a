package httpd

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"claimbench/internal/claims"
	"claimbench/internal/feeds"
	"claimbench/internal/history"
	"claimbench/internal/requests"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
)

// asking publishes the form of the collection, and gives its path.
func (d *door) asking(perDay int) string {
	d.t.Helper()
	f, err := d.Requests.SetForm(roomtest.Ctx(), d.As("admin-1"), requests.FormSet{In: d.Collection.ID, Published: true,
		Lang: "en", Title: "The fact desk", PerDay: perDay})
	if err != nil {
		d.t.Fatal(err)
	}
	return "/ask/" + f.Name
}

// stranger sends a form without an account, from an address behind a proxy that is not trusted.
func (d *door) stranger(path string, pairs ...string) reply {
	d.t.Helper()
	return d.form("", path, pairs...)
}

// TestAsk: a stranger asks, is told how far it is in their language, and nothing else.
func TestAsk(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	at := d.asking(200)
	d.get("", "/ask/"+strings.Repeat("a", 26)).want(t, http.StatusNotFound, "There is nothing at this address",
		`<html lang="en" dir="ltr">`).without(t, "Claimbench", "<script")
	page := d.get("", at).want(t, http.StatusOK, "The fact desk", `action="`+at+`"`, "What have you read or heard?")
	page.without(t, d.Collection.Name, "<script", "/sign-in", "Claimbench")
	for name, want := range map[string]string{"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex",
		"Cache-Control": "no-store", "Set-Cookie": ""} {
		if got := page.header.Get(name); got != want {
			t.Errorf("%s is %q", name, got)
		}
	}
	for accepts, want := range map[string]string{"fa-IR,fa;q=0.9,en;q=0.1": `<html lang="fa" dir="rtl">`,
		"ar;q=0.5, ja": `<html lang="ja" dir="ltr">`, "de": `<html lang="en" dir="ltr">`,
		";;q=x,,": `<html lang="en" dir="ltr">`} {
		d.do("", get, at, "", "", "Accept-Language", accepts).want(t, http.StatusOK, want)
	}
	d.do("", get, at+"?lang=ar", "", "", "Accept-Language", "fa").want(t, http.StatusOK, `<html lang="ar" dir="rtl">`)
	d.get("", at+"?lang=tlh").want(t, http.StatusUnprocessableEntity)
	sent := d.stranger(at, "words", "آیا پل <b>باز</b> است؟", "address", "", "contact", "09 12", "lang", "fa").want(t,
		http.StatusSeeOther)
	told := d.get("", sent.location).want(t, http.StatusOK, "دریافت شد", `<html lang="fa" dir="rtl">`)
	told.without(t, "پل", "09 12", "<script", "/requests")
	d.get("editor-1", sent.location).want(t, http.StatusOK, "دریافت شد")
	d.get("", sent.location+"?lang=ja").want(t, http.StatusOK, "受け付けました")
	for _, guess := range []string{sent.location[:len(sent.location)-1], sent.location + "a", "/asked/1",
		"/asked/" + strings.Repeat("a", 26)} {
		d.get("", guess).want(t, http.StatusNotFound)
	}
	made := d.json("", post, at, `{"words":"Is it so?","lang":"en"}`).want(t, http.StatusCreated)
	var out struct{ Address string }
	if err := json.Unmarshal([]byte(made.body), &out); err != nil {
		t.Fatal(err)
	}
	d.json("", get, out.Address, "").want(t, http.StatusOK, `{"state":"received"}`)
	d.json("", get, at, "").want(t, http.StatusOK, `"title":"The fact desk"`)
	one := requestURL(1)
	d.get("editor-1", one).want(t, http.StatusOK, "&lt;b&gt;باز", "09 12")
	d.json("editor-1", get, one, "").want(t, http.StatusOK, `"contact":"09 12"`)
	d.get("auditor-1", one).want(t, http.StatusOK, "باز").without(t, "09 12")
	d.json("auditor-1", get, one, "").want(t, http.StatusOK).without(t, "09 12", "contact")
	for _, who := range []string{"reviewer-1", "admin-1"} {
		d.get(who, under(d.Collection.ID, "requests")).want(t, http.StatusForbidden)
		d.get(who, one).want(t, http.StatusForbidden)
		d.get(who, "/history").without(t, "باز", "09 12")
	}
	d.get("", one).want(t, http.StatusSeeOther)
	d.get("auditor-1", "/history").want(t, http.StatusOK, "request.received").without(t, "باز", "09 12")
	d.get("reviewer-1", under(d.Collection.ID, "search")+"?q="+url.QueryEscape("پل")).want(t, http.StatusOK).without(t,
		"باز است")
	d.Verify()
}

// TestAskRefuses: what cannot be taken is said in the reader's language, with what they typed.
func TestAskRefuses(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	at := d.asking(200)
	d.stranger(at, "words", "", "address", "https://me:pw@paper.example/", "lang", "ja").want(t,
		http.StatusUnprocessableEntity, "送信されませんでした", "パスワード", "https://me:pw@paper.example/")
	d.stranger(at, "lang", "ar").want(t, http.StatusUnprocessableEntity, "اكتب ما تريد معرفته", `dir="rtl"`)
	d.stranger(at, "words", strings.Repeat("x", 1<<20)).want(t, http.StatusRequestEntityTooLarge,
		"too large").without(t,
		"Claimbench")
	d.stranger(at, "words", strings.Repeat("x", 2001)).want(t, http.StatusUnprocessableEntity, "at most 2,000")
	d.stranger(at, "wods", "x").want(t, http.StatusUnprocessableEntity)
	d.json("", post, at, `{"words":""}`).want(t, http.StatusUnprocessableEntity, "Write what you want to know")
	d.do("", post, at, "application/x-www-form-urlencoded", "words=x", "Sec-Fetch-Site", "cross-site").want(t,
		http.StatusForbidden)
	d.do("", post, at, "application/x-www-form-urlencoded", "words=x", "Origin", "https://elsewhere.example").want(t,
		http.StatusForbidden)
	d.do("", post, at, "text/plain", "words=x").want(t, http.StatusUnprocessableEntity)
	if n := d.Count("requests"); n != 0 {
		t.Errorf("%d requests were kept", n)
	}
}

// TestAskersAreBounded: one client that sends without end is told to wait, and for how long; a full day too.
func TestAskersAreBounded(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	at := d.asking(200)
	stopped := time.Now() // a minute gives a place back, and a slow machine needs some
	d.server.askers.clock = func() time.Time { return stopped }
	refused := 0
	for range 10_000 {
		if r := d.stranger(at, "words", "Is it?", "lang", "fa"); r.status == http.StatusTooManyRequests {
			refused++
			if refused == 1 {
				r = d.do("", post, at, "application/x-www-form-urlencoded", "words=x", "Accept-Language", "fa",
					"Sec-Fetch-Site", "same-origin").want(t, http.StatusTooManyRequests, "دقیقهٔ دیگر", `lang="fa"`)
				if r.header.Get("Retry-After") == "" {
					t.Error("it is not said when to come again")
				}
			}
		}
	}
	if n := d.Count("requests"); n < askBurst || n > askBurst+2 || refused < 10_000-n {
		t.Errorf("%d were taken, %d refused", n, refused)
	}
	d.server.askers.mu.Lock()
	d.server.askers.spent = nil
	d.server.askers.mu.Unlock()
	f, err := d.Requests.SetForm(roomtest.Ctx(), d.As("admin-1"), requests.FormSet{In: d.Collection.ID, Published: true,
		Lang: "en", Title: "x", PerDay: 1, Version: 1})
	if err != nil {
		t.Fatal(err)
	}
	full := d.do("", post, "/ask/"+f.Name, "application/x-www-form-urlencoded", "words=x", "Accept-Language", "ja",
		"Sec-Fetch-Site", "same-origin").want(t, http.StatusTooManyRequests, "本日は")
	if wait := full.header.Get("Retry-After"); len(wait) < 5 {
		t.Errorf("a full day is said to end in %s s", wait)
	}
}

// TestAskSentTwice: a form that comes twice is one request with one address: at once, later, and when too many came
// from there. Other words under the same key are another request, and so are the same words of another page.
func TestAskSentTwice(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	at := d.asking(200)
	key := regexp.MustCompile(`name="_key" value="([^"]+)"`)
	found := key.FindStringSubmatch(d.get("", at).want(t, http.StatusOK).body)
	if found == nil {
		t.Fatal("the form has no key")
	}
	form := []string{"_key", found[1], "words", "Is it so?", "address", "", "contact", "me@reader.example",
		"lang", "en"}
	addresses := make([]string, 6)
	var all sync.WaitGroup
	for i := range addresses {
		all.Go(func() { addresses[i] = d.stranger(at, form...).location })
	}
	all.Wait()
	for _, a := range addresses {
		if a != addresses[0] || !strings.HasPrefix(a, "/asked/") {
			t.Errorf("sent several times at once, it is at %q", addresses)
			break
		}
	}
	other := slices.Clone(form)
	other[3] = "Is it not so?"
	if a := d.stranger(at, other...).want(t, http.StatusSeeOther); a.location == addresses[0] ||
		a.header.Get(replayedHeader) != "" {
		t.Errorf("other words are at %q", a.location)
	}
	other = slices.Clone(form)
	other[1] = key.FindStringSubmatch(d.get("", at).body)[1]
	if a := d.stranger(at, other...).want(t, http.StatusSeeOther).location; a == addresses[0] {
		t.Error("the same words of another page are the same request")
	}
	for d.stranger(at, "words", "Is it?").status != http.StatusTooManyRequests {
	}
	if a := d.stranger(at, form...).want(t, http.StatusSeeOther); a.location != addresses[0] ||
		a.header.Get(replayedHeader) != "true" {
		t.Errorf("sent again when too many came it answers %q", a.location)
	}
	program := func(key, words string) reply {
		return d.do("", post, at, "application/json", `{"words":"`+words+`"}`, "Accept", "application/json",
			keyHeader, key)
	}
	d.server.askers.mu.Lock()
	d.server.askers.spent = nil
	d.server.askers.mu.Unlock()
	one := program("2f1c8a1e-7d7e-4a51-a0f6", "Of a program?").want(t, http.StatusCreated)
	if two := program("2f1c8a1e-7d7e-4a51-a0f6", "Of a program?").want(t, http.StatusCreated); two.body != one.body ||
		two.header.Get(replayedHeader) != "true" {
		t.Errorf("a program is answered %s, then %s", one.body, two.body)
	}
	n := d.Count("requests")
	program("1", "Is it so?").want(t, http.StatusUnprocessableEntity, "16")
	program("", "Is it so?").want(t, http.StatusUnprocessableEntity)
	if d.Count("requests") != n {
		t.Error("a key that others may choose is taken")
	}
	d.Verify()
}

// TestAskersForget: whoever waited may send again, and so many addresses are remembered, no more.
func TestAskersForget(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	a := askers{clock: func() time.Time { return now }}
	let := func(address string) (n int) {
		for n < 3*askBurst && a.send(address) == 0 {
			n++
		}
		return n
	}
	for _, c := range []struct {
		address string
		want    int
	}{{"192.0.2.1", askBurst}, {"::ffff:192.0.2.1", 0}, {"192.0.2.2", askBurst}, {"2001:db8::1", askBurst},
		{"2001:db8::ffff:1", 0}, {"2001:db8:0:1::1", askBurst}, {"@", askBurst}} {
		if n := let(c.address); n != c.want {
			t.Errorf("%s: %d at once", c.address, n)
		}
	}
	if wait := a.send("192.0.2.1"); wait <= 0 || wait > askEach {
		t.Errorf("it waits %s", wait)
	}
	now = now.Add(3 * askEach)
	if n := let("192.0.2.1"); n != 3 {
		t.Errorf("%d after the time of three", n)
	}
	now = now.Add(2 * askBurst * askEach)
	a.send("192.0.2.9")
	if len(a.spent) != 1 {
		t.Errorf("%d are remembered that are forgiven", len(a.spent)-1)
	}
	for i := range mostAskers + 50 {
		a.send(fmt.Sprintf("198.51.%d.%d", i/250, i%250))
	}
	if len(a.spent) > mostAskers {
		t.Errorf("%d are remembered", len(a.spent))
	}
}

// TestRequests: the list, one of them, and what an editor does with it on its page and by a program.
func TestRequests(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	at := d.asking(200)
	fa, _ := d.twoArticles()
	cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	secret := d.stranger(at, "words", "Did 9 gigabytes leak?", "lang", "en").want(t, http.StatusSeeOther).location
	d.stranger(at, "words", "did 9 gigabytes leak").want(t, http.StatusSeeOther)
	d.stranger(at, "address", "https://paper.example/story").want(t, http.StatusSeeOther)
	if _, err := d.Requests.Sort(roomtest.Ctx()); err != nil {
		t.Fatal(err)
	}
	list, one := under(d.Collection.ID, "requests"), requestURL(1)
	d.get("editor-1", list).want(t, http.StatusOK, "1 more is like it", "https://paper.example/story", at)
	d.json("editor-1", get, list, "").want(t, http.StatusOK, `"alike":1`)
	d.get("editor-1", list+"?state=checking").want(t, http.StatusOK, "There are none")
	d.get("editor-1", list+"?state=no").want(t, http.StatusUnprocessableEntity)
	d.form("editor-1", one+"/links", "version", "1", "claim", "99").want(t, http.StatusUnprocessableEntity,
		"There is no claim 99")
	d.form("editor-1", one+"/links", "version", "1", "claim", itoa(cl.ID), "alike", "1").want(t, http.StatusSeeOther)
	d.get("editor-1", requestURL(2)).want(t, http.StatusOK, "being checked", "claim "+itoa(cl.ID))
	d.get("", secret).want(t, http.StatusOK, "Being checked").without(t, "گیگابایت", "claim")
	d.form("editor-1", one+"/links/remove", "version", "2", "claim", itoa(cl.ID)).want(t, http.StatusSeeOther)
	d.form("editor-1", one+"/refuse", "version", "2", "reason", "x").want(t, http.StatusConflict, "Somebody else")
	d.form("editor-1", one+"/refuse", "version", "3", "reason", "").want(t, http.StatusUnprocessableEntity, "Say why")
	d.json("editor-1", post, one+"/refuse", `{"version":3,"reason":"An opinion."}`).want(t, http.StatusOK,
		`"state":"not_checked"`)
	d.get("", secret).want(t, http.StatusOK, "Not checked").without(t, "opinion")
	d.form("editor-1", one+"/reopen", "version", "4").want(t, http.StatusSeeOther)
	d.form("editor-1", requestURL(3)+"/fetch").want(t, http.StatusForbidden, "fetches no pages")
	if n := d.Count("addresses"); n != 0 {
		t.Errorf("%d addresses wait", n)
	}
	d.form("reviewer-1", one+"/withhold", "version", "5", "reason", "x").want(t, http.StatusForbidden)
	d.form("editor-1", one+"/withhold", "version", "5", "reason", "It names a child.").want(t, http.StatusSeeOther)
	d.get("editor-1", one).want(t, http.StatusOK, "taken down").without(t, "9 gigabytes leak?")
	d.get("", secret).want(t, http.StatusOK, "Not checked")
	d.Verify()
}

// TestClaimsForRequest: an editor finds the claim to link by its words, and sees those that may say what is asked;
// where none does, the words of the request become a text, and what is made of that is proposed.
func TestClaimsForRequest(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	leak := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	at := d.asking(200)
	d.stranger(at, "words", "آیا حدود ۹ گیگابایت داده منتشر شد؟").want(t, http.StatusSeeOther)
	d.stranger(at, "words", "The council of Ghent approved 41 grants in March 2021.").want(t, http.StatusSeeOther)
	one, two := requestURL(1), requestURL(2)
	box := `name="claim" value="` + itoa(leak.ID) + `"`
	d.get("editor-1", one).want(t, http.StatusOK, "Claims that may say it", box)
	d.json("editor-1", get, one, "").want(t, http.StatusOK, `"likely":[`+itoa(leak.ID)+`]`)
	d.get("auditor-1", one).want(t, http.StatusOK).without(t, box, "may say it", "/place")
	d.get("editor-1", two+"?text=nothing").want(t, http.StatusOK, "No other claim of the collection has these words")
	d.get("editor-1", two+"?text="+url.QueryEscape("9 گیگابایت")).want(t, http.StatusOK, "Claims with these words", box)
	d.json("editor-1", get, two+"?text="+url.QueryEscape("گيگابايت"), "").want(t, http.StatusOK,
		`"found":[`+itoa(leak.ID)+`]`)
	d.form("editor-1", one+"/links", "version", "1", "claim", itoa(leak.ID), "claim", "").want(t, http.StatusSeeOther)
	d.get("editor-1", one).want(t, http.StatusOK, "Take away").without(t, `checkbox" `+box)
	d.form("editor-1", one+"/links", "version", "2", "claim", "").want(t, http.StatusUnprocessableEntity)

	d.get("editor-1", two).want(t, http.StatusOK, "No other claim seems to say it", "Take in its words")
	for _, who := range []string{"reviewer-1", "auditor-1", "admin-1"} {
		if got := d.form(who, two+"/text"); got.status != http.StatusForbidden {
			t.Errorf("%s takes words in: %d", who, got.status)
		}
	}
	d.working()
	d.form("editor-1", two+"/text").want(t, http.StatusSeeOther)
	d.get("editor-1", arrivalsURL(d.Collection.ID)).want(t, http.StatusOK, "41 grants")
	d.json("editor-1", post, under(d.Collection.ID, "arrivals/take"), `{"arrival":[1]}`).want(t, http.StatusOK)
	until(t, "it is an article", func() bool {
		return strings.Contains(d.get("editor-1", two).body, "Its words are a text of the collection")
	})
	until(t, "its candidate is proposed", func() bool {
		return strings.Contains(d.get("editor-1", two).body, "Claims that may say it")
	})
	d.get("editor-1", two).without(t, "Take in its words")

	d.form("editor-1", two+"/place", "version", "1", "with", "").want(t, http.StatusUnprocessableEntity)
	d.form("editor-1", two+"/place", "version", "1", "with", "1").want(t, http.StatusSeeOther)
	d.get("editor-1", two).want(t, http.StatusOK, "It asks something else", requestURL(1))
	d.form("editor-1", two+"/place", "version", "2", "with", "2").want(t, http.StatusSeeOther)
	d.get("editor-1", two).want(t, http.StatusOK).without(t, "It asks something else")
	undone := d.form("editor-1", under(d.Collection.ID, "undo"), "act", "3", "back", two)
	if undone.want(t, http.StatusSeeOther); undone.location != two {
		t.Errorf("taken back, one is led to %s", undone.location)
	}
	d.get("editor-1", two).want(t, http.StatusOK, "It asks something else")
	d.Verify()
}

// TestEarlierOnes: the link to the earlier ones of a list leads to them, in the state that was chosen.
func TestEarlierOnes(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	d.asksOnce(d.Collection.ID)
	if err := d.DB.Write(roomtest.Ctx(), func(tx *store.Tx) error {
		for i := range 60 {
			if err := tx.Gorm().Create(&requests.Request{CollectionID: d.Collection.ID,
				Words: fmt.Sprint("Is it ", i, "?"), Lang: "en", State: requests.Received,
				Secret: fmt.Sprint(i), ReceivedAt: tx.Now(),
				Version: 1}).
				Error; err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	feed := d.feedOf(d.Collection.ID)
	if err := d.DB.Write(roomtest.Ctx(), func(tx *store.Tx) error {
		for i := range 110 {
			if err := tx.Gorm().Create(&feeds.Item{FeedID: feed, State: feeds.Open, Title: fmt.Sprint("More ", i),
				FoundAt: tx.Now(), Address: fmt.Sprint("https://news.example/more/", i)}).Error; err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	more := regexp.MustCompile(`class="btn" href="([^"]+)"[^>]*>(?:<[^>]*>)*[^<]*(?:<[^>]*>)*Earlier ones`)
	for at, oldest := range map[string]string{under(d.Collection.ID, "requests"): "Is it so?",
		under(d.Collection.ID, "requests?state=received"): "Is it so?", feedURL(feed): "Grants 0"} {
		page := d.get("editor-1", at).want(t, http.StatusOK)
		page.without(t, oldest)
		next := more.FindStringSubmatch(page.body)
		if next == nil {
			t.Errorf("%s leads to no earlier ones", at)
			continue
		}
		d.get("editor-1", html.UnescapeString(next[1])).want(t, http.StatusOK, oldest)
	}
}

// TestRequestForm: an admin publishes the form, and takes it back.
func TestRequestForm(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	at := under(d.Collection.ID, "requests/form")
	d.get("editor-1", at).want(t, http.StatusForbidden)
	d.get("admin-1", at).want(t, http.StatusOK, "Publish the form").without(t, "/ask/")
	d.form("admin-1", at, "published", "1", "title", "", "lang", "fa", "per_day", "20", "version", "0").want(t,
		http.StatusUnprocessableEntity, "Say who asks")
	d.form("admin-1", at, "published", "1", "title", "میز", "intro", "What?", "lang", "fa", "per_day", "20", "version",
		"0").want(t, http.StatusSeeOther)
	d.json("admin-1", get, at, "").want(t, http.StatusOK, `"published":true`, `"address":"/ask/`)
	d.form("admin-1", at, "title", "میز", "lang", "fa", "per_day", "20", "version", "0").want(t, http.StatusConflict)
	d.form("admin-1", at, "title", "میز", "lang", "fa", "per_day", "20", "version", "1").want(t, http.StatusSeeOther)
	d.get("admin-1", at).want(t, http.StatusOK).without(t, "/ask/")
	d.get("admin-1", under(d.Collection.ID, "rules")).want(t, http.StatusOK, at)
	d.Verify()
}

// TestAskedIsTheSameInEveryWorld: with one and the same request, what its asker gets is the same to the byte whatever
// the round of its claim is, or what printed it before an admin made that public.
func TestAskedIsTheSameInEveryWorld(t *testing.T) {
	t.Parallel()
	worlds := map[string]func(d *door, w *askWorld){
		"open":        func(*door, *askWorld) {},
		"reviewed":    func(d *door, w *askWorld) { d.reviewed("reviewer-1", w.claim.ID, "The archive.") },
		"decided":     func(d *door, w *askWorld) { d.rules(1); d.reviewed("reviewer-1", w.claim.ID, "The archive.") },
		"in conflict": func(d *door, w *askWorld) { d.inConflict(w.claim) },
		"approved":    func(d *door, w *askWorld) { w.printed(d, false) },
		"frozen":      func(d *door, w *askWorld) { w.printed(d, true) },
		"commented on": func(d *door, w *askWorld) {
			d.form("reviewer-1", claimURL(w.claim.ID)+"/comments", "text",
				"Hm.")
		},
	}
	var first, firstJSON string
	for name, change := range worlds {
		d := newDoor(t)
		key, err := history.OpenKey(t.TempDir() + "/log.key")
		if err != nil {
			t.Fatal(err)
		}
		d.Status.SealBy(key)
		w := &askWorld{}
		fa, _ := d.twoArticles()
		w.claim = d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
		secret := d.stranger(d.asking(200), "words", "Did 9 gigabytes leak?").want(t, http.StatusSeeOther).location
		d.form("editor-1", requestURL(1)+"/links", "version", "1", "claim", itoa(w.claim.ID)).want(t,
			http.StatusSeeOther)
		change(d, w)
		page, data := d.get("", secret).want(t, http.StatusOK), d.json("", get, secret, "").want(t, http.StatusOK)
		got := fmt.Sprint(page.status, page.body, steady(page.header))
		gotJSON := fmt.Sprint(data.status, data.body, steady(data.header))
		if first == "" {
			first, firstJSON = got, gotJSON
		}
		if got != first || gotJSON != firstJSON {
			t.Errorf("the world with the claim %s is another:\n%s\n%s", name, got, gotJSON)
		}
		if name == "frozen" {
			d.form("admin-1", under(d.Collection.ID, "status"), "set", "1").want(t, http.StatusSeeOther)
			d.get("", secret).want(t, http.StatusOK, "Checked", "Unverified")
			d.json("", get, secret, "").want(t, http.StatusOK, `{"state":"printed","printed":[{"verdict":"unverified",`+
				`"withdrawn":false}]}`)
		}
	}
}

type askWorld struct{ claim claims.Claim }

func (w *askWorld) printed(d *door, frozen bool) {
	d.rules(1)
	d.reviewed("reviewer-1", w.claim.ID, "The archive.")
	d.approved(w.claim.ID)
	if frozen {
		d.frozen(w.claim.ID, "What is established")
	}
}

// steady are the headers of an answer without what differs between any two requests.
func steady(h http.Header) http.Header {
	out := h.Clone()
	for _, name := range []string{"Date", "X-Request-Id"} {
		out.Del(name)
	}
	return out
}
