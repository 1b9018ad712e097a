package httpd

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"claimbench/internal/arrivals"
	"claimbench/internal/articles"
	"claimbench/internal/jobs"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
)

// deedsOfArrivals are what is done with what was brought: a text, a file whose letters are not certain, and rows.
func (w full) deedsOfArrivals(t *testing.T) []deedDone {
	t.Helper()
	ctx, editor, in := roomtest.Ctx(), w.As("editor-1"), w.Collection.ID
	file := func(name, raw string) arrivals.File {
		return arrivals.File{Name: name, Open: func() (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader(raw)), nil
		}}
	}
	all, err := w.Arrivals.Drop(ctx, editor, in, []arrivals.File{file("a.txt", "It rained in Ghent on 3 March 2021."),
		file("pain.txt", "Le minist\xe8re a d\xe9clar\xe9 mardi que le prix du pain avait augment\xe9 de 12 % en un "+
			"an."),
		file("rows.csv", "kop,verhaal\nOne,It snowed.\n"), file("newer.txt", "It hailed in Aalst at noon.")}, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range all {
		var j jobs.Job
		err := w.DB.Read(ctx, func(r *store.Rx) (err error) {
			j, _, err = jobs.Last(r, arrivals.ReadingIn, "arrival:"+itoa(a.ID))
			return err
		})
		if err == nil {
			_, err = w.Jobs.Finish(ctx, j.ID)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	at := func(i int) string { return under(in, "arrivals/") + itoa(all[i].ID) }
	route := "/collections/:collection/arrivals"
	return []deedDone{
		{route, "editor-1", under(in, "arrivals"), fixed(`{"text":"It rained in Deinze."}`)},
		{route + "/:id", "editor-1", at(0), fixed(`{"version":2,"title":"Rain","published":"2021-03-03","lang":"en",` +
			`"source":"","byline":"","url":"","origin":""}`)},
		{route + "/:id/letters", "editor-1", at(1) + "/letters", fixed(`{"version":2,"charset":"windows-1252"}`)},
		{route + "/:id/columns", "editor-1", at(2) + "/columns", fixed(`{"version":2,"text":"verhaal"}`)},
		{route + "/again", "editor-1", under(in, "arrivals/again"), func() string {
			err := w.DB.Write(ctx, func(tx *store.Tx) error { // as after a visit that failed for good
				return tx.Gorm().Create(&arrivals.Arrival{CollectionID: in, UserID: editor.UserID, Via: editor.Via,
					State: arrivals.Failed, Version: 1, Name: "https://news.example/z", Mapped: "{}", Found: "{}",
					Address: "https://news.example/z", AddedAt: tx.Now(), ChangedAt: tx.Now()}).Error
			})
			if err != nil {
				t.Fatal(err)
			}
			return `{}`
		}},
		{route + "/:id/revise", "editor-1", at(3) + "/revise", func() string {
			var n articles.ID // of an article on which no claim stands
			if _, err := fmt.Sscanf(w.read, "/articles/%d", &n); err != nil {
				t.Fatal(w.read, err)
			}
			a, err := w.Articles.Get(ctx, editor, n)
			if err != nil {
				t.Fatal(err)
			}
			return fmt.Sprintf(`{"version":2,"article":%d,"article_version":%d}`, n, a.Version)
		}},
		{route + "/take", "editor-1", under(in, "arrivals/take"), fixed(`{"arrival":[` + itoa(all[0].ID) + `]}`)},
		{route + "/discard", "editor-1", under(in, "arrivals/discard"), fixed(`{"arrival":[` + itoa(all[2].ID) + `]}`)},
	}
}
