package match

import (
	"os"
	"strings"
	"testing"
)

// ntrexArticles joins the lines of each document, in each language, to one article named language:document.
func ntrexArticles(t testing.TB, langs ...string) []Item {
	t.Helper()
	dir := os.Getenv("WORKBENCH_EVAL")
	if dir == "" {
		t.Skip("set WORKBENCH_EVAL to the evaluation folder to measure common origins")
	}
	documents := lines(t, dir+"/ntrex/documents.txt")
	var out []Item
	for _, lang := range langs {
		for i, l := range lines(t, dir+"/ntrex/"+lang+".txt") {
			if i == 0 || documents[i] != documents[i-1] {
				out = append(out, Item{ID: lang + ":" + documents[i], Lang: lang})
			}
			out[len(out)-1].Text += l + "\n"
		}
	}
	return out
}

func ofOneDocument(p OriginPair) bool {
	_, a, _ := strings.Cut(p.A, ":")
	_, b, _ := strings.Cut(p.B, ":")
	return a == b
}

// TestOriginsOfTranslations holds how many translations of whole articles are proposed, and how few that are none. An
// article has up to sixteen translations among 1,394.
func TestOriginsOfTranslations(t *testing.T) {
	core := []string{"en", "ar", "fa", "ja"}
	for _, c := range []struct {
		langs                []string
		found, most, stories int // translations found, pairs that are none, and stories of one agency
	}{
		{core, 460, 0, 60},
		{append(core, "de", "es", "fr", "he", "hi", "id", "ko", "pt", "ru", "tr", "uk", "ur", "zh"), 900, 5, 400},
	} {
		docs := ntrexArticles(t, c.langs...)
		right, wrong, agencies := 0, 0, 0
		for _, p := range Origins(docs) {
			switch {
			case ofOneDocument(p):
				right++
			case p.Kind == OriginAgency:
				agencies++
			default:
				wrong++
				t.Logf("%+v", p)
			}
		}
		n := len(c.langs)
		t.Logf("%d languages: %d of %d translations, %d that are none, %d by agency", n, right,
			len(docs)/n*n*(n-1)/2, wrong, agencies)
		if right < c.found || wrong > c.most || agencies > c.stories {
			t.Errorf("want at least %d, and at most %d and %d", c.found, c.most, c.stories)
		}
	}
}

// TestOriginsWithoutTranslations holds that of articles without any counterpart hardly one pair is proposed.
func TestOriginsWithoutTranslations(t *testing.T) {
	wrong := 0
	for _, l := range [][2]string{{"en", "fa"}, {"ar", "en"}, {"ja", "fa"}, {"en", "ja"}, {"ar", "ja"}, {"fa", "ar"},
		{"fr", "es"}, {"ru", "uk"}} {
		a, b := ntrexArticles(t, l[0]), ntrexArticles(t, l[1])
		for _, p := range Origins(append(a[:len(a)/2], b[len(b)/2:]...)) {
			if p.Kind == OriginTranslation {
				wrong++
				t.Logf("%+v", p)
			}
		}
	}
	if wrong > 1 {
		t.Errorf("%d pairs are proposed as translations, want 1 at most", wrong)
	}
}
