package text

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Words of site furniture. They are conventions of the trade, not of any one article; Latin ones in lower case.
var (
	// At the beginning of a line: a link to another article.
	linkPhrases = newPhraseSet([]string{
		"read more", "read also", "also read", "see also", "more on this", "related:", "related article",
		"related articles", "related stories", "related topics", "related content", "more from", "you may also like",
		"recommended", "watch:", "listen:",
		"اقرأ المزيد", "اقرأ أيضا", "اقرأ ايضا", "إقرأ أيضا", "اقرأ أيضًا", "إقرأ المزيد", "شاهد أيضا", "طالع أيضا",
		"للمزيد:", "مواضيع ذات صلة", "أخبار ذات صلة", "قد يهمك", "موضوعات متعلقة", "مواضيع متعلقة",
		"بیشتر بخوانید", "همچنین بخوانید", "بخوانید:", "مطالب مرتبط", "بیشتر بدانید", "اخبار مرتبط", "در همین زمینه",
		"مطالب پیشنهادی", "بیشتر بشنوید", "بیشتر ببینید",
		"関連記事", "続きを読む", "あわせて読みたい", "合わせて読みたい", "もっと読む", "【関連", "▶", "＞＞",
		"lire aussi", "à lire aussi", "lesen sie auch", "mehr zum thema", "lea también", "leia também", "leggi anche",
	})
	// At the beginning of a line, with a colon or a slash behind: a caption.
	captionLabels = newPhraseSet([]string{
		"photo", "image", "image caption", "media caption", "picture", "caption", "file photo", "figure", "video",
		"عکس", "تصویر", "توضیح تصویر", "توضیح عکس", "ویدیو", "ویدئو", "صورة", "الصورة", "التعليق على الصورة", "فيديو",
		"画像", "写真", "図", "動画", "イメージ", "foto", "bild", "imagen",
	})
	// At the beginning of a line: whose the picture is.
	pictureLabels = newPhraseSet([]string{
		"photo credit", "photo by", "photograph by", "image source", "image credit", "getty images", "afp via",
		"file photo",
		"منبع تصویر", "منبع عکس", "عکس از", "مصدر الصورة", "صدر الصورة", "画像提供", "写真提供", "提供", "撮影",
	})
	// In a sentence near the top or the bottom: subscription, rights, buttons.
	furniturePhrases = []string{
		"subscribers only", "for subscribers", "already a subscriber", "subscribe to", "subscribe now", "sign up for",
		"newsletter", "left to read", "of this article",
		"all rights reserved", "not responsible for the content", "read about our approach", "follow us", "share this",
		"click here", "cookies", "advertisement", "terms of use", "privacy policy", "copyright",
		"للمشتركين", "المشتركون فقط", "للاشتراك", "اشترك", "متبقية للقراءة", "جميع الحقوق محفوظة", "تابعونا", "تابعنا",
		"شارك المقال", "النشرة البريدية",
		"مشترکان", "خبرنامه", "مشترک شوید", "تمامی حقوق", "کلیه حقوق", "ما را دنبال کنید", "به اشتراک بگذارید",
		"کپی‌رایت", "بازنشر",
		"購読者", "会員限定", "有料会員", "残り", "無断転載", "転載を禁", "メールマガジン", "フォローする", "シェアする", "ログイン", "著作権",
		"réservé aux abonnés", "tous droits réservés", "alle rechte vorbehalten", "todos los derechos reservados",
	}
	// A line that is nothing but one of these, or begins with one and a colon: whence the text is.
	sourceLabels = []string{
		"source", "sources", "via", "tags", "tag", "by", "author", "reporting by", "editing by", "home", "menu",
		"المصدر", "مصدر", "المصادر", "وسوم", "بقلم", "كتب", "كتبت", "ترجمة", "منبع", "منابع", "برچسب", "برچسب‌ها",
		"نویسنده", "مترجم", "گزارش",
		"出典", "情報源", "タグ", "文", "著者", "執筆", "記者", "引用元", "ソース", "advertisement", "إعلان", "آگهی", "広告", "share",
		"tweet", "print", "شارك", "طباعة", "الرئيسية", "صفحه اصلی", "ホーム", "シェア",
		"comments", "follow", "subscribe", "quelle", "fuente", "fonte",
	}
	// At the beginning of a paragraph of one sentence: it announces what follows.
	announcements = newPhraseSet([]string{
		"the following is", "following is", "the following are", "here is the full", "below is", "full text",
		"the full text",
		"فيما يلي", "في ما يلي", "وفيما يلي", "إليكم", "نص البيان", "در ادامه", "در زیر", "متن کامل",
		"آنچه در پی می‌آید",
		"以下は", "以下、", "以下に", "次は、", "次のとおり", "下記は",
	})
)

// phraseSet finds phrases at the beginning of a text, case ignored. Its filter is by the first three bytes, ASCII
// letters in one case.
type phraseSet struct {
	phrases []string
	filter  [1 << 10]bool
}

func newPhraseSet(phrases []string) *phraseSet {
	slices.SortStableFunc(phrases, func(a, b string) int { return len(b) - len(a) }) // the longest decides
	p := &phraseSet{phrases: phrases}
	for _, s := range phrases {
		p.filter[prefixHash(s)] = true
	}
	return p
}

func prefixHash(s string) uint32 {
	return ((uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16) | 0x202020) * 2654435761 >> 22
}

// at gives what follows the phrase that s begins with.
func (p *phraseSet) at(s string) (rest string, ok bool) {
	if len(s) < 3 || !p.filter[prefixHash(s)] {
		return "", false
	}
	for _, q := range p.phrases {
		if beginsWith(s, q) {
			r, _ := utf8.DecodeRuneInString(s[len(q):])
			// The phrase is whole: no letter of a spaced script carries it on.
			if !unicode.IsLetter(r) || isKanaOrHan(r) {
				return s[len(q):], true
			}
		}
	}
	return "", false
}

// beginsWith ignores case, which only phrases in Latin script have.
func beginsWith(s, phrase string) bool {
	if len(s) < len(phrase) {
		return false
	}
	return s[:len(phrase)] == phrase || phrase[0] < utf8.RuneSelf && strings.EqualFold(s[:len(phrase)], phrase)
}

// label is at, for a phrase with a colon or its like behind it, a number between them allowed.
func (p *phraseSet) label(s string) bool {
	rest, ok := p.at(s)
	if !ok {
		return false
	}
	switch r, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, " 0123456789")); r {
	case ':', '：', '／', '|', '｜', '＝', '=', ',', '،', '、':
		return true
	}
	return false
}

// begins is at, for those who do not care what follows.
func (p *phraseSet) begins(s string) bool {
	_, ok := p.at(s)
	return ok
}

// isBareAddress reports a line that is nothing but a URL, an e-mail address or a handle.
func isBareAddress(s string) bool {
	if strings.ContainsAny(s, " \t") {
		return false
	}
	if isAddress(s) {
		return true
	}
	at := strings.IndexByte(s, '@')
	return at == 0 && len(s) > 1 || at > 0 && strings.IndexByte(s[at:], '.') > 0 && s[0] < utf8.RuneSelf
}

// isShortcode reports "[ad_1]" and what else a publishing program leaves in square brackets.
func isShortcode(s string) bool {
	if len(s) < 3 || s[0] != '[' || s[len(s)-1] != ']' {
		return false
	}
	for i := 1; i < len(s)-1; i++ {
		b := s[i]
		if b >= utf8.RuneSelf || b == ']' {
			return false
		}
	}
	return strings.ContainsAny(s, "_=/") || !strings.Contains(s, " ")
}

// isCredit reports who made a picture: "(© NAME via AGENCY)", "NAME / AGENCY".
func isCredit(s string) bool {
	if len(s) > 200 {
		return false
	}
	t := strings.TrimLeft(s, "([（［【")
	switch {
	case strings.HasPrefix(t, "©"), strings.HasPrefix(t, "(c)"):
		return true
	case countWords(s) > 10 || endsInTerminator(s) && !strings.HasSuffix(s, ")"):
		return false
	case strings.Contains(s, " / "), strings.Contains(s, "©"), strings.Contains(s, "Getty Images"), strings.Contains(s,
		"／"):
		return true
	}
	return false
}

// furniture marks the sentences at the top and the bottom that belong to the site.
func (k *kinder) furniture() {
	for i := range k.lines {
		if i >= edgeLines && i < len(k.lines)-edgeLines {
			continue
		}
		l := &k.lines[i]
		switch kind := k.out[l.first].Kind; {
		case l.first == l.last && !l.term && l.words() <= captionWords && isLabelLine(l.s):
			k.out[l.first].Kind = KindBoilerplate
		case len(l.s) < 2*phraseBytes && kind != KindLink && kind != KindTitle:
			k.phrases(l, i >= len(k.lines)-edgeLines/2)
		}
	}
}

// phrases marks the sentences of a line that hold a furniture phrase: those with a share left to read, short ones, and
// at the end of the article also longer ones.
func (k *kinder) phrases(l *textLine, end bool) {
	hit := l.first < l.last && strings.HasPrefix(l.s, "©")
	for n := l.first; n <= l.last; n++ {
		s := k.text(n)
		if len(s) > 240 || !hasFurniturePhrase(s) {
			hit = false
			continue
		}
		if words := countWords(s); hit || strings.Contains(s, "%") || end && words <= headingWords ||
			words <= 2*bylineWords {
			k.out[n].Kind, hit = KindBoilerplate, true
		}
	}
}

// bottom marks short lines without a full stop that nothing of the article follows: tags, buttons, signatures.
func (k *kinder) bottom() {
	for i := len(k.lines) - 1; i > 0; i-- {
		l := &k.lines[i]
		kind := k.out[l.first].Kind
		switch {
		case kind == KindBoilerplate || kind == KindLink:
		case l.first == l.last && !l.term && l.words() <= labelWords && kind == KindHeading:
			k.out[l.first].Kind = KindBoilerplate
		default:
			return
		}
	}
}

// isLabelLine reports a line that is one of the source labels, alone or with a colon and little behind it.
func isLabelLine(s string) bool {
	for _, p := range sourceLabels {
		if len(s) < len(p) || !strings.EqualFold(s[:len(p)], p) {
			continue
		}
		rest := s[len(p):]
		if r, _ := utf8.DecodeRuneInString(rest); rest == "" || r == ':' || r == '：' || r == '=' || r == '＝' ||
			r == '/' || r == '／' {
			return true
		}
		if (p == "by" || p == "reporting by" || p == "editing by" || p == "بقلم" || p == "كتب") &&
			strings.HasPrefix(rest, " ") {
			return true
		}
	}
	return false
}

// phraseFilter says of the four bytes that a phrase begins with, ASCII letters in one case, whether to look closer.
var phraseFilter = func() (t [1 << 12]bool) {
	for _, p := range furniturePhrases {
		t[phraseHash(p, 0)] = true
	}
	return t
}()

func phraseHash(s string, i int) uint32 {
	w := uint32(s[i]) | uint32(s[i+1])<<8 | uint32(s[i+2])<<16 | uint32(s[i+3])<<24
	return (w | 0x20202020) * 2654435761 >> 20
}

// hasFurniturePhrase reports that s holds one of the furniture phrases, case ignored.
func hasFurniturePhrase(s string) bool {
	for i := 0; i+4 <= len(s); i++ {
		if !phraseFilter[phraseHash(s, i)] {
			continue
		}
		for _, p := range furniturePhrases {
			if beginsWith(s[i:], p) {
				return true
			}
		}
	}
	return false
}
