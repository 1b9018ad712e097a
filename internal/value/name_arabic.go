package value

import (
	"bytes"

	"claimbench/internal/lang"
)

// arabic reads a name in Arabic letters, which have no capitals: a known name, what follows a title or a given name,
// an organisation's head word with its complement.
func (rd *nameReader) arabic(i int) int {
	sc := rd.sc
	if !rd.pack.Is(lang.NamesByCues) {
		return 0
	}
	heads, n := rd.heads(i)
	for _, off := range heads[:n] {
		f := sc.fold(i)[off:]
		kind, end := rd.knownAt(rd.own, i, f)
		cue := rd.own.cues[string(f)]
		if end == 0 && cue == 0 {
			continue
		}
		start := sc.tokens[i].start + int32(runesIn(sc.fold(i)[:off]))
		switch {
		case end > 0 && kind != "title":
			rd.add(start, sc.tokens[end-1].end, kind)
			return end
		case cue&cueStop != 0:
			return 0
		case end > 0 || cue&cueTitle != 0:
			if next := rd.titled(i, max(end, i+1)); next > 0 {
				return next
			}
			if cue&cueOrg == 0 {
				return 0
			}
		}
		if cue&cueGiven != 0 {
			if end := rd.surname(i, string(f)); end > i+1 {
				rd.add(start, sc.tokens[end-1].end, NamePerson)
				return end
			}
		}
		if cue&cueOrg != 0 {
			if end := rd.complement(i); end > i+1 {
				rd.add(start, sc.tokens[end-1].end, NameOrg)
				return end
			}
		}
		return 0
	}
	return 0
}

// heads gives the byte offsets in the folded word at which a name could start: 0, and past Arabic clitics.
func (rd *nameReader) heads(i int) (out [3]int, n int) {
	f := rd.sc.fold(i)
	if !rd.pack.Is(lang.Clitics) || len(f) < 8 {
		return out, 1
	}
	n = 1
	off := 0
	if bytes.HasPrefix(f, []byte("و")) || bytes.HasPrefix(f, []byte("ف")) {
		off = 2
		out[n] = off
		n++
	}
	if rest := f[off:]; len(rest) >= 8 && (bytes.HasPrefix(rest, []byte("ب")) || bytes.HasPrefix(rest, []byte("ل")) ||
		bytes.HasPrefix(rest, []byte("ک"))) {
		out[n] = off + 2
		n++
	}
	return out, n
}

func runesIn(b []byte) int {
	n := 0
	for _, c := range b {
		if c&0xC0 != 0x80 {
			n++
		}
	}
	return n
}

// free says whether token k can be part of a name nobody listed: a word of no other use.
func (rd *nameReader) free(k int) bool {
	sc := rd.sc
	if k >= len(sc.tokens) {
		return false
	}
	t := &sc.tokens[k]
	if t.kind != tokenWord || t.taken || t.writing != writingArabic || t.word != nil || t.end-t.start < 2 {
		return false
	}
	if rd.pack.Is(lang.Clitics) && t.clitics&(proclitConj|proclitPrep) != 0 && t.clitics&proclitAl != 0 {
		return false
	}
	return rd.own.cues[string(sc.fold(k))]&(cueStop|cueOrg|cueSay|cueTitle) == 0
}

// titled reads the person after a title that ends before token k: adjectives of country and office are stepped over.
func (rd *nameReader) titled(i, k int) int {
	sc := rd.sc
	for steps := 0; steps < 3 && k < len(sc.tokens); steps++ {
		if _, end := rd.knownAt(rd.own, k, sc.fold(k)); end > 0 && sc.tokens[k].kind == tokenWord {
			return k // a known name or the country of the office follows and is read by itself
		}
		if rd.own.cues[string(sc.fold(k))]&cueGiven != 0 {
			if end := rd.surname(k, string(sc.fold(k))); end > k {
				rd.addTokens(k, end, NamePerson)
				return end
			}
		}
		if !rd.pack.Is(lang.Clitics) || !rd.nisba(k) {
			break
		}
		k++
	}
	if !rd.strongTitle(i) || !rd.free(k) {
		return 0
	}
	if rd.pack.Is(lang.Clitics) && definiteWord(sc, k) {
		return 0
	}
	end := k + 1
	if rd.free(end) && sc.tokens[end].spaced {
		end++
	}
	return rd.addTokens(k, end, NamePerson)
}

// nisba is true for an Arabic adjective with the article: الفرنسي, السابقة.
func (rd *nameReader) nisba(k int) bool {
	f := rd.sc.fold(k)
	if rd.sc.tokens[k].kind != tokenWord || !bytes.HasPrefix(f, []byte("ال")) {
		return false
	}
	return bytes.HasSuffix(f, []byte("ی")) || bytes.HasSuffix(f, []byte("یه")) || bytes.HasSuffix(f, []byte("سابق")) ||
		bytes.HasSuffix(f, []byte("سابقه")) || bytes.HasSuffix(f, []byte("منتخب"))
}

// strongTitle is true for titles that a person's name nearly always follows.
func (rd *nameReader) strongTitle(i int) bool {
	switch string(rd.sc.fold(i)) {
	case "السید", "السیده", "الدکتور", "الدکتوره", "الشیخ", "السیناتور", "الجنرال", "العقید", "اللواء", "النایب",
		"الناشط", "الناشطه", "نظیره", "نظیرته", "البابا", "الامیر",
		"اقای", "خانم", "دکتر", "سناتور", "ژنرال", "سردار", "سرلشکر", "ایتالله", "حجتالاسلام", "پروفسور", "مهندس",
		"سرهنگ":
		return true
	}
	return false
}

// surname gives the end of the name that starts with the given name at token i; i when the word is no name here.
func (rd *nameReader) surname(i int, given string) int {
	sc := rd.sc
	k := i + 1
	if k >= len(sc.tokens) || sc.tokens[k].kind != tokenWord || sc.tokens[k].taken {
		return i
	}
	next := rd.own.cues[string(sc.fold(k))]
	if ambiguousGiven(given) && next&cueGiven == 0 {
		return i
	}
	for k < len(sc.tokens) && k < i+4 && sc.tokens[k].kind == tokenWord && (nobiliary(sc.fold(k)) ||
		rd.own.cues[string(sc.fold(k))]&cueGiven != 0) {
		k++
	}
	if rd.free(k) && k < i+4 {
		k++
		switch {
		case k < len(sc.tokens) && nobiliary(sc.fold(k)) && rd.free(k+1):
			k += 2
		case k == i+2 && rd.free(k) && (k+1 >= len(sc.tokens) || sc.tokens[k+1].kind == tokenSymbol):
			k++ // three words before a comma
		}
	} else if rd.pack.Is(lang.Clitics) && sc.has(k, senseOrd) && sc.tokens[k].clitics == proclitAl && k == i+1 {
		k++ // محمد السادس
	}
	return k
}

// nobiliary words stand inside names.
func nobiliary(w []byte) bool {
	switch string(w) {
	case "بن", "ابن", "ال", "ابو", "عبد", "دی", "دو", "فان", "فون", "لو", "لا", "دا", "ول", "ولد":
		return true
	}
	return false
}

// ambiguousGiven names are other words more often: على, عمر, جمال, پیر.
func ambiguousGiven(w string) bool {
	switch w {
	case "علی", "عمر", "سعید", "کریم", "امل", "منی", "هدی", "جمال", "ان", "کیر", "شی", "جو", "عادل", "ماجد", "ناصر",
		"پیر", "تام", "تیم", "تد", "میت", "مهدی", "رضا", "امیر", "جک", "لیز", "سعد", "مجید", "جواد", "صلاح", "نرگس",
		"شیرین", "اکبر", "پل", "یحیی":
		return true
	}
	return false
}

// complement gives the end of an organisation's name whose head is token i: in Arabic the words with the article that
// follow, in Persian up to three free words.
func (rd *nameReader) complement(i int) int {
	sc := rd.sc
	k := i + 1
	if rd.pack.Is(lang.Clitics) {
		if k < len(sc.tokens) && sc.tokens[k].kind == tokenWord && sc.tokens[k].writing == writingLatin &&
			sc.tokens[k].upper && !sc.tokens[k].digits {
			return k + 1
		}
		definite := definiteWord(sc, i)
		if !definite && rd.free(k) && !definiteWord(sc, k) {
			if _, end := rd.knownAt(rd.own, k, sc.fold(k)); end > 0 {
				return end
			}
			if f := sc.fold(k); bytes.HasSuffix(f, []byte("یه")) || bytes.HasSuffix(f, []byte("ی")) {
				return i // وكالة فرنسية: some agency
			}
			k++
		}
		for k < len(sc.tokens) && k <= i+4 && sc.tokens[k].kind == tokenWord && !sc.tokens[k].taken &&
			bytes.HasPrefix(sc.fold(k), []byte("ال")) && rd.own.cues[string(sc.fold(k))]&(cueStop|cueTitle) == 0 {
			k++
		}
		return k
	}
	for k < len(sc.tokens) && k <= i+3 && (rd.free(k) || rd.own.cues[string(sc.fold(k))]&cueOrg != 0 &&
		sc.tokens[k].kind == tokenWord) && sc.tokens[k].spaced {
		if bytes.HasPrefix(sc.fold(k), []byte("می")) && len(sc.fold(k)) > 8 || bytes.HasPrefix(sc.fold(k),
			[]byte("نمی")) {
			break
		}
		if kind, end := rd.knownAt(rd.own, k, foldAt(sc, k)); end > 0 && kind != "title" {
			return end
		}
		k++
	}
	return k
}

func foldAt(sc *Scan, k int) []byte {
	if k >= len(sc.tokens) || sc.tokens[k].kind != tokenWord {
		return nil
	}
	return sc.fold(k)
}
