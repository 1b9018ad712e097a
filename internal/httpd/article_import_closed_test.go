package httpd

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"net/http"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
)

const closedText = "The files of the agency list twelve grants that nobody had heard of.\n\nA clerk said on " +
	"Tuesday that " +
	"the agency paid each of them twice. Officials denied that anything was paid at all.\n"

// TestImportOfWhatIsClosed brings the document of a protected article, and of one that was taken down, by every door
// through which a text comes in. None of them lets it stand openly, and what each says names nothing of the document.
func TestImportOfWhatIsClosed(t *testing.T) {
	t.Parallel()
	for _, how := range []string{"protected", "taken down"} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			d := newDoor(t)
			const at = "https://zanzibar.example/leak"
			a := d.Article(articles.Import{Source: "Zanzibar Weekly", Lang: "en", Title: "What Zanzibar knew", URL: at,
				Raw: closedText})
			other := d.Article(articles.Import{Lang: "en", Raw: "Twelve ships left the port on a Monday morning."})
			if how == "protected" {
				d.form("editor-1", "/articles/1/protection", "version", "1", "reason", "source at risk").want(t,
					http.StatusSeeOther)
			} else {
				d.form("editor-1", "/articles/1/take-down", "version", "1", "reason", "A court asked.").want(t,
					http.StatusSeeOther)
			}
			into, again := under(d.Collection.ID, "articles"), fmt.Sprintf("/articles/%d/revisions", other.Article.ID)
			page := func(link string) []byte {
				return []byte(`<!doctype html><html lang="en"><head><title>Other</title>` + link +
					`</head><body><article>` +
					"<h1>Files</h1><p>" + strings.ReplaceAll(closedText, "\n\n", "</p>\n<p>") +
					"</p></article></body></html>")
			}
			feed := `<?xml version="1.0"?><rss version="2.0"><channel><title>F</title><item><title>One</title><link>` +
				`https://mirror.example/1</link><description>` + html.EscapeString(closedText) +
				`</description></item></channel></rss>`
			for _, door := range []struct {
				name string
				send func() reply
			}{
				{"paste", func() reply { return d.form("editor-1", into, "text", closedText) }},
				{"paste, other lines", func() reply {
					return d.form("editor-1", into, "text", strings.ReplaceAll(closedText, " ", "\r\n"))
				}},
				{"JSON", func() reply {
					return d.json("editor-1", post, into, fmt.Sprintf(`{"text":%q}`,
						closedText))
				}},
				{"a file", func() reply { return d.upload("editor-1", into, "a.txt", []byte(closedText)) }},
				{"a file in UTF-16", func() reply { return d.upload("editor-1", into, "a.txt", utf16(closedText)) }},
				{"a page", func() reply { return d.upload("editor-1", into, "a.html", page("")) }},
				{"mail", func() reply {
					return d.upload("editor-1", into, "a.eml", []byte("From: a@b.example\r\nSubject: Files\r\n"+
						"Content-Type: text/plain; charset=utf-8\r\n\r\n"+closedText))
				}},
				{"rows", func() reply {
					return d.upload("editor-1", into, "a.csv", []byte("title,text\nOne,\""+closedText+"\"\n"))
				}},
				{"JSON lines", func() reply {
					return d.upload("editor-1", into, "a.jsonl", fmt.Appendf(nil, `{"title":"One","text":%q}`+"\n",
						closedText))
				}},
				{"an archive", func() reply {
					return d.upload("editor-1", into, "a.zip", zipped(t, "x/a.txt",
						closedText))
				}},
				{"a feed", func() reply { return d.upload("editor-1", into, "a.rss", []byte(feed)) }},
				{"a revision of another", func() reply {
					return d.form("editor-1", again, "version", itoa(other.Article.Version), "text", closedText)
				}},
				{"a revision from a file", func() reply {
					return d.upload("editor-1", again, "a.html", page(""), "version", itoa(other.Article.Version))
				}},
			} {
				r := door.send()
				r.want(t, http.StatusConflict, "article 1, ")
				for _, word := range []string{"Zanzibar Weekly", "What Zanzibar knew", "zanzibar.example",
					a.Revision.SHA256} {
					if how == "protected" && strings.Contains(r.body, word) {
						t.Errorf("%s: the answer says %q", door.name, word)
					}
				}
			}
			if how == "protected" { // an address of it is enough, whoever says it
				d.form("editor-1", into, "text", "Quite another text.", "url",
					"http://www.zanzibar.example/leak/#x").want(t,
					http.StatusConflict)
				d.upload("editor-1", into, "b.html", page(`<link rel="canonical" href="`+at+`?utm_source=m">`), "url",
					"https://mirror.example/2").want(t, http.StatusConflict)
			}
			var open []string
			if err := d.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
				open, err = store.Select[string](r, "SELECT rv.raw FROM revisions rv JOIN articles a ON a.id = "+
					"rv.article_id "+
					"WHERE a.state = 'live'")
				return err
			}); err != nil {
				t.Fatal(err)
			}
			if len(open) != 1 || open[0] != "Twelve ships left the port on a Monday morning." {
				t.Errorf("these texts stand openly: %q", open)
			}
			d.Verify()
		})
	}
}

func utf16(s string) []byte {
	out := []byte{0xff, 0xfe}
	for _, r := range s {
		out = append(out, byte(r), byte(r>>8))
	}
	return out
}

func zipped(t *testing.T, name, body string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	f, err := z.Create(name)
	if err == nil {
		_, err = f.Write([]byte(body))
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
