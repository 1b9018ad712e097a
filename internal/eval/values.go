package eval

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"time"

	"claimbench/internal/text"
	"claimbench/internal/value"
)

// ValueMeasures scores quantities and dates on the gold claims under dataDir (gold/claims.jsonl and the articles in
// seeds/). What lies inside a claim's quotation counts; a find is right when it overlaps a gold one of equal value.
// Dates count where norm has a digit. F1 is over all articles, in percent.
func ValueMeasures(dataDir string) ([]Measure, error) {
	q, d, err := ScoreValues(dataDir)
	if err != nil {
		return nil, err
	}
	return []Measure{
		{Name: "quantities F1", Data: "gold/claims", Value: 100 * q.F1(), Reach: 92, Aim: 97, Unit: "%"},
		{Name: "dates F1", Data: "gold/claims", Value: 100 * d.F1(), Reach: 92, Aim: 97, Unit: "%"},
	}, nil
}

// ValueScore is what came out for one kind of value, with its errors in words.
type ValueScore struct {
	Right, Extra, Missed int
	Errors               []string
}

// F1 is the harmonic mean of precision and recall, 0–1.
func (s ValueScore) F1() float64 {
	if s.Right == 0 {
		return 0
	}
	return 2 * float64(s.Right) / float64(2*s.Right+s.Extra+s.Missed)
}

// goldValues is what claims.jsonl says of one claim's numbers and dates.
type goldValues struct {
	Article string `json:"article"`
	Lang    string `json:"lang"`
	Sent    int    `json:"sent"`
	text.Span
	Numbers []struct {
		Text  string  `json:"text"`
		Value float64 `json:"value"`
		Unit  string  `json:"unit"`
		Qual  string  `json:"qual"`
	} `json:"numbers"`
	Dates []struct {
		Text string `json:"text"`
		Norm string `json:"norm"`
	} `json:"dates"`
}

// placed is a gold or found value: where, and what it is equal to.
type placed struct {
	span text.Span
	is   string
}

// ScoreValues gives the scores of quantities and of dates under dataDir.
func ScoreValues(dataDir string) (quantities, dates ValueScore, err error) {
	claims, err := readGoldValues(filepath.Join(dataDir, "gold", "claims.jsonl"))
	if err != nil {
		return quantities, dates, err
	}
	published, err := publishedDates(filepath.Join(dataDir, "seeds", "README.md"))
	if err != nil {
		return quantities, dates, err
	}
	articles := map[string][]goldValues{}
	for _, c := range claims {
		articles[c.Article] = append(articles[c.Article], c)
	}
	names := make([]string, 0, len(articles))
	for name := range articles {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		raw, err := os.ReadFile(filepath.Join(dataDir, "seeds", name))
		if err != nil {
			return quantities, dates, fmt.Errorf("article %s of the gold claims: %w", name, err)
		}
		doc, err := text.NewDoc(string(raw))
		if err != nil {
			return quantities, dates, fmt.Errorf("article %s: %w", name, err)
		}
		scoreArticle(doc, articles[name], published[name], &quantities, &dates)
	}
	return quantities, dates, nil
}

func scoreArticle(doc *text.Doc, claims []goldValues, p value.Published, quantities, dates *ValueScore) {
	var foundQ, foundD, goldQ, goldD []placed
	inside := func(s text.Span) bool {
		for _, c := range claims {
			if s.Start < c.End && c.Start < s.End {
				return true
			}
		}
		return false
	}
	for _, s := range text.Sentences(doc, claims[0].Lang) {
		scan := value.NewScan(doc, s)
		for _, q := range scan.Quantities() {
			if inside(q.Span) {
				foundQ = append(foundQ, placed{q.Span, fmt.Sprintf("%.6g", q.Value)})
			}
		}
		for _, d := range scan.Dates(p) {
			if inside(d.Span) && strings.ContainsAny(d.Norm, "0123456789") {
				foundD = append(foundD, placed{d.Span, d.Norm})
			}
		}
	}
	for _, c := range claims {
		for _, n := range c.Numbers {
			goldQ = appendGold(goldQ, doc, c, n.Text, fmt.Sprintf("%.6g", n.Value))
		}
		for _, d := range c.Dates {
			if strings.ContainsAny(d.Norm, "0123456789") {
				goldD = appendGold(goldD, doc, c, d.Text, d.Norm)
			}
		}
	}
	quantities.add(doc, goldQ, foundQ)
	dates.add(doc, goldD, foundD)
}

// appendGold adds a gold value once, at its place in the claim's quotation or, when a claim carries over what its
// sentence said before, up to 400 code points ahead of it.
func appendGold(all []placed, doc *text.Doc, c goldValues, words, is string) []placed {
	from := c.Start
	at := strings.Index(doc.Slice(text.Span{Start: from, End: c.End}), words)
	if at < 0 {
		from = max(0, c.Start-400)
		if at = strings.LastIndex(doc.Slice(text.Span{Start: from, End: c.End}), words); at < 0 {
			return all
		}
	}
	start, _ := doc.ByteSpan(text.Span{Start: from, End: from + 1})
	v := placed{text.Span{Start: doc.CodePoint(start + at), End: doc.CodePoint(start + at + len(words))}, is}
	for _, o := range all {
		if o == v {
			return all
		}
	}
	return append(all, v)
}

// add pairs gold and found values one to one.
func (s *ValueScore) add(doc *text.Doc, gold, found []placed) {
	used := make([]bool, len(found))
next:
	for _, g := range gold {
		for i, f := range found {
			if !used[i] && g.is == f.is && g.span.Overlaps(f.span) {
				used[i] = true
				s.Right++
				continue next
			}
		}
		s.Missed++
		s.Errors = append(s.Errors, fmt.Sprintf("missed %q = %s", doc.Slice(g.span), g.is))
	}
	for i, f := range found {
		if !used[i] {
			s.Extra++
			s.Errors = append(s.Errors, fmt.Sprintf("extra %q = %s", doc.Slice(f.span), f.is))
		}
	}
}

func readGoldValues(path string) ([]goldValues, error) {
	all, err := readJSON[goldValues](path, "gold claim")
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("%w; name the folder that holds gold/ and seeds/ with --data", err)
	}
	return all, err
}

var (
	articleRow = regexp.MustCompile(`^\|\s*(\S+\.txt)\s*\|.*\|\s*([^|]*)\|\s*$`)
	isoDay     = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}`)
	monthYear  = regexp.MustCompile(`^[A-Z][a-z]+ \d{4}`)
)

// publishedDates reads the last column of the table of articles: "2017-05-06 (why)" or "May 2024 (why)".
func publishedDates(path string) (map[string]value.Published, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("dates of the articles: %w", err)
	}
	out := map[string]value.Published{}
	for line := range strings.Lines(string(data)) {
		m := articleRow.FindStringSubmatch(strings.TrimRight(line, "\n"))
		if m == nil {
			continue
		}
		date := isoDay.FindString(m[2])
		if date == "" {
			if t, err := time.Parse("January 2006", monthYear.FindString(m[2])); err == nil {
				date = t.Format("2006-01")
			}
		}
		p, err := value.ParsePublished(date)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		out[m[1]] = p
	}
	return out, nil
}
