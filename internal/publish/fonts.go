package publish

import (
	"bufio"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"claimbench/internal/claimset"
	"claimbench/web"
)

// The fonts of a report are those of the workbench, cut by web/fonts.mjs: of Latin and Arabic a file a weight, of
// Japanese hundreds of parts of a few signs each. A report holds those of which it prints a sign, so that it is read
// and printed alike wherever it goes.

// fontSheets are the style sheets that name them, by their plain names. Latin is first: what it has is taken of no
// other, as in the list of families that a report names.
var fontSheets = []string{"latin.css", "fonts.css", "han.css", "rare.css"}

// fontLicences stand in every report that holds a font, as their licence asks.
const fontLicences = `/* The fonts in this file are cut to some of their signs:
Noto Sans JP: Copyright 2014-2021 Adobe (http://www.adobe.com/), with Reserved Font Name 'Source'
Vazirmatn: Copyright 2015 The Vazirmatn Project Authors (https://github.com/rastikerdar/vazirmatn)
Noto Naskh Arabic: Copyright 2022 The Noto Project Authors (https://github.com/notofonts/arabic)
This Font Software is licensed under the SIL Open Font License, Version 1.1, without warranty of any kind.
The license is available with a FAQ at https://openfontlicense.org */
`

// fontFace is one file of a font: its rule of CSS without the source, and the signs that it is for.
type fontFace struct {
	family, rule string
	signs        []signRange
	files        fs.FS
	source       string // the name of the file
}

// latinFamily ends the name of the family of the Latin letters of another.
const latinFamily = " Latin"

type signRange struct{ first, last rune }

// fontFaces reads the built fonts; none where the assets were not built.
var fontFaces = sync.OnceValues(func() ([]fontFace, error) {
	assets, err := web.LoadAssets()
	if err != nil {
		return nil, nil // a program without assets serves no page: its reports name fonts and hold none
	}
	var all []fontFace
	for _, sheet := range fontSheets {
		css, err := assets.Read(sheet)
		if errors.Is(err, fs.ErrNotExist) {
			continue // it was not built: these signs are shown in fonts of the reader's
		}
		if err != nil {
			return nil, err
		}
		faces, err := facesOf(string(css), assets.Files())
		if err != nil {
			return nil, fmt.Errorf("%s: %w", sheet, err)
		}
		all = append(all, faces...)
	}
	return all, nil
})

var (
	faceRule   = regexp.MustCompile(`@font-face\{([^}]*)\}`)
	faceFamily = regexp.MustCompile(`font-family:"?([^;"]+)"?`)
	faceSource = regexp.MustCompile(`src:url\("?\.?/?([^")]+)"?\)[^;]*;`)
	faceSigns  = regexp.MustCompile(`unicode-range:([^;]+)`)
)

func facesOf(css string, files fs.FS) (out []fontFace, _ error) {
	for _, m := range faceRule.FindAllStringSubmatch(css, -1) {
		family, source, signs := faceFamily.FindStringSubmatch(m[1]), faceSource.FindStringSubmatch(m[1]),
			faceSigns.FindStringSubmatch(m[1])
		if family == nil || source == nil || signs == nil {
			return nil, fmt.Errorf("a rule of a font has another form: %.200s", m[0])
		}
		f := fontFace{family: family[1], rule: faceSource.ReplaceAllString(m[1], ""), files: files, source: source[1]}
		for part := range strings.SplitSeq(signs[1], ",") {
			r, err := signRangeOf(strings.TrimPrefix(strings.ToUpper(strings.TrimSpace(part)), "U+"))
			if err != nil {
				return nil, err
			}
			f.signs = append(f.signs, r)
		}
		out = append(out, f)
	}
	return out, nil
}

func signRangeOf(s string) (signRange, error) {
	first, last, ranged := strings.Cut(s, "-")
	if !ranged {
		last = first
	}
	a, err := strconv.ParseInt(first, 16, 32)
	if err != nil {
		return signRange{}, err
	}
	b, err := strconv.ParseInt(last, 16, 32)
	return signRange{rune(a), rune(b)}, err
}

// signs are the signs that a report prints.
type signs map[rune]bool

func (s signs) add(text []byte) {
	for len(text) > 0 {
		r, n := rune(text[0]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRune(text)
			s[r] = true
		}
		text = text[n:]
	}
}

// signsOf are the signs of a report beside those of ASCII, which it always prints: of its set, its claims, and all its
// words.
func signsOf(p *Print, w wording) (signs, error) {
	s := signs{}
	s.ofSet(p, w)
	return s, p.Each(func(k claimset.Kept) error {
		b, err := k.JSON() // as it goes out: what is withheld leaves no trace in the choice of fonts
		s.add(b)
		return err
	})
}

// ofSet adds the signs of a set and of all words.
func (s signs) ofSet(p *Print, w wording) {
	for _, words := range w.by {
		s.add([]byte(words))
	}
	for _, text := range []string{p.Set.Title, p.Set.Publisher, p.Set.Note} {
		s.add([]byte(text))
	}
	if p.Method == nil {
		return
	}
	s.add([]byte(p.Method.Words))
	for _, step := range p.Method.Scale {
		s.add([]byte(step.Means))
	}
}

// chosen are the fonts that a report holds.
type chosen struct {
	faces []fontFace
	names []string // of the families
	other int      // how many signs are in none of them
}

// choose takes the fonts of which a report prints a sign.
func (s signs) choose() (c chosen, err error) {
	faces, err := fontFaces()
	if err != nil || len(faces) == 0 {
		return c, err
	}
	latin, in := map[rune]bool{}, make(map[rune]bool, len(s))
	for _, f := range faces {
		if !f.holdsAny(s, in, latin) {
			continue
		}
		c.faces = append(c.faces, f)
		if name := strings.TrimSuffix(f.family, latinFamily); !slices.Contains(c.names, name) {
			c.names = append(c.names, name)
		}
	}
	for r := range s {
		if !in[r] && unicode.IsGraphic(r) && !unicode.IsSpace(r) {
			c.other++
		}
	}
	return c, nil
}

// write writes the rules of the fonts with what they hold, one in memory at a time.
func (c chosen) write(w *bufio.Writer) error {
	if len(c.faces) == 0 {
		return nil
	}
	_, _ = w.WriteString(fontLicences) // the last write tells of an error
	for _, f := range c.faces {
		rule, err := f.css()
		if err != nil {
			return err
		}
		_, _ = w.WriteString(rule + "\n")
	}
	return w.Flush()
}

// css is the rule of the font with what it holds, without the end of its line.
func (f fontFace) css() (string, error) {
	data, err := fs.ReadFile(f.files, f.source)
	return "@font-face{" + strings.TrimSuffix(f.rule, ";") + ";src:url(data:font/woff2;base64," +
		base64.StdEncoding.EncodeToString(data) + ") format(\"woff2\")}", err
}

// holdsAny says whether a font has one of the signs that Latin has not, and notes those that it has.
func (f fontFace) holdsAny(s signs, in, latin map[rune]bool) bool {
	held, isLatin := false, strings.HasSuffix(f.family, latinFamily)
	for _, part := range f.signs {
		if isLatin && part.first <= 'a' && part.last >= 'z' {
			held = true // ASCII, which every report prints
		}
		for r := part.first; r <= part.last; r++ {
			if !s[r] {
				continue
			}
			in[r] = true
			if isLatin {
				latin[r] = true
			}
			held = held || isLatin || !latin[r]
		}
	}
	return held
}
