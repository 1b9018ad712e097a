package publish

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/fault"
	"claimbench/internal/proof"
	"claimbench/internal/store"
)

// A report is checked from outside as a bundle is: of what it carries the claims are proved, the report is made of them
// anew by the writer of this program, and the two are compared byte by byte. So nothing can stand in it, in sight or
// not, that was not frozen.

// Bounds of what is read of a report, in bytes: of what stands before, between and behind its claims, and of a claim.
const (
	mostFoot = 8 << 20
	mostPart = 16 << 20
)

// Where the parts of a report end.
var (
	articleBegins = []byte(`<article class="claim" id="`)
	articleEnds   = []byte("</article>\n")
	proofBegins   = []byte(`<script type="application/json" id="proof">`)
	carriedBegins = []byte(`<script type="application/json">`)
	scriptEnds    = []byte(`</script>`)
)

// IsReport says whether a file begins as a page does.
func IsReport(begin []byte) bool {
	begin = bytes.TrimLeft(bytes.TrimPrefix(begin, []byte("\ufeff")), " \t\r\n")
	return len(begin) > 0 && begin[0] == '<'
}

// VerifyReport checks a report with nothing but itself and what is given. A Result with findings is a file that is not
// as it was made; an error means that the file could not be read.
func VerifyReport(r io.ReaderAt, size int64, o proof.Options) (proof.Result, error) {
	v := reportVerifier{o: o, r: r, size: size, signs: signs{}}
	bad := func(err error) (proof.Result, error) {
		if !errors.Is(err, errNoReport) {
			return proof.Result{}, err
		}
		c := proof.CheckReport(o, proof.ReportSet{})
		c.Add("the file", "%v", err)
		return c.End(""), nil
	}
	if err := v.count(); err != nil {
		return bad(err)
	}
	if err := v.readProof(); err != nil {
		return bad(err)
	}
	if err := v.open(); err != nil {
		return bad(err)
	}
	if err := v.parts(v.part); err != nil {
		return bad(err)
	}
	return v.end()
}

// errNoReport is in the chain of the error of a file that is no report with a proof.
var errNoReport = errors.New("it is no report that carries a proof")

func noReport(format string, a ...any) error {
	return fmt.Errorf("%w: %s", errNoReport, fmt.Sprintf(format, a...))
}

type reportVerifier struct {
	o       proof.Options
	r       io.ReaderAt
	size    int64
	n       int // how many claims there are
	carried reportProof
	rawHead json.RawMessage
	check   *proof.ReportCheck
	print   *Print
	sheet   sheet
	signs   signs
	noPage  string // why the page is not compared; "" it is
	i       int    // which claim it is, from 1
	head    []byte // what stands before the claims
	foot    []byte // and behind them
	old     bool   // it is of a program that did not say of which form it is
	was     bool   // it says what an earlier version printed of a claim
}

// parts gives what stands before the first claim, each claim with what stands before it, and what stands behind the
// last, one in memory at a time.
func (v *reportVerifier) parts(do func(part []byte, claim bool) error) error {
	in := bufio.NewReaderSize(io.NewSectionReader(v.r, 0, v.size), bufferSize)
	var part []byte
	head := true
	for {
		line, err := in.ReadSlice('\n')
		begins := len(part) == 0 || part[len(part)-1] == '\n'
		if head && begins && bytes.HasPrefix(line, articleBegins) {
			if err := do(part, false); err != nil {
				return err
			}
			part, head = part[:0], false
		}
		if part = append(part, line...); len(part) > mostPart {
			return noReport("a part of it is too long")
		}
		switch {
		case errors.Is(err, io.EOF):
			return do(part, false)
		case err != nil && !errors.Is(err, bufio.ErrBufferFull):
			return err
		case !head && bytes.HasSuffix(part, articleEnds):
			if err := do(part, true); err != nil {
				return err
			}
			part = part[:0]
		}
	}
}

// count counts the claims.
func (v *reportVerifier) count() error {
	return v.parts(func(_ []byte, claim bool) error {
		if claim {
			v.n++
		}
		return nil
	})
}

// readProof reads what the report carries of its set.
func (v *reportVerifier) readProof() error {
	from := max(0, v.size-mostFoot)
	foot := make([]byte, v.size-from)
	if n, err := v.r.ReadAt(foot, from); n < len(foot) {
		return err
	}
	at := bytes.LastIndex(foot, proofBegins)
	if at < 0 && v.n == 0 {
		return fault.New(fault.Invalid, "it is not a report: a page without a claim and without a proof. Name the "+
			"file that “workbench export --format report” wrote")
	}
	if at < 0 {
		return noReport("ask for the set’s bundle")
	}
	data, _, _ := bytes.Cut(foot[at+len(proofBegins):], scriptEnds)
	if err := json.Unmarshal(data, &v.carried); err != nil {
		return noReport("what it carries of its set cannot be read: %v", err)
	}
	var raw struct {
		Head json.RawMessage `json:"head"`
	}
	if err := json.Unmarshal(data, &raw); err != nil {
		return noReport("what it carries of its set cannot be read: %v", err)
	}
	v.rawHead = raw.Head
	return nil
}

// open makes ready to make the report anew.
func (v *reportVerifier) open() error {
	of := &v.carried
	v.old = of.Form == ""
	if of.Form != checkScript().form {
		v.noPage = "it was made by another version of Claimbench, and only that can make it anew; what it carries of " +
			"its claims was checked"
	} else if !slices.Contains(Langs(), of.Lang) {
		return noReport("it is in the language %q, in which this program makes none", of.Lang)
	}
	var err error
	if v.print, err = of.Head.print(v.n); err != nil {
		return noReport("%v", err)
	}
	v.print.Key = of.Key
	for _, e := range of.Older {
		s, err := e.set()
		if err != nil {
			return err
		}
		v.print.Older = append(v.print.Older, s)
	}
	if of.By != nil {
		by, err := of.By.set()
		if err != nil {
			return err
		}
		v.print.By = &by
	}
	v.check = proof.CheckReport(v.o, proof.ReportSet{Head: v.rawHead, Freeze: of.Freeze, Inclusion: of.Inclusion,
		Handovers: of.Handovers, Key: of.Key, Claims: int64(v.n), Old: v.old})
	words := wordsIn(of.Lang)
	v.sheet = v.print.sealed(words, of)
	v.signs.ofSet(v.print, words)
	return nil
}

// set reads an edition again: nothing but a number and a day is in it.
func (e edition) set() (claimset.Set, error) {
	s := claimset.Set{N: e.N}
	if e.Day == "" {
		return s, nil
	}
	t, err := time.Parse(time.DateOnly, e.Day)
	if err != nil {
		return s, noReport("the day of another version is %q", e.Day)
	}
	at := store.Micros(t.UnixMicro())
	s.FrozenAt = &at
	return s, nil
}

// part checks a part of the report.
func (v *reportVerifier) part(part []byte, claim bool) error {
	switch {
	case claim:
		return v.claim(part)
	case v.i == 0 && v.n > 0:
		v.head = slices.Clone(part)
	default:
		v.foot = slices.Clone(part)
	}
	return nil
}

// carriedClaim is what a report carries of a claim.
type carriedClaim struct {
	Leaf   string             `json:"leaf"`
	Secret string             `json:"secret"`
	Fields []proof.FieldProof `json:"fields"`
	Sums   string             `json:"sums"`
	Claim  json.RawMessage    `json:"claim"`
	Was    *ruling            `json:"was"`
}

// claim proves a claim by what the report carries of it and the texts in it, and compares how it is printed.
func (v *reportVerifier) claim(part []byte) error {
	v.i++
	place := fmt.Sprintf("the claim at place %d", v.i)
	at := bytes.LastIndex(part, carriedBegins)
	var in carriedClaim
	if at >= 0 {
		data, _, _ := bytes.Cut(part[at+len(carriedBegins):], scriptEnds)
		if err := json.Unmarshal(data, &in); err != nil {
			v.check.Add(place, "what the report carries of it cannot be read: %v", err)
		}
	} else {
		v.check.Add(place, "the report carries no proof of it")
	}
	texts := textsOf(part)
	var missing []string
	object, paths, err := proof.Fill(in.Claim, func(path string) string {
		words, there := texts[path]
		if !there && path == "quotation/exact" { // of a claim with several stretches it is the first of them
			words, there = texts["stretches/0/exact"]
		}
		if !there {
			missing = append(missing, path)
		}
		return words
	})
	k := claimset.Thaw(object)
	var e claimset.Entry
	if err == nil && !(v.old && in.Claim == nil) {
		e, err = k.Entry()
	}
	if e.Claim != 0 {
		place = fmt.Sprintf("claim %d", e.Claim)
	}
	v.check.Claim(proof.ReportClaim{Claim: int64(e.Claim), Object: object, Texts: paths, Leaf: in.Leaf,
		Secret: in.Secret, Sums: in.Sums, Fields: in.Fields})
	for _, path := range missing {
		v.check.Add(place+": "+path, "the report does not print it")
	}
	if v.noPage != "" {
		return nil
	}
	if err != nil {
		v.check.Add(place, "what the report carries of it is no claim: %v", err)
		return nil
	}
	v.signs.add(object)
	return v.shown(place, part, in, k, e)
}

// shown compares how a claim is printed with how it is printed anew.
func (v *reportVerifier) shown(place string, part []byte, in carriedClaim, k claimset.Kept, e claimset.Entry) error {
	v.print.Was = nil
	if in.Was != nil {
		words := v.sheet.W.by
		if len(v.print.Older) == 0 || !claims.Verdicts.Has(in.Was.Verdict) || words[string(in.Was.Reason)] == "" {
			v.check.Add(place, "what it says of an earlier version is not in its form")
			return nil
		}
		v.was = true
		v.print.Was = map[claims.ID]claimset.Ruling{e.Claim: {Verdict: in.Was.Verdict, Reason: in.Was.Reason}}
	}
	v.sheet.carry = func(k claimset.Kept, _ claims.ID, at *places) (out proof.InReport, err error) {
		object, err := k.JSON()
		if err != nil {
			return out, err
		}
		if in.Secret == "" {
			leaf, err := proof.HashOf(in.Leaf)
			if err != nil {
				return out, err
			}
			return proof.ForReportWithout(object, leaf, in.Fields, at.asItIs)
		}
		secret, err := proof.SecretOf(in.Secret)
		if err != nil {
			return out, err
		}
		return proof.ForReport(object, secret, at.asItIs)
	}
	var made bytes.Buffer
	if err := v.sheet.claim(&made, k, e, v.i); err != nil {
		v.check.Add(place, "it cannot be printed anew: %v", err)
		return nil
	}
	v.differ(part, made.Bytes(), place+": ")
	return nil
}

func (v *reportVerifier) differ(found, want []byte, place string) {
	if !bytes.Equal(found, want) {
		differ(found, want, func(at, says string) { v.check.Add(place+at, "%s", says) })
	}
}

// end compares what stands around the claims.
func (v *reportVerifier) end() (proof.Result, error) {
	of := &v.carried
	if len(of.Older) > 0 || of.By != nil || v.was {
		v.check.Note("other versions", "what the report says of other versions of the set is not proved by it")
	}
	if v.noPage != "" {
		return v.check.End(v.noPage), nil
	}
	s := v.sheet
	fonts, err := v.signs.choose()
	if err != nil {
		return proof.Result{}, err
	}
	s.hold(fonts)
	s.carried.Other = s.Other
	var head, foot bytes.Buffer
	out := bufio.NewWriter(&head)
	if err := errors.Join(s.head(out), out.Flush(), s.foot(&foot, of.Dropped)); err != nil {
		return proof.Result{}, err
	}
	const outside = "outside the claims: "
	if v.n > 0 {
		v.differ(v.head, head.Bytes(), outside)
		v.differ(v.foot, foot.Bytes(), outside)
	} else {
		v.differ(v.foot, append(head.Bytes(), foot.Bytes()...), outside)
	}
	return v.check.End(""), nil
}

// textsOf are the texts that a part of a page prints as they are, by their paths: those of which its marks say so.
func textsOf(part []byte) map[string]string {
	out := map[string]string{}
	z := html.NewTokenizer(bytes.NewReader(part))
	depth, from := 0, 0
	var path string
	var words strings.Builder
	var of []string // the paragraphs so far
	lined := false
	for {
		switch z.Next() {
		case html.ErrorToken:
			return out
		case html.StartTagToken:
			t := z.Token()
			if isVoid(t.Data) {
				continue
			}
			depth++
			for _, a := range t.Attr {
				if path == "" && (a.Key == "data-f" || a.Key == "data-l") {
					path, from, lined, of = a.Val, depth, a.Key == "data-l", nil
					words.Reset()
				}
			}
		case html.TextToken:
			if path != "" && (!lined || depth > from) {
				words.Write(z.Text())
			}
		case html.EndTagToken:
			if path != "" && lined && depth == from+1 {
				of = append(of, words.String())
				words.Reset()
			}
			if path != "" && depth == from {
				if _, twice := out[path]; !twice {
					out[path] = words.String()
					if lined {
						out[path] = strings.Join(of, "\n")
					}
				}
				path = ""
			}
			depth--
		}
	}
}

// isVoid says whether an element of a report has no end.
func isVoid(name string) bool {
	return slices.Contains([]string{"wbr", "meta", "input", "br", "hr", "img", "link"}, name)
}
