package match

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"strconv"
	"sync"
)

// Term is one way to find a text among others, also of another script: a number or a day by its value, a word by its
// concept or else its stem, a name by how it sounds. Name is the same for the same thing as long as TermsOf is; Trust,
// 0 to 1, is how far two texts that share it mean the same.
type Term struct {
	Name  string
	Trust float64
}

// Terms takes the terms out of texts, for an index that lies elsewhere, as in the tables of a database. It is not safe
// for concurrent use.
type Terms struct {
	rd    reader
	words map[string]*word
}

// NewTerms reads with the lexicon that is compiled in.
func NewTerms() *Terms {
	t := &Terms{words: map[string]*word{}}
	t.rd = reader{lex: Builtin(), known: t.word}
	return t
}

// word is Lexicon.newWord from memory.
func (t *Terms) word(raw string, s script) *word {
	if w, ok := t.words[raw]; ok {
		return w
	}
	if len(t.words) >= maxWords {
		clear(t.words)
	}
	w := t.rd.lex.newWord(raw, s)
	t.words[raw] = w
	return w
}

// Of gives the terms of a text, each once, in its order.
func (t *Terms) Of(s string) []Term {
	var out []Term
	at := map[string]int{}
	add := func(name string, trust float32) {
		if i, there := at[name]; there {
			out[i].Trust = max(out[i].Trust, float64(trust))
			return
		}
		at[name] = len(out)
		out = append(out, Term{name, float64(trust)})
	}
	units := t.rd.read(s)
	for i := range units {
		eachKey(t.rd.lex, &units[i], add)
		if w := units[i].word; w != nil && units[i].value == "" && maybeName(w) {
			for _, sound := range soundKeys(w.readings()) {
				add("s"+sound, trustSound)
			}
		}
	}
	return out
}

// eachKey gives the keys of a unit that are compared as they are: its value, its concepts, or else its stem.
func eachKey(lex *Lexicon, u *unit, add func(name string, trust float32)) {
	switch {
	case u.value != "":
		add("="+u.value, 1)
		if loose, ok := loosely(u.value); ok {
			add("="+loose, trustBare)
		}
	case len(u.concepts) > 0:
		for _, c := range u.concepts {
			add("c"+strconv.Itoa(int(c)), lex.concepts[c].trust)
		}
	case u.word != nil:
		add("w"+u.word.stem, 1)
	}
}

// TermsOf names what the terms are made by. Terms that were made under another name are made anew.
var TermsOf = sync.OnceValue(func() string {
	h := sha256.New()
	for _, files := range []fs.FS{tableFiles, lexiconFiles, joinedFiles} {
		if err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			tsv, err := fs.ReadFile(files, path)
			_, _ = h.Write(tsv) // a hash takes everything
			return err
		}); err != nil {
			panic("match: " + err.Error()) // the files are compiled in
		}
	}
	return Maker + "/" + Version + "/" + hex.EncodeToString(h.Sum(nil)[:8])
})

// AlikeAmong compares one text with a few others that no index holds, as Index.Alike does.
func AlikeAmong(q Item, others []Item) []Likeness {
	ix := NewIndex(Builtin(), Only(AllKeys&^KeyGram))
	for i, o := range others {
		o.ID, o.Doc = strconv.Itoa(i+1), ""
		ix.addOne(o, true)
	}
	ix.logItems = logItems(len(others))
	return ix.Alike(q, others)
}
