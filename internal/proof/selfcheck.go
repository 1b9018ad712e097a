package proof

import (
	"bytes"
	"encoding/base64"
	"strconv"
)

// sumSize is how many bytes of the hash of a printed text stand in a report, so that a text that was changed is named.
// They prove nothing: the leaf does.
const sumSize = 3

// InReport is what a report carries of a claim, so that a script in it can make the claim's leaf again. Its Claim is
// the JSON of the claim in which {} stands for each text that the page prints as it is.
type InReport struct {
	Leaf   string // base64
	Secret string // base64
	Sums   string // base64 of the first bytes of the hash of each text that the page prints, one after the other
	Claim  []byte
}

// ForReport makes what a report carries of a claim from its JSON and its secret. asItIs says whether the page prints a
// text as it is.
func ForReport(object, secret []byte, asItIs func(path, text string) bool) (InReport, error) {
	salts, err := NewSalter(secret)
	if err != nil {
		return InReport{}, err
	}
	var f flattener
	var l claimLeaf
	var sums []byte
	out := InReport{Secret: B64(secret)}
	l.begin()
	from := 0
	if err := f.flatten(object, func(path, value []byte) {
		var h Hash
		h, l.buf = Field(l.buf, salts.Next(), string(value))
		l.add(string(path), h)
		if value[0] == 's' && asItIs(string(path), string(value[1:])) {
			begin, end := f.stretch()
			sums = base64.StdEncoding.AppendEncode(sums, h[:sumSize])
			out.Claim = append(append(out.Claim, object[from:begin]...), "{}"...)
			from = end
		}
	}); err != nil {
		return InReport{}, err
	}
	out.Claim = append(out.Claim, object[from:]...)
	leaf := l.sum()
	out.Leaf, out.Sums = B64(leaf[:]), string(sums)
	return out, nil
}

// AppendJSON writes it after b so that it can stand in a script element of a page.
func (r InReport) AppendJSON(b []byte) []byte {
	b = append(b, `{"leaf":`...)
	b = strconv.AppendQuote(b, r.Leaf)
	if r.Secret != "" {
		b = append(b, `,"secret":`...)
		b = strconv.AppendQuote(b, r.Secret)
		b = append(b, `,"sums":`...)
		b = strconv.AppendQuote(b, r.Sums)
		b = append(b, `,"claim":`...)
		b = append(b, bytes.ReplaceAll(r.Claim, []byte("<"), []byte(`\u003c`))...) // which stands in strings alone
	}
	return append(b, '}')
}
