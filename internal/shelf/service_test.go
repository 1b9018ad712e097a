package shelf_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/deeds"
	"claimbench/internal/fault"
	"claimbench/internal/jobs"
	"claimbench/internal/roomtest"
	"claimbench/internal/shelf"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

func reviewOf(claim, rating string) string {
	return fmt.Sprintf(`{"@type":"ClaimReview","claimReviewed":%q,"url":"https://facts.example/%d","author":`+
		`{"name":"Example Facts"},"datePublished":"2025-03-04","reviewRating":{"alternateName":%q}}`, claim, len(claim),
		rating)
}

// brought brings a file and takes its entries in.
func brought(w *roomtest.World, in auth.CollectionID, file string) shelf.File {
	w.T.Helper()
	f, _, err := w.Shelf.Bring(roomtest.Ctx(), w.As("editor-1"), in, "a.json", strings.NewReader(file))
	if err != nil {
		w.T.Fatal(err)
	}
	j, err := w.Shelf.Import(roomtest.Ctx(), w.As("editor-1"), f.ID, f.Version)
	if err == nil {
		j, err = w.Jobs.Finish(roomtest.Ctx(), j.ID)
	}
	if err != nil || j.State != jobs.Done {
		w.T.Fatalf("job %+v: %v", j, err)
	}
	if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		f, err = shelf.FileByID(r, f.ID)
		return err
	}); err != nil {
		w.T.Fatal(err)
	}
	return f
}

func listed(w *roomtest.World, ask shelf.ListAsk) (out []shelf.Entry) {
	w.T.Helper()
	ask.In, ask.Limit = w.Collection.ID, 50
	if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		out, err = shelf.List(r, ask)
		return err
	}); err != nil {
		w.T.Fatal(err)
	}
	return out
}

func beside(w *roomtest.World, id claims.ID) (out []shelf.Beside) {
	w.T.Helper()
	if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		c, err := claims.ByID(r, id)
		if err == nil {
			out, err = shelf.OfClaim(r, c)
		}
		return err
	}); err != nil {
		w.T.Fatal(err)
	}
	return out
}

// TestImportAndMatch: a file is looked at, taken in by a job once however often it comes, and its entries are proposed
// to the claims that they fit, across languages; a person confirms or refuses, takes that back, and it counts nowhere.
func TestImportAndMatch(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		w := roomtest.New(t, db, articles.CollectionNew{Quorum: new(1)})
		a := w.Article(articles.Import{Lang: "fa", Raw: "ایران ۲۰ تن طلا به روسیه فروخت. باران آمد."})
		c := w.Claim(a, "ایران ۲۰ تن طلا به روسیه فروخت", "ایران ۲۰ تن طلا به روسیه فروخت")
		rain := w.Claim(a, "باران آمد", "باران آمد")
		file := "[" + reviewOf("Iran sold 20 tons of gold to Russia", "False") + ",\n" +
			reviewOf("Iran sold 30 tons of gold to Russia", "True") + ",\n{\"@type\": },\n" +
			reviewOf("A horse was elected mayor of Lyon", "Satire") + "]"
		f, look, err := w.Shelf.Bring(roomtest.Ctx(), w.As("editor-1"), w.Collection.ID, `C:\in\a.json`,
			strings.NewReader(file))
		if err != nil || look.Good != 3 || look.BadOnes != 1 || look.Bad[0].Line != 3 || len(look.First) != 3 ||
			f.Name != "a.json" || len(listed(w, shelf.ListAsk{})) != 0 {
			t.Fatalf("%+v, %+v, %v", f, look, err)
		}
		if err := w.Shelf.Drop(roomtest.Ctx(), w.As("editor-1"), f.ID, f.Version); err != nil {
			t.Fatal(err)
		}
		if f := brought(w, w.Collection.ID, file); f.Taken != 3 || f.Known != 0 || f.State != shelf.Imported {
			t.Errorf("%+v", f)
		}
		if f := brought(w, w.Collection.ID, file); f.Taken != 0 || f.Known != 3 {
			t.Errorf("again: %+v", f)
		}
		if n := w.Count("shelf_pieces"); n != 0 {
			t.Errorf("%d pieces are left", n)
		}
		if got := listed(w, shelf.ListAsk{Words: "GOLD russia"}); len(got) != 2 {
			t.Errorf("found %+v", got)
		}
		if got := listed(w, shelf.ListAsk{Verdict: claims.Disputed}); len(got) != 1 {
			t.Errorf("found %+v", got)
		}
		if err := w.Shelf.CatchUp(roomtest.Ctx(), w.Collection.ID); err != nil {
			t.Fatal(err)
		}
		got := beside(w, c.ID)
		if len(got) != 1 || got[0].Entry.Claim != "Iran sold 20 tons of gold to Russia" || len(got[0].Keys) < 3 ||
			got[0].State != shelf.Proposed || len(beside(w, rain.ID)) != 0 {
			t.Fatalf("proposed: %+v, %+v", got, beside(w, rain.ID))
		}
		w.Verify()
		m := got[0].Match
		mine := deeds.Ask{Collection: w.Collection.ID}
		decide := func(who string, version int64, to shelf.MatchState) (shelf.Match, error) {
			return w.Shelf.Decide(roomtest.Ctx(), w.As(who), c.ID, m.ID, version, to)
		}
		if _, err := decide("auditor-1", m.Version, shelf.Confirmed); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("an auditor decides: %v", err)
		}
		if m, err = decide("reviewer-1", m.Version, shelf.Confirmed); err != nil || m.State != shelf.Confirmed {
			t.Fatalf("%+v, %v", m, err)
		}
		if _, err := decide("reviewer-2", 1, shelf.Refused); fault.KindOf(err) != fault.Conflict {
			t.Errorf("an old version: %v", err)
		}
		if n := w.Count("evidence"); n != 0 {
			t.Errorf("%d items of evidence", n)
		}
		w.Verify()
		if _, err := w.Deeds.Undo(roomtest.Ctx(), w.As("reviewer-1"), mine); err != nil {
			t.Fatal(err)
		}
		if got := beside(w, c.ID); got[0].State != shelf.Proposed {
			t.Errorf("taken back: %+v", got)
		}
		if _, err := w.Deeds.Redo(roomtest.Ctx(), w.As("reviewer-1"), mine); err != nil {
			t.Fatal(err)
		}
		if got := beside(w, c.ID); got[0].State != shelf.Confirmed {
			t.Errorf("done again: %+v", got)
		}
		w.Verify()
	})
}

// TestShelfRoundTrip: what a shelf exports comes in at another shelf as it came first, byte for byte, and a set of a
// workbench gives the bytes that its hash is of.
func TestShelfRoundTrip(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		w := roomtest.New(t, db, articles.CollectionNew{Quorum: new(1)})
		other, err := w.Articles.CreateCollection(roomtest.Ctx(), w.As("admin-1"),
			articles.CollectionNew{Name: "Other"})
		if err != nil {
			t.Fatal(err)
		}
		brought(w, w.Collection.ID, "[\n  {\"@type\": \"ClaimReview\",\n \"claimReviewed\": \"One \\u003cb>\"}\n]")
		brought(w, w.Collection.ID, "claim;rating\n\"Two;\n\"\"lines\"\"\";false\n")
		line := `{"claim":14,"statement":"Nine ships left.","lang":"en","verdict":"corroborated",` +
			`"reason":"official_record"}`
		sum := fmt.Sprintf("%x", sha256.Sum256([]byte(line+"\n")))
		brought(w, w.Collection.ID, `{"claim_set":{"format":"claimbench/claimset/1","set":7,"version":2,`+
			`"sha256":"`+sum+`","checkpoint":"bench.example/log\n1\n"},`+"\n\"claims\":[\n"+line+"\n]}\n")
		var first, again, set bytes.Buffer
		export := func(in auth.CollectionID, set string, into *bytes.Buffer) {
			t.Helper()
			if err := w.Shelf.Export(roomtest.Ctx(), shelf.ExportAsk{In: in, Set: set}, into); err != nil {
				t.Fatal(err)
			}
		}
		export(w.Collection.ID, "", &first)
		if f := brought(w, other.ID, first.String()); f.Format != shelf.FormatShelf || f.Taken != 3 {
			t.Errorf("%+v", f)
		}
		export(other.ID, "", &again)
		if first.String() != again.String() || strings.Count(first.String(), "\n") < 5 {
			t.Errorf("came again as\n%s\nwas\n%s", again.String(), first.String())
		}
		if export(other.ID, sum, &set); set.String() != line+"\n" {
			t.Errorf("the set: %s", set.String())
		}
		w.Verify()
	})
}

// TestOnlyWhatHashesIsTheSet: lines under the hash of a set of which one letter is another are never given as the set,
// whichever file came first.
func TestOnlyWhatHashesIsTheSet(t *testing.T) {
	t.Parallel()
	lines := ""
	for i := range 3 {
		lines += fmt.Sprintf(`{"claim":%d,"statement":"Ship %d left.","lang":"en","verdict":"corroborated",`+
			`"reason":"official_record"}`, i+1, i+1) + "\n"
	}
	sum := fmt.Sprintf("%x", sha256.Sum256([]byte(lines)))
	sound := `{"claim_set":{"format":"claimbench/claimset/1","set":7,"version":2,"sha256":"` + sum +
		`","checkpoint":"bench.example/log\n1\n"},` + "\n\"claims\":[\n" +
		strings.ReplaceAll(strings.TrimSuffix(lines, "\n"), "\n", ",\n") + "\n]}\n"
	forged := strings.Replace(sound, "Ship 2", "Shop 2", 1)
	for _, c := range []struct {
		what  string
		files []string
		found bool
	}{
		{"the set alone", []string{sound}, true},
		{"the set, and a forged one", []string{sound, forged}, true},
		{"a forged one, and the set", []string{forged, sound}, true},
		{"a forged one alone", []string{forged}, false},
	} {
		t.Run(c.what, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				w := roomtest.New(t, db, articles.CollectionNew{Quorum: new(1)})
				for _, file := range c.files {
					brought(w, w.Collection.ID, file)
				}
				var got bytes.Buffer
				err := w.Shelf.Export(roomtest.Ctx(), shelf.ExportAsk{In: w.Collection.ID, Set: sum}, &got)
				if c.found && (err != nil || got.String() != lines) {
					t.Errorf("%v: %s", err, got.String())
				}
				if !c.found && (fault.KindOf(err) != fault.Conflict || got.Len() > 0) {
					t.Errorf("%v: %s", err, got.String())
				}
			})
		})
	}
}

// TestTakenOff: an entry that is removed is proposed to nobody and may come again; of one that is withheld no word is
// left in any table, its hash stays, and it does not come again.
func TestTakenOff(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		w := roomtest.New(t, db, articles.CollectionNew{Quorum: new(1)})
		a := w.Article(articles.Import{Lang: "en", Raw: "Iran sold 20 tons of gold to Russia."})
		c := w.Claim(a, "Iran sold 20 tons of gold to Russia", "Iran sold 20 tons of gold to Russia.")
		file := "[" + reviewOf("Iran sold 20 tons of gold to Russia", "False") + "]"
		for _, off := range []func(context.Context, auth.Actor, shelf.EntryID, int64, string) (shelf.Entry, error){
			w.Shelf.Remove, w.Shelf.Withhold} {
			brought(w, w.Collection.ID, file)
			if err := w.Shelf.CatchUp(roomtest.Ctx(), w.Collection.ID); err != nil {
				t.Fatal(err)
			}
			if len(beside(w, c.ID)) != 1 {
				t.Fatalf("proposed: %+v", beside(w, c.ID))
			}
			e := listed(w, shelf.ListAsk{})[0]
			if _, err := off(roomtest.Ctx(), w.As("reviewer-1"), e.ID, 1, "Asked by a court."); fault.KindOf(
				err) != fault.Forbidden {
				t.Errorf("a reviewer takes off: %v", err)
			}
			if _, err := off(roomtest.Ctx(), w.As("editor-1"), e.ID, 1, ""); fault.KindOf(err) != fault.Invalid {
				t.Errorf("without a reason: %v", err)
			}
			if _, err := off(roomtest.Ctx(), w.As("editor-1"), e.ID, 1, "Asked by a court."); err != nil {
				t.Fatal(err)
			}
			if got := beside(w, c.ID); len(got) != 0 || len(listed(w, shelf.ListAsk{})) != 0 {
				t.Errorf("still there: %+v", got)
			}
			w.Verify()
		}
		if f := brought(w, w.Collection.ID, file); f.Taken != 0 || f.Known != 1 {
			t.Errorf("what is withheld came again: %+v", f)
		}
		if n := w.Count("shelf_entries WHERE state = 'withheld' AND claim = '' AND LENGTH(raw) = 0 AND " +
			"LENGTH(sha256) = 64"); n != 1 {
			t.Errorf("%d are withheld", n)
		}
	})
}
