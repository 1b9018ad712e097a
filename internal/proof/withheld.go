package proof

import (
	"fmt"
	"regexp"
	"strings"
)

// The marks that stand, alone, in the place of a text that does not go out any more. A bundle puts no mark into a text:
// what stands beside it could not be proved.
const (
	TakenDown = "[taken down]" // it quotes an article that was taken down
	Erased    = "[erased]"     // it was erased from the history
	Protected = "[protected]"  // it tells of a source that was protected after the freeze
)

// marked says whether a printed value is one of the marks and nothing else.
func marked(value string) bool { return value == "s"+TakenDown || value == "s"+Erased }

// What an export can withhold of a claim, by its path: the words of its article, and of the articles of its evidence,
// which go together and leave empty texts and lists behind; and what people wrote, which leaves a mark.
var (
	articleWords = regexp.MustCompile(`^(evidence/\d+/)?(?:(?:(?:quotation|stretches/\d+)/)?(?:exact|prefix|suffix)|` +
		`around/(?:before|after)|(?:hedge|differences)(?:/\d+)?|statement|attribution|(?:glosses|brackets)/\d+/words)$`)
	ownWords = regexp.MustCompile(`^(?:explanation|(?:decision|reviews/\d+)/rationale|` +
		`replies/\d+/(?:asked|role|words)|already_checked/\d+/(?:publisher|url|rating|day)|` +
		`evidence/\d+/(?:origin|url|archived_url|note|title|publisher))$`)
	// what may be erased by itself beside them
	erasable = regexp.MustCompile(`^(?:statement|attribution|(?:quotation|stretches/\d+)/(?:exact|prefix|suffix)|` +
		`(?:glosses|brackets)/\d+/words|(?:evidence/\d+/)?(?:around/(?:before|after)|article/(?:title|byline|url))|` +
		`evidence/\d+/(?:exact|prefix|suffix|protected|differences/\d+))$`)
	listed = regexp.MustCompile(`/\d+$`)
)

// Of an item whose source was protected after the freeze, as its “protected” says, all goes that tells of the source.
var (
	ofSource = regexp.MustCompile(`^(evidence/\d+/)(origin|url|archived_url|note|title|publisher|read_on|lang|` +
		`capture|captured_on|published)$`)
	// of what is kept of the document nothing is printed
	instead = map[string]string{"read_on": "s", "lang": "sund", "capture": "", "captured_on": "", "published": ""}
)

// protected says whether a field may go because the source of its item is protected, and what stands there is no word.
func (w *withholding) protected(path, value string) bool {
	found := ofSource.FindStringSubmatch(path)
	if found == nil || w.by[found[1]+"withheld"] != "t" || w.by[found[1]+"protected"] < "s!" {
		return false
	}
	want, there := instead[found[2]]
	return value == want || !there && value == "s"+Protected
}

// withholding is what a claim's proof withholds, and what is printed in its place.
type withholding struct {
	by    map[string]string // what is printed
	paths []string          // what is withheld
	left  map[string]bool   // what is printed in its place
}

// scope gives the path of the object of whose article a path has words, with "/" behind when it is not the claim.
func scope(path string) (string, bool) {
	found := articleWords.FindStringSubmatch(path)
	if found == nil {
		return "", false
	}
	return found[1], true
}

// add takes a field as withheld if an export withholds it and leaves there what is printed.
func (w *withholding) add(path string) error {
	value, there := w.by[path]
	switch of, words := scope(path); {
	case w.protected(path, value):
	case ownWords.MatchString(path) && marked(value):
	case erasable.MatchString(path) && value == "s"+Erased:
	case !words || w.by[of+"withheld"] != "t":
		return fmt.Errorf("%s is not proved, and no mark stands in its place", path)
	case strings.Contains(path, "around/") && !there:
	case value == "s":
	default:
		path := listed.ReplaceAllString(path, "")
		if w.by[path] != "[" {
			return fmt.Errorf("%s is withheld, and something is printed in its place", path)
		}
		w.left[path] = true
	}
	w.paths = append(w.paths, path)
	w.left[path] = true
	return nil
}

// standsFor says whether a printed field that is not opened stands in the place of what is withheld.
func (w *withholding) standsFor(path string) bool {
	if of, is := strings.CutSuffix(path, "protected"); is && strings.HasSuffix(of, "/") {
		path = of + "withheld" // which says so of the same fields
	}
	of, is := strings.CutSuffix(path, "withheld")
	if !is || w.by[path] != "t" {
		return w.left[path]
	}
	for _, p := range w.paths {
		if at, words := scope(p); words && at == of {
			return true
		}
	}
	return false
}

// whole looks that an article of which words are withheld has none of its words printed.
func (w *withholding) whole() error {
	for path, value := range w.by {
		of, words := scope(path)
		if words && w.by[of+"withheld"] == "t" && value != "s" && value != "[" {
			return fmt.Errorf("%s is printed beside words of its article that are withheld", path)
		}
	}
	return nil
}
