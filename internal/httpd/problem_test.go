package httpd

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"claimbench/internal/claims"
	"claimbench/internal/roomtest"
)

// problemTold is an error as a program reads it.
type problemTold struct {
	problem
	Context json.RawMessage `json:"context"`
}

// problem reads an error as a program does.
func (r reply) problem(t *testing.T, status int) problemTold {
	t.Helper()
	r.want(t, status)
	if kind := r.header.Get("Content-Type"); kind != problemType {
		t.Errorf("an error came as %s", kind)
	}
	var p problemTold
	if err := json.Unmarshal([]byte(r.body), &p); err != nil {
		t.Fatalf("%v: %s", err, r.body)
	}
	if p.Status != status || p.Title == "" || p.Detail == "" || p.Instance != r.header.Get("X-Request-Id") ||
		!strings.HasSuffix(p.Type, string(p.Kind)) {
		t.Errorf("the problem lacks a member: %s", r.body)
	}
	return p
}

// TestProblems: programs get RFC 9457 with our message, the field that is wrong, and the other's wording.
func TestProblems(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	cl := d.Claim(fa, "حدود ۹ گیگابایت", "عبارت نخست")
	url := claimURL(cl.ID)
	p := d.json("reviewer-1", post, url+"/comments", `{"text":"x","verdict":"disputed"}`).problem(t, 422)
	if p.Kind != "invalid" || len(p.Errors) != 1 || p.Errors[0].Pointer != "/verdict" {
		t.Errorf("an unknown field: %+v", p)
	}
	p = d.json("reviewer-1", post, url+"/edit", `{"words_version":1,"start":"four","end":9}`).problem(t, 422)
	if len(p.Errors) != 1 || p.Errors[0].Pointer != "/start" || !strings.Contains(p.Detail, "“start”") {
		t.Errorf("a word for a number: %+v", p)
	}
	p = d.do("reviewer-1", get, under(d.Collection.ID, "claims")+"?state=bogus", "", "", "Accept",
		"application/json").problem(t, 422)
	if len(p.Errors) != 1 || p.Errors[0].Parameter != "state" || p.Errors[0].Pointer != "" {
		t.Errorf("an unknown value: %+v", p)
	}
	d.json("", post, url+"/comments", `{"text":"x"}`).problem(t, http.StatusUnauthorized)
	d.do("reviewer-1", get, "/nowhere", "", "", "Accept", "application/problem+json").problem(t, http.StatusNotFound)

	// Somebody was faster: both wordings are real, whatever version was sent.
	if _, err := d.Claims.Edit(roomtest.Ctx(), d.As("reviewer-2"), cl.ID, cl.WordsVersion,
		claims.Words{Statement: "عبارت تازه"}, false); err != nil {
		t.Fatal(err)
	}
	for path, body := range map[string]string{
		"/edit":     `{"words_version":1,"statement":"mine"}`,
		"/withdraw": `{"version":` + itoa(cl.Version) + `,"reason":"no use"}`,
		"/reviews":  `{"words_version":1,"round":1,"verdict":"unverified","reason":"insufficient","searched":"x"}`,
	} {
		p := d.json("reviewer-1", post, url+path, body).problem(t, http.StatusConflict)
		var both struct {
			Was, Now struct {
				Claim     claims.ID
				Statement string
			}
		}
		if err := json.Unmarshal(p.Context, &both); err != nil || both.Was.Statement != "عبارت نخست" ||
			both.Now.Statement != "عبارت تازه" || both.Was.Claim != cl.ID {
			t.Errorf("%s: the conflict shows %s (%v)", path, p.Context, err)
		}
	}
}

// TestAdjudicationNamesItsVersion: a version that is not the claim's is refused, not ignored.
func TestAdjudicationNamesItsVersion(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	cl := d.Claim(fa, "حدود ۹ گیگابایت", "عبارت نخست")
	d.inConflict(cl)
	now := d.now(cl.ID)
	body := func(version int64) string {
		return `{"round":1,"version":` + itoa(version) +
			`,"verdict":"unverified","reason":"insufficient","searched":"x",` +
			`"rationale":"Nothing more is known."}`
	}
	d.json("editor-1", post, claimURL(cl.ID)+"/adjudications", body(now.Version+5)).problem(t, http.StatusConflict)
	d.json("editor-1", post, claimURL(cl.ID)+"/adjudications", body(now.Version)).want(t, http.StatusOK)
}
