package articles_test

import (
	"reflect"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/intake"
)

// What a person said of an article stands over what the file says of itself.
func TestFillKeepsWhatAPersonSaid(t *testing.T) {
	t.Parallel()
	told := intake.Document{Text: "Its text.", Source: "Its source", Title: "Its title", Byline: "Its author",
		URL: "https://it.example/1", Lang: "fa", Published: "2026-03-02"}
	none := articles.Import{Lang: "auto", Title: " ", Pasted: true, Name: "a.txt"}
	none.Fill(told)
	if !reflect.DeepEqual(none, articles.Import{Raw: told.Text, Source: told.Source, Title: told.Title,
		Byline: told.Byline, URL: told.URL, Lang: told.Lang, Published: told.Published, Name: "a.txt",
		Read: &told, Reached: []string{told.URL}}) {
		t.Errorf("what the file says is lost: %+v", none)
	}
	all := articles.Import{Source: "S", Title: "T", Byline: "B", URL: "https://s.example/", Lang: "ar",
		Published: "2025"}
	want := all
	want.Raw, want.Read, want.Reached = told.Text, &told, []string{told.URL} // it is still the address of the document
	if all.Fill(told); !reflect.DeepEqual(all, want) {
		t.Errorf("what a person said is lost: %+v", all)
	}
}
