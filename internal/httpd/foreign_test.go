package httpd

import (
	"fmt"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/evidence"
	"claimbench/internal/feeds"
	"claimbench/internal/replies"
	"claimbench/internal/requests"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
)

// noSuch is the number of an object that does not exist.
const noSuch = "987654321"

// sameWork is how many statements two answers may differ in: fewer than one can tell by the clock.
const sameWork = 4

// objects are one of each that a collection holds.
type objects struct {
	col     auth.CollectionID
	article articles.Imported
	second  articles.Imported
	claim   claims.Claim
	other   claims.Claim // of the same article
	item    evidence.Item
	set     claimset.Set
	event   int64
	batch   claims.BatchID
	alarm   claimset.AlarmID
	reply   replies.ID
	request requests.ID
	feed    feeds.ID
	shelf   shelved
	// the first of the second article
	sentence articles.SentenceID
}

// fill puts the numbers into an address or a form: {claim} and so on.
func (o objects) fill(s string) string {
	return strings.NewReplacer("{col}", itoa(o.col), "{article}", itoa(o.article.Article.ID), "{revision}",
		itoa(o.article.Revision.ID), "{second}", itoa(o.second.Article.ID), "{claim}", itoa(o.claim.ID), "{item}",
		itoa(o.item.ID), "{set}", itoa(o.set.ID), "{event}", itoa(o.event), "{other}", itoa(o.other.ID), "{sentence}",
		itoa(o.sentence), "{batch}", itoa(o.batch), "{request}", itoa(o.request)).Replace(s)
}

// twoCollections makes one of each in two collections that share nothing but the editor who made them.
func twoCollections(d *door) (here, there objects) {
	d.t.Helper()
	make := func(name string) objects {
		if name != "" {
			col, err := d.Articles.CreateCollection(roomtest.Ctx(), d.As("admin-1"), articles.CollectionNew{Name: name})
			if err != nil {
				d.t.Fatal(err)
			}
			d.Collection = col
		}
		o := objects{col: d.Collection.ID}
		o.article, o.second = d.twoArticles()
		o.claim = d.Claim(o.article, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
		o.other = d.Claim(o.article, "داده", "داده منتشر شد")
		text, err := d.Articles.Read(roomtest.Ctx(), d.As("editor-1"), o.second.Article.ID)
		if err != nil {
			d.t.Fatal(err)
		}
		o.sentence = text.Sentences[0].ID
		o.item = d.Link(o.claim, o.second, "نشر وثائق داخلية", evidence.Context, evidence.Report)
		set, err := d.Sets.Create(roomtest.Ctx(), d.As("editor-1"), o.col, "A set")
		if err != nil {
			d.t.Fatal(err)
		}
		b, err := d.Claims.LookAtBatch(roomtest.Ctx(), d.As("editor-1"), o.col, []claims.ID{o.claim.ID})
		if err != nil {
			d.t.Fatal(err)
		}
		alarm := claimset.Alarm{CollectionID: o.col, SetID: set.ID, ClaimID: &o.claim.ID,
			Cause: claimset.CauseReopened, Version: 1}
		if err := d.DB.Write(roomtest.Ctx(), func(tx *store.Tx) error {
			return tx.Gorm().Create(&alarm).Error
		}); err != nil {
			d.t.Fatal(err)
		}
		o.alarm = alarm.ID
		asked, err := d.Replies.Ask(roomtest.Ctx(), d.As("reviewer-1"), replies.Ask{ClaimID: o.claim.ID,
			Name: "Anna Weber", Way: replies.Phone, AskedOn: "2026-01-02", Until: "2026-01-03"})
		if err != nil {
			d.t.Fatal(err)
		}
		o.reply = asked.ID
		o.request, o.feed = d.asksOnce(o.col), d.feedOf(o.col)
		o.shelf = d.shelve(o.col, o.claim.ID)
		o.batch, o.set, o.event = b.ID, set, d.lastEvent(claims.Object(o.claim.ID))
		return o
	}
	there = make("")
	return make("Another investigation"), there
}

var (
	requestNumber = regexp.MustCompile(`r-[a-z2-7]{16}|form-[a-z2-7]{13}`)
	number        = regexp.MustCompile(`[0-9۰-۹]+`)
)

// told is all that an answer tells, without request ids and numbers, and how much work it was.
type told struct {
	status     int
	location   string
	body       string
	reads      int64
	statements int64
}

func (d *door) told(who, method, path, kind, body string) told {
	d.t.Helper()
	var work store.Counter
	req := httptest.NewRequest(method, path, strings.NewReader(body))
	req = req.WithContext(store.WithCounter(req.Context(), &work))
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	if kind != "application/x-www-form-urlencoded" {
		req.Header.Set("Accept", "application/json")
	}
	at, err := url.Parse(d.http.URL)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, c := range d.client(who).Jar.Cookies(at) {
		req.AddCookie(c)
	}
	rec := httptest.NewRecorder()
	d.server.ServeHTTP(rec, req)
	plain := func(s string) string {
		s = strings.ReplaceAll(s, `name="actor" value="stranger"`, `name="actor" value="N"`) // as it was typed
		return number.ReplaceAllString(requestNumber.ReplaceAllString(s, "R"), "N")
	}
	return told{rec.Code, plain(rec.Header().Get("Location")), plain(rec.Body.String()), work.Reads.Load(),
		work.Statements.Load()}
}

// probes are addresses and forms that name an object by a number other than the path's. What stands in {here.…} is of
// the asker's own collection, what stands in «…» is the object that they may not know.
var probes = []struct{ method, path, form string }{
	{get, "/collections/{col}/queue?after=«claim»", ""},
	{get, "/collections/{col}/queue?claim=«claim»", ""},
	{get, "/collections/{col}/claims?article=«article»", ""},
	{get, "/collections/{col}/search?q=x&article=«article»", ""},
	{get, "/collections/{col}/search?q=x&source=«source»", ""},
	{get, "/sets/{set}/build?article=«article»", ""},
	{get, "/history?object=claim:«claim»", ""},
	{get, "/history?object=article:«article»", ""},
	{get, "/history?actor=«user»", ""},
	{get, "/history?actor=«name»", ""},
	{get, "/claims/{claim}/evidence?q=x&article=«article»", ""},
	{post, "/articles/{article}/same-origin", "other=«article»&as=other"},
	{post, "/articles/{article}/same-origin", "other=«article»&as=new&origin=A+wire"},
	{post, "/articles/{article}/origin-refusals", "other=«article»&reason=Not+the+same."},
	{post, "/claims/{claim}/merge", "into=«claim»&words_version=1"},
	{post, "/requests/{request}/links", "version=1&claim=«claim»"},
	{post, "/requests/{request}/links/remove", "version=1&claim=«claim»"},
	{post, "/requests/«request»/links", "version=1&claim={claim}"},
	{post, "/requests/{request}/place", "version=1&with=«request»"},
	{post, "/requests/«request»/place", "version=1&with={request}"},
	{post, "/requests/«request»/text", ""},
	{post, "/claims/{claim}/merge", "into=«claim»:1&version=1"},
	{post, "/claims/{claim}/duplicates/refuse", "other=«claim»"},
	{post, "/claims/{claim}/passages/refuse", "proposed=1&above=2,3"},
	{post, "/claims/{claim}/passages/gloss", "sentence=«sentence»&lang=fa"},
	{post, "/claims/«claim»/passages/gloss", "sentence={sentence}&lang=fa"},
	{post, "/claims/«claim»/glosses/ask", "ask=fa"},
	{post, "/sets/{set}/claims", "claim=«claim»&version=1"},
	{post, "/sets/{set}/claims/remove", "claim=«claim»&version=99"},
	{post, "/sets/{set}/claims/move", "claim=«claim»&to=top&version=99"},
	{post, "/sets/«set»/claims/move", "claim={claim}&to=top&version=1"},
	{post, "/claims/{claim}/evidence", "article=«article»&revision=«revision»&start=0&end=3&exact=abc&" +
		"stance=supports&kind=report"},
	{post, "/claims/{claim}/anchor/move", "revision=«revision»&version=1"},
	{post, "/claims/{claim}/reviews", "verdict=unverified&reason=no_evidence&searched=all&words_version=1&round=1&" +
		"confidence=50&rationale=x&evidence=«item»"},
	{post, "/collections/{col}/sources/«source»/rating", "reliability=A"},
	// the other way round: an act on the object that they may not know, with one of their own beside it
	{post, "/claims/«claim»/merge", "into={claim}:1&version=1"},
	{post, "/claims/{claim}/merge", "into={other}:1&version=1&proposed=«claim»"},
	{post, "/claims/«claim»/duplicates/refuse", "other={claim}"},
	{post, "/claims/«claim»/proposals/refuse", "machine=1&n=1"},
	{post, "/claims/«claim»/passages/refuse", "proposed={sentence}"},
	{post, "/claims/«claim»/searches", "q=x"},
	{post, "/claims/«claim»/presence", "window=a"},
	{post, "/sets/«set»/presence", "window=a"},
	{post, "/claims/«claim»/looked", "sentence={sentence}"},
	{post, "/claims/{claim}/looked", "sentence=«sentence»"},
	{post, "/claims/{claim}/passages/refuse", "proposed=«sentence»"},
	{post, "/claims/{claim}/passages/refuse", "proposed={sentence}&above=«sentence»"},
	{post, "/claims/«claim»/evidence", "article={second}&revision={revision}&start=0&end=3&exact=abc&" +
		"stance=supports&kind=report"},
	{post, "/claims/«claim»/anchor/confirm", "revision={revision}&version=1&statement=x&start=0&end=3"},
	{post, "/claims/{claim}/anchor/confirm", "revision=«revision»&version=1&statement=x&start=0&end=3"},
	{post, "/claims/«claim»/reviews", "verdict=unverified&reason=no_evidence&searched=all&words_version=1&round=1&" +
		"confidence=50&rationale=x&evidence={item}"},
	{post, "/claims/{claim}/adjudications", "verdict=unverified&reason=no_evidence&searched=all&version=1&round=1&" +
		"rationale=x&evidence=«item»"},
	{post, "/articles/«article»/same-origin", "other={second}&as=new&origin=A+wire"},
	{post, "/articles/«article»/origin-refusals", "other={second}&reason=Not+the+same."},
	{post, "/articles/{article}/claims", "revision=«revision»&start=0&end=3&statement=x&kind=fact"},
	{post, "/articles/«article»/claims", "revision={revision}&start=0&end=3&statement=x&kind=fact"},
	{post, "/sets/«set»/claims", "claim={claim}&version=1"},
	{post, "/evidence/«item»/unlink", "version=1"},
	{post, "/evidence/«item»/protection", "version=1&reason=at+risk"},
	{post, "/evidence/«item»/protection/lift", "version=1"},
	{post, "/evidence/«item»/readers", "user=stranger"},
	{post, "/evidence/«item»/capture", ""},
	{post, "/evidence/«item»/capture/fetch", ""},
	{post, "/evidence/«item»/capture/withhold", "capture=1&version=1&reason=law"},
	{post, "/collections/«col»/sets", "title=Mine"},
}

// TestForeignIsMissing: whoever reads another collection alone gets, for every object of this one, the very answer that
// they get for an object that does not exist, at the same work. Numbers aside, nothing in it tells the two apart.
func TestForeignIsMissing(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	here, there := twoCollections(d)
	people := map[string]auth.Role{"other-reviewer": auth.Reviewer, "other-editor": auth.Editor,
		"other-auditor": auth.Auditor}
	for who, role := range people {
		d.member(who, role, here.col)
	}
	d.member("stranger", auth.Editor, there.col)
	stranger := itoa(d.As("stranger").UserID)
	if _, err := d.Articles.Import(roomtest.Ctx(), d.As("editor-1"), articles.Import{Collection: there.col,
		Source: "Their own source", Lang: "en", Raw: "Text."}); err != nil {
		t.Fatal(err)
	}
	foreign := strings.NewReplacer("«claim»", itoa(there.claim.ID), "«article»", itoa(there.article.Article.ID),
		"«revision»", itoa(there.article.Revision.ID), "«item»", itoa(there.item.ID), "«user»", stranger, "«name»",
		"stranger", "«source»", "2", "«sentence»", itoa(there.sentence), "«set»", itoa(there.set.ID), "«col»",
		itoa(there.col), "«request»", itoa(there.request))
	missing := regexp.MustCompile(`«[a-z]+»`)
	compare := func(who, method, foreignPath, missingPath, foreignForm, missingForm string) {
		t.Helper()
		kinds := []string{"application/x-www-form-urlencoded"}
		if method == get {
			kinds = []string{"", "application/x-www-form-urlencoded"} // JSON, and a page
		}
		for _, kind := range kinds {
			a := d.told(who, method, foreignPath, kind, foreignForm)
			b := d.told(who, method, missingPath, kind, missingForm)
			if a != b { // what only the first request does is done by now
				a = d.told(who, method, foreignPath, kind, foreignForm)
				b = d.told(who, method, missingPath, kind, missingForm)
			}
			if less := a.statements - b.statements; less >= -sameWork && less <= sameWork {
				a.statements, a.reads = b.statements, b.reads
			}
			if a != b {
				t.Errorf("%s %s %s (%s): a foreign object gives %d %s in %d reads, %d statements, a missing one %d %s "+
					"in %d, %d\n%s", who, method, foreignPath, foreignForm, a.status, a.location, a.reads, a.statements,
					b.status, b.location, b.reads, b.statements, whereTheyPart(a.body, b.body))
			}
		}
	}
	full := strings.NewReplacer("/checked/files/:id", shelfFileURL(there.shelf.files[0]), "/checked/:id",
		entryURL(there.shelf.entries[0]), ":collection", itoa(there.col),
		"/articles/:id", there.fill("/articles/{article}"),
		"/claims/:id", there.fill("/claims/{claim}"), "/evidence/:id", there.fill("/evidence/{item}"), "/sets/:id",
		there.fill("/sets/{set}"), ":seq", there.fill("{event}"), ":rule", "hasty_approval",
		"/sources/:id", "/sources/2", "/batches/:id",
		there.fill("/batches/{batch}"), "/alarms/:id", "/alarms/"+itoa(there.alarm),
		"/replies/:id", "/replies/"+itoa(there.reply), "/requests/:id", requestURL(there.request), "/feeds/:id",
		feedURL(there.feed))
	none := strings.NewReplacer(":collection", noSuch, ":id", noSuch, ":seq", noSuch, ":rule", "hasty_approval")
	for who := range people {
		for _, r := range d.server.routes() {
			if !strings.Contains(r.path, ":") || strings.HasPrefix(r.path, "/users/") || r.path == "/link/:token" {
				continue // people and links are of no collection
			}
			compare(who, r.method, full.Replace(r.path), none.Replace(r.path), "", "")
		}
		for _, p := range probes {
			path, form := here.fill(p.path), here.fill(p.form)
			compare(who, p.method, foreign.Replace(path), missing.ReplaceAllString(path, noSuch), foreign.Replace(form),
				missing.ReplaceAllString(form, noSuch))
		}
	}
}

// TestObjectsOfTwoCollections: one who works in both collections joins nothing of one with anything of the other.
func TestObjectsOfTwoCollections(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	here, there := twoCollections(d)
	theirs := strings.NewReplacer("«", "{", "»", "}")
	// acts of one collection alone
	ownAlone := map[string]bool{"/collections/«col»/sets": true, "/evidence/«item»/unlink": true,
		"/claims/«claim»/searches": true, "/collections/{col}/sources/«source»/rating": true,
		"/claims/«claim»/presence": true, "/sets/«set»/presence": true,
		"/requests/«request»/text": true}
	tried := 0
	for _, p := range probes {
		// of what stood above a passage, sentences that are not there are left out
		if p.method == get || ownAlone[p.path] || strings.Contains(p.form, "above=") {
			continue
		}
		tried++
		into := func(s string) string {
			s = regexp.MustCompile(`«[a-z]+»`).ReplaceAllStringFunc(s, func(m string) string {
				return there.fill(theirs.Replace(m))
			})
			return here.fill(s)
		}
		events := d.Count("events")
		for _, who := range []string{"editor-1", "reviewer-1"} {
			got := d.told(who, post, into(p.path), "application/x-www-form-urlencoded", into(p.form))
			if got.status < 400 || got.status >= 500 {
				t.Errorf("%s %s (%s) as %s: %d", p.method, p.path, p.form, who, got.status)
			}
		}
		if now := d.Count("events"); now != events {
			t.Errorf("%s (%s) joined two collections: %d events", p.path, p.form, now-events)
		}
	}
	if tried < 20 {
		t.Errorf("%d acts were tried", tried)
	}
	if err := d.DB.Write(roomtest.Ctx(), func(tx *store.Tx) error { // no act raised these alarms
		return tx.Gorm().Exec("DELETE FROM alarms").Error
	}); err != nil {
		t.Fatal(err)
	}
	d.Verify()
}

func whereTheyPart(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	from := max(0, i-60)
	return fmt.Sprintf("  foreign: …%s\n  missing: …%s", cutTo(a[from:], 200), cutTo(b[from:], 200))
}

func cutTo(s string, n int) string { return s[:min(n, len(s))] }

// TestHistoryByName: the history is filtered by a person's name as by their number.
func TestHistoryByName(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	d.get("editor-2", "/history?actor=reviewer-1").want(t, 200, "claim", "Reviewer One")
	d.get("editor-2", "/history?actor=Reviewer-1").want(t, 200)
	d.get("editor-2", "/history?actor="+itoa(d.As("reviewer-1").UserID)).want(t, 200, "claim")
	d.get("editor-2", "/history?actor=nobody-here").want(t, 404, "no such person")
}
