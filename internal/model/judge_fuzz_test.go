package model

import (
	"slices"
	"strings"
	"testing"

	"claimbench/internal/extract"
	"claimbench/internal/model/modeltest"
	"claimbench/internal/text"
)

// FuzzJudge: whatever a model or a machine answers of whatever text, the words of what is kept stand in a sentence of
// the text, its statement has these words' figures in their order, and no operator that governs them is lost.
func FuzzJudge(f *testing.F) {
	var langs []string
	for _, g := range modeltest.Sentences(f) {
		if !slices.Contains(langs, g.Lang) {
			langs = append(langs, g.Lang)
		}
	}
	for _, l := range modeltest.Lies(f, 5, 60) {
		r := []rune(l.Quote)
		f.Add(l.Of.Sentence, uint8(slices.Index(langs, l.Of.Lang)), l.Statement, string(r[:min(len(r), 8)]),
			string(r[max(0, len(r)-8):]), "", "denied", uint16(3), uint16(20))
	}
	f.Fuzz(func(t *testing.T, raw string, lang uint8, statement, first, last, who, hedge string, start, size uint16) {
		doc, err := text.NewDoc(raw)
		if err != nil || doc.Len() == 0 || doc.Len() > 2000 {
			return
		}
		in := extract.Document{Text: doc, Lang: langs[int(lang)%len(langs)]}
		in.Sentences = text.Sentences(doc, in.Lang)
		ruled, err := extract.Rules().Extract(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		r := Read(in)
		windows, _ := windowsOf(in.Sentences)
		for _, w := range windows {
			j := judgeOf(in, w, ruled, r.hedges)
			for _, s := range w.own[:min(len(w.own), 3)] {
				c, no := j.claim(drafted{s.N, statement}, anchored{First: first, Last: last, Attribution: who,
					Hedge: []string{hedge}})
				if no == nil {
					holds(t, doc, in.Sentences, c)
				}
			}
		}
		span := text.Span{Start: int(start) % (doc.Len() + 1)}
		span.End = span.Start + int(size)
		for _, o := range []Offered{{Statement: statement, Span: span}, {Statement: doc.Slice(span), Span: span},
			{Statement: statement, Quote: first + last, Hedge: []string{hedge}, Attribution: who},
			{Statement: statement, Quote: statement}} {
			c, no, err := r.Claim(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			if no == nil {
				holds(t, doc, in.Sentences, c)
			}
		}
	})
}

// holds checks what was kept.
func holds(t *testing.T, doc *text.Doc, all []text.Sentence, c extract.Candidate) {
	t.Helper()
	s := all[c.Sentence-1]
	exact := doc.Slice(c.Span)
	if !s.Span.Contains(c.Span) || strings.TrimSpace(exact) == "" || c.Statement == "" {
		t.Fatalf("%q of %q: “%s”", exact, doc.Slice(s.Span), c.Statement)
	}
	if f, ok := inOrder(figuresOf(c.Statement), figuresOf(exact)); !ok {
		t.Fatalf("“%s” has %s, “%s” has not", c.Statement, f, exact)
	}
	for _, o := range extract.Operators(doc, s) {
		if !doc.Valid(o.Words) || !doc.Valid(o.Scope) || !o.Scope.Contains(o.Words) {
			t.Fatalf("%+v in %q", o, doc.Slice(s.Span))
		}
		words := doc.Slice(o.Words)
		if o.Governs(c.Span) && !(c.Statement == exact && covers(doc, c.Span, o.Words)) && !hasInOrder(c.Statement,
			words) &&
			!(o.Hedged && slices.Contains(c.Hedge, o.Name)) {
			t.Fatalf("“%s” of %q lost “%s”", c.Statement, doc.Slice(s.Span), words)
		}
	}
}
