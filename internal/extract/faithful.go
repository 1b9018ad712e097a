package extract

// faithful is the last look at the pieces of a sentence: a piece that lies in
// the scope of an operator whose words it lacks is put together with them, and
// what an operator's verb seemed to report is no report. A piece that an
// operator only colours carries its hedge.
func (p *parse) faithful() {
	for _, r := range p.regions {
		if r.op.reach == reachHedge {
			p.colour(r)
			continue
		}
		p.rejoin(p.points(r.from, r.to), p.points(r.hit.from, r.hit.to), p.points(r.head, r.hit.to),
			actual[r.op.name] && !r.clausal)
	}
}

// points are the code points of tokens [from,to), or of letters.
func (p *parse) points(from, to int) [2]int {
	if primary(p.lang) == "ja" {
		return [2]int{from, to}
	}
	if from >= to || from >= len(p.toks) {
		return [2]int{}
	}
	return [2]int{p.toks[from].start, p.toks[to-1].end}
}

// colour gives the pieces in the scope of r its hedge.
func (p *parse) colour(r region) {
	scope, words := p.points(r.from, r.to), p.points(r.hit.from, r.hit.to)
	for i := range p.out {
		q := &p.out[i]
		apart := q.start >= words[1] || q.end <= words[0]
		if p.saidBeside(*q, words[1]) {
			continue
		}
		if apart && lies(q.start, q.end, scope) > leastShared && q.role != asApposition && q.role != asParenthesis {
			q.hedges = append(q.hedges, r.op.name)
		}
	}
}

// saidBeside says whether q has a verb of saying of its own, joined to the operator that ends at code point end:
// "denied the report and said that wages were paid" denies no wages.
func (p *parse) saidBeside(q piece, end int) bool {
	if q.frame[1] <= q.frame[0] || q.frame[0] < end || q.frame[1] > q.start+nextTo || primary(p.lang) == "ja" {
		return false
	}
	f := find(0, len(p.toks), func(i int) bool { return p.toks[i].start >= q.frame[0] })
	return p.has(f-1, cAnd|cBut) || p.has(f, cAnd|cBut)
}

// leastShared is how many code points a piece may share with a scope by the way.
const leastShared = 3

// lies is how many code points [start,end) shares with a stretch.
func lies(start, end int, s [2]int) int { return min(end, s[1]) - max(start, s[0]) }

// rejoin puts the pieces that lie in a scope without the operator's words
// together with these words, and with the clause in front of them.
func (p *parse) rejoin(scope, words, clause [2]int, relatives bool) {
	whole := -1
	for i := range p.out {
		q := &p.out[i]
		if q.role != asApposition && q.role != asParenthesis && q.start <= words[0] && q.end >= words[1] &&
			(whole < 0 || q.end-q.start < p.out[whole].end-p.out[whole].start) {
			whole = i
		}
	}
	kept := p.out[:0]
	host := piece{}
	if whole >= 0 {
		host = p.out[whole]
	}
	merged, at := whole >= 0, -1
	for i, q := range p.out {
		switch {
		case i == whole:
			at = len(kept)
			kept = append(kept, q)
		case q.role == asApposition || q.role == asParenthesis || relatives && q.role == asRelative,
			q.role == asSpeech && q.end <= words[0] && primary(p.lang) == "ja",
			q.start <= words[0] && q.end >= words[1]:
			kept = append(kept, q)
		case lies(q.start, q.end, scope) > leastShared || framedBy(q, words):
			if !merged {
				host, merged, at = p.withWords(q, words), true, len(kept)
				if clause[1] > 0 && clause[0] < host.start {
					host.start = clause[0] // with its subject
				}
				kept = append(kept, host)
				continue
			}
			host.start, host.end = min(host.start, q.start), max(host.end, q.end)
		default:
			kept = append(kept, q)
		}
	}
	p.out = kept
	if merged && at >= 0 {
		if host.start < p.out[at].start {
			host.lead = ""
		}
		same := host.start == p.out[at].start && host.end == p.out[at].end
		if host.role != asContent && !(host.role == asSpeech && same) {
			host.role = asClause
		}
		p.out[at] = host
	}
}

// framedBy says whether the words that report q are those of the operator.
func framedBy(q piece, words [2]int) bool {
	return q.frame[1] > q.frame[0] && q.frame[0] <= words[0] && q.frame[1] >= words[1]
}

// withWords is a piece with the operator's words, and with the frame that they
// belong to: nobody reports it but who reports the frame.
func (p *parse) withWords(q piece, words [2]int) piece {
	from, to := min(q.start, words[0]), max(q.end, words[1])
	if framedBy(q, words) {
		from, to = min(from, q.frame[0]), max(to, q.frame[1])
		q.source, q.frame, q.role = outerOf(q.source), [2]int{}, asClause
	}
	q.start, q.end, q.lead = from, to, ""
	return q
}
