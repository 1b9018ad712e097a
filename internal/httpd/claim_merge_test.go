package httpd

import (
	"net/http"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/roomtest"
)

// TestMergeRefused: what may not be merged is refused to a form and to a program, with nothing changed.
func TestMergeRefused(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	in := d.Article(articles.Import{Lang: "en", Raw: "The dam broke. Nine houses fell. The mayor left. It rained."})
	gone := d.Article(articles.Import{Lang: "en", Raw: "The dam broke on Friday. It was old."})
	claim := func(exact string) claims.Claim { return d.Claim(in, exact, exact+".") }
	one, kept, ended, withdrawn := claim("The dam broke"), claim("Nine houses fell"), claim("The mayor left"),
		claim("It rained")
	withheld := d.Claim(gone, "The dam broke on Friday", "The dam broke on Friday.")
	ctx, who := roomtest.Ctx(), d.As("reviewer-1")
	if _, err := d.Claims.Merge(ctx, who, kept.ID, kept.WordsVersion, []claims.Opened{{ID: ended.ID,
		Version: ended.Version}}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Claims.Withdraw(ctx, who, withdrawn.ID, withdrawn.Version, "no use"); err != nil {
		t.Fatal(err)
	}
	if err := d.Articles.TakeDown(ctx, d.As("editor-1"), gone.Article.ID, gone.Article.Version,
		"asked for"); err != nil {
		t.Fatal(err)
	}
	col, err := d.Articles.CreateCollection(ctx, d.As("admin-1"), articles.CollectionNew{Name: "Another"})
	if err != nil {
		t.Fatal(err)
	}
	first := d.Collection
	d.Collection = col
	far := d.Claim(d.Article(articles.Import{Lang: "en", Raw: "The dam broke."}), "The dam broke", "The dam broke.")
	d.Collection = first
	for _, c := range []struct {
		name       string
		from, into claims.ID
		status     int
	}{
		{"itself", one.ID, one.ID, http.StatusUnprocessableEntity},
		{"a claim that was withdrawn", one.ID, withdrawn.ID, http.StatusConflict},
		{"a withdrawn claim into another", withdrawn.ID, one.ID, http.StatusConflict},
		{"back into what ended in it", kept.ID, ended.ID, http.StatusConflict},
		{"what has ended, again", ended.ID, one.ID, http.StatusConflict},
		{"a claim whose words are withheld", one.ID, withheld.ID, http.StatusConflict},
		{"a withheld claim into another", withheld.ID, one.ID, http.StatusConflict},
		{"a claim of another collection", one.ID, far.ID, http.StatusNotFound},
		{"a claim of another collection into this one", far.ID, one.ID, http.StatusNotFound},
		{"a claim that is not there", one.ID, 987654, http.StatusNotFound},
	} {
		t.Run(c.name, func(t *testing.T) {
			events := d.Count("events")
			version, words := int64(1), int64(1)
			if c.from != 987654 {
				version = d.now(c.from).Version
			}
			if c.into != 987654 {
				words = d.now(c.into).WordsVersion
			}
			into := itoa(c.into) + ":" + itoa(words)
			url := claimURL(c.from) + "/merge"
			d.form("reviewer-1", url, "into", into, "version", itoa(version)).want(t, c.status)
			d.json("reviewer-1", post, url, `{"into":"`+into+`","version":`+itoa(version)+`}`).problem(t, c.status)
			if now := d.Count("events"); now != events {
				t.Errorf("%d events more", now-events)
			}
		})
	}
	d.Verify()
}
