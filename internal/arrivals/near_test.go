package arrivals_test

import (
	"slices"
	"strings"
	"testing"

	"claimbench/internal/arrivals"
	"claimbench/internal/articles"
	"claimbench/internal/fault"
	"claimbench/internal/roomtest"
)

// TestNearlyTheSameBrought: what is brought together and is nearly the same is told of, in an archive too; the same
// text is told once, another's is not, and nothing by which it is found stays.
func TestNearlyTheSameBrought(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ctx, editor := roomtest.Ctx(), d.As("editor-1")
		near := strings.Replace(council, "Tuesday", "Wednesday", 1)
		d.who = "editor-2"
		d.drops(file("theirs.txt", council))
		d.who = "editor-1"
		d.drops(file("a.txt", council), file("b.txt", near), file("c.txt", "It snowed in Deinze all night long."),
			file("d.zip", archive(t, "e.txt", strings.Replace(council, "Ghent", "Deinze", 1), "f.txt", council)))
		l := d.has()
		of := func(i int) (out []arrivals.ID) {
			for _, n := range l[i].Nearly {
				out = append(out, n.Arrival)
			}
			return out
		}
		if len(l) != 5 || len(of(0))+len(of(2)) != 0 || !slices.Equal(of(1), []arrivals.ID{l[0].ID}) ||
			!slices.Equal(of(3), []arrivals.ID{l[0].ID, l[1].ID}) || l[4].SameHere != l[0].ID ||
			slices.Contains(of(4), l[0].ID) || len(of(4)) != 2 {
			t.Fatalf("%v %v %v %v %v %+v", of(0), of(1), of(2), of(3), of(4), l)
		}
		if _, err := d.Arrivals.Take(ctx, editor, d.Collection.ID, []arrivals.ID{l[0].ID}); err != nil {
			t.Fatal(err)
		}
		d.work()
		if l = d.has(); len(l[0].Nearly) != 0 || len(l[0].Like) != 1 || l[0].Like[0].Article != 1 {
			t.Errorf("of one that is an article now: %+v", l[0])
		}
		var all []arrivals.ID
		for _, x := range l {
			all = append(all, x.ID)
		}
		if _, err := d.Arrivals.Discard(ctx, editor, d.Collection.ID, all); err != nil {
			t.Fatal(err)
		}
		if k, p := d.Count("arrival_keys"), d.Count("arrival_prints"); k != 16 || p != 1 {
			t.Errorf("%d keys and %d prints are left, those of editor-2's are 16 and 1", k, p)
		}
	})
}

// TestTakenAsARevision: what is brought becomes a newer text of an article, with its file, and its row ends.
func TestTakenAsARevision(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ctx, editor := roomtest.Ctx(), d.As("editor-1")
		first := d.Article(articles.Import{Lang: "en", Raw: council, Title: "Grants"}).Article
		d.drops(file("new.txt", strings.Replace(council, "40 grants", "41 grants", 1)), file("b.txt", "It snowed."))
		l := d.has()
		take := func(who string, id arrivals.ID, version int64, article articles.ID, of int64) error {
			_, err := d.Arrivals.Revise(ctx, d.As(who), d.Collection.ID, id, version, article, of)
			return err
		}
		for _, c := range []struct {
			what string
			err  error
			kind fault.Kind
		}{
			{"another's", take("editor-2", l[0].ID, l[0].Version, first.ID, first.Version), fault.NotFound},
			{"a reviewer", take("reviewer-1", l[0].ID, l[0].Version, first.ID, first.Version), fault.NotFound},
			{"an old arrival", take("editor-1", l[0].ID, l[0].Version-1, first.ID, first.Version), fault.Conflict},
			{"an old article", take("editor-1", l[0].ID, l[0].Version, first.ID, first.Version+1), fault.Conflict},
			{"no article", take("editor-1", l[0].ID, l[0].Version, 99, 1), fault.NotFound},
		} {
			if k := fault.KindOf(c.err); k != c.kind && k != fault.Forbidden {
				t.Errorf("%s: %v", c.what, c.err)
			}
		}
		out, err := d.Arrivals.Revise(ctx, editor, d.Collection.ID, l[0].ID, l[0].Version, first.ID, first.Version)
		if err != nil || out.Revision.N != 2 || out.Article.Title != "Grants" {
			t.Fatalf("%+v, %v", out, err)
		}
		if l = d.has(); len(l) != 1 || d.Count("articles") != 1 || d.Count("originals") != 1 ||
			d.Count("arrival_bytes") != 1 {
			t.Errorf("%+v", l)
		}
		d.Verify()
	})
}
