package eval

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"claimbench/internal/text"
)

// sentenceTargets are the figures asked for, by the beginning of a file's name.
var sentenceTargets = []struct {
	prefix     string
	reach, aim float64
}{
	{"fa-seraji", 96, 98.5}, {"fa-perdt", 99.6, 99.8}, {"ar-", 99, 99.5}, {"ja-", 98, 99}, {"en-pud", 98, 99},
	{"en-ewt", 80, 85},
}

// Cutter cuts a document into sentences; text.Sentences with the language detected is the one that is measured.
type Cutter func(*text.Doc) []text.Sentence

func cutAuto(d *text.Doc) []text.Sentence { return text.Sentences(d, "auto") }

// GoldText is one text of a treebank: its sentences joined as they would be printed, and where each one lies.
type GoldText struct {
	Raw   string
	Spans []text.Span
}

// ReadGoldTexts reads a file of gold sentences, one a line, with a blank line between texts. Lines are joined by a
// space; those of a file whose name begins with "ja" or "zh" by nothing.
func ReadGoldTexts(path string) ([]GoldText, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("gold sentences: %w", err)
	}
	joiner := " "
	if name := filepath.Base(path); strings.HasPrefix(name, "ja") || strings.HasPrefix(name, "zh") {
		joiner = ""
	}
	var texts []GoldText
	var b strings.Builder
	var cur GoldText
	at := 0
	flush := func() {
		if len(cur.Spans) > 0 {
			cur.Raw = b.String()
			texts = append(texts, cur)
		}
		cur, at = GoldText{}, 0
		b.Reset()
	}
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimSpace(line)
		if line == "" {
			flush()
			continue
		}
		if at > 0 {
			b.WriteString(joiner)
			at += len(joiner)
		}
		b.WriteString(line)
		n := utf8.RuneCountInString(line)
		cur.Spans = append(cur.Spans, text.Span{Start: at, End: at + n})
		at += n
	}
	flush()
	return texts, nil
}

// Counts are the counts behind an F1.
type Counts struct{ Hit, Found, Gold int }

// F1 is the harmonic mean of precision and recall, 0–100.
func (c Counts) F1() float64 {
	if c.Found+c.Gold == 0 {
		return 0
	}
	return 200 * float64(c.Hit) / float64(c.Found+c.Gold)
}

// ScoreCutter counts the spans of the gold texts that cut finds exactly.
func ScoreCutter(texts []GoldText, cut Cutter) (Counts, error) {
	var c Counts
	for _, t := range texts {
		d, err := text.NewDoc(t.Raw)
		if err != nil {
			return c, err
		}
		gold := make(map[text.Span]bool, len(t.Spans))
		for _, s := range t.Spans {
			gold[s] = true
		}
		found := cut(d)
		for _, s := range found {
			if gold[s.Span] {
				c.Hit++
			}
		}
		c.Found += len(found)
		c.Gold += len(t.Spans)
	}
	return c, nil
}

// SentenceMeasures measures the cutting of sentences: exact spans on every file of dataDir/eval/sentences, spans and
// kinds on dataDir/gold/sentences.jsonl, and the speed of cutting alone.
func SentenceMeasures(dataDir string) ([]Measure, error) {
	files, err := filepath.Glob(filepath.Join(dataDir, "eval", "sentences", "*.txt"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("no gold sentences in %s: give the folder that holds eval/sentences", dataDir)
	}
	var out []Measure
	var docs []string
	for _, path := range files {
		texts, err := ReadGoldTexts(path)
		if err != nil {
			return nil, err
		}
		c, err := ScoreCutter(texts, cutAuto)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		m := Measure{Name: "sentence-span F1", Data: strings.TrimSuffix(filepath.Base(path), ".txt"), Value: c.F1(),
			Unit: "%"}
		for _, t := range sentenceTargets {
			if strings.HasPrefix(m.Data, t.prefix) {
				m.Reach, m.Aim = t.reach, t.aim
			}
		}
		out = append(out, m)
		docs = append(docs, joinTexts(texts))
	}
	trees, err := treeSentenceMeasures(dataDir)
	if err != nil {
		return nil, err
	}
	out = append(out, trees...)
	gold, err := goldSentenceMeasures(dataDir)
	if err != nil {
		return nil, err
	}
	speed, err := cutSpeed(docs)
	if err != nil {
		return nil, err
	}
	return append(append(out, gold...), speed), nil
}

// treeTargets are the figures asked for on the sentences of the trees.
var treeTargets = map[string][2]float64{"ru": {96, 97}, "tr": {83, 85}, "zh": {99.4, 99.6}}

// treeSentenceMeasures measures the cutting of the "# text" lines of dataDir/eval/clauses, joined by a space (Chinese
// by nothing). No trees are no error: they are a part of the data that a folder need not have.
func treeSentenceMeasures(dataDir string) ([]Measure, error) {
	files, err := filepath.Glob(filepath.Join(dataDir, "eval", "clauses", "*.conllu"))
	if err != nil {
		return nil, err
	}
	var out []Measure
	for _, path := range files {
		g, err := readTreeTexts(path)
		if err != nil {
			return nil, err
		}
		c, err := ScoreCutter([]GoldText{g}, cutAuto)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		lang := strings.TrimSuffix(filepath.Base(path), ".conllu")
		out = append(out, Measure{Name: "sentence-span F1", Data: "eval/clauses " + lang, Value: c.F1(),
			Reach: treeTargets[lang][0], Aim: treeTargets[lang][1], Unit: "%"})
	}
	return out, nil
}

func readTreeTexts(path string) (GoldText, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return GoldText{}, fmt.Errorf("sentences of the trees: %w", err)
	}
	joiner := " "
	if strings.HasPrefix(filepath.Base(path), "zh") {
		joiner = ""
	}
	var b strings.Builder
	var g GoldText
	at := 0
	for line := range strings.Lines(string(raw)) {
		words, ok := strings.CutPrefix(line, "# text = ")
		if !ok {
			continue
		}
		words = strings.TrimSpace(words)
		if at > 0 {
			b.WriteString(joiner)
			at += len(joiner)
		}
		b.WriteString(words)
		n := utf8.RuneCountInString(words)
		g.Spans = append(g.Spans, text.Span{Start: at, End: at + n})
		at += n
	}
	g.Raw = b.String()
	return g, nil
}

// joinTexts puts every text on a line of its own.
func joinTexts(texts []GoldText) string {
	var b strings.Builder
	for _, t := range texts {
		b.WriteString(t.Raw)
		b.WriteByte('\n')
	}
	return b.String()
}

// cutSpeed cuts the documents again and again on one core and gives the best of five rounds, for what else the
// machine does only ever takes away.
func cutSpeed(raws []string) (Measure, error) {
	docs, size := make([]*text.Doc, len(raws)), 0
	for i, raw := range raws {
		d, err := text.NewDoc(raw)
		if err != nil {
			return Measure{}, err
		}
		docs[i] = d
		size += len(raw)
	}
	best := 0.0
	for range 5 {
		start, done := time.Now(), 0
		for time.Since(start) < time.Second/5 {
			for _, d := range docs {
				cutAuto(d)
			}
			done += size
		}
		best = max(best, float64(done)/1e6/time.Since(start).Seconds())
	}
	return Measure{Name: "speed of sentences alone", Data: "eval/sentences", Value: best, Reach: 60, Aim: 150,
		Unit: "MB/s"}, nil
}

// GoldSentence is one line of gold/sentences.jsonl.
type GoldSentence struct {
	Article string `json:"article"`
	text.Span
	Kind text.SentenceKind `json:"kind"`
}

// ReadGoldSentences reads dataDir/gold/sentences.jsonl, by article.
func ReadGoldSentences(dataDir string) (map[string][]GoldSentence, error) {
	all, err := readJSON[GoldSentence](filepath.Join(dataDir, "gold", "sentences.jsonl"), "gold sentence")
	out := map[string][]GoldSentence{}
	for _, s := range all {
		out[s.Article] = append(out[s.Article], s)
	}
	return out, err
}

// goldSentenceMeasures compares the sentences and kinds of the sample articles with the gold ones.
func goldSentenceMeasures(dataDir string) ([]Measure, error) {
	gold, err := ReadGoldSentences(dataDir)
	if err != nil {
		return nil, err
	}
	var spans Counts
	kinds, matched := 0, 0
	for article, want := range gold {
		raw, err := os.ReadFile(filepath.Join(dataDir, "seeds", article))
		if err != nil {
			return nil, fmt.Errorf("sample article: %w", err)
		}
		d, err := text.NewDoc(string(raw))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", article, err)
		}
		found := cutAuto(d)
		by := make(map[text.Span]text.SentenceKind, len(found))
		for _, s := range found {
			by[s.Span] = s.Kind
		}
		for _, w := range want {
			if kind, ok := by[w.Span]; ok {
				matched++
				if kind == w.Kind {
					kinds++
				}
			}
		}
		spans.Found += len(found)
		spans.Gold += len(want)
	}
	spans.Hit = matched
	return []Measure{
		{Name: "sentence-span F1", Data: "gold/sentences", Value: spans.F1(), Reach: 100, Aim: 100, Unit: "%"},
		{Name: "sentence kinds", Data: "gold/sentences", Value: 100 * float64(kinds) / float64(max(1, spans.Gold)),
			Reach: 90, Aim: 100, Unit: "%"},
	}, nil
}
