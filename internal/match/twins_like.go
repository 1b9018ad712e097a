package match

import "cmp"

// Like says which of the articles a text looks like that is none of them yet: near-copies, and in each other language
// the one that it may be a translation of. Nothing of it stays. B of each pair is the text.
func (t *Twins) Like(it Item) (pairs []OriginPair) {
	if _, there := t.at[it.ID]; there || len(t.docs) == 0 {
		return nil
	}
	n, h, usual := int32(len(t.docs)), head(it.Text), t.rd
	words := map[string]*word{} // its words stay in no cache
	t.rd = reader{lex: t.lex, known: func(raw string, s script) *word {
		w, ok := words[raw]
		if !ok {
			w = t.lex.newWord(raw, s)
			words[raw] = w
		}
		return w
	}}
	t.terms.noting, t.terms.fresh = true, nil
	set := shingles(it.Text)
	t.docs = append(t.docs, twin{id: it.ID, lang: languageOf(it.Lang, h), size: len(it.Text), group: n,
		sketch: set[:min(len(set), sketchSize)], shingles: len(set)})
	defer func() {
		t.docs[n] = twin{}
		t.docs, t.rd = t.docs[:n], usual
		t.terms.forget()
	}()
	for _, c := range t.copiesLike(n, set) {
		pairs = append(pairs, OriginPair{t.docs[c.doc].id, it.ID, OriginCopy, round(c.score)})
	}
	if len(pairs) > 0 {
		return pairs
	}
	d := &t.docs[n]
	d.keys, d.names = t.keysOf(h)
	for _, c := range t.translationsLike(n) {
		pairs = append(pairs, OriginPair{t.docs[c.doc].id, it.ID, OriginTranslation, round(c.score)})
	}
	return pairs
}

// copiesLike are the articles that share a band of shingles with article n and are near-copies, best first.
func (t *Twins) copiesLike(n int32, set []uint64) (out []near) {
	if len(set) == 0 {
		return nil
	}
	tried := map[int32]bool{}
	sig := sign(set)
	for _, k := range bands(&sig) {
		for _, j := range t.bands[k] {
			first := &t.docs[t.docs[j].group]
			for _, m := range append([]int32{j}, first.members[:min(len(first.members), fullGroup)]...) {
				if tried[m] || t.docs[m].gone {
					continue
				}
				tried[m] = true
				if o := t.overlap(n, m); o >= leastCopy {
					out = keepNear(out, near{m, o}, fullGroup)
				}
			}
		}
	}
	return out
}

// translationsLike are, of each other language, the article most like article n, when it may be the same text.
func (t *Twins) translationsLike(n int32) (out []near) {
	d := &t.docs[n]
	mass, best := t.mass(d.keys), make([]float64, len(d.keys)+1)
	foremost := map[string]near{}
	compared, left := map[string]int{}, neighbours
	for _, c := range t.sharing(n) {
		other := &t.docs[c]
		if other.gone || other.lang == d.lang || compared[other.lang] >= ofLanguage {
			continue
		}
		if left--; left < 0 {
			break
		}
		compared[other.lang]++
		if score := t.cosine(d, other, mass, best); score > foremost[other.lang].score {
			foremost[other.lang] = near{c, score}
		}
	}
	for _, x := range foremost {
		other := &t.docs[x.doc]
		back, had := t.foremost(other.best[d.lang])
		if x.score >= leastTranslation && alikeLong(d.size, other.size) && (!had || x.score >= cmp.Or(back.score, 1)) {
			out = keepNear(out, x, keptAgency)
		}
	}
	return out
}
