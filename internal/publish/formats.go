package publish

import (
	"bufio"
	"slices"
	"strings"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/fault"
)

// The names of the formats.
const (
	JSON        = "json"
	CSV         = "csv"
	CSVEvidence = "csv-evidence"
	XLSX        = "xlsx"
	Report      = "report"
	Fragment    = "fragment"
	ClaimReview = "claimreview"
	DataFeed    = "datafeed"
	AVeriTeC    = "averitec"
	Annotation  = "annotation"
	Bundle      = "bundle"
	WACZ        = "wacz"
)

// Format is a form in which a frozen set goes out. The page, the API and the command read the one table of them, so
// that a new format is a line in it and the function that writes it.
type Format struct {
	Name   string // what requests and the history hold
	Word   string // what a person reads beside the choice
	Short  string // the same inside a sentence
	Media  string // the media type, with its character set where it has one
	Ending string // of the file's name, without the first dot
	BOM    bool   // it may begin with a byte order mark
	Worded bool   // it has words of its own, in a language that may be chosen
	One    bool   // it can be made of one claim alone
	Kept   bool   // it holds what is kept of outside documents: only of sets whose settings say so
	Page   bool   // a browser would show it as a page: it is sent in a sandbox

	// write writes the set claim by claim, and holds one claim in memory
	write func(w *bufio.Writer, p *Print, o Options) error
}

// formats are all formats, the usual one first.
var formats = []Format{
	{Name: JSON, Word: "Claims and evidence, JSON", Short: "JSON", Media: "application/json", Ending: "json",
		write: writeJSON},
	{Name: CSV, Word: "Table of claims, CSV in UTF-8", Short: "CSV", Media: "text/csv; charset=utf-8", Ending: "csv",
		BOM: true, write: writeCSV},
	{Name: CSVEvidence, Word: "Table of evidence, CSV in UTF-8", Short: "CSV of evidence",
		Media: "text/csv; charset=utf-8", Ending: "evidence.csv", BOM: true, write: writeCSVEvidence},
	{Name: XLSX, Word: "Workbook of claims and evidence, XLSX", Short: "XLSX",
		Media:  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		Ending: "xlsx", write: writeXLSX},
	{Name: Report, Word: "Report to read and print, HTML", Short: "report", Media: "text/html; charset=utf-8",
		Ending: "report.html", Worded: true, Page: true, write: writeReport},
	{Name: Fragment, Word: "Parts of a page, HTML with JSON-LD", Short: "fragment", Media: "text/html; charset=utf-8",
		Ending: "fragment.html", Worded: true, One: true, Page: true, write: writeFragment},
	{Name: ClaimReview, Word: "ClaimReview of each claim, schema.org", Short: "ClaimReview",
		Media: "application/ld+json", Ending: "claimreview.jsonld", One: true, write: writeClaimReview},
	{Name: DataFeed, Word: "DataFeed of the set, schema.org", Short: "DataFeed", Media: "application/ld+json",
		Ending: "datafeed.jsonld", write: writeDataFeed},
	{Name: Annotation, Word: "Quotations and evidence, W3C Web Annotation", Short: "Web Annotation",
		Media:  `application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"`,
		Ending: "annotation.jsonld", write: writeAnnotation},
	{Name: AVeriTeC, Word: "Rows for research, AVeriTeC", Short: "AVeriTeC", Media: "application/json",
		Ending: "averitec.json", write: writeAVeriTeC},
	{Name: Bundle, Word: "Evidence bundle, which proves itself offline, ZIP", Short: "bundle", Media: "application/zip",
		Ending: "bundle.zip", Worded: true, write: writeBundle},
	{Name: WACZ, Word: "Captures of outside documents, WACZ", Short: "WACZ", Media: "application/wacz", Ending: "wacz",
		Kept: true, write: writeWACZ},
}

// Formats lists the formats in which every frozen set goes out, the usual one first.
func Formats() []Format {
	return slices.DeleteFunc(slices.Clone(formats), func(f Format) bool { return f.Kept })
}

// FormatsOf lists the formats in which a frozen set goes out.
func FormatsOf(set claimset.Set) []Format {
	if set.Captures {
		return slices.Clone(formats)
	}
	return Formats()
}

// FormatNames lists the names of the formats with a word between them: "json or csv", "json|csv".
func FormatNames(between string) string {
	return formatList(between, func(f Format) string { return f.Name })
}

// FormatWords lists the formats as they stand in a sentence: "JSON or CSV".
func FormatWords() string { return formatList(" or ", func(f Format) string { return f.Short }) }

func formatList(between string, of func(Format) string) string {
	var all []string
	for _, f := range formats {
		all = append(all, of(f))
	}
	return strings.Join(all, between)
}

// FormatOf finds a format by its name; another name is fault.Invalid of the field format.
func FormatOf(name string) (Format, error) {
	for _, f := range formats {
		if f.Name == name {
			return f, nil
		}
	}
	choose := "Choose " + FormatNames(" or ") + "."
	return Format{}, fault.New(fault.Invalid, "“%s” is no format of export. %s", name, choose).With("format", choose)
}

// Options of an export.
type Options struct {
	Format string
	BOM    bool      // a byte order mark before the text, for spreadsheets that would not know UTF-8 otherwise
	Lang   string    // of the words that are not the set's own; "" is English
	Claim  claims.ID // this claim alone; 0: all
}

// Usual gives the options that are meant where nobody says: with a byte order mark, where the format takes one.
func (f Format) Usual() Options { return Options{Format: f.Name, BOM: f.BOM} }

// Check says whether these options are ones.
func (o Options) Check() error {
	_, err := o.format()
	return err
}

// format is the format that the options name, which takes the other options.
func (o Options) format() (Format, error) {
	f, err := FormatOf(o.Format)
	switch {
	case err != nil:
		return f, err
	case o.BOM && !f.BOM:
		return f, fault.New(fault.Invalid, "A byte order mark does not go with %s.", f.Short).With("bom",
			"Leave it out for "+f.Short+".")
	case o.Lang != "" && !slices.Contains(Langs(), o.Lang):
		choose := "Choose " + strings.Join(Langs(), ", ") + "."
		return f, fault.New(fault.Invalid, "A report has no words in “%s”. %s", o.Lang, choose).With("lang", choose)
	case o.Lang != "" && !f.Worded:
		return f, fault.New(fault.Invalid, "%s has no words of its own, in whatever language.", f.Short).With("lang",
			"Leave the language out for "+f.Short+".")
	case o.Claim < 0 || o.Claim != 0 && !f.One:
		return f, fault.New(fault.Invalid, "%s is made of a whole set.", f.Short).With("claim",
			"Leave the claim out for "+f.Short+".")
	}
	return f, nil
}
