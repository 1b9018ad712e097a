package publish_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/publish"
	"claimbench/internal/review"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// hostile are words that break formats that were written without thinking of them.
var hostile = []string{
	"</script><script>alert(1)</script>", "<!-- <script>", "]]>", "line\u2028and\u2029paragraph",
	"\u202eevil\u202c and \u2066isolated\u2069", `"quoted" \back\slash\`, "'single' `tick` ${x} {{.}}",
	"=HYPERLINK(\"http://x.example\")", "+1", "-1", "@SUM(A1)", "\tcell", "\rcell", "a,b;c\nd", "𐍈 😀 cafe\u0301",
	"شورا «۱۲» کمک را تصویب کرد", "政府は「関与していない」と主張", "100 % & more", "\ufeffmark",
	"\u0301\u064b lone marks \u200d", "\u202e\u2067never closed", "؜-1 ‏=1+1",
}

// rulings are all verdicts with their reasons.
func rulings() (all []claimset.Ruling) {
	for _, v := range claims.Verdicts.Names() {
		for _, r := range review.Reasons(v).Names() {
			all = append(all, claimset.Ruling{Verdict: v, Reason: r})
		}
	}
	return all
}

// entry is a claim of the made set: i chooses its words, verdict, evidence.
func entry(i int) claimset.Entry {
	words, all := hostile[i%len(hostile)], rulings()
	quote := text.Quote{Exact: words, Prefix: "before ", Suffix: " after"}
	art := claimset.EntryArticle{Article: 7, Title: words, Source: "The Wire " + words, URL: "https://wire.example/7",
		Lang: "fa", Published: "2026-02-01", Revision: 2, SHA256: strings.Repeat("ab", 32)}
	e := claimset.Entry{Claim: claims.ID(i + 1), Statement: words, Lang: "fa", Dir: "rtl", Attribution: "article",
		Kind: claims.Fact, Verdict: all[i%len(all)].Verdict, Reason: all[i%len(all)].Reason, Explanation: words,
		ExplanationLang: "en", Collection: "Desk", Article: art,
		Quotation: claimset.EntryQuotation{Quote: quote, Span: text.Span{Start: 10, End: 10 + len([]rune(words))}},
		Around:    articles.Around{Before: "In its sentence ", After: words},
		Decision: claimset.EntryDecision{How: "rule", Approver: "Editor One",
			DecidedAt: "2026-03-04T05:06:14.000000Z", ApprovedAt: "2026-03-04T05:06:15.000000Z"}}
	if i%3 == 0 {
		e.Attribution = "The mayor " + words
		e.Glosses = []claimset.EntryGloss{{Lang: "en", Words: "Gloss " + words, Confirmed: true}}
		e.Stretches = []claimset.EntryQuotation{e.Quotation, {Quote: quote, Span: text.Span{Start: 90, End: 95}}}
	}
	e.Evidence = []claimset.EntryEvidence{
		{Evidence: evidence.ID(2*i + 1), Stance: evidence.Supports, Kind: evidence.Report, Origin: words, Quote: quote,
			Lang: "fa", Article: &art, Span: text.Span{Start: 3, End: 9}, Relied: true},
		{Evidence: evidence.ID(2*i + 2), Stance: evidence.Refutes, Kind: evidence.Other, Lang: "und",
			Quote: text.Quote{Exact: words}, URL: "https://gov.example/doc",
			ArchivedURL: "https://keep.example/1", ReadOn: "2026-02-03",
			Title: words, Publisher: "An office", Note: words},
	}
	if i%5 == 4 {
		e.Evidence = nil
	}
	return e
}

// made is a frozen set of n claims that no database holds.
func made(t testing.TB, n int) *publish.Print {
	t.Helper()
	at := store.Micros(time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC).UnixMicro())
	set := claimset.Set{ID: 7, CollectionID: 1, Title: "What </style> is \"established\"", N: 2, State: claimset.Frozen,
		FrozenAt: &at, SHA256: strings.Repeat("cd", 32), Imprint: claimset.Imprint{Publisher: "Desk <Nord>",
			Note: "Paid for by its readers.", Address: "https://desk.example/checks/{claim}", People: claimset.Named}}
	return &publish.Print{Set: set, Size: n, Each: func(do func(claimset.Kept) error) error {
		for i := range n {
			k, err := claimset.Keep(entry(i))
			if err == nil {
				err = do(k)
			}
			if err != nil {
				return err
			}
		}
		return nil
	}}
}

func written(t testing.TB, p *publish.Print, o publish.Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := publish.Write(&b, p, o); err != nil {
		t.Fatalf("%s: %v", o.Format, err)
	}
	return b.Bytes()
}

func parsed[T any](t testing.TB, b []byte) (v T) {
	t.Helper()
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatalf("%v\n%.2000s", err, b)
	}
	return v
}

// object is a JSON object whose members a standard names.
type object map[string]any

func (o object) in(name string) object { m, _ := o[name].(map[string]any); return m }
func (o object) text(name string) string {
	s, _ := o[name].(string)
	return s
}

func (o object) list(name string) (out []object) {
	all, _ := o[name].([]any)
	for _, x := range all {
		m, _ := x.(map[string]any)
		out = append(out, m)
	}
	return out
}

// hasNoScript refuses what would end or hide a script element in a page.
func hasNoScript(t *testing.T, b []byte) {
	t.Helper()
	for _, bad := range []string{"</", "<!--", "\u2028", "\u2029", "<script"} {
		if bytes.Contains(b, []byte(bad)) {
			t.Errorf("%q stands in what goes into a script element", bad)
		}
	}
}

// TestClaimReviewAsItsStandardHasIt: what Google's page on ClaimReview requires and recommends, and schema.org's types.
func TestClaimReviewAsItsStandardHasIt(t *testing.T) {
	t.Parallel()
	p := made(t, 60)
	b := written(t, p, publish.Options{Format: publish.ClaimReview})
	hasNoScript(t, b)
	all := parsed[[]object](t, b)
	if len(all) != 60 {
		t.Fatalf("%d reviews", len(all))
	}
	feed := parsed[object](t, written(t, p, publish.Options{Format: publish.DataFeed}))
	if feed.text("@context") != "https://schema.org" || feed.text("@type") != "DataFeed" || feed.text("name") == "" {
		t.Errorf("the feed is %v", feed)
	}
	if items := feed.list("dataFeedElement"); len(items) != 60 ||
		items[0].text("@type") != "DataFeedItem" || items[0].in("item").text("@type") != "ClaimReview" {
		t.Errorf("the feed has %d items", len(items))
	}
	for i, r := range all {
		e := entry(i)
		if r.text("@context") != "https://schema.org" || r.text("@type") != "ClaimReview" {
			t.Errorf("%d is no ClaimReview: %v", i, r)
		}
		if r.text("claimReviewed") != e.Statement ||
			r.text("url") != fmt.Sprintf("https://desk.example/checks/%d", i+1) {
			t.Errorf("%d: claimReviewed %q, url %q", i, r.text("claimReviewed"), r.text("url"))
		}
		checkRating(t, e, r.in("reviewRating"))
		item := r.in("itemReviewed")
		if item.text("@type") != "Claim" || item.in("author").text("name") == "" ||
			!slices.Contains([]string{"Person", "Organization"}, item.in("author").text("@type")) ||
			item.in("appearance").text("@type") != "CreativeWork" ||
			item.in("appearance").text("url") != "https://wire.example/7" ||
			item.text("datePublished") != "2026-02-01" {
			t.Errorf("%d reviews %v", i, item)
		}
		if r.in("author").text("name") == "" || r.text("datePublished") != "2026-03-04" ||
			r.text("inLanguage") != "en" {
			t.Errorf("%d is by %v on %q", i, r.in("author"), r.text("datePublished"))
		}
	}
	one := parsed[[]object](t, written(t, p, publish.Options{Format: publish.ClaimReview, Claim: 9}))
	if len(one) != 1 || !strings.HasSuffix(one[0].text("url"), "/9") {
		t.Errorf("of one claim: %v", one)
	}
}

// TestWithheldClaimsAreByNobody: when the words of a claim went, so did who said them, and its source has not.
func TestWithheldClaimsAreByNobody(t *testing.T) {
	t.Parallel()
	p := made(t, 1)
	p.Each = func(do func(claimset.Kept) error) error {
		e := entry(0)
		e.Withheld, e.Statement, e.Attribution, e.Quotation, e.Stretches = true, "", "", claimset.EntryQuotation{}, nil
		k, err := claimset.Keep(e)
		if err != nil {
			return err
		}
		return do(k)
	}
	const words = "[withheld: taken down]"
	one := parsed[[]object](t, written(t, p, publish.Options{Format: publish.ClaimReview}))[0]
	fed := parsed[object](t, written(t, p, publish.Options{Format: publish.DataFeed})).list("dataFeedElement")[0]
	for _, r := range []object{one, fed.in("item")} {
		item := r.in("itemReviewed")
		if _, has := item["author"]; has || r.text("claimReviewed") != words || item.text("name") != words {
			t.Errorf("it reviews %q of %v", r.text("claimReviewed"), item)
		}
	}
	r := parsed[[]object](t, written(t, p, publish.Options{Format: publish.AVeriTeC}))[0]
	if r["speaker"] != nil || r.text("claim") != words {
		t.Errorf("AVeriTeC has %q by %v", r.text("claim"), r["speaker"])
	}
}

// checkRating: alternateName is required; a value stands only between a best and a worst one, and only of what is true
// or false.
func checkRating(t *testing.T, e claimset.Entry, r object) {
	t.Helper()
	want := 0.0
	switch {
	case e.Verdict == claims.Corroborated:
		want = 5
	case e.Reason == review.Refuted:
		want = 1
	}
	value, has := r["ratingValue"].(float64)
	if r.text("@type") != "Rating" || r.text("alternateName") == "" || value != want || has != (want != 0) {
		t.Errorf("%s, %s is rated %v", e.Verdict, e.Reason, r)
	}
	best, _ := r["bestRating"].(float64)
	worst, _ := r["worstRating"].(float64)
	if has && (best <= worst || value < worst || value > best) || !has && (best != 0 || worst != 0) {
		t.Errorf("the scale of %v is none", r)
	}
}

// TestAVeriTeCAsItsDataIs: the members of its README, its labels, its kinds of answers.
func TestAVeriTeCAsItsDataIs(t *testing.T) {
	t.Parallel()
	labels := map[string]bool{}
	for i, r := range parsed[[]object](t, written(t, made(t, 60), publish.Options{Format: publish.AVeriTeC})) {
		for _, name := range []string{"claim", "required_reannotation", "label", "justification", "claim_date",
			"speaker",
			"original_claim_url", "cached_original_claim_url", "fact_checking_article", "reporting_source",
			"location_ISO_code", "claim_types", "fact_checking_strategies", "questions"} {
			if _, has := r[name]; !has {
				t.Errorf("%d has no %s", i, name)
			}
		}
		labels[r.text("label")] = true
		if len(r) != 14 || r.text("claim_date") != "1-2-2026" || r.text("claim") != entry(i).Statement {
			t.Errorf("%d is %v", i, r)
		}
		questions := r.list("questions")
		if len(questions) == 0 {
			t.Errorf("%d asks nothing", i)
		}
		for _, q := range questions {
			if q.text("question") == "" || len(q.list("answers")) == 0 {
				t.Errorf("%d asks %v", i, q)
			}
			for _, a := range q.list("answers") {
				if !slices.Contains(answerTypes, a.text("answer_type")) || a.text("answer") == "" {
					t.Errorf("%d answers %v", i, a)
				}
			}
		}
	}
	for _, want := range []string{"Supported", "Refuted", "Not Enough Evidence", "Conflicting Evidence/Cherrypicking"} {
		if !labels[want] {
			t.Errorf("nothing is %q", want)
		}
	}
	if len(labels) != 4 {
		t.Errorf("labels: %v", labels)
	}
}

var answerTypes = []string{"Extractive", "Abstractive", "Boolean", "Unanswerable"}

var motivations = []string{"assessing", "bookmarking", "classifying", "commenting", "describing", "editing",
	"highlighting", "identifying", "linking", "moderating", "questioning", "replying", "tagging"}

// TestAnnotationsAsTheRecommendationHasThem: every MUST of the Web Annotation Data Model that these documents touch.
func TestAnnotationsAsTheRecommendationHasThem(t *testing.T) {
	t.Parallel()
	b := written(t, made(t, 60), publish.Options{Format: publish.Annotation})
	hasNoScript(t, b)
	all := parsed[object](t, b)
	if all.text("@context") != "http://www.w3.org/ns/anno.jsonld" || all.text("type") != "AnnotationCollection" {
		t.Fatalf("no collection: %.300s", b)
	}
	isIRI(t, all.text("id"))
	page := all.in("first")
	if page.text("type") != "AnnotationPage" || page.text("partOf") != all.text("id") || page["startIndex"] != 0.0 {
		t.Errorf("the page is %v, %v", page["type"], page["partOf"])
	}
	isIRI(t, page.text("id"))
	seen := map[string]bool{}
	for _, a := range page.list("items") {
		isIRI(t, a.text("id"))
		if seen[a.text("id")] {
			t.Errorf("%s is there twice", a.text("id"))
		}
		seen[a.text("id")] = true
		if a.text("@context") != "http://www.w3.org/ns/anno.jsonld" || a.text("type") != "Annotation" {
			t.Errorf("no annotation: %v", a)
		}
		if !slices.Contains(motivations, a.text("motivation")) {
			t.Errorf("it is moved by %q", a.text("motivation"))
		}
		if _, err := time.Parse("2006-01-02T15:04:05Z", a.text("created")); err != nil { // in UTC
			t.Error(err)
		}
		for _, body := range a.list("body") {
			checkBody(t, body)
		}
		targets := a.list("target")
		if len(targets) == 0 {
			t.Errorf("%s has no target", a.text("id"))
		}
		for _, target := range targets {
			checkTarget(t, target)
		}
	}
	if want := 60 + 2*48; len(seen) != want {
		t.Errorf("%d annotations, want %d", len(seen), want)
	}
}

func isIRI(t *testing.T, s string) {
	t.Helper()
	if u, err := url.Parse(s); err != nil || u.Scheme == "" || strings.ContainsAny(s, " <>\"") {
		t.Errorf("%q is no IRI: %v", s, err)
	}
}

func checkBody(t *testing.T, b object) {
	t.Helper()
	if _, has := b["value"].(string); !has || b.text("type") != "TextualBody" || b.text("format") != "text/plain" ||
		!slices.Contains(motivations, b.text("purpose")) ||
		!slices.Contains([]string{"ltr", "rtl", "auto"}, b.text("textDirection")) {
		t.Errorf("the body is %v", b)
	}
}

func checkTarget(t *testing.T, target object) {
	t.Helper()
	if target.text("type") != "SpecificResource" {
		t.Errorf("the target is %v", target)
	}
	isIRI(t, target.in("source").text("id"))
	for _, s := range target.list("selector") {
		switch s.text("type") {
		case "TextQuoteSelector":
			if s.text("exact") == "" {
				t.Errorf("exactly one exact: %v", s)
			}
		case "TextPositionSelector":
			start, okS := s["start"].(float64)
			end, okE := s["end"].(float64)
			if !okS || !okE || start < 0 || end <= start || start != float64(int(start)) {
				t.Errorf("start and end, not negative: %v", s)
			}
		default:
			t.Errorf("a selector %v", s)
		}
	}
}

// TestTablesAreOneAndHarmless: every row has the columns of the head, and no cell runs.
func TestTablesAreOneAndHarmless(t *testing.T) {
	t.Parallel()
	for _, name := range []string{publish.CSV, publish.CSVEvidence} {
		b := written(t, made(t, 60), publish.Options{Format: name, BOM: true})
		if !bytes.HasPrefix(b, []byte("\ufeff")) {
			t.Errorf("%s has no byte order mark", name)
		}
		rows, err := csv.NewReader(bytes.NewReader(b[3:])).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if want := map[string]int{publish.CSV: 61, publish.CSVEvidence: 97}[name]; len(rows) != want {
			t.Errorf("%s has %d rows, want %d", name, len(rows), want)
		}
		for _, row := range rows {
			for _, cell := range row {
				if cell != "" && strings.ContainsRune("=+-@\t\r", []rune(cell)[0]) {
					t.Errorf("%s: the cell %q is run", name, cell)
				}
			}
		}
	}
}

// counting counts what it forgets, and now and then looks how much memory is used.
type counting struct {
	n, looked int64
	most      uint64
}

func (c *counting) Write(p []byte) (int, error) {
	if c.n += int64(len(p)); c.n-c.looked > 3<<20 {
		c.looked = c.n
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		c.most = max(c.most, m.HeapAlloc)
	}
	return len(p), nil
}

// TestTenThousandClaimsInFlatMemory: what is held does not grow with the set. A bundle is refused without what proves
// it; its files are the JSON and the report, with proofs that are read by pages of the database.
func TestTenThousandClaimsInFlatMemory(t *testing.T) {
	for _, f := range publish.Formats() {
		if f.Name == publish.Bundle {
			if err := publish.Write(io.Discard, made(t, 1), f.Usual()); fault.KindOf(err) != fault.Internal {
				t.Errorf("a bundle of a set that nothing proves: %v", err)
			}
			continue
		}
		var before runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		out := &counting{}
		var w io.Writer = out
		if err := publish.Write(w, made(t, 10_000), f.Usual()); err != nil {
			t.Fatal(err)
		}
		allowed := int64(8 << 20)
		if f.Name == publish.XLSX { // the library holds 16 MB of a sheet before it uses a file
			allowed = 64 << 20
		}
		if grown := int64(out.most) - int64(before.HeapAlloc); grown > allowed || out.n < 1<<20 {
			t.Errorf("%s: %d bytes more are held while %d are written", f.Name, grown, out.n)
		}
	}
}
