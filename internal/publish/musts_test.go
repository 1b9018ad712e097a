package publish_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"claimbench/internal/publish"
)

// exported is a set of hostile words in each format, and what a reader of the standard makes of it.
type exported struct {
	claims           int
	reviews          []object // ClaimReview, alone and of the feed
	feed             object
	annotations      object
	rows             []object
	csv, csvEvidence []byte
	workbook         map[string][]byte // the parts of the package by name
	jsonld           map[string][]byte // what goes into script elements
	quotations       int               // how many annotations there have to be
}

// must is one requirement of a standard in our words, and what holds a file to it.
type must struct {
	of, says string
	holds    func(x exported) error
}

func all(list []object, holds func(object) error) error {
	if len(list) == 0 {
		return errors.New("nothing is there to hold to it")
	}
	for i, o := range list {
		if err := holds(o); err != nil {
			return fmt.Errorf("number %d: %w", i, err)
		}
	}
	return nil
}

func is(ok bool, format string, a ...any) error {
	if ok {
		return nil
	}
	return fmt.Errorf(format, a...)
}

// one says that a member is there once, and is no list.
func one[T any](o object, name string) error {
	_, ok := o[name].(T)
	return is(ok, "%s is %v", name, o[name])
}

func absolute(s string) error {
	u, err := url.Parse(s)
	return is(err == nil && u.IsAbs() && !strings.ContainsAny(s, " <>\"{}|\\^`\n\u2028"), "%q is no IRI", s)
}

func page(s string) error {
	u, err := url.Parse(s)
	return is(err == nil && u.Scheme == "https" && u.Host != "", "%q is no address of a page", s)
}

func items(x exported) []object { return x.annotations.in("first").list("items") }

func targets(x exported) (out []object) {
	for _, a := range items(x) {
		out = append(out, a.list("target")...)
	}
	return out
}

func selectorsOf(kind string) func(x exported) []object {
	return func(x exported) (out []object) {
		for _, t := range targets(x) {
			for _, s := range t.list("selector") {
				if s.text("type") == kind {
					out = append(out, s)
				}
			}
		}
		return out
	}
}

func bodies(x exported) (out []object) {
	for _, a := range items(x) {
		out = append(out, a.list("body")...)
	}
	return out
}

func ratings(x exported) (out []object) {
	for _, r := range x.reviews {
		out = append(out, r.in("reviewRating"))
	}
	return out
}

func answers(x exported) (out []object) {
	for _, r := range x.rows {
		for _, q := range r.list("questions") {
			out = append(out, q.list("answers")...)
		}
	}
	return out
}

// musts are written by hand from the texts of the standards.
var musts = []must{
	{"Google, ClaimReview: required", "claimReviewed is a text", func(x exported) error {
		return all(x.reviews, func(r object) error { return is(r.text("claimReviewed") != "", "none") })
	}},
	{"Google, ClaimReview: required", "reviewRating is one Rating", func(x exported) error {
		return all(ratings(x), func(r object) error { return is(r.text("@type") == "Rating", "%v", r) })
	}},
	{"Google, ClaimReview: required", "url is the address of the page", func(x exported) error {
		return all(x.reviews, func(r object) error { return page(r.text("url")) })
	}},
	{"Google, ClaimReview", "one claim is reviewed once: no page is named twice", func(x exported) error {
		seen := map[string]int{}
		return all(x.reviews, func(r object) error {
			seen[r.text("url")]++
			return is(seen[r.text("url")] <= 2, "%s again", r.text("url")) // alone, and in the feed
		})
	}},
	{"Google, Rating: required", "alternateName is a text", func(x exported) error {
		return all(ratings(x), func(r object) error { return is(r.text("alternateName") != "", "%v", r) })
	}},
	{"Google, Rating", "numbers: best above worst, value between; all or none", func(x exported) error {
		return all(ratings(x), func(r object) error {
			value, v := r["ratingValue"].(float64)
			best, b := r["bestRating"].(float64)
			worst, w := r["worstRating"].(float64)
			return is(v == b && b == w && (!v || worst < best && worst <= value && value <= best), "%v", r)
		})
	}},
	{"Google, Claim", "itemReviewed is a Claim; its author, if any, has a name", func(x exported) error {
		return all(x.reviews, func(r object) error {
			c := r.in("itemReviewed")
			_, has := c["author"]
			return is(c.text("@type") == "Claim" && (!has || c.in("author").text("name") != ""), "%v", c)
		})
	}},
	{"Google, Claim", "appearance is an address or a CreativeWork with one", func(x exported) error {
		return all(x.reviews, func(r object) error { return page(r.in("itemReviewed").in("appearance").text("url")) })
	}},
	{"schema.org", "dates are of ISO 8601", func(x exported) error {
		return all(x.reviews, func(r object) error {
			_, err := time.Parse(time.DateOnly, r.text("datePublished"))
			_, of := time.Parse(time.DateOnly, r.in("itemReviewed").text("datePublished"))
			return errors.Join(err, of)
		})
	}},
	{"schema.org", "authors are a Person or an Organization", func(x exported) error {
		return all(x.reviews, func(r object) error {
			a := r.in("author")
			known := slices.Contains([]string{"Person", "Organization"}, a.text("@type"))
			return is(known && a.text("name") != "", "%v", a)
		})
	}},
	{"schema.org, DataFeed", "dataFeedElement holds DataFeedItems, each with its item", func(x exported) error {
		return all(x.feed.list("dataFeedElement"), func(e object) error {
			return is(e.text("@type") == "DataFeedItem" && e.in("item").text("@type") == "ClaimReview", "%v", e)
		})
	}},
	{"JSON-LD 1.1, 3.1", "a context is there once: of a list in each, of a feed above", func(x exported) error {
		alone := x.reviews[:x.claims]
		if err := all(alone, one1("@context")); err != nil {
			return err
		}
		return all(x.reviews[x.claims:], func(r object) error { return is(r["@context"] == nil, "again") })
	}},
	{"JSON-LD 1.1, 14.2 and HTML", "nothing in it ends a script element or begins a comment", func(x exported) error {
		for name, b := range x.jsonld {
			for _, bad := range []string{"<", "\u2028", "\u2029"} {
				if bytes.Contains(b, []byte(bad)) {
					return fmt.Errorf("%s holds %q", name, bad)
				}
			}
		}
		return nil
	}},
	{"JSON-LD 1.1 and RFC 8259, 8.1", "it is UTF-8 without a byte order mark", func(x exported) error {
		for name, b := range x.jsonld {
			if !utf8.Valid(b) || bytes.HasPrefix(b, []byte("\ufeff")) {
				return errors.New(name)
			}
		}
		return nil
	}},

	{"Web Annotation, 3.1", "@context is a string, the one of the model", func(x exported) error {
		return all(items(x), func(a object) error {
			return is(a.text("@context") == "http://www.w3.org/ns/anno.jsonld", "%v", a["@context"])
		})
	}},
	{"Web Annotation, 3.1", "an annotation has exactly one IRI, and no other has it", func(x exported) error {
		seen := map[string]bool{}
		return all(items(x), func(a object) error {
			twice := seen[a.text("id")]
			seen[a.text("id")] = true
			return errors.Join(absolute(a.text("id")), is(!twice, "%s again", a.text("id")))
		})
	}},
	{"Web Annotation, 3.1", "its type is Annotation", func(x exported) error {
		return all(items(x), func(a object) error { return is(a.text("type") == "Annotation", "%v", a["type"]) })
	}},
	{"Web Annotation, 3.1", "it has a target, or more", func(x exported) error {
		return all(items(x), func(a object) error { return is(len(a.list("target")) > 0, "none") })
	}},
	{"Web Annotation, 3.2.2", "a resource of the web has exactly one IRI", func(x exported) error {
		return all(targets(x), func(t object) error { return absolute(t.in("source").text("id")) })
	}},
	{"Web Annotation, 3.2.2", "textDirection is ltr, rtl or auto; one language, of BCP 47", func(x exported) error {
		tag := regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)
		return all(bodies(x), func(b object) error {
			dir, lang := b.text("textDirection"), b.text("language")
			known := slices.Contains([]string{"ltr", "rtl", "auto"}, dir)
			return is(known && (lang == "" || tag.MatchString(lang)), "%v", b)
		})
	}},
	{"Web Annotation, 3.2.4", "a TextualBody has exactly one value, a string", func(x exported) error {
		return all(bodies(x), func(b object) error {
			return errors.Join(one[string](b, "value"), is(b.text("type") == "TextualBody", "%v", b["type"]))
		})
	}},
	{"Web Annotation, 3.3.1", "created is a dateTime in UTC, expressed as Z", func(x exported) error {
		return all(items(x), func(a object) error {
			_, err := time.Parse("2006-01-02T15:04:05Z", a.text("created"))
			return err
		})
	}},
	{"Web Annotation, 3.3.2", "a creator has a type of an agent, and a name", func(x exported) error {
		return all(items(x), func(a object) error {
			c := a.in("creator")
			return is(c.text("type") == "Organization" && c.text("name") != "", "%v", c)
		})
	}},
	{"Web Annotation, 3.3.5", "motivation and purpose are of the list", func(x exported) error {
		if err := all(bodies(x), func(b object) error {
			return is(slices.Contains(motivations, b.text("purpose")), "%v", b["purpose"])
		}); err != nil {
			return err
		}
		return all(items(x), func(a object) error {
			return is(slices.Contains(motivations, a.text("motivation")), "%v", a["motivation"])
		})
	}},
	{"Web Annotation, 4", "a specific resource has exactly one source, and what makes it specific",
		func(x exported) error {
			return all(targets(x), func(t object) error {
				return errors.Join(one[map[string]any](t, "source"), is(len(t.list("selector")) > 0, "no selector"))
			})
		}},
	{"Web Annotation, 4.2.4", "a TextQuoteSelector has exactly one exact, at most one prefix and suffix",
		func(x exported) error {
			return all(selectorsOf("TextQuoteSelector")(x), func(s object) error {
				for _, name := range []string{"prefix", "suffix"} {
					if _, has := s[name]; has && one[string](s, name) != nil {
						return fmt.Errorf("%s is %v", name, s[name])
					}
				}
				return one[string](s, "exact")
			})
		}},
	{"Web Annotation, 4.2.5", "a TextPositionSelector has one start and one end, integers of 0 and more",
		func(x exported) error {
			return all(selectorsOf("TextPositionSelector")(x), func(s object) error {
				start, a := s["start"].(float64)
				end, b := s["end"].(float64)
				whole := start == float64(int(start)) && end == float64(int(end))
				return is(a && b && start >= 0 && end > start && whole, "%v", s)
			})
		}},
	{"Web Annotation, 4.2.4 and 4.2.5", "positions count code points, so that they span the words",
		func(x exported) error {
			for _, a := range items(x) {
				if !strings.HasSuffix(a.text("id"), ":quotation") {
					continue
				}
				if len(a.list("target")) == 0 {
					return errors.New("no target")
				}
				s := a.list("target")[0].list("selector")
				words, span := s[0].text("exact"), s[1]["end"].(float64)-s[1]["start"].(float64)
				if int(span) != utf8.RuneCountInString(words) {
					return fmt.Errorf("%q is %v long", words, span)
				}
			}
			return nil
		}},
	{"Web Annotation, 5.1", "a collection has the context, an IRI, its type, and a first page", func(x exported) error {
		c := x.annotations
		context := c.text("@context") == "http://www.w3.org/ns/anno.jsonld"
		return errors.Join(absolute(c.text("id")), one[string](c, "label"),
			is(c.text("type") == "AnnotationCollection" && context && c.in("first") != nil, "%v", c["type"]))
	}},
	{"Web Annotation, 5.2", "a page has an IRI, its type, its collection, and annotations", func(x exported) error {
		p := x.annotations.in("first")
		whole := p.text("partOf") == x.annotations.text("id") && p["startIndex"] == 0.0 && len(items(x)) == x.quotations
		return errors.Join(absolute(p.text("id")), is(p.text("type") == "AnnotationPage" && whole, "%v", p["type"]))
	}},

	{"AVeriTeC, README", "a row has all members and no other", func(x exported) error {
		names := []string{"claim", "required_reannotation", "label", "justification", "claim_date", "speaker",
			"original_claim_url", "cached_original_claim_url", "fact_checking_article", "reporting_source",
			"location_ISO_code", "claim_types", "fact_checking_strategies", "questions"}
		return all(x.rows, func(r object) error {
			for _, name := range names {
				if _, has := r[name]; !has {
					return errors.New(name)
				}
			}
			return is(len(r) == len(names), "%d members", len(r))
		})
	}},
	{"AVeriTeC, README", "label is one of four", func(x exported) error {
		return all(x.rows, func(r object) error {
			return is(slices.Contains([]string{"Supported", "Refuted", "Not Enough Evidence",
				"Conflicting Evidence/Cherrypicking"}, r.text("label")), "%v", r["label"])
		})
	}},
	{"AVeriTeC, data", "claim_date is day-month-year without zeros in front, or null", func(x exported) error {
		return all(x.rows, func(r object) error {
			_, err := time.Parse("2-1-2006", r.text("claim_date"))
			return is(r["claim_date"] == nil || err == nil && !strings.HasPrefix(r.text("claim_date"), "0"), "%v", r)
		})
	}},
	{"AVeriTeC, README", "an answer has its members, a type of four, and words", func(x exported) error {
		return all(answers(x), func(a object) error {
			for _, name := range []string{"answer", "answer_type", "source_url", "cached_source_url", "source_medium"} {
				if _, has := a[name]; !has {
					return errors.New(name)
				}
			}
			return is(slices.Contains(answerTypes, a.text("answer_type")) && a.text("answer") != "", "%v", a)
		})
	}},
	{"AVeriTeC, README", "source_medium is of the list, or null", func(x exported) error {
		return all(answers(x), func(a object) error {
			return is(a["source_medium"] == nil || slices.Contains([]string{"Web text", "PDF", "Metadata", "Web table",
				"Image/graphic", "Video", "Other"}, a.text("source_medium")), "%v", a["source_medium"])
		})
	}},
	{"AVeriTeC, README", "an answer that says something says where it was read", func(x exported) error {
		return all(answers(x), func(a object) error {
			if a.text("answer_type") == "Unanswerable" {
				return nil
			}
			return page(a.text("source_url"))
		})
	}},

	{"RFC 4180, 2.1 to 2.7", "records end in CRLF, have one number of fields, and quote what needs it",
		func(x exported) error {
			for _, b := range [][]byte{x.csv, x.csvEvidence} {
				if err := rfc4180(strings.TrimPrefix(string(b), "\ufeff")); err != nil {
					return err
				}
			}
			return nil
		}},

	{"OPC (ISO 29500-2), 10.1", "[Content_Types].xml gives each part a type", func(x exported) error {
		types := string(x.workbook["[Content_Types].xml"])
		for name := range x.workbook {
			ext := strings.TrimPrefix(path.Ext(name), ".")
			if name != "[Content_Types].xml" && !strings.Contains(types, `PartName="/`+name+`"`) &&
				!strings.Contains(types, `Extension="`+ext+`"`) {
				return errors.New(name)
			}
		}
		return nil
	}},
	{"OPC, 9.3", "each relationship leads to a part that is there", func(x exported) error {
		for name, b := range x.workbook {
			if !strings.HasSuffix(name, ".rels") {
				continue
			}
			base := path.Dir(path.Dir(name))
			for _, m := range regexp.MustCompile(`Target="([^"]+)"`).FindAllStringSubmatch(string(b), -1) {
				to := strings.TrimPrefix(path.Join("/"+base, m[1]), "/")
				if strings.HasPrefix(m[1], "/") {
					to = m[1][1:]
				}
				if x.workbook[to] == nil {
					return fmt.Errorf("%s leads to %s", name, to)
				}
			}
		}
		return nil
	}},
	{"XML 1.0, 2.2", "each part is well formed, of characters that XML has", func(x exported) error {
		for name, b := range x.workbook {
			for d := xml.NewDecoder(bytes.NewReader(b)); ; {
				if _, err := d.Token(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					return fmt.Errorf("%s: %w", name, err)
				}
			}
		}
		return nil
	}},
	{"ISO 29500-1, 18.3.1", "rows and cells stand in order; a cell is a text of at most 32,767, and no formula",
		func(x exported) error {
			for _, name := range []string{"xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"} {
				if err := sheetIsInOrder(x.workbook[name]); err != nil {
					return fmt.Errorf("%s: %w", name, err)
				}
			}
			return nil
		}},
	{"ISO 29500-1, 18.2.20", "a sheet has a name of at most 31 characters, once", func(x exported) error {
		book := string(x.workbook["xl/workbook.xml"])
		names := regexp.MustCompile(`<sheet name="([^"]*)"`).FindAllStringSubmatch(book, -1)
		return is(len(names) == 2 && names[0][1] == "Claims" && names[1][1] == "Evidence", "%v", names)
	}},
}

func one1(name string) func(object) error {
	return func(o object) error { return one[string](o, name) }
}

// rfc4180 reads a table sign by sign, as the grammar of the RFC has it.
func rfc4180(s string) error {
	fields, want, line := 1, 0, 1
	for i := 0; i < len(s); {
		if s[i] == '"' { // escaped: up to a quote that is not doubled
			for i++; ; i++ {
				if i >= len(s) {
					return fmt.Errorf("record %d: a quoted field does not end", line)
				}
				if s[i] == '"' {
					if i+1 < len(s) && s[i+1] == '"' {
						i++
						continue
					}
					i++
					break
				}
			}
		} else {
			for i < len(s) && s[i] != ',' && s[i] != '\r' && s[i] != '\n' {
				if s[i] == '"' {
					return fmt.Errorf("record %d: a quote in a field that is not quoted", line)
				}
				i++
			}
		}
		switch {
		case i < len(s) && s[i] == ',':
			fields++
			i++
		case strings.HasPrefix(s[i:], "\r\n"):
			if want == 0 {
				want = fields
			}
			if fields != want {
				return fmt.Errorf("record %d has %d fields, and the first %d", line, fields, want)
			}
			fields, line = 1, line+1
			i += 2
		default:
			return fmt.Errorf("record %d: %.20q follows a field", line, s[i:])
		}
	}
	return nil
}

// sheetIsInOrder reads a sheet as XML.
func sheetIsInOrder(b []byte) error {
	var sheet struct {
		Rows []struct {
			R     int `xml:"r,attr"`
			Cells []struct {
				R  string  `xml:"r,attr"`
				T  string  `xml:"t,attr"`
				F  *string `xml:"f"`
				Is struct {
					T string `xml:"t"`
				} `xml:"is"`
			} `xml:"c"`
		} `xml:"sheetData>row"`
	}
	if err := xml.Unmarshal(b, &sheet); err != nil {
		return err
	}
	for i, row := range sheet.Rows {
		if row.R != i+1 {
			return fmt.Errorf("row %d is numbered %d", i+1, row.R)
		}
		before := ""
		for _, c := range row.Cells {
			column := strings.TrimRight(c.R, "0123456789")
			if c.F != nil || c.T != "inlineStr" || len(utf16.Encode([]rune(c.Is.T))) > 32_767 {
				return fmt.Errorf("%s is of type %q, with a formula: %v", c.R, c.T, c.F != nil)
			}
			if len(column) < len(before) || len(column) == len(before) && column <= before {
				return fmt.Errorf("%s stands behind column %s", c.R, before)
			}
			before = column
		}
	}
	return is(len(sheet.Rows) > 1, "no rows")
}

// exportedSet writes a set of hostile words in all formats that a standard binds.
func exportedSet(t *testing.T, claims int) (x exported) {
	t.Helper()
	p := made(t, claims)
	write := func(format string, bom bool) []byte { return written(t, p, publish.Options{Format: format, BOM: bom}) }
	x.claims = claims
	x.jsonld = map[string][]byte{}
	for _, f := range []string{publish.ClaimReview, publish.DataFeed, publish.Annotation} {
		x.jsonld[f] = write(f, false)
	}
	x.reviews = parsed[[]object](t, x.jsonld[publish.ClaimReview])
	x.feed = parsed[object](t, x.jsonld[publish.DataFeed])
	for _, e := range x.feed.list("dataFeedElement") {
		x.reviews = append(x.reviews, e.in("item"))
	}
	x.annotations = parsed[object](t, x.jsonld[publish.Annotation])
	for i := range claims {
		x.quotations += 1 + len(entry(i).Evidence)
	}
	x.rows = parsed[[]object](t, write(publish.AVeriTeC, false))
	x.csv, x.csvEvidence = write(publish.CSV, true), write(publish.CSVEvidence, false)
	b := write(publish.XLSX, false)
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	x.workbook = map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if x.workbook[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return x
}

// TestEveryMustOfTheStandards holds a set of hostile words to each requirement.
func TestEveryMustOfTheStandards(t *testing.T) {
	t.Parallel()
	x := exportedSet(t, 6*len(hostile))
	for _, m := range musts {
		if err := m.holds(x); err != nil {
			t.Errorf("%s: %s: %v", m.of, m.says, err)
		}
	}
}

// TestMustsCanFail: a file that lacks something is found by some of them.
func TestMustsCanFail(t *testing.T) {
	t.Parallel()
	x := exportedSet(t, 4)
	x.reviews[0]["reviewRating"] = map[string]any{"@type": "Rating", "ratingValue": 9.0}
	x.annotations["first"].(map[string]any)["items"].([]any)[0].(map[string]any)["target"] = []any{}
	x.rows[0]["label"] = "Half true"
	x.csv = append(x.csv, "a,b\r\n"...)
	x.workbook["xl/worksheets/sheet2.xml"] = []byte("<worksheet><sheetData><row r=\"2\"/></sheetData></worksheet>")
	x.jsonld["made"] = []byte(`"</script>"`)
	var found []string
	for _, m := range musts {
		if m.holds(x) != nil {
			found = append(found, m.says)
		}
	}
	if len(found) < 8 {
		b, _ := json.Marshal(found)
		t.Errorf("only these fail: %s", b)
	}
}
