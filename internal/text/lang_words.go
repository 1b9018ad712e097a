package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/abadojack/whatlanggo"
)

// wordsOf makes a set of the words of s.
func wordsOf(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// arabicScriptWord says how strongly a word speaks for Persian and for Arabic.
type arabicScriptWord struct{ fa, ar int }

// arabicScriptWords are function words and the commonest others whose letters do not tell Persian from Arabic.
var arabicScriptWords = func() map[string]arabicScriptWord {
	m := map[string]arabicScriptWord{}
	for w := range wordsOf(`در از که این را با است می برای آن بر خود شد کرد های یک شده بود دارد نیز تا اگر نه و
		پس شما آنها او وی باید دو سه هر همه روز سال ساله دیگر نیست هستند باشد شود گفت داد رسید آمد رفت دارند نمی بی
		برخی تنها حدود روی زیر وقتی مورد درباره بدون ترین تر شدن کردن بودن اند ام اش شان مان تان رو دست سر مردم زنان
		مردان خانه کار نام جهان آغاز دانشگاه سازمان نخست وزیر خبرنگار آقای خانم توسط ساعت امسال صبح شب ماه شهر کشور
		بسیار هستیم هستم است توانند تواند خواهد داشت داده کرده شدند کردند بودند دادند گفتند دولت نفر اکنون مادر پدر زن مرد
		نظر طبق مثل مثلا افسران متوقف خودرو دادستان معاون هنوز اولین دومین`) {
		m[w] = arabicScriptWord{fa: 3}
	}
	for w := range wordsOf(`في على علي إلى الى عن أن ان إن التي الذي الذين هذا هذه ذلك تلك كان كانت قال قالت مع
		لم لن هو هي كما قد لقد حيث عندما منذ حتى حتي أو ثم بعض أي ولم وقد وقال وفي ومن
		وهو وهي ولا وكان وكانت بأن بان لأن فقد فإن وإن وأن بينما خلال لكن ولكن إذا اذا ليس ليست أنه انه أنها انها
		بها له لها فيه فيها عليه عليها منه منها نحن أنا انا أنت هناك هنا أكثر اكثر تم يتم وتم سوف ستكون سيكون يكون تكون
		يمكن يجب كيف لماذا متى هل أحد احد عدد نحو دون حول بسبب وذلك كذلك أيضا ايضا وأضاف واضاف وأكد عدة جدا وما`) {
		m[w] = arabicScriptWord{ar: 3}
	}
	for w := range wordsOf("من ما بعد قبل لا اي غير كل بين يوم عام هم عند ضد") {
		m[w] = arabicScriptWord{fa: 1, ar: 2}
	}
	for w := range wordsOf("به اما هيچ جمهور سابق") {
		m[w] = arabicScriptWord{fa: 2, ar: 1}
	}
	return m
}()

// arabicWords weighs the words of s for Persian and for Arabic.
func arabicWords(s string) (fa, ar int) {
	for w := range strings.FieldsFuncSeq(s, notLetter) {
		if k, ok := arabicScriptWords[w]; ok {
			fa, ar = fa+k.fa, ar+k.ar
			continue
		}
		if hasArticle(w) {
			ar += 2
		}
		if len(w) >= 8 && strings.HasSuffix(w, "ند") { // the third person plural of Persian verbs
			fa++
		}
	}
	if strings.ContainsRune(s, '\u200C') { // ZWNJ is hardly written in Arabic
		fa += 3
	}
	return fa, ar
}

// hasArticle reports the Arabic article: ال, alone or after و ب ف ك, or لل; two bytes a letter.
func hasArticle(w string) bool {
	switch {
	case len(w) > 8 && (strings.HasPrefix(w, "ال") || strings.HasPrefix(w, "لل")):
		return true
	case len(w) > 10 && strings.HasPrefix(w[2:], "ال"):
		switch w[:2] {
		case "و", "ب", "ف", "ك":
			return true
		}
	}
	return false
}

func notLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return (r|0x20) < 'a' || (r|0x20) > 'z'
	}
	return !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r)
}

// notInWord is notLetter, but keeps the apostrophe of "it's" inside.
func notInWord(r rune) bool { return r != '\'' && r != '’' && notLetter(r) }

// Han characters in the form that only Japan, or only China, writes, among the frequent ones.
const (
	japaneseHan = "気売読駅働込畑歩姫沢桜浜検験険剣圏権観歓広応悪実対帰変拡栄営単戦弾択発県続総経関鉄録銭釈駆齢両伝価処労効勧厳圧塁壊庁廃徴徳恵戯抜挙掲揺渋済渉満焼犠獣畳穏粛緑縁縄繊聴芸蔵覚訳説譲豊賛転遅郷鉱鋳雑霊顔顕頼黙黒図児円毎査様殺巻氷歳"
	chineseHan  = "们这说时间问题际济发现关为东车门见长开业产华进过还没让从众给总选战军动机电话网络书记习认识该则应当亿两个务了是吗呢吧你她它們這說國經濟發對關產還沒讓眾總戰應當兩國嗎妳"
)

// hanForms counts the forms of Japan and of China in s.
func hanForms(s string) (ja, zh int) {
	for _, r := range s {
		j, z := strings.ContainsRune(japaneseHan, r), strings.ContainsRune(chineseHan, r)
		switch {
		case j && !z:
			ja++
		case z && !j:
			zh++
		}
	}
	return ja, zh
}

// latinLanguages are the languages whose function words are known; English is the first.
var latinLanguages = [...]struct{ lang, words string }{
	{"en", "a the of and to in is was for with that on as by at from has have had be his her it its an are were " +
		"been will would said not but they he she who this which their there what when you we i if or than about " +
		"after more into over no new how why can could should out up our my your do does did just only now first " +
		"two may says here him them these those because while before since being between during against under where " +
		"however"},
	{"fr", "le la les de des du et est en un une dans pour que qui sur au aux par avec ce cette pas plus il elle ne " +
		"se sont son sa ses a été être mais ou où nous vous ils leur après comme selon"},
	{"de", "der die das und ist in den von zu mit sich des auf für im dem nicht ein eine als auch es an werden aus " +
		"er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber " +
		"vor zur bis mehr durch man sein wurde"},
	{"es", "el la los las de y que en un una es por con para del se su al lo como más pero sus le ya o este sí " +
		"porque esta entre cuando muy sin sobre también fue ha son está hay"},
	{"pt", "o a os as de e que em um uma é para com não do da dos das no na nos nas por mais se ao como mas foi " +
		"pelo pela são está também seu sua ou ser tem"},
	{"it", "il lo la gli le di e che in un una è per con non del della dei delle si da sono ha al alla come più ma " +
		"anche nel nella questo dal dalla i su era stato"},
	{"nl", "de het een van en in is dat op te zijn met voor niet aan er om ook als dan maar bij nog uit wordt door " +
		"naar hij werd heeft over ze zich deze was worden"},
	{"sv", "och att det som en på är av för den till inte har med om ett han men var jag sig från så kan när de vi"},
	{"da", "og at det som en på er af for den til ikke har med et de der han men var jeg sig fra så kan når vi blev"},
	{"nb", "og at det som en på er av for den til ikke har med et de han men var jeg seg fra så kan når vi ble"},
	{"fi", "ja on ei se että oli mutta hän ovat kun myös joka niin kuin tai sen ole mukaan"},
	{"pl", "i w z na się nie do to że jest o jak po ale za od przez dla są tym jego już był oraz czy ich"},
	{"cs", "a v se na je že s z do o to i ve pro by jako za od po jeho ale byl jsou které který"},
	{"tr", "ve bir bu için ile de da olarak olan gibi daha çok ne o en sonra ama var kadar göre olduğu değil"},
	{"id", "yang dan di dengan untuk pada dari dalam ini itu tidak adalah akan oleh ke sebagai juga atau telah bisa " +
		"karena"},
	{"ro", "și de în la cu pe a care nu este din un o că pentru sunt mai au ca fost sau prin"},
	{"hu", "a az és hogy nem is egy volt van meg csak de ha már mint vagy ez el"},
	{"sw", "ya wa na kwa ni katika za la cha kuwa hii huo hilo yake wake ambao ambaye ambayo alisema amesema kama " +
		"lakini " +
		"pia hiyo huku baada kabla mwaka watu nchi serikali rais vya zaidi kutoka juu ili hata siku wengi mkuu hao " +
		"huyo wao wakati yao kwamba hivyo sana bila kila hadi kati tu si"},
	{"az", "və bir bu üçün ilə olan deyib görə çox daha edib olub onun isə də da bildirib ki"},
	{"vi", "và của là các có được cho trong một không người với đã những khi này"},
}

// latinWords gives the languages, as indexes of latinLanguages, that have a function word.
var latinWords = func() map[string][]uint8 {
	m := map[string][]uint8{}
	for i, l := range latinLanguages {
		for w := range wordsOf(l.words) {
			m[w] = append(m[w], uint8(i))
		}
	}
	return m
}()

// latinScores counts the function words of s by language, and all its words.
func latinScores(s string) (scores [len(latinLanguages)]int, words int) {
	lower := make([]byte, 0, 32)
	for w := range strings.FieldsFuncSeq(s, notInWord) {
		words++
		if lower = lower[:0]; len(w) > 12 {
			continue
		}
		for i := 0; i < len(w); i++ {
			if b := w[i]; b >= utf8.RuneSelf {
				lower = append(lower[:0], strings.ToLower(w)...)
				break
			} else if b >= 'A' && b <= 'Z' {
				b |= 0x20
				lower = append(lower, b)
			} else {
				lower = append(lower, b)
			}
		}
		for _, lang := range latinWords[string(lower)] {
			scores[lang]++
		}
	}
	return scores, words
}

// bestOther is the language but English that scores best.
func bestOther(scores *[len(latinLanguages)]int) (lang string, best int) {
	for i, n := range scores {
		if i > 0 && n > best {
			lang, best = latinLanguages[i].lang, n
		}
	}
	return lang, best
}

// latinLanguage tells English from the others by function words; whatlanggo names the others. A short text that
// says nothing is taken for English, the likeliest in names, headlines and buttons.
func (p *profile) latinLanguage(s string) (string, bool) {
	scores, words := latinScores(s)
	own, best := bestOther(&scores)
	english := scores[0]
	if words > 12 && best <= 1 && english*12 < words { // none of the languages whose words are known
		if lang, sure := guess(s, Undetermined); sure {
			return lang, true
		}
		return Undetermined, false
	}
	if english > 0 && english >= best {
		return "en", true
	}
	if code := tellingLetters(s); code != "" && english < 2 && p.marked > 0 {
		return code, true
	}
	switch {
	case best > english+1, best > 0 && p.marked > 0:
		if lang, sure := guess(s, own); sure && knows(&scores, lang) {
			return lang, true
		}
		return own, true
	case words > 4:
		if lang, sure := guess(s, "en"); sure && (p.marked > 0 || words > 8) {
			return lang, true
		}
	}
	return "en", false
}

// telling are letters that one language of those we know has, or nearly one; the first that occurs twice, or with
// another of its own, decides.
var telling = []struct{ lang, letters string }{{"az", "əƏ"}, {"tr", "ğıİş"}, {"pl", "łąężźćś"},
	{"cs", "řěů"}, {"hu", "őű"},
	{"ro", "țșă"}, {"vi", "ơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"}}

func tellingLetters(s string) string {
	for _, t := range telling {
		n := 0
		for _, r := range s {
			if r >= utf8.RuneSelf && strings.ContainsRune(t.letters, r) {
				if n++; n > 1 {
					return t.lang
				}
			}
		}
	}
	return ""
}

// knows reports that some of the words counted are of lang.
func knows(scores *[len(latinLanguages)]int, lang string) bool {
	for i, l := range latinLanguages {
		if l.lang == lang {
			return scores[i] > 0
		}
	}
	return false
}

// latinSentence is latinLanguage for a sentence in a text of another script, quickly: by function words alone.
func (p *profile) latinSentence(s string) string {
	scores, _ := latinScores(s[:runeStart(s, min(len(s), 256))])
	if own, best := bestOther(&scores); best > scores[0]+1 || best > scores[0] && p.marked > 0 {
		return own
	}
	return "en"
}

// maxGuess is how many bytes whatlanggo is shown; its time grows faster than its certainty.
const maxGuess = 1 << 10

// guess asks whatlanggo, and gives fallback when that is not sure.
func guess(s, fallback string) (string, bool) {
	info := whatlanggo.Detect(s[:runeStart(s, min(len(s), maxGuess))])
	if code := info.Lang.Iso6391(); code != "" && info.IsReliable() {
		return code, true
	}
	if fallback == Undetermined {
		if code := info.Lang.Iso6391(); code != "" {
			return code, false
		}
	}
	return fallback, false
}

// otherLanguage names the languages of other scripts; of the Slavic ones Russian is the likeliest in a short text
// without the letters of its neighbours.
func otherLanguage(s string) (string, bool) {
	if lang, sure := guess(s, Undetermined); sure || !strings.ContainsAny(s, "аеиору") {
		return lang, sure
	}
	switch {
	case strings.ContainsAny(s, "іїєґ"):
		return "uk", true
	case strings.ContainsAny(s, "јљњђћ"):
		return "sr", true
	}
	return "ru", strings.ContainsAny(s, "ыэё")
}
