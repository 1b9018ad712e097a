package publish

import (
	"bufio"
	"strconv"
	"strings"

	"claimbench/internal/captures"
	"claimbench/internal/claimset"
)

var evidenceColumns = []string{
	"claim", "statement", "verdict", "reason", "evidence", "stance", "kind", "relied", "origin",
	"quotation", "prefix", "suffix", "sentence_before", "sentence_after", "lang", "start", "end",
	"address", "archived", "read_on", "article", "title", "publisher", "byline", "reliability", "date",
	"revision", "revision_sha256", "note", "differences", "withheld", "set", "set_version", "set_sha256", "protected",
	"capture", "captured_on",
}

// writeCSVEvidence writes one row an item of evidence. A claim without evidence has none.
func writeCSVEvidence(w *bufio.Writer, p *Print, o Options) error {
	t, err := newTable(w, o.BOM, evidenceColumns)
	if err != nil {
		return err
	}
	if err := p.Entries(0, func(e claimset.Entry) error {
		for _, x := range e.Evidence {
			if err := t.row(evidenceRow(e, x, p.Set)); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return err
	}
	return t.end()
}

// evidenceRow is an item in the order of evidenceColumns.
func evidenceRow(e claimset.Entry, x claimset.EntryEvidence, set claimset.Set) []string {
	f, start, end := factsOf(x), "", ""
	if x.Article != nil {
		start, end = strconv.Itoa(x.Start), strconv.Itoa(x.End)
	}
	return []string{
		strconv.FormatInt(int64(e.Claim), 10), e.Statement, string(e.Verdict), string(e.Reason),
		strconv.FormatInt(int64(x.Evidence), 10), string(x.Stance), string(x.Kind), yes(x.Relied), x.Origin,
		x.Exact, x.Prefix, x.Suffix, x.Around.Before, x.Around.After, x.Lang, start, end,
		f.address, x.ArchivedURL, x.ReadOn, f.article, f.title, f.publisher, f.byline, f.reliability, f.date,
		f.revision, f.sha256, x.Note, strings.Join(x.Differences, "; "), yes(x.Withheld),
		set.Title, strconv.Itoa(set.N), set.SHA256, x.Protected,
		captureWord(x.Capture), x.CapturedOn,
	}
}

// facts are what is known of the text that an item is of, an article or an outside document; "" is not known.
type facts struct {
	address, title, publisher, byline, reliability, date string
	article, revision, sha256                            string // of an article
}

func factsOf(x claimset.EntryEvidence) facts {
	a := x.Article
	if a == nil {
		return facts{address: x.URL, title: x.Title, publisher: x.Publisher, byline: x.Byline,
			date: x.Published}
	}
	return facts{address: a.URL, title: a.Title, publisher: a.Source, byline: a.Byline, reliability: a.Reliability,
		date: a.Published, article: strconv.FormatInt(int64(a.Article), 10), revision: strconv.Itoa(a.Revision),
		sha256: a.SHA256}
}

// captureWord says in words how a quotation stands in what is kept of its document.
func captureWord(capture string) string {
	if f, known := captures.Founds.Of(captures.Found(capture)); known {
		return f.Word
	}
	return capture
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
