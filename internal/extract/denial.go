package extract

import (
	"strings"
	"sync"
)

// unsaid takes the hedges off that are words of an operator which takes a claim back, and notes where what it governs
// lies: a "would" there foretells nothing.
func (p *parse) unsaid(found []hedgeAt) []hedgeAt {
	kept := found[:0]
	for _, h := range found {
		if !p.swallowed(h) {
			kept = append(kept, h)
		}
	}
	for _, r := range p.regions {
		if takesBack[r.op.name] {
			p.untold = append(p.untold, p.points(min(r.from, r.hit.from), max(r.to, r.hit.to)))
		}
	}
	return kept
}

// swallowed says whether a hedge lies in the words of an operator that takes a claim back.
func (p *parse) swallowed(h hedgeAt) bool {
	if h.name != hedgeAlleged && h.name != hedgeLikely && h.name != hedgeReported && h.name != hedgeSuspected {
		return false
	}
	for _, r := range p.regions {
		if at := p.points(r.hit.from, r.hit.to); takesBack[r.op.name] && at[0] <= h.start && h.end <= at[1] {
			return true
		}
	}
	return false
}

// foretold says whether the letters at [start,end) lie outside all that an operator takes back.
func (l *line) foretold(start, end int) bool {
	for _, u := range l.untold {
		if start >= u[0] && end <= u[1] {
			return false
		}
	}
	return true
}

// denies says whether a word of denial at token i denies: "did not deny" does
// not, "was dismissed", "denied bail" and "the disputed islands" neither.
func (l *line) denies(i int) bool {
	switch primary(l.lang) {
	case "en":
		return l.deniesEnglish(i)
	case "ar":
		return l.deniesArabic(i)
	case "fa":
		return l.deniesPersian(i)
	}
	return true
}

// nearby says whether one of the words stands among tokens [from,to); a word
// that ends in * stands for all that begin so.
func (l *line) nearby(from, to int, words wordList) bool {
	for i := max(0, from); i < to && i < len(l.toks); i++ {
		if words.has(l.toks[i].form) {
			return true
		}
	}
	return false
}

// wordList is a list of words and beginnings of words.
// It is made when it is first asked.
type wordList struct{ made func() listed }

type listed struct {
	words  map[string]bool
	starts []string
}

func newWordList(list string) wordList {
	return wordList{sync.OnceValue(func() listed {
		l := listed{words: map[string]bool{}}
		for _, f := range strings.Fields(list) {
			if stem, ok := strings.CutSuffix(f, "*"); ok {
				l.starts = append(l.starts, foldAll(stem))
			} else {
				l.words[foldAll(f)] = true
			}
		}
		return l
	})}
}

func (w wordList) has(form string) bool {
	l := w.made()
	if l.words[form] {
		return true
	}
	for _, s := range l.starts {
		if strings.HasPrefix(form, s) {
			return true
		}
	}
	return false
}

var (
	enNegation = newWordList(`not never n't didn't don't doesn't won't wouldn't cannot can't couldn't hasn't
		haven't hadn't neither nor without hardly
		nobody none few`)
	enClaims = newWordList(`claim* allegation* accusation* charge* report* suggestion* assertion* notion idea
		rumour* rumor* theor* criticism* involvement wrongdoing link* that as story stories speculation any all
		guilt`)
	enGranted = newWordList(`bail entry access visa* permission request* application* appeal* motion* asylum
		parole leave chance treatment right* petition* bid* offer* plan* bill* proposal* him her them`)
	enCourts = newWordList(`court courts judge judges tribunal jury justices panel magistrate`)
	enThat   = newWordList(`that as claims suggestions reports`)
	enBe     = newWordList(`was were is are been be being`)

	arNegation = newWordList(`لم لا لن ما دون ولم ولا`)
	arClaims   = newWordList(`ادعاء* الادعاء* اتهام* الاتهام* مزاعم المزاعم زعم شائع* الشائع* أن أنه أنها إن بأن
		تقارير التقارير القول تهم التهم* هذه`)

	// arNoAnswer are what somebody refuses who neither confirms nor denies
	arNoAnswer = newWordList(`التعليق تعليق الإفصاح الكشف الرد الإجابة الإدلاء الحديث التحدث التصريح الخوض التوضيح
		توضيح تأكيد التأكيد الجزم`)

	faNegated = newWordList(`نکرد* نمی‌کن* نشد* نکن* نمی‌شو* نیست نبود نمی‌توان* نتوانست*`)
	faClaims  = newWordList(`ادعا* اتهام* گزارش* خبر* شایع* اظهارات انتقاد* دخالت* هرگونه هر سخن* گفته* نقش ارتباط*`)
	faGranted = newWordList(`درخواست* پیشنهاد* تقاضا* لایحه* طرح* صلاحیت* آزادی دعوت* اعتراض* وثیقه شکایت*
		تجدیدنظر* فرجام* قانون* بودجه*`)
)

func (l *line) deniesEnglish(i int) bool {
	described := l.has(i-1, cDet) && !l.has(i-1, cPron) && strings.HasSuffix(l.form(i), "ed") &&
		!l.is(i-1, "this", "that", "these", "those", "some", "many", "both", "all") // the refuted theory
	if l.nearby(i-3, i, enNegation) || l.undeniedEnglish(i) || described {
		return false
	}
	if l.nearby(i-5, i, enCourts) && !l.nearby(i+1, i+10, enThat) && l.form(i) != "denied" {
		return false // a judge decides, and reports nothing
	}
	claimed := l.nearby(i+1, i+8, enClaims) || l.nearby(i-5, i, enClaims)
	switch l.form(i) {
	case "dismissed", "rejected", "disputed":
		return claimed && !(l.has(i-1, cDet) && !l.nearby(i+1, i+3, enClaims))
	case "denied":
		passive := l.nearby(i-2, i, enBe)
		return !(passive && !claimed) && !l.nearby(i+1, i+4, enGranted) && !l.has(i-1, cDet)
	}
	return true
}

// undeniedEnglish says whether somebody only refuses to deny: "declined to deny", "stopped short of denying".
func (l *line) undeniedEnglish(i int) bool {
	if l.form(i) == "denying" {
		return l.nearby(i-4, i, enShortOf)
	}
	return l.form(i) == "deny" && l.nearby(i-4, i, enRefusals)
}

var (
	enRefusals = newWordList(`refuse refused refuses refusing refusal decline declined declines declining fail failed
		fails failing failure unwilling reluctant hesitated hesitates unable`)
	enShortOf  = newWordList(`short refrained refrains refraining avoided avoids avoiding shied`)
	arRefusals = newWordList(`رفض رفضت رفضوا يرفض ترفض يرفضون امتنع امتنعت امتنعوا يمتنع تمتنع تجنب تجنبت تجنبوا أحجم
		أحجمت تفادى تفادت`)
	arDenying  = newWordList(`نفي النفي إنكار تكذيب`)
	faRefusals = newWordList(`خودداری امتناع اجتناب پرهیز طفره سرباز`)
)

func (l *line) deniesArabic(i int) bool {
	if l.nearby(i-2, i, arNegation) || l.nearby(i+1, i+4, arIdentity) || // "رفض كشف هويته"
		l.nearby(i, i+1, arDenying) && l.nearby(i-6, i, arRefusals) ||
		l.nearby(i, i+1, arRefusals) && l.nearby(i+1, i+5, arDenying) {
		return false
	}
	if f := l.form(i); strings.HasSuffix(f, "رفض") || strings.HasSuffix(f, "رفضت") {
		return l.nearby(i+1, i+8, arClaims) && !l.nearby(i+1, i+6, arNoAnswer)
	}
	return true
}

func (l *line) deniesPersian(i int) bool {
	if l.nearby(i+1, i+3, faNegated) || l.nearby(i-2, i, faUndeniable) ||
		l.is(i-1, "نه") && l.nearby(i-6, i-1, faNeither) ||
		l.is(i-1, "از") && l.nearby(i+1, i+12, faRefusals) {
		return false
	}
	if l.is(i, "رد") && l.nearby(i-12, i, faCourts) && !l.nearby(i-12, i+3, faThat) {
		return false // a judge decides, and reports nothing
	}
	if l.is(i, "رد") || l.is(i, "را") {
		return l.nearby(i-8, i, faClaims) || l.is(i+2, "که") || !l.nearby(i-14, i, faGranted)
	}
	return true
}

// faCourts decide on charges and appeals; with که what they decide on is a clause.
var (
	faCourts = newWordList(`دادگاه قاضی دیوان هیئت‌منصفه دادگاهی کمیته کمیسیون شورا مجلس پارلمان`)
	faThat   = newWordList(`که اینکه این‌که`)
)

// faNeither is the first half of "neither confirmed nor denied".
var faNeither = newWordList(`نه`)

// faUndeniable stand before انکار where nothing can be denied.
var faUndeniable = newWordList(`غیرقابل غیر‌قابل قابل`)

// jaUndoubted follow 疑い where nothing is doubted.
var jaUndoubted = []string{"ない", "はない", "がない", "もない", "の余地はな", "の余地がな", "ようがな", "ようのな", "なく"}

// jaUndenied follow 否定 where nothing is denied.
var jaUndenied = []string{"しなかった", "はしなかった", "もしなかった", "していない", "しない", "せず",
	"もしてい", "もせず", "もしな", "もでき", "はしない", "できない", "できなかった", "しきれ", "しようがな",
	"も肯定も", "されなかった", "しておらず", "的な", "的に", "するつもりはな", "はできな", "形"}

// jaUnplanned follow a plan or an intention that nobody has: "つもりはない".
var jaUnplanned = []string{"はない", "はなく", "はなかった", "もない", "もなく", "もなかった", "がない", "がなく", "はありません",
	"を疑問視", "に疑問", "を疑", "を否定"}

// deniesNegative says whether the denial at letter i has a negative for its content, or the words of who denies in
// quotation marks: "…ていないと否定した" asserts the negative, and nothing that it says is denied.
func deniesNegative(r []rune, i int) bool {
	for k := i; k > 1 && k > i-7; k-- {
		if r[k-1] != 'と' {
			continue
		}
		e := k - 1
		if k < i && (r[k] == 'の' || r[k] == 'い') { // との報道を否定: what others say is denied
			return false
		}
		if r[e-1] == '」' && find(k, i, func(n int) bool { return r[n] == '、' || r[n] == 'を' }) == i {
			return true // 「事実無根だ」と否定: the very words of who denies
		}
		for e > 0 && (r[e-1] == '」' || r[e-1] == '。') {
			e--
		}
		return anyEnds(r, e, jaNegatives) && !anyEnds(r, e, jaPositives)
	}
	return false
}

var (
	// jaNegatives end a negative clause.
	jaNegatives = newWordSet(`ない なかった ません ませんでした ぬ`)
	// jaPositives end like a negative clause and are none.
	jaPositives = newWordSet(`間違いない 間違いなかった 違いない しれない しれません しかない 少ない 危ない ねばならない なければならない`)
)
