package proof

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"strconv"
)

// sumSize is how many bytes of the hash of a printed text stand in a report, so that a text that was changed is named.
// They prove nothing: the leaf does.
const sumSize = 3

// InReport is what a report carries of a claim, so that a script in it can make the claim's leaf again. Its Claim is
// the JSON of the claim in which {} stands for each text that the page prints as it is.
type InReport struct {
	Leaf   string // base64
	Secret string // base64; "" of a claim of which words are withheld: it has Fields
	Fields []FieldProof
	Sums   string // base64 of the first bytes of the hash of each text that the page prints, one after the other
	Claim  []byte
	Was    []byte // JSON of what is said of an earlier version of the claim, which nothing proves; nil: nothing is
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

// ForReportWithout makes what a report carries of a claim of which words are withheld: its JSON as it goes out, the
// leaf, and the proof of each field. The JSON has {} as that of ForReport.
func ForReportWithout(object []byte, leaf Hash, fields []FieldProof, asItIs func(path, text string) bool) (InReport,
	error) {
	var f flattener
	out, from := InReport{Leaf: B64(leaf[:]), Fields: fields}, 0
	err := f.flatten(object, func(path, value []byte) {
		if value[0] == 's' && asItIs(string(path), string(value[1:])) {
			begin, end := f.stretch()
			out.Claim = append(append(out.Claim, object[from:begin]...), "{}"...)
			from = end
		}
	})
	out.Claim = append(out.Claim, object[from:]...)
	return out, err
}

// Fill is the JSON of a claim whose texts were read from a page, and their paths in their order. text gives the text at
// a path.
func Fill(claim []byte, text func(path string) string) (object []byte, paths []string, err error) {
	var f flattener
	from := 0
	if err = f.flatten(claim, func(path, value []byte) {
		if value[0] != '{' {
			return
		}
		begin, end := f.stretch()
		words, bad := json.Marshal(text(string(path)))
		if bad != nil {
			err = bad
		}
		object = append(append(object, claim[from:begin]...), words...)
		paths, from = append(paths, string(path)), end
	}); err != nil {
		return nil, nil, err
	}
	return append(object, claim[from:]...), paths, nil
}

// AppendJSON writes it after b so that it can stand in a script element of a page.
func (r InReport) AppendJSON(b []byte) ([]byte, error) {
	b = append(b, `{"leaf":`...)
	b = strconv.AppendQuote(b, r.Leaf)
	if r.Secret != "" {
		b = append(b, `,"secret":`...)
		b = strconv.AppendQuote(b, r.Secret)
		b = append(b, `,"sums":`...)
		b = strconv.AppendQuote(b, r.Sums)
	} else {
		fields, err := json.Marshal(r.Fields)
		if err != nil {
			return nil, err
		}
		b = append(append(b, `,"fields":`...), fields...)
	}
	b = append(b, `,"claim":`...)
	b = append(b, bytes.ReplaceAll(r.Claim, []byte("<"), []byte(`\u003c`))...) // which stands in strings alone
	if r.Was != nil {
		b = append(append(b, `,"was":`...), r.Was...)
	}
	return append(b, '}'), nil
}

// OpenFields proves a claim of which words are withheld: it gives the leaf, and each field that was frozen with its
// salt where it is printed as it was, else with its hash.
func OpenFields(frozen []Printed, secret []byte, printed map[string]string) (leaf Hash, out []FieldProof, err error) {
	salts, err := NewSalter(secret)
	if err != nil {
		return leaf, nil, err
	}
	var l claimLeaf
	l.begin()
	for _, f := range frozen {
		salt := salts.Next()
		h, _ := Field(nil, salt, f.Value)
		l.add(f.Path, h)
		x := FieldProof{Path: f.Path}
		if value, there := printed[f.Path]; there && value == f.Value {
			x.Salt = B64(salt)
		} else {
			x.Hash = B64(h[:])
		}
		out = append(out, x)
	}
	return l.sum(), out, nil
}
