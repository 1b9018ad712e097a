package intake

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"claimbench/internal/fault"
)

// pageTruth is a line of bench/intake/truth.jsonl, whose README says what the fields mean.
type pageTruth struct {
	File, Lang, Layout, Title, Day, At string
	Authors, Wanted, Unwanted, Posts   []string
	Partial, Many, Listing             bool
}

// pageTally counts what was right of how many.
type pageTally struct{ right, all int }

func (t *pageTally) count(right bool) {
	if t.all++; right {
		t.right++
	}
}

// share is so many of a thousand, rounded down, that a floor is not passed by rounding.
func (t pageTally) share() int {
	if t.all == 0 {
		return 1000
	}
	return t.right * 1000 / t.all
}

// pageMeasures are in the order in which they are printed. "leaked" and "invented" count what is wrong.
var pageMeasures = []string{"wanted", "leaked", "title", "authors", "day", "invented", "at", "partial", "said", "posts"}

// pageFloors are shares of a thousand that a measure does not fall below, and of those that are wrong not rise above.
var pageFloors = map[string]int{"wanted": 990, "leaked": 10, "title": 980, "authors": 980, "day": 980, "invented": 0,
	"at": 980, "partial": 1000, "said": 1000, "posts": 1000}

func pageTruths(t *testing.T) (all []pageTruth) {
	t.Helper()
	raw, err := os.ReadFile("../../bench/intake/truth.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(bytes.NewReader(raw))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var one pageTruth
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			t.Fatal(err)
		}
		all = append(all, one)
	}
	if len(all) < 60 {
		t.Fatalf("%d pages of 63", len(all))
	}
	return all
}

// TestPagesBench reads the pages of bench/intake and holds what is made of them against their truth: by layout, by
// language and in all. Texts are compared after NFC, with white space folded.
func TestPagesBench(t *testing.T) {
	counts := map[string]map[string]*pageTally{}
	for _, page := range pageTruths(t) {
		raw, err := os.ReadFile(filepath.Join("../../bench/intake", page.File))
		if err != nil {
			t.Fatal(err)
		}
		d, err := Read(File{Name: page.File, Size: int64(len(raw)), Body: bytes.NewReader(raw)})
		if err != nil && !(page.Listing && errors.Is(err, errNoArticle)) {
			t.Errorf("%s: %v: %v", page.File, fault.Message(err), err)
		}
		measurePage(page, d, err, func(measure string, right bool, what string) {
			for _, group := range []string{"layout " + page.Layout, "lang " + page.Lang, "all"} {
				if counts[group] == nil {
					counts[group] = map[string]*pageTally{}
				}
				if counts[group][measure] == nil {
					counts[group][measure] = &pageTally{}
				}
				counts[group][measure].count(right)
			}
			if right == (measure == "leaked" || measure == "invented") {
				t.Logf("%s: %s: %s", page.File, measure, what)
			}
		})
	}
	for _, group := range slices.Sorted(maps.Keys(counts)) {
		line := fmt.Sprintf("%-19s", group)
		for _, measure := range pageMeasures {
			if c := counts[group][measure]; c != nil {
				line += fmt.Sprintf(" %s %d/%d", measure, c.right, c.all)
			}
		}
		t.Log(line)
	}
	for measure, floor := range pageFloors {
		share := counts["all"][measure].share()
		if wrong := measure == "leaked" || measure == "invented"; !wrong && share < floor || wrong && share > floor {
			t.Errorf("%s: %d of a thousand, the floor is %d", measure, share, floor)
		}
	}
}

// measurePage says of each thing that is measured whether it is so, and what was found.
func measurePage(page pageTruth, d Document, err error, is func(measure string, right bool, what string)) {
	have := foldPage(d.Text)
	for _, w := range wantedOf(page, have) {
		is("wanted", strings.Contains(have, foldPage(w)), w)
	}
	rest := have // a word such as that of a menu may also stand in what is wanted
	for _, w := range page.Wanted {
		rest = strings.ReplaceAll(rest, foldPage(w), "\n")
	}
	for _, u := range page.Unwanted {
		is("leaked", strings.Contains(rest, foldPage(u)), u)
	}
	notes := strings.Join(d.Notes, " ")
	many := strings.Contains(notes, "Another article")
	listing := strings.Contains(notes, "list of articles") || errors.Is(err, errNoArticle)
	is("said", many == page.Many && listing == page.Listing, fmt.Sprintf("notes %q, error %v", d.Notes, err))
	if !page.Many && !page.Listing { // which title and day are right is not settled where it is no one article
		is("title", foldPage(d.Title) == foldPage(page.Title), d.Title)
		is("authors", slices.Equal(d.Authors, page.Authors), strings.Join(d.Authors, " | "))
		is("day", d.Published == page.Day, fmt.Sprintf("%q, not %q", d.Published, page.Day))
	}
	is("invented", d.Published != "" && d.Published != page.Day, d.Published)
	if page.At != "" {
		is("at", d.PublishedAt == page.At, fmt.Sprintf("%q, not %q", d.PublishedAt, page.At))
	}
	is("partial", page.Partial == (d.Partial != ""), d.Partial)
	if len(page.Posts) > 0 {
		var at []string
		for _, p := range d.Parts {
			if p.At != "" && !slices.Contains(at, p.At) {
				at = append(at, p.At)
			}
		}
		is("posts", slices.Equal(at, page.Posts), strings.Join(at, " "))
	}
}

// wantedOf are the passages that a text should have. Of two articles on a page one is taken, whole, and the other is
// said: half of the passages are wanted then, those of the article that the text has.
func wantedOf(page pageTruth, have string) []string {
	if half := len(page.Wanted) / 2; page.Many {
		if strings.Contains(have, foldPage(page.Wanted[0])) {
			return page.Wanted[:half]
		}
		return page.Wanted[half:]
	}
	return page.Wanted
}

func foldPage(s string) string { return strings.Join(strings.Fields(norm.NFC.String(s)), " ") }
