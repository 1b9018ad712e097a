package httpd

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/roomtest"
)

// upload sends a file as a form does.
func (d *door) upload(user, path, name string, data []byte, pairs ...string) reply {
	d.t.Helper()
	return d.uploadAs(user, path, "text/html", name, data, pairs...)
}

func (d *door) uploadAs(user, path, accept, name string, data []byte, pairs ...string) reply {
	d.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write(data)
	}
	for i := 0; i+1 < len(pairs) && err == nil; i += 2 {
		err = w.WriteField(pairs[i], pairs[i+1])
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		d.t.Fatal(err)
	}
	return d.do(user, post, path, w.FormDataContentType(), b.String(), "Sec-Fetch-Site", "same-origin",
		"Accept", accept)
}

// TestBadTexts: each text that cannot be taken gets a message that names what is wrong, and what was typed comes back.
func TestBadTexts(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	path := under(d.Collection.ID, "articles")
	for _, c := range []struct {
		name   string
		data   []byte
		status int
		says   string
	}{
		{"invalid UTF-8", []byte("ab\xff"), http.StatusUnprocessableEntity, "byte"},
		{"NUL", []byte("a\x00b"), http.StatusUnprocessableEntity, "NUL"},
		{"empty", nil, http.StatusUnprocessableEntity, "empty"},
		{"over 5 MiB", bytes.Repeat([]byte("a"), 5<<20+1), http.StatusRequestEntityTooLarge, "5 MiB"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d.upload("editor-1", path, "a.txt", c.data, "title", "My own title", "lang", "en").want(t, c.status, c.says)
		})
	}
	t.Run("50 MB", func(t *testing.T) {
		d.upload("editor-1", path, "a.txt", bytes.Repeat([]byte("a"), 50_000_000)).want(t,
			http.StatusRequestEntityTooLarge, "5 MiB")
	})
	t.Run("the same text twice", func(t *testing.T) {
		first := d.upload("editor-1", path, "a.txt", []byte("One text.")).want(t, http.StatusSeeOther)
		if r := d.upload("editor-1", path, "b.txt", []byte("One text.")).want(t, http.StatusSeeOther); r.location !=
			first.location {
			t.Errorf("leads to %s, not to %s", r.location, first.location)
		}
	})
	t.Run("pasted CRLF becomes LF, a file keeps its bytes", func(t *testing.T) {
		d.form("editor-1", path, "text", "One.\r\nTwo pasted.", "lang", "en").want(t, http.StatusSeeOther)
		r := d.upload("editor-1", path, "c.txt", []byte("\ufeffOne.\r\nTwo 𠮷 😀."), "lang", "en").want(t,
			http.StatusSeeOther)
		page := d.get("reviewer-1", r.location).want(t, http.StatusOK, "Two 𠮷 😀.")
		if !strings.Contains(page.body, `data-start="7" data-end="15"`) {
			t.Errorf("a BOM, a CR, a surrogate pair and an emoji are one code point each:\n%s", visible(page.body))
		}
		for _, lone := range []string{"\r\n", "\r"} {
			if strings.Contains(page.body, lone) {
				t.Error("a carriage return came through bare")
			}
		}
	})
}

// TestBadRequests: what no page sends.
func TestBadRequests(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	url := claimURL(cl.ID)
	d.json("reviewer-1", post, url+"/comments", `{"text":"x","verdict":"disputed"}`).want(t,
		http.StatusUnprocessableEntity, `"kind":"invalid"`, "verdict")
	d.json("reviewer-1", post, url+"/comments", `{"text":"x"}{"text":"y"}`).want(t, http.StatusUnprocessableEntity)
	d.form("reviewer-1", url+"/comments", "text", "x", "author", "7").want(t, http.StatusUnprocessableEntity, "author")
	for _, n := range []string{"9223372036854775808", "-1", "0", "1.5", "%D9%A1", "1'--"} {
		d.get("reviewer-1", "/claims/"+n).want(t, http.StatusNotFound)
	}
	cross := d.do("reviewer-1", post, url+"/comments", "application/x-www-form-urlencoded", "text=x", "Sec-Fetch-Site",
		"cross-site")
	cross.want(t, http.StatusForbidden, "another site")
	d.form("reviewer-1", url+"/comments", "text", "abc\u202edef").want(t, http.StatusUnprocessableEntity, "U+202E",
		"abc\u202edef")
	d.form("reviewer-1", url+"/edit", "words_version", "1", "statement", "abc\u202edef").want(t,
		http.StatusUnprocessableEntity, "U+202E")
	if got := d.now(cl.ID); got.Statement != cl.Statement {
		t.Errorf("the statement became %q", got.Statement)
	}
	art := fmt.Sprintf("/articles/%d/claims", fa.Article.ID)
	d.form("reviewer-1", art, "revision", itoa(fa.Revision.ID), "sentence", "1", "start", "0", "end", "99999",
		"statement", "Mine").want(t, http.StatusUnprocessableEntity, "outside the text", "Mine")
	d.form("reviewer-1", art, "revision", itoa(fa.Revision.ID), "sentence", "1", "start", "0", "end", "5", "exact",
		"other words", "statement", "Mine").want(t, http.StatusUnprocessableEntity, "does not stand at 0 to 5", "Mine")
}

// TestForeignHost: a demo answers to its own names only.
func TestForeignHost(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	d.server.opts.Hosts = []string{"127.0.0.1", "localhost", "::1"}
	req, err := http.NewRequest(get, d.http.URL+"/sign-in", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Host = "evil.example"
	resp, err := d.client("").Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusForbidden {
		t.Errorf("a foreign Host gave %d", resp.StatusCode)
	}
}

// TestWordsChangedUnderAReview: 409 shows both wordings and keeps what was typed, and shows no review.
func TestWordsChangedUnderAReview(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	cl := d.Claim(fa, "حدود ۹ گیگابایت", "عبارت نخست")
	if _, err := d.Claims.Edit(roomtest.Ctx(), d.As("reviewer-2"), cl.ID, cl.WordsVersion,
		claims.Words{Statement: "عبارت تازه"}, false); err != nil {
		t.Fatal(err)
	}
	send := func(version string) reply {
		return d.form("reviewer-1", claimURL(cl.ID)+"/reviews", "words_version", version, "round", "1", "confidence",
			"70", "verdict", "unverified", "reason_unverified", "insufficient", "searched", "Typed with care.")
	}
	page := send("1").want(t, http.StatusConflict, "عبارت نخست", "عبارت تازه", "Typed with care.",
		`name="words_version" value="2"`)
	if !strings.Contains(oneLine(page.body), `value="unverified" data-act="verdict-3" aria-keyshortcuts="3" checked`) {
		t.Error("the chosen verdict is lost")
	}
	send("2").want(t, http.StatusSeeOther)
	d.json("reviewer-1", post, claimURL(cl.ID)+"/reviews",
		`{"words_version":1,"round":1,"verdict":"unverified","reason":"insufficient","searched":"x",`+
			`"confidence":1}`).want(t, http.StatusConflict, `"was"`, "عبارت نخست")
}

// TestTakenDown: the text is gone from every page; the history keeps that it was there.
func TestTakenDown(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	const words = "حدود ۹ گیگابایت"
	cl := d.Claim(fa, words, words+" داده")
	d.form("editor-1", fmt.Sprintf("/articles/%d/take-down", fa.Article.ID), "version", "1", "reason",
		"court order").want(t, http.StatusSeeOther)
	for _, path := range []string{
		fmt.Sprintf("/articles/%d", fa.Article.ID), claimURL(cl.ID), claimURL(cl.ID) + "/wordings",
		claimURL(cl.ID) + "/review", under(d.Collection.ID, "claims"), under(d.Collection.ID, "queue"),
		under(d.Collection.ID, "search?q=") + "9", "/history?object=" + claims.Object(cl.ID), "/history",
	} {
		for _, accept := range []string{"text/html", "application/json"} {
			if r := d.do("reviewer-1", get, path, "", "", "Accept", accept); strings.Contains(r.body, "گیگابایت") ||
				strings.Contains(r.body, "pastebin منتشر") {
				t.Errorf("%s as %s still shows the text", path, accept)
			}
		}
	}
	d.get("auditor-1", "/history?object="+articles.Object(fa.Article.ID)).want(t, http.StatusOK, "article.taken_down",
		"court order")
}
