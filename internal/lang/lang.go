package lang

import (
	"embed"
	"io/fs"
	"iter"
	"path"
	"slices"
	"strings"
	"sync"
)

//go:embed */*.tsv
var folders embed.FS

// Common is the name of the folder whose rows hold for every language.
const Common = "all"

// Pack is what is known of one language: how it writes figures, which rules of grammar hold for it, and its words.
// Packs are made once and never changed; they are safe for use by several goroutines.
type Pack struct {
	Code    string // BCP 47
	Decimal rune   // the mark before decimals: '.' or ','
	Group   rune   // the mark between thousands: '.', ',', or a space
	Known   bool   // there is a folder for it
	RTL     bool   // written from right to left
	Script  string // of its letters: arabic, hebrew, kana, hangul, other; "" is Latin
	// what tells a number in words from another word: capitals, verbs, article, counters; "" nothing
	Numerals string
	Scales   bool // its words for thousand, million and so on are known
	traits   Trait
}

// Is says whether all rules of t hold for the language.
func (p *Pack) Is(t Trait) bool { return p.traits&t == t }

// Row is a line of a table: what the words are, an argument, and the words.
type Row struct {
	Kind, Arg string
	Forms     []string
}

// Rows gives the rows of a table of the language, such as "values"; none when the language has no such table. The
// rows that hold for all languages are those of Of(Common).
func (p *Pack) Rows(table string) []Row {
	data, err := folders.ReadFile(path.Join(p.Code, table+".tsv"))
	if err != nil {
		return nil
	}
	return parse(string(data))
}

// parse reads lines of kind, argument and forms parted by "|", with tabs between; "#" starts a comment.
func parse(table string) []Row {
	var rows []Row
	for line := range strings.Lines(table) {
		cells := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if strings.HasPrefix(line, "#") || len(cells) != 3 {
			continue
		}
		rows = append(rows, Row{Kind: cells[0], Arg: cells[1],
			Forms: slices.DeleteFunc(strings.Split(cells[2], "|"), func(s string) bool { return s == "" })})
	}
	return rows
}

// Words gives the forms of all rows of one kind in a table, in order.
func (p *Pack) Words(table, kind string) []string {
	var out []string
	for _, r := range p.Rows(table) {
		if r.Kind == kind {
			out = append(out, r.Forms...)
		}
	}
	return out
}

// Everywhere gives the rows of a table in every folder: those of Common first, then by code.
func Everywhere(table string) iter.Seq2[*Pack, Row] {
	return func(yield func(*Pack, Row) bool) {
		for _, p := range append([]*Pack{Of(Common)}, All()...) {
			for _, r := range p.Rows(table) {
				if !yield(p, r) {
					return
				}
			}
		}
	}
}

// packs are made when the first is asked for.
var packs = sync.OnceValue(func() map[string]*Pack {
	out := map[string]*Pack{}
	entries, err := fs.ReadDir(folders, ".")
	if err != nil {
		panic(err) // it is embedded
	}
	for _, e := range entries {
		out[e.Name()] = load(e.Name())
	}
	return out
})

// unknown is the pack of a language without a folder: no words, no rules, figures as most of the world writes them.
var unknown = &Pack{Code: "und", Decimal: '.', Group: ','}

// Of gives the pack of a language, by its tag or the part of it before the first hyphen. It is never nil: a language
// without a folder gets a pack without words.
func Of(code string) *Pack {
	all := packs()
	if p := all[code]; p != nil {
		return p
	}
	base, _, _ := strings.Cut(code, "-")
	if p := all[base]; p != nil {
		return p
	}
	return unknown
}

// All gives the languages that have a folder, by code; Common is not among them.
func All() []*Pack {
	var out []*Pack
	for code, p := range packs() {
		if code != Common {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(a, b *Pack) int { return strings.Compare(a.Code, b.Code) })
	return out
}

// load reads pack.tsv of a folder: its marks, its script and the names of its traits.
func load(code string) *Pack {
	p := &Pack{Code: code, Decimal: '.', Group: ',', Known: true}
	for _, r := range p.Rows("pack") {
		switch r.Kind {
		case "decimal":
			p.Decimal = []rune(r.Arg)[0]
		case "group":
			p.Group = []rune(r.Arg)[0]
		case "rtl":
			p.RTL = true
		case "script":
			p.Script = r.Arg
		case "numerals":
			p.Numerals = r.Arg
		case "trait":
			t, ok := traitNames[r.Arg]
			if !ok {
				panic("internal/lang/" + code + "/pack.tsv: no trait is called " + r.Arg)
			}
			p.traits |= t
		}
	}
	p.Scales = len(p.Words("values", "scale"))+len(p.Words("cldr", "scale")) > 0 || p.Is(Unspaced)
	return p
}
