package httpd

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/evidence"
	"claimbench/internal/history"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/watches"
	"claimbench/internal/webhooks"
)

// deedDone is a request that is let in and done, as a program sends it.
type deedDone struct {
	route, who, path string
	body             func() string
}

func fixed(body string) func() string { return func() string { return body } }

func (w full) deedsOfPeople(t *testing.T) []deedDone {
	ctx, admin := roomtest.Ctx(), w.As("admin-1")
	made, err := w.Auth.CreateUser(ctx, admin, auth.NewUser{Name: "mina"})
	if err != nil {
		t.Fatal(err)
	}
	invite, err := w.Auth.MakeLink(ctx, admin, auth.Invite, made.ID)
	if err != nil {
		t.Fatal(err)
	}
	w.clients["mina"], w.clients["new"] = w.fresh(), w.fresh()
	url := "/users/" + itoa(made.ID)
	invited := `{"password":"` + memberPassword + `"}`
	notice := func() string {
		reset, err := w.Auth.MakeLink(ctx, admin, auth.Reset, made.ID)
		if err != nil {
			t.Fatal(err)
		}
		w.clients["mina"] = w.fresh()
		w.form("mina", reset.Path(), "password", memberPassword).want(t, http.StatusSeeOther)
		found := regexp.MustCompile(`name="notice" value="([0-9]+)"`).FindStringSubmatch(
			w.get("mina", "/settings").body)
		if found == nil {
			t.Fatal("mina was reset and is not told")
		}
		return `{"notice":` + found[1] + `}`
	}
	col := "/collections/" + itoa(w.Collection.ID)
	page := w.Article(articles.Import{Lang: "en", Raw: "A page says so.", URL: "https://news.example/so"})
	watched := "/articles/" + itoa(page.Article.ID)
	_, own, err := w.Auth.MakeToken(ctx, w.As("reviewer-1"), auth.NewToken{Name: "old", Days: 3,
		Scopes: []auth.Grant{{Role: auth.Reviewer}}})
	if err != nil {
		t.Fatal(err)
	}
	secret, machine, err := w.Auth.MakeMachine(ctx, admin, auth.NewMachine{Name: "matcher", Owner: "editor-2", Days: 3,
		Collections: []auth.CollectionID{w.Collection.ID}})
	if err != nil {
		t.Fatal(err)
	}
	w.clients["matcher"] = &http.Client{Transport: withToken{secret}, CheckRedirect: w.fresh().CheckRedirect}
	return append([]deedDone{
		{"/collections/:collection/machine/proposals", "matcher", col + "/machine/proposals",
			fixed(fmt.Sprintf(`{"items":[{"kind":"origin","article":%d,"other_article":%d}]}`, page.Article.ID,
				w.article))},
		{"/collections/:collection/machine/articles", "matcher", col + "/machine/articles",
			fixed(`{"text":"A text of a machine. It has two sentences.","lang":"en"}`)},
		{"/settings/tokens", "reviewer-1", "/settings/tokens", fixed(`{"name":"my script","scope":["reviewer:0"]}`)},
		{"/settings/tokens/end", "reviewer-1", "/settings/tokens/end", fixed(`{"token":` + itoa(own.ID) + `}`)},
		{"/machines", "admin-1", "/machines", fixed(`{"name":"sorter","owner":"editor-2","collection":[` +
			itoa(w.Collection.ID) + `]}`)},
		{"/machines/:id/token", "admin-1", "/machines/" + itoa(machine.User.ID) + "/token", fixed(`{}`)},
		{"/link/:token", "mina", invite.Path(), fixed(invited)},
		{"/settings/reset-notice", "mina", "/settings/reset-notice", notice},
		{"/settings/password", "mina", "/settings/password",
			fixed(`{"old":"` + memberPassword + `","new":"fourteen words, in a row"}`)},
		{"/notices/read", "reviewer-1", "/notices/read", w.notice(t, "reviewer-1")},
		{"/notices/read-mention", "reviewer-1", "/notices/read-mention", fixed(`{"comment":"abcdefghijklmnop"}`)},
		{"/notices/read-all", "reviewer-1", "/notices/read-all", w.notice(t, "reviewer-1")},
		{"/settings/name", "mina", "/settings/name", fixed(`{"display":"مینا رضایی"}`)},
		{"/settings/languages", "mina", "/settings/languages", fixed(`{"langs":["fa","ar"]}`)},
		{"/settings/zone", "reviewer-1", "/settings/zone", fixed(`{"zone":"Asia/Tehran"}`)},
		{"/collections/:collection/method", "editor-1", col + "/method",
			fixed(`{"words":"Two origins.","of":["disputed"],"means":["No."],"opened":0}`)},
		{"/collections/:collection/guidelines", "editor-1", col + "/guidelines",
			fixed(`{"words":"# Rules\n\nTwo origins.","lang":"en","note":"first","opened":2}`)},
		{"/settings/mail", "mina", "/settings/mail", fixed(`{"address":"mina@desk.example","daily":"1"}`)},
		{"/fetching", "admin-1", "/fetching", fixed(`{"allowed":"1","contact":"desk@paper.example","version":0}`)},
		{"/fetching/stamping", "admin-1", "/fetching/stamping", fixed(`{"address":"","certificate":"","version":0}`)},
		{"/collections/:collection/fetching", "admin-1", col + "/fetching", fixed(`{"allowed":"1","version":0}`)},
		{"/collections/:collection/webhooks", "admin-1", col + "/webhooks",
			fixed(`{"address":"https://desk.example/told","topics":["claims","decisions"]}`)},
		{"/webhooks/:id", "admin-1", "/webhooks/1", fixed(`{"on":"1","topics":["claims"],"version":1}`)},
		{"/webhooks/:id/secret", "admin-1", "/webhooks/1/secret", fixed(`{"version":2}`)},
		{"/webhooks/:id/again", "admin-1", "/webhooks/1/again", w.told(t)},
		{"/collections/:collection/model", "admin-1", col + "/model", fixed(`{"allowed":"1","per_day":9,"version":0}`)},
		{"/collections/:collection/addresses", "editor-1", col + "/addresses",
			fixed(`{"addresses":"https://news.example/a\nhttps://news.example/b"}`)},
		{"/collections/:collection/addresses/cancel", "editor-1", col + "/addresses/cancel", fixed(`{}`)},
		{"/collections/:collection/addresses/again", "editor-1", col + "/addresses/again", fixed(`{"address":[1]}`)},
		{"/articles/:id/watch", "editor-1", watched + "/watch", fixed(fmt.Sprintf(`{"until":%q,"version":0}`,
			watches.Today(w.DB.Now())))},
		{"/articles/:id/watch/end", "editor-1", watched + "/watch/end", fixed(`{"version":1}`)},
		{"/articles/:id/watch/refuse", "editor-1", watched + "/watch/refuse", w.found(t, watched, 0)},
		{"/articles/:id/watch/take", "editor-1", watched + "/watch/take", w.found(t, watched, 1)},
		{"/theme", "", "/theme", fixed(`{"theme":"dark"}`)},
		{"/sign-in", "new", "/sign-in", fixed(`{"user":"mina","password":"fourteen words, in a row"}`)},
		{"/settings/sessions/end", "new", "/settings/sessions/end", fixed(`{}`)},
		{"/sign-in/demo", "new", "/sign-in/demo", fixed(`{"user":"reviewer-1"}`)},
		{"/sign-out", "new", "/sign-out", fixed(`{}`)},
		{"/users", "admin-1", "/users", fixed(`{"name":"omid","display":"امید","role":"reviewer","collection":1}`)},
		{"/users/:id/roles", "admin-1", url + "/roles", fixed(`{"role":"auditor","collection":0}`)},
		{"/users/:id/roles/revoke", "admin-1", url + "/roles/revoke",
			fixed(`{"role":"auditor","collection":0,"reason":"moved"}`)},
		{"/users/:id/link", "admin-1", url + "/link", fixed(`{}`)},
		{"/users/:id/sessions/end", "admin-1", url + "/sessions/end", fixed(`{}`)},
		{"/users/:id/disable", "admin-1", url + "/disable", fixed(`{"reason":"left"}`)},
		{"/users/:id/enable", "admin-1", url + "/enable", fixed(`{"reason":"came back"}`)},
		{"/collections", "admin-1", "/collections", fixed(`{"name":"A third"}`)},
		{"/collections/:collection/rules", "admin-1", col + "/rules", func() string {
			c, err := w.Articles.Collection(ctx, admin, w.Collection.ID)
			if err != nil {
				t.Fatal(err)
			}
			return fmt.Sprintf(`{"name":%q,"quorum":%d,"rule":%q,"advice":[],"version":%d}`, c.Name, c.Quorum, c.Rule,
				c.Version)
		}},
		{"/sources", "admin-1", "/sources", fixed(`{"name":"Ташкент таймс","kind":"newspaper","country":"UZ"}`)},
		{"/sources/:id", "admin-1", "/sources/1", fixed(`{"name":"Paper 0","kind":"","country":"NL","version":1}`)},
		{"/collections/:collection/sources/:id/rating", "editor-1", col + "/sources/1/rating",
			fixed(`{"reliability":"B","version":0}`)},
	}, w.deedsOfRequests()...)
}

// told lets webhook 1 have a delivery that ended, and names it in a form.
func (w full) told(t *testing.T) func() string {
	return func() string {
		if err := w.DB.Write(roomtest.Ctx(), func(tx *store.Tx) error {
			return tx.Gorm().Save(&webhooks.Delivery{ID: 1, WebhookID: 1, Number: 1, Action: "claim.edited",
				Object: "claim:1", State: webhooks.Delivered}).Error
		}); err != nil {
			t.Fatal(err)
		}
		return `{"number":1}`
	}
}

// found lets the next text of an article that is named by its address wait for a decision, and names it in a form; with
// the version of the article where that is not 0.
func (w full) found(t *testing.T, article string, version int64) func() string {
	t.Helper()
	return func() string {
		n, err := strconv.ParseInt(strings.TrimPrefix(article, "/articles/"), 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		p := watches.Proposed{ArticleID: articles.ID(n), State: watches.Open, Raw: "Another text is here.",
			SHA256: "x", Version: 1}
		if err := w.DB.Write(roomtest.Ctx(), func(tx *store.Tx) error {
			if err := tx.Gorm().Exec("UPDATE proposed_revisions SET state = 'refused', raw = '' WHERE state = 'open' "+
				"AND article_id = ?", n).Error; err != nil {
				return err
			}
			return tx.Gorm().Create(&p).Error
		}); err != nil {
			t.Fatal(err)
		}
		if version != 0 {
			return fmt.Sprintf(`{"proposed":%d,"version":%d}`, p.ID, version)
		}
		return fmt.Sprintf(`{"proposed":%d}`, p.ID)
	}
}

func (w full) deedsOfArticles(t *testing.T) []deedDone {
	ctx, editor := roomtest.Ctx(), w.As("editor-1")
	col := "/collections/" + itoa(w.Collection.ID)
	one := w.Article(articles.Import{Source: "Gazette", Lang: "en", Raw: "The bridge fell. Twelve people saw it."})
	two := w.Article(articles.Import{Source: "Courier", Lang: "en", Raw: "Twelve people saw the bridge. It fell."})
	three := w.Article(articles.Import{Source: "Herald", Lang: "en", Raw: "Nobody saw the bridge. It stands."})
	at := func(a articles.Imported) string { return "/articles/" + itoa(a.Article.ID) }
	lost, err := w.Articles.Import(ctx, editor, articles.Import{Collection: w.Collection.ID, Lang: "en", Later: true,
		Raw: strings.Repeat("The bridge stood for ninety years before it fell.\n", 500)})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.DB.Write(ctx, func(tx *store.Tx) error {
		return tx.Gorm().Exec("UPDATE jobs SET state = 'failed' WHERE id = ?", lost.Job.ID).Error
	}); err != nil {
		t.Fatal(err)
	}
	origin := func(a articles.Imported) int64 {
		ao, _, err := w.Evidence.ArticleOriginOf(ctx, editor, a.Article.ID)
		if err != nil {
			t.Fatal(err)
		}
		return ao.Version
	}
	version := func(a articles.Imported) int64 {
		got, err := w.Articles.Get(ctx, editor, a.Article.ID)
		if err != nil {
			t.Fatal(err)
		}
		return got.Version
	}
	return []deedDone{
		{"/collections/:collection/articles", "editor-1", col + "/articles",
			fixed(`{"text":"A new text. It has two sentences.","lang":"en"}`)},
		{"/articles/:id/work", "editor-1", at(lost) + "/work", fixed(`{}`)},
		{"/articles/:id/extract", "reviewer-1", at(one) + "/extract", fixed(`{}`)},
		{"/articles/:id/origin", "reviewer-1", at(one) + "/origin", fixed(`{"origin":"Agency","version":0}`)},
		{"/articles/:id/same-origin", "reviewer-1", at(one) + "/same-origin", func() string {
			return fmt.Sprintf(`{"other":%d,"version":%d,"other_version":%d,"origin":"Agency"}`, two.Article.ID,
				origin(one), origin(two))
		}},
		{"/articles/:id/origin-refusals", "reviewer-1", at(one) + "/origin-refusals",
			fixed(fmt.Sprintf(`{"other":%d,"reason":"another bridge"}`, three.Article.ID))},
		{"/articles/:id/claims", "reviewer-1", at(one) + "/claims", func() string {
			span := w.Find(one, "The bridge fell")
			return fmt.Sprintf(`{"revision":%d,"start":%d,"end":%d,"exact":"The bridge fell","statement":`+
				`"The bridge fell.","kind":"fact"}`, one.Revision.ID, span.Start, span.End)
		}},
		{"/articles/:id/revisions", "editor-1", at(one) + "/revisions", func() string {
			return fmt.Sprintf(`{"text":"The bridge fell at last. Twelve saw it.","version":%d}`, version(one))
		}},
		{"/articles/:id/take-down", "editor-1", at(three) + "/take-down", func() string {
			return fmt.Sprintf(`{"reason":"asked by its author","version":%d}`, version(three))
		}},
	}
}

// deedsOfClaims go from candidates to an approved claim that is reopened, and to one in conflict that is adjudicated.
func (w full) deedsOfClaims(t *testing.T) []deedDone {
	a := w.Article(articles.Import{Source: "Monitor", Lang: "en", Published: "2016-05-03",
		Raw: "On Friday the dam broke. Nine houses were lost. The mayor left. Two bridges fell. Nobody was hurt. " +
			"The army came. It stayed a week. Schools were shut. Trains stopped."})
	from := w.Article(articles.Import{Source: "Bulletin", Lang: "en", Raw: "The dam broke on Friday. It was old."})
	w.form("reviewer-1", "/articles/"+itoa(from.Article.ID)+"/extract").want(t, http.StatusSeeOther)
	var page claims.Page
	if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		page, err = claims.ListOf(r, claims.Filter{Collection: w.Collection.ID, State: claims.Candidate}, 0)
		return err
	}); err != nil || len(page.Claims) < 2 {
		t.Fatalf("%d candidates, %v", len(page.Claims), err)
	}
	proposed := page.Claims
	claim := func(exact string) claims.Claim { return w.Claim(a, exact, exact+".") }
	bracketed := w.bracketed(t)
	stays := w.movable(t)
	main, hot, gone, split, kept, merged := claim("the dam broke"), claim("Nine houses were lost"),
		claim("The mayor left"), claim("Two bridges fell"), claim("Nobody was hurt"), claim("The army came")
	item := w.Link(main, from, "The dam broke on Friday", evidence.Supports, evidence.PrimaryDocument)
	old := w.Link(hot, from, "It was old", evidence.Supports, evidence.PrimaryDocument)
	spare := w.Link(gone, from, "It was old", evidence.Context, evidence.Report)
	doc, err := w.Evidence.Link(roomtest.Ctx(), w.As("editor-1"), evidence.Link{ClaimID: kept.ID,
		Exact: "All are safe.", URL: "https://example.org/safe", ReadOn: "2016-05-04",
		Stance: evidence.Context, Kind: evidence.Report})
	if err != nil {
		t.Fatal(err)
	}
	protected := "/evidence/" + itoa(doc.ID)
	span := w.Find(from, "It was old")
	versions := func(n claims.ID, format string) func() string {
		return func() string {
			c := w.now(n)
			return strings.NewReplacer("$v", itoa(c.Version), "$w", itoa(c.WordsVersion), "$r", itoa(c.Round)).
				Replace(format)
		}
	}
	yes := `"verdict":"corroborated","reason":"primary_document","rationale":"It says so.","evidence":[$e]`
	no := `"verdict":"unverified","reason":"insufficient","searched":"The archive."`
	yes = strings.ReplaceAll(yes, "$e", itoa(item.ID))
	rate := `{"words_version":$w,"round":$r,"confidence":80,`
	first, second := proposed[0].ID, proposed[1].ID
	var asked string
	at := func(c claims.Claim) string { return claimURL(c.ID) }
	machine, offer := w.offered(main.ID, "fr", "Le barrage s’est rompu.")
	return []deedDone{
		{"/claims/:id/draft", "reviewer-1", at(kept) + "/draft", fixed(`{"verdict":"unverified","rationale":"Half."}`)},
		{"/claims/:id/drafts/comment", "reviewer-1", at(kept) + "/drafts/comment",
			fixed(`{"fields":{"text":["Half."]}}`)},
		{"/claims/:id/drafts/edit", "reviewer-1", at(kept) + "/drafts/edit",
			fixed(`{"fields":{"statement":["Half."]}}`)},
		{"/articles/:id/drafts/claims/:began", "reviewer-1", "/articles/" + itoa(kept.ArticleID) + "/drafts/claims/1-5",
			fixed(`{"fields":{"statement":["Half."]}}`)},
		{"/claims/:id/drafts/split", "reviewer-1", at(kept) + "/drafts/split",
			fixed(`{"fields":{"part_statement":["Half."]}}`)},
		{"/claims/:id/drafts/gloss", "reviewer-1", at(kept) + "/drafts/gloss",
			fixed(`{"fields":{"gloss":["Half."]}}`)},
		{"/claims/:id/drafts/glosses/:lang", "reviewer-1", at(kept) + "/drafts/glosses/fr",
			fixed(`{"fields":{"gloss":["Half."]}}`)},
		{"/claims/:id/drafts/question", "editor-1", at(kept) + "/drafts/question",
			fixed(`{"fields":{"question":["Half."]}}`)},
		{"/claims/:id/drafts/answer", "reviewer-1", at(kept) + "/drafts/answer",
			fixed(`{"fields":{"answer":["Half."]}}`)},
		{"/claims/:id/drafts/adjudication", "editor-1", at(kept) + "/drafts/adjudication",
			fixed(`{"fields":{"rationale":["Half."]}}`)},
		{"/claims/:id/drafts/approval", "editor-1", at(kept) + "/drafts/approval",
			fixed(`{"fields":{"explanation":["Half."]}}`)},
		{"/claims/:id/drafts/outside", "reviewer-1", at(kept) + "/drafts/outside",
			fixed(`{"fields":{"quotation":["Half."]}}`)},
		{"/claims/:id/drafts/reopening", "editor-1", at(kept) + "/drafts/reopening",
			fixed(`{"fields":{"reason":["Half."]}}`)},
		{"/drafts/discard", "reviewer-1", "/drafts/discard", fixed(`{"claim":` + itoa(kept.ID) + `}`)},
		{"/collections/:collection/assignments", "editor-1", under(w.Collection.ID, "assignments"),
			fixed(`{"claims":[` + itoa(main.ID) + `]}`)},
		{"/collections/:collection/assignments/strategy", "editor-1",
			under(w.Collection.ID, "assignments/strategy"), fixed(`{"how":"languages"}`)},
		{"/collections/:collection/assignments/rule", "editor-1", under(w.Collection.ID, "assignments/rule"),
			fixed(`{"how":"share","share":20}`)},
		{"/collections/:collection/snoozes", "editor-2", under(w.Collection.ID, "snoozes"),
			fixed(`{"claims":[` + itoa(main.ID) + `],"until":"3"}`)},
		{"/claims/:id/priority", "editor-1", at(main) + "/priority", fixed(`{"priority":0}`)},
		{"/claims/:id/reject", "reviewer-1", claimURL(first) + "/reject", versions(first,
			`{"version":$v,"reason":"not_a_claim"}`)},
		{"/claims/:id/restore", "reviewer-1", claimURL(first) + "/restore", versions(first, `{"version":$v}`)},
		{"/claims/:id/accept", "reviewer-1", claimURL(second) + "/accept", versions(second, `{"version":$v}`)},
		{"/claims/:id/edit", "reviewer-1", at(main) + "/edit", versions(main.ID,
			`{"words_version":$w,"statement":"The dam broke on a Friday.","start":`+itoa(main.Start)+`,"end":`+
				itoa(main.End)+`}`)},
		{"/claims/:id/brackets", "reviewer-1", claimURL(bracketed) + "/brackets", versions(bracketed,
			`{"words_version":$w,"accept":[]}`)},
		{"/claims/:id/anchor/move", "reviewer-1", claimURL(stays) + "/anchor/move", versions(stays,
			`{"version":$v,"revision":1}`)},
		{"/claims/:id/anchor/keep", "reviewer-1", claimURL(w.moved) + "/anchor/keep", func() string {
			return versions(w.moved, `{"version":$v,"revision":`+itoa(w.newest(t, w.revised).ID)+`}`)()
		}},
		{"/claims/:id/anchor/confirm", "reviewer-1", claimURL(w.moved) + "/anchor/confirm", func() string {
			return versions(w.moved, `{"version":$v,"revision":`+itoa(w.newest(t, w.revised).ID)+
				`,"start":0,"end":11,"exact":"The council","statement":"The council was there."}`)()
		}},
		{"/claims/:id/split", "reviewer-1", at(split) + "/split", versions(split.ID, fmt.Sprintf(
			`{"words_version":$w,"part_statement":["Two bridges.","They fell."],"part_start":[%d,%d],`+
				`"part_end":[%d,%d]}`,
			split.Start, split.Start+4, split.Start+11, split.End))},
		{"/claims/:id/merge", "reviewer-1", at(merged) + "/merge", versions(merged.ID,
			`{"into":"`+itoa(kept.ID)+`:1","version":$v}`)},
		{"/claims/:id/duplicates/refuse", "reviewer-1", at(main) + "/duplicates/refuse",
			fixed(`{"other":` + itoa(hot.ID) + `,"reason":"houses, not dams"}`)},
		{"/claims/:id/proposals/refuse", "reviewer-1", at(main) + "/proposals/refuse", fixed(fmt.Sprintf(
			`{"machine":%d,"n":%d,"reason":"it says less"}`, machine, offer))},
		{"/claims/:id/glosses", "reviewer-1", at(main) + "/glosses", fixed(`{"lang":"fa","gloss":"سد شکست"}`)},
		{"/claims/:id/glosses/confirm", "reviewer-2", at(main) + "/glosses/confirm",
			fixed(`{"lang":"fa","version":1}`)},
		{"/claims/:id/glosses/ask", "reviewer-1", at(main) + "/glosses/ask", func() string {
			w.asksModel()
			return `{"lang":"fa"}`
		}},
		{"/claims/:id/passages/gloss", "reviewer-1", at(main) + "/passages/gloss", func() string {
			w.asksModel()
			text, err := w.Articles.Read(roomtest.Ctx(), w.As("reviewer-1"), from.Article.ID)
			if err != nil {
				t.Fatal(err)
			}
			return fmt.Sprintf(`{"sentence":%d,"lang":"fa"}`, text.Sentences[1].ID)
		}},
		{"/claims/:id/comments", "reviewer-1", at(main) + "/comments", fixed(`{"text":"Which dam?"}`)},
		{"/claims/:id/comments/resolve", "reviewer-1", at(main) + "/comments/resolve", w.comment(t, main.ID, 1)},
		{"/claims/:id/comments/reopen", "reviewer-1", at(main) + "/comments/reopen", w.comment(t, main.ID, 2)},
		{"/evidence/:id/unlink", "reviewer-1", "/evidence/" + itoa(spare.ID) + "/unlink", fixed(`{"version":1}`)},
		{"/claims/:id/replies", "reviewer-1", at(kept) + "/replies", fixed(`{"name":"Anna Weber","way":"email",` +
			`"asked_on":"2016-05-01","until":"2016-05-03","contact":"anna@example.org"}`)},
		{"/replies/:id/answer", "reviewer-1", "/replies/1/answer", fixed(`{"version":1,"outcome":"answered",` +
			`"answered_on":"2016-05-02","words":"All were safe."}`)},
		{"/replies/:id/evidence", "reviewer-1", "/replies/1/evidence", fixed(`{"stance":"supports"}`)},
		{"/evidence/:id/capture", "editor-1", protected + "/capture", fixed(`{"name":"a.txt","content":"` +
			base64.StdEncoding.EncodeToString([]byte("All were safe.")) + `"}`)},
		{"/evidence/:id/capture/withhold", "editor-1", protected + "/capture/withhold",
			fixed(`{"capture":1,"version":1,"reason":"law"}`)},
		{"/evidence/:id/capture/fetch", "editor-1", protected + "/capture/fetch", fixed(`{}`)},
		{"/evidence/:id/protection", "editor-1", protected + "/protection", fixed(`{"version":1,"reason":"at risk"}`)},
		{"/evidence/:id/readers", "editor-1", protected + "/readers", fixed(`{"user":"reviewer-1"}`)},
		{"/evidence/:id/readers/remove", "editor-1", protected + "/readers/remove", fixed(`{"user":"reviewer-1"}`)},
		{"/evidence/:id/protection/lift", "editor-1", protected + "/protection/lift", fixed(`{"version":2}`)},
		{"/articles/:id/protection", "editor-1", "/articles/2/protection", fixed(`{"version":1,"reason":"at risk"}`)},
		{"/articles/:id/readers", "editor-1", "/articles/2/readers", fixed(`{"user":"reviewer-1"}`)},
		{"/articles/:id/readers/remove", "editor-1", "/articles/2/readers/remove", fixed(`{"user":"reviewer-1"}`)},
		{"/articles/:id/protection/lift", "editor-1", "/articles/2/protection/lift", fixed(`{"version":2}`)},
		{"/claims/:id/withdraw", "reviewer-1", at(gone) + "/withdraw", versions(gone.ID,
			`{"version":$v,"reason":"no use"}`)},
		{"/collections/:collection/undo", "reviewer-1", under(w.Collection.ID, "undo"), fixed(`{}`)},
		{"/collections/:collection/redo", "reviewer-1", under(w.Collection.ID, "redo"), fixed(`{}`)},
		{"/collections/:collection/batches", "reviewer-1", under(w.Collection.ID, "batches"),
			fixed(`{"claims":[` + itoa(main.ID) + `],"act":"accept"}`)},
		{"/batches/:id", "reviewer-1", "/batches/" + itoa(int64(len(w.batches)+1)),
			fixed(`{"act":"reject","reason":"opinion"}`)},
		{"/collections/:collection/claims/batches", "reviewer-1", under(w.Collection.ID, "claims/batches?state=open"),
			fixed(`{"act":"withdraw"}`)},
		{"/collections/:collection/queue/batches", "reviewer-1", under(w.Collection.ID, "queue/batches?tab=turn"),
			fixed(`{}`)},
		{"/claims/:id/passages/refuse", "reviewer-1", at(main) + "/passages/refuse", func() string {
			text, err := w.Articles.Read(roomtest.Ctx(), w.As("reviewer-1"), from.Article.ID)
			if err != nil {
				t.Fatal(err)
			}
			return fmt.Sprintf(`{"proposed":%d,"above":""}`, text.Sentences[1].ID)
		}},
		{"/claims/:id/searches", "reviewer-1", at(main) + "/searches", fixed(`{"q":"dam"}`)},
		{"/claims/:id/presence", "reviewer-1", at(main) + "/presence", fixed(`{"window":"a"}`)},
		{"/claims/:id/looked", "reviewer-1", at(main) + "/looked", func() string {
			text, err := w.Articles.Read(roomtest.Ctx(), w.As("reviewer-1"), from.Article.ID)
			if err != nil {
				t.Fatal(err)
			}
			return fmt.Sprintf(`{"sentence":%d}`, text.Sentences[0].ID)
		}},
		{"/claims/:id/evidence", "reviewer-1", at(main) + "/evidence", fixed(fmt.Sprintf(
			`{"article":%d,"revision":%d,"start":%d,"end":%d,"exact":"It was old","stance":"context","kind":"report"}`,
			from.Article.ID, from.Revision.ID, span.Start, span.End))},
		{"/claims/:id/evidence/outside", "reviewer-1", at(main) + "/evidence/outside", fixed(
			`{"url":"https://example.org/dam","quotation":"It broke.","lang":"en","read_on":"2026-11-20",` +
				`"stance":"context","kind":"other"}`)},
		{"/claims/:id/reviews", "reviewer-1", at(main) + "/reviews", versions(main.ID, rate+yes+`}`)},
		{"/claims/:id/reviews", "reviewer-2", at(main) + "/reviews", versions(main.ID, rate+yes+`}`)},
		{"/claims/:id/approvals", "editor-1", at(main) + "/approvals",
			fixed(`{"version":1,"reason":"primary_document","explanation":"The bulletin says so."}`)},
		{"/claims/:id/rounds", "editor-1", at(main) + "/rounds", versions(main.ID, `{"version":$v,"reason":"news"}`)},
		{"/claims/:id/reviews", "reviewer-1", at(hot) + "/reviews", versions(hot.ID, rate+no+`}`)},
		{"/claims/:id/reviews", "reviewer-2", at(hot) + "/reviews", versions(hot.ID,
			rate+strings.ReplaceAll(yes, itoa(item.ID), itoa(old.ID))+`}`)},
		{"/claims/:id/questions", "editor-1", at(hot) + "/questions", func() string {
			return versions(hot.ID, `{"round":$r,"letter":"`+w.letterOf(t, hot.ID, claims.Unverified)+
				`","question":"Which archive?"}`)()
		}},
		{"/claims/:id/answers", "reviewer-1", at(hot) + "/answers", func() string {
			if asked == "" { // once it is answered, none waits any more
				asked = w.questionTo(t, hot.ID, "reviewer-1")
			}
			return `{"question":"` + asked + `","answer":"The city's."}`
		}},
		{"/claims/:id/adjudications", "editor-1", at(hot) + "/adjudications", versions(hot.ID,
			`{"version":$v,"round":$r,`+no+`,"rationale":"Nothing more is known.","causes":["guideline"]}`)},
		{"/collections/:collection/guidelines/gaps", "editor-1", under(w.Collection.ID, "guidelines/gaps"),
			fixed(`{"gap":1,"answer":1,"version":1}`)},
	}
}

// comment is a form for the first comment of a claim.
func (w full) comment(t *testing.T, n claims.ID, version int) func() string {
	return func() string {
		all, _, err := w.Claims.Comments(roomtest.Ctx(), w.As("reviewer-1"), n, "")
		if err != nil || len(all) == 0 {
			t.Fatal("no comment to resolve", err)
		}
		return fmt.Sprintf(`{"comment":%q,"version":%d}`, all[0].Public, version)
	}
}

// notice is a form for a notice of somebody: they are mentioned where no round is open.
func (w full) notice(t *testing.T, name string) func() string {
	return func() string {
		ctx := roomtest.Ctx()
		if _, err := w.Claims.AddComment(ctx, w.As("reviewer-2"), w.decided, "@"+name); err != nil {
			t.Fatal(err)
		}
		seen, err := w.Desk.Notices(ctx, w.As(name), "")
		if err != nil || len(seen.List) == 0 {
			t.Fatal("no notice", err)
		}
		return fmt.Sprintf(`{"notice":%q}`, seen.List[0].Public)
	}
}

// erasure asks for a text of a claim to be erased, as an admin, who is made when there is none of that name.
func (w full) erasure(t *testing.T, name string, n claims.ID) func() string {
	return func() string {
		ctx, admin := roomtest.Ctx(), w.As("admin-1")
		if made, err := w.Auth.CreateUser(ctx, admin, auth.NewUser{Name: name}); err == nil {
			if err := w.Auth.GrantRole(ctx, admin, made.ID, auth.Admin, 0); err != nil {
				t.Fatal(err)
			}
		}
		for _, text := range []string{"statement", "exact", "prefix", "suffix", "attribution", "reasons"} {
			e, err := w.Erasures.Ask(ctx, w.As(name), claims.Object(n), text, "It names a child.")
			if err == nil { // else it is asked, or gone, from an earlier time
				return fmt.Sprintf(`{"erasure":%q}`, e.Public)
			}
		}
		t.Fatal("nothing is left to be erased")
		return ""
	}
}

// letterOf is the letter under which an adjudicator sees the review with a verdict.
func (w full) letterOf(t *testing.T, n claims.ID, v claims.Verdict) string {
	t.Helper()
	seen, err := w.Desk.Reviewing(roomtest.Ctx(), w.As("editor-1"), n)
	if err != nil {
		t.Fatal(err)
	}
	for _, rv := range seen.Standing() {
		if rv.Verdict == v {
			return rv.Letter
		}
	}
	t.Fatalf("no review of claim %d says %s", n, v)
	return ""
}

// questionTo names the question that waits for a person's answer.
func (w full) questionTo(t *testing.T, n claims.ID, name string) string {
	t.Helper()
	seen, err := w.Desk.Reviewing(roomtest.Ctx(), w.As(name), n)
	if err != nil || len(seen.ToMe()) != 1 {
		t.Fatalf("%d questions to %s, %v", len(seen.ToMe()), name, err)
	}
	return string(seen.ToMe()[0].Public)
}

// bracketed is a candidate with brackets that wait.
func (w full) bracketed(t *testing.T) claims.ID {
	t.Helper()
	in := w.Article(articles.Import{Lang: "en", Published: "2024-04-02",
		Raw: "Angela Merkel opened the archive in Berlin. She lost 14 files on 25 March."})
	if _, err := w.Claims.Extract(roomtest.Ctx(), w.As("reviewer-1"), in.Article.ID); err != nil {
		t.Fatal(err)
	}
	all, err := w.Claims.ByArticle(roomtest.Ctx(), w.As("reviewer-1"), in.Article.ID, in.Revision.ID)
	if err != nil || len(all) == 0 {
		t.Fatalf("%d candidates, %v", len(all), err)
	}
	return all[len(all)-1].ID
}

// movable is a claim whose words stand unchanged in a newer text, where nobody has looked for them yet.
func (w full) movable(t *testing.T) claims.ID {
	t.Helper()
	in := w.Article(articles.Import{Lang: "en", Raw: "The harbour was closed for a day. Ships waited."})
	c := w.Claim(in, "The harbour was closed", "The harbour was closed.")
	if _, err := w.Articles.Revise(roomtest.Ctx(), w.As("editor-1"), in.Article.ID, in.Article.Version,
		"The harbour was closed for a day. No ship waited.", true); err != nil {
		t.Fatal(err)
	}
	return c.ID
}

// newest is an article's newest revision.
func (w full) newest(t *testing.T, n articles.ID) articles.Revision {
	t.Helper()
	text, err := w.Articles.Read(roomtest.Ctx(), w.As("editor-1"), n)
	if err != nil {
		t.Fatal(err)
	}
	return text.Revision
}

// inFrozen is a claim of the frozen set.
func (w full) inFrozen(t *testing.T) claims.ID {
	got := w.do("editor-1", get, "/sets/"+itoa(w.frozen), "", "", "Accept", "application/json")
	var set struct {
		Entries struct{ Items []struct{ Claim claims.ID } }
	}
	if err := json.Unmarshal([]byte(got.body), &set); err != nil || len(set.Entries.Items) == 0 {
		t.Fatalf("%v: %s", err, got.body)
	}
	return set.Entries.Items[0].Claim
}

// shake raises an alarm that waits.
func (w full) shake(t *testing.T) (out claimset.AlarmID) {
	set := claimset.ID(w.frozen)
	claim := w.inFrozen(t)
	if err := w.DB.Write(roomtest.Ctx(), func(tx *store.Tx) error {
		if err := w.Sets.Heard(tx, 0, []history.Event{{Action: "claim.reopened", Object: claims.Object(claim),
			Before: history.Fields{"state": "approved", "round": "1"},
			After:  history.Fields{"state": "open", "round": "2"}}}); err != nil {
			return err
		}
		all, err := claimset.AlarmsOf(&tx.Rx, set, 1)
		if err == nil && len(all) == 1 {
			out = all[0].ID
		}
		return err
	}); err != nil || out == 0 {
		t.Fatalf("no alarm is raised: %v", err)
	}
	return out
}

// omitting is a correction that leaves out a claim of the version before.
func (w full) omitting(t *testing.T, c claims.ID) string {
	t.Helper()
	ctx, ed, one := roomtest.Ctx(), w.As("editor-1"), []claims.ID{c}
	set, err := w.Sets.Create(ctx, ed, w.Collection.ID, "Omits")
	if err == nil {
		set, err = w.Sets.Add(ctx, ed, set.ID, set.Version, one)
	}
	if err == nil {
		set, err = w.Sets.Freeze(ctx, ed, set.ID, set.Version)
	}
	if err == nil {
		set, err = w.Sets.Correct(ctx, ed, set.ID)
	}
	if err == nil {
		set, err = w.Sets.Remove(ctx, ed, set.ID, set.Version, one)
	}
	if err != nil {
		t.Fatal(err)
	}
	return "/sets/" + itoa(set.ID)
}

func (w full) deedsOfSets(t *testing.T) []deedDone {
	col := "/collections/" + itoa(w.Collection.ID)
	draft, frozen := "/sets/"+itoa(w.set), "/sets/"+itoa(w.frozen)
	version := func(format string) func() string {
		return func() string {
			got := w.do("editor-1", get, draft, "", "", "Accept", "application/json")
			var set struct{ Version int64 }
			if err := json.Unmarshal([]byte(got.body), &set); err != nil {
				t.Fatal(err)
			}
			return strings.ReplaceAll(format, "$v", itoa(set.Version))
		}
	}
	inSet := func() claims.ID {
		got := w.do("editor-1", get, draft, "", "", "Accept", "application/json")
		var set struct {
			Claims struct{ Items []struct{ ID claims.ID } }
		}
		if err := json.Unmarshal([]byte(got.body), &set); err != nil || len(set.Claims.Items) == 0 {
			t.Fatalf("%v: %s", err, got.body)
		}
		return set.Claims.Items[0].ID
	}()
	published := fixed(`{"set":` + strings.TrimPrefix(frozen, "/sets/") + `}`)
	return []deedDone{
		{"/collections/:collection/sets", "editor-1", col + "/sets", fixed(`{"title":"June"}`)},
		{"/sets/:id/title", "editor-1", draft + "/title", version(`{"title":"May, mended","version":$v}`)},
		{"/sets/:id/presence", "editor-1", draft + "/presence", fixed(`{"window":"a"}`)},
		{"/sets/:id/imprint", "editor-1", draft + "/imprint",
			version(`{"publisher":"Desk","people":"roles","address":"https://desk.example/{claim}","version":$v}`)},
		{"/sets/:id/claims/move", "editor-1", draft + "/claims/move",
			version(`{"claim":` + itoa(inSet) + `,"to":"top","version":$v}`)},
		{"/sets/:id/claims/remove", "editor-1", draft + "/claims/remove",
			version(`{"claims":[` + itoa(inSet) + `],"version":$v}`)},
		{"/sets/:id/claims/matching", "editor-1", draft + "/claims/matching", version(`{"version":$v}`)},
		{"/sets/:id/claims", "editor-1", draft + "/claims", version(`{"claims":[` + itoa(inSet) + `],"version":$v}`)},
		{"/sets/:id/export", "editor-1", frozen + "/export", fixed(`{"format":"json"}`)},
		{"/collections/:collection/status", "admin-1", col + "/status", published},
		{"/collections/:collection/status/withdraw", "admin-1", col + "/status/withdraw", published},
		{"/sets/:id/withdrawals", "editor-1", frozen + "/withdrawals", func() string {
			return `{"claim":` + itoa(w.inFrozen(t)) + `,"reason":"Wrong person."}`
		}},
		{"/collections/:collection/checked", "editor-1", col + "/checked",
			fixed(`{"text":"claim,rating\nThree,True\n"}`)},
		{"/collections/:collection/checked/export", "auditor-1", col + "/checked/export", fixed(`{}`)},
		{"/checked/files/:id/import", "editor-1", shelfFileURL(w.shelf.files[0]) + "/import", fixed(`{"version":1}`)},
		{"/checked/files/:id/drop", "editor-1", shelfFileURL(w.shelf.files[1]) + "/drop", fixed(`{"version":1}`)},
		{"/claims/:id/checked", "reviewer-1", claimURL(w.open) + "/checked",
			fixed(`{"match":` + itoa(w.shelf.match) + `,"state":"confirmed","version":1}`)},
		{"/checked/:id/remove", "editor-1", entryURL(w.shelf.entries[0]) + "/remove",
			fixed(`{"reason":"It is not ours.","version":1}`)},
		{"/checked/:id/withhold", "editor-1", entryURL(w.shelf.entries[1]) + "/withhold",
			fixed(`{"reason":"A court asked.","version":1}`)},
		{"/sets/:id/omissions", "editor-1", w.omitting(t, inSet) + "/omissions",
			fixed(`{"claim":` + itoa(inSet) + `,"reason":"It was read wrongly."}`)},
		{"/alarms/:id/answers", "editor-1", "/alarms/" + itoa(w.shake(t)) + "/answers",
			fixed(`{"answer":"stands","reason":"It holds all the same.","version":1}`)},
		{"/sets/:id/freeze", "editor-1", draft + "/freeze", version(`{"version":$v}`)},
		{"/sets/:id/correct", "editor-1", draft + "/correct", fixed(`{}`)},
		{"/history/verify", "auditor-1", "/history/verify", fixed(`{}`)},
		{"/history/export", "auditor-1", "/history/export", fixed(`{}`)},
		{"/erasures", "admin-1", "/erasures",
			fixed(`{"object":"claim:1","text":"statement","reason":"It names a child."}`)},
		{"/erasures/refuse", "admin-1", "/erasures/refuse", w.erasure(t, "admin-1", 2)},
		{"/erasures/confirm", "admin-1", "/erasures/confirm", w.erasure(t, "admin-2", 3)},
		{"/exceptions/export", "auditor-1", "/exceptions/export", fixed(`{"format":"csv"}`)},
	}
}
