package intake

import (
	"strings"

	"claimbench/internal/text"
)

// clean leaves out of a plain text what is of the site and not of the article: marks of publishing systems, paywall
// lines, bare addresses, links to other articles, credits of pictures, and the headline where it stands again.
func (d *Document) clean() {
	doc, err := text.NewDoc(d.Text)
	if err != nil {
		return // the room that keeps it says what is wrong
	}
	var kept strings.Builder
	title, from := "", 0
	for _, s := range text.Sentences(doc, "auto") {
		words := doc.Slice(s.Span)
		kind := LeftOutKind("")
		switch s.Kind {
		case text.KindBoilerplate:
			kind = markOr(words)
		case text.KindLink:
			kind = LeftMenu
		case text.KindTitle:
			if folded := fold(words); folded == title {
				kind = LeftRepeated
			} else if title == "" {
				title = folded
			}
		}
		if kind == "" {
			continue
		}
		d.LeftOut = append(d.LeftOut, LeftOut{kind, cutRunes(strings.TrimSpace(words), 500)})
		start, end := doc.ByteSpan(s.Span)
		kept.WriteString(d.Text[from:start])
		from = end
	}
	if from == 0 {
		return
	}
	kept.WriteString(d.Text[from:])
	d.Text = withoutGaps(kept.String())
}

// withoutGaps makes one empty line of the many that are left where paragraphs were taken out.
func withoutGaps(s string) string {
	var out []string
	for line := range strings.SplitSeq(strings.ReplaceAll(s, "\r\n", "\n"), "\n") {
		line = strings.TrimRight(line, " \t")
		if line == "" && (len(out) == 0 || out[len(out)-1] == "") {
			continue
		}
		out = append(out, line)
	}
	return strings.TrimRight(strings.Join(out, "\n"), "\n") + "\n"
}
