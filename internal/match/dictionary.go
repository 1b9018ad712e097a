package match

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
)

// Dictionaries that a user has installed are turned into concept files of our own format once, and those lie in a
// folder of the user's. Nothing is fetched.

const maxGlosses = 6 // translations kept of one headword

// ImportDictionary turns a dictionary among files into a concept file, which LoadLexicon reads, and gives its bytes and
// the number of its rows. It knows the TSV of our own lexicon, the .index of a FreeDict dictionary with its .dict or
// .dict.dz beside it, and EDICT or ENAMDICT in EUC-JP or UTF-8, as Debian installs them.
func ImportDictionary(files fs.FS, name string) (tsv []byte, rows int, err error) {
	list, err := readDictionary(files, name)
	if err != nil {
		return nil, 0, err
	}
	if len(list) == 0 {
		return nil, 0, fmt.Errorf("%s: no entry with a translation: is this a dictionary?", name)
	}
	var b bytes.Buffer
	b.WriteString("topic\tword\ttranslation\n")
	for _, r := range list {
		fmt.Fprintf(&b, "dictionary\t%s\t%s\n", r.forms[0], strings.Join(r.forms[1:], "|"))
	}
	return b.Bytes(), len(list), nil
}

// LoadLexicon gives the lexicon that is compiled in with the concept files (*.tsv) of a folder added. nil adds nothing.
func LoadLexicon(files fs.FS) (*Lexicon, error) {
	if files == nil {
		return Builtin(), nil
	}
	names, err := fs.Glob(files, "*.tsv")
	if err != nil {
		return nil, fmt.Errorf("lexicon folder: %w", err)
	}
	if len(names) == 0 {
		return Builtin(), nil
	}
	lex, err := buildBuiltin()
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		f, err := files.Open(name)
		if err != nil {
			return nil, fmt.Errorf("lexicon: %w", err)
		}
		err = lex.read(name, f)
		f.Close()
		if err != nil {
			return nil, err
		}
	}
	return lex.pack(), nil
}

func readDictionary(files fs.FS, path string) ([]row, error) {
	raw, err := fs.ReadFile(files, path)
	if err != nil {
		return nil, fmt.Errorf("dictionary: %w", err)
	}
	switch {
	case strings.HasSuffix(path, ".tsv"):
		rows, err := readRows(path, bytes.NewReader(raw))
		return tidyRows(rows), err
	case strings.HasSuffix(path, ".index"):
		return readFreeDict(files, path, raw)
	case strings.HasSuffix(path, ".dict"), strings.HasSuffix(path, ".dict.dz"):
		return nil, fmt.Errorf("%s: give the .index file of the dictionary, which lies beside it", path)
	}
	return readEdict(path, raw)
}

// tidyRows drops what the two columns of an imported file cannot hold.
func tidyRows(rows []row) []row {
	return slices.DeleteFunc(rows, func(r row) bool { return len(r.forms) < 2 })
}

// readFreeDict reads a dictd index (headword, offset and length in base 64) and the entries it points to.
func readFreeDict(files fs.FS, path string, index []byte) ([]row, error) {
	body, err := readDictBody(files, strings.TrimSuffix(path, ".index"))
	if err != nil {
		return nil, err
	}
	var rows []row
	sc := bufio.NewScanner(bytes.NewReader(index))
	for n := 1; sc.Scan(); n++ {
		f := strings.Split(sc.Text(), "\t")
		if len(f) < 3 {
			return nil, fmt.Errorf("%s line %d: want headword, offset and length parted by tabs", path, n)
		}
		at, okAt := dictNumber(f[1])
		size, okSize := dictNumber(f[2])
		if !okAt || !okSize || at+size > len(body) {
			return nil, fmt.Errorf("%s line %d: points outside the dictionary: do .index and .dict belong together?",
				path, n)
		}
		if strings.HasPrefix(f[0], "00") || !utf8.Valid(body[at:at+size]) {
			continue
		}
		if glosses := freeDictGlosses(string(body[at : at+size])); len(glosses) > 0 {
			rows = append(rows, row{topic: "dictionary", forms: append([]string{clean(f[0])}, glosses...)})
		}
	}
	return rows, sc.Err()
}

func readDictBody(files fs.FS, base string) ([]byte, error) {
	if raw, err := fs.ReadFile(files, base+".dict"); err == nil {
		return raw, nil
	}
	f, err := files.Open(base + ".dict.dz")
	if err != nil {
		return nil, fmt.Errorf("dictionary: neither %s.dict nor %s.dict.dz can be read: %w", base, base, err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s.dict.dz: %w", base, err)
	}
	return io.ReadAll(z)
}

// dictNumber reads a number of a dictd index: base 64, most significant digit first.
func dictNumber(s string) (int, bool) {
	const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	n := 0
	for i := 0; i < len(s); i++ {
		d := strings.IndexByte(digits, s[i])
		if d < 0 || n > 1<<40 {
			return 0, false
		}
		n = n<<6 | d
	}
	return n, s != ""
}

// freeDictGlosses takes the translations of an entry: every line but the headword's, parted by ; and ,.
func freeDictGlosses(entry string) []string {
	_, rest, _ := strings.Cut(entry, "\n")
	return glosses(strings.FieldsFunc(rest, func(r rune) bool { return r == '\n' || r == ';' || r == ',' }))
}

// readEdict reads lines like 選挙 [せんきょ] /(n) election/polls/. Any text has lines with a / in them, so a file is
// refused when most of its lines do not have this form.
func readEdict(path string, raw []byte) ([]row, error) {
	if !utf8.Valid(raw) {
		decoded, err := japanese.EUCJP.NewDecoder().Bytes(raw)
		if err != nil {
			return nil, fmt.Errorf("%s: neither UTF-8 nor EUC-JP: %w", path, err)
		}
		raw = decoded
	}
	var rows []row
	entries, others := 0, 0
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimSpace(line)
		head, rest, ok := strings.Cut(line, "/")
		if line == "" || strings.HasPrefix(head, "？") || strings.HasPrefix(head, "#") {
			continue
		}
		if !ok || !strings.HasSuffix(line, "/") || !strings.HasSuffix(head, " ") || len(rest) < 2 {
			others++
			continue
		}
		entries++
		word, _, _ := strings.Cut(strings.TrimSpace(head), " ")
		word, _, _ = strings.Cut(word, "(")
		for _, w := range strings.Split(word, ";") {
			if g := glosses(strings.Split(rest, "/")); w != "" && len(g) > 0 {
				rows = append(rows, row{topic: "dictionary", forms: append([]string{clean(w)}, g...)})
			}
		}
	}
	if others > entries {
		return nil, fmt.Errorf("%s: not a dictionary that is known here: give the .index file of a FreeDict "+
			"dictionary, an EDICT file (lines like “選挙 [せんきょ] /election/”), or a .tsv", path)
	}
	return rows, nil
}

// glosses cleans translations: notes in brackets go, and so do whole phrases, which no text repeats word for word.
func glosses(raw []string) []string {
	var out []string
	for _, g := range raw {
		g = clean(dropBrackets(g))
		g = strings.TrimPrefix(g, "to ")
		if g == "" || strings.HasPrefix(g, "EntL") || len(strings.Fields(g)) > 3 || slices.Contains(out, g) {
			continue
		}
		if out = append(out, g); len(out) == maxGlosses {
			break
		}
	}
	return out
}

// dropBrackets drops what stands in (), [], {} and <>.
func dropBrackets(s string) string {
	var b strings.Builder
	depth := 0
	for _, r := range s {
		switch {
		case strings.ContainsRune("([{<", r):
			depth++
		case strings.ContainsRune(")]}>", r):
			depth = max(0, depth-1)
		case depth == 0:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// clean makes a form fit for a cell: no tab, bar or line break.
func clean(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r == '\t' || r == '|' || r == '\n' || r == '\r' {
			return ' '
		}
		return r
	}, s))
}
