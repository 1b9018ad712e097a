package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentence is a segment of a document. Its span starts and ends at non-space code points; N counts from 1.
type Sentence struct {
	N    int
	Span Span
	Lang string
	Dir  Dir
	Kind SentenceKind
}

// Sentences cuts d into sentences. lang is a BCP 47 tag, or "" or "auto" to have it detected.
func Sentences(d *Doc, lang string) []Sentence {
	if lang == "" || lang == "auto" {
		lang = Detect(d.raw)
	}
	var out []Sentence
	add := func(start, end int) {
		s := d.raw[start:end]
		t := strings.TrimLeftFunc(s, unicode.IsSpace)
		start += len(s) - len(t)
		end = start + len(strings.TrimRightFunc(t, unicode.IsSpace))
		if start < end {
			out = append(out, Sentence{N: len(out) + 1, Span: Span{d.CodePoint(start), d.CodePoint(end)}, Lang: lang, Dir: DirOf(lang), Kind: KindBody})
		}
	}
	start := 0
	for i, r := range d.raw {
		next := i + utf8.RuneLen(r)
		switch r {
		case '\n', '\r', '。':
			add(start, next)
			start = next
		case '.', '!', '?', '؟':
			if n, _ := utf8.DecodeRuneInString(d.raw[next:]); unicode.IsSpace(n) {
				add(start, next)
				start = next
			}
		}
	}
	add(start, len(d.raw))
	return out
}
