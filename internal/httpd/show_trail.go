package httpd

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"claimbench/internal/articles"
	"claimbench/internal/review"
)

// searchedNote proposes the note of what was searched, from what this person really searched and read for the claim.
func searchedNote(steps []review.Step) string {
	var lines []string
	read := map[articles.ID]int{}
	for _, s := range steps {
		if s.Words == "" {
			read[s.Article]++
			continue
		}
		lines = append(lines, "Searched the other articles for “"+s.Words+"”"+narrowed(s)+": "+heldBy(s)+".")
	}
	if len(read) > 0 {
		n := 0
		var of []articles.ID
		for a, m := range read {
			n += m
			of = append(of, a)
		}
		slices.Sort(of)
		lines = append(lines, "Read "+many(n, "passage", "passages")+" of "+articlesNamed(of)+".")
	}
	return lastLines(lines, mostProposed)
}

// mostProposed is how many characters are proposed for a note, which takes 10,000: the person may want to add words.
const mostProposed = 9000

// lastLines joins the last of some lines that have no more than some characters together, and says how many are left
// out before them.
func lastLines(lines []string, most int) string {
	n, from := 0, len(lines)
	for from > 0 {
		if n += utf8.RuneCountInString(lines[from-1]) + 1; n > most {
			break
		}
		from--
	}
	out := strings.Join(lines[from:], "\n")
	if from > 0 {
		out = "Before that: " + many(from, "search", "searches") + " not listed here.\n" + out
	}
	return out
}

// narrowed says what a search was narrowed to.
func narrowed(s review.Step) (out string) {
	if s.Lang != "" {
		out += ", in " + languageName(s.Lang)
	}
	for _, x := range []struct{ before, day string }{{"from ", s.From}, {"to ", s.To}} {
		if x.day != "" {
			out += ", " + x.before + x.day
		}
	}
	if s.Article != 0 {
		out += ", in article " + itoa(s.Article)
	}
	if s.Source != 0 {
		out += fmt.Sprintf(", of source %d", s.Source)
	}
	return out
}

func heldBy(s review.Step) string {
	switch {
	case s.Hits == 0:
		return "nothing found"
	case s.More:
		return "more than " + many(s.Hits, "sentence", "sentences")
	}
	return many(s.Hits, "sentence", "sentences")
}

func articlesNamed(ids []articles.ID) string {
	if len(ids) == 1 {
		return "article " + itoa(ids[0])
	}
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = itoa(id)
	}
	return "articles " + strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}
