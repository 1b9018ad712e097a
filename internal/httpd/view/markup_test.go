package view

import (
	"reflect"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// hostile ends every element and attribute that it may stand in, and begins others.
const hostile = "\"'>&amp;<script>x</script></bdi></a></td></tr></table><b onclick='x' \u202e`{{.}}-->"

// poison puts hostile words into every text of a value, each with its field's name before.
func poison(v reflect.Value, at string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(at + hostile)
	case reflect.Struct:
		for i := range v.NumField() {
			poison(v.Field(i), at+"/"+v.Type().Field(i).Name)
		}
	}
}

// TestRowsAreEscaped: whatever stands in a field comes out as it went in, in a text or an attribute, and makes no
// element and no attribute of its own.
func TestRowsAreEscaped(t *testing.T) {
	var row, plain ArticleRow
	var words, plainWords Foreign
	poison(reflect.ValueOf(&row).Elem(), "")
	poison(reflect.ValueOf(&words).Elem(), "")
	plainRow := "<table>" + string(plain.with("x").Row()) + "</table>"
	for name, c := range map[string]struct {
		hostile, plain string
		holds          []string
	}{
		"article": {"<table>" + string(row.Row()) + "</table>", plainRow, []string{row.URL, row.Title.Text,
			row.Title.Lang, row.Title.Dir, row.TakenDown, row.Size, row.LangWord, row.Published, row.Source.Text,
			row.Source.Lang, row.Source.Dir, row.Rating, row.Claims, row.Done}},
		"foreign": {string(words.Bdi()), string(plainWords.Bdi()), []string{words.Text, words.Lang, words.Dir}},
	} {
		doc, there := parsed(t, c.hostile), strings.Join(shapeOf(parsed(t, c.plain)), " ")
		if shape := strings.Join(shapeOf(doc), " "); shape != there {
			t.Errorf("%s: the elements are %s, and %s without hostile words", name, shape, there)
		}
		all := doc.Text()
		doc.Find("*").Each(func(_ int, e *goquery.Selection) {
			for _, a := range e.Nodes[0].Attr {
				all += "\n" + a.Val
			}
		})
		for _, text := range c.holds {
			if !strings.Contains(all, text) {
				t.Errorf("%s: %q does not come out as it went in", name, text)
			}
		}
	}
}

// with puts one text into every field that decides whether an element is there.
func (a ArticleRow) with(text string) ArticleRow {
	a.TakenDown, a.Size, a.Published, a.Done = text, text, text, text
	return a
}

func parsed(t *testing.T, page string) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// shapeOf lists the elements of a page with the names of their attributes.
func shapeOf(doc *goquery.Document) (out []string) {
	doc.Find("*").Each(func(_ int, e *goquery.Selection) {
		shape := goquery.NodeName(e)
		for _, a := range e.Nodes[0].Attr {
			shape += "[" + a.Key + "]"
		}
		out = append(out, shape)
	})
	return out
}

// TestARowIsWhatTheTableSays: each cell says what its heading promises, with and without what may be missing.
func TestARowIsWhatTheTableSays(t *testing.T) {
	row := ArticleRow{Article: Article{URL: "/articles/7", Title: Foreign{"عنوان", "ar", "rtl"}, Size: "12 characters",
		LangWord: "Arabic", Source: Foreign{"Radio", "en", "ltr"}, Rating: "not rated", Claims: "2 claims"}}
	bare := parsed(t, "<table>"+string(row.Row())+"</table>")
	if n := bare.Find("td").Length(); n != 4 {
		t.Errorf("%d cells", n)
	}
	if _, there := bare.Find("td").Eq(1).Attr("data-th"); there || bare.Find("svg").Length() > 0 {
		t.Error("a row without a day or a take-down shows one")
	}
	title := bare.Find("th a")
	if title.AttrOr("lang", "") != "ar" || title.AttrOr("dir", "") != "rtl" || title.AttrOr("href", "") != row.URL {
		t.Error("the title lacks its language, its direction or its address")
	}
	row.Published, row.TakenDown, row.Done = "2017-05-06", "taken down", "1 of 2 decided"
	whole := parsed(t, "<table>"+string(row.Row())+"</table>")
	for i, want := range []string{"Arabic", "2017-05-06", "Radionot rated", "2 claims1 of 2 decided"} {
		if got := whole.Find("td").Eq(i).Text(); got != want {
			t.Errorf("cell %d says %q, want %q", i, got, want)
		}
	}
	if got := whole.Find("th").Text(); got != "عنوان taken down12 characters" {
		t.Errorf("the heading says %q", got)
	}
}
