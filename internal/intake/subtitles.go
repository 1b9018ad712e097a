package intake

import (
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// mostSubtitles is the size of a file of subtitles; those of a day of speech have about one MiB.
const mostSubtitles = MaxText

var (
	mediaSRT = []string{"application/x-subrip", "text/srt"}
	mediaVTT = []string{"text/vtt"}
)

var errNoCues = says("it has no line with times such as 00:00:01,000 --> 00:00:04,000. Save it as SRT or WebVTT")

// cue is what is shown at once. Times are milliseconds.
type cue struct {
	from, until int64
	speaker     string
	lines       []string
}

// readSubtitles reads SubRip (SRT) and WebVTT (W3C): what is said, joined over the borders of cues, each paragraph with
// the times in which it is shown. Signs for the picture are dropped; captions that repeat themselves are taken once.
//
// WebVTT is UTF-8; SRT names no charset, and is in that of the program that wrote it: it is told, or a person is asked.
func readSubtitles(raw []byte, f File) (Document, error) {
	got, err := decode(raw, f.Charset, charsetOf(f.Media))
	if err != nil {
		return Document{}, err
	}
	words := strings.ToValidUTF8(strings.TrimPrefix(got.text, "\ufeff"), "\ufffd")
	d := Document{Encoding: got.charset, Notes: got.notes}
	if strings.ContainsRune(words, utf8.RuneError) {
		d.Notes = append(d.Notes, noteLost)
	}
	cues, lang := cuesOf(words)
	if len(cues) == 0 {
		return Document{}, errNoCues
	}
	d.Lang = lang
	slices.SortStableFunc(cues, func(a, b cue) int { return int(a.from - b.from) })
	cues, folded := unrolled(cues)
	if folded > 0 {
		d.Notes = append(d.Notes, "The captions repeat each line while they roll. Each was taken once.")
	}
	var spoken []cue
	for _, c := range cues {
		said, sounds := utterances(c)
		spoken = append(spoken, said...)
		for _, sound := range sounds {
			d.LeftOut = leave(d.LeftOut, LeftMark, sound)
		}
	}
	return setCues(d, spoken), nil
}

// cueTimes is the line of a cue's times. SRT writes a comma and often other signs; WebVTT may leave out the hours, and
// says behind the times where on the picture it stands.
var cueTimes = regexp.MustCompile(`^\s*((?:\d+:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?)\s*-->` +
	`\s*((?:\d+:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?)(?:\s.*)?$`)

// cuesOf finds the cues of a file, and the language that a WebVTT names.
func cuesOf(s string) (cues []cue, lang string) {
	vtt := strings.HasPrefix(s, "WEBVTT")
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s), "\n")
	for i, line := range lines {
		if tag, ok := strings.CutPrefix(line, "Language:"); ok && vtt && len(cues) == 0 {
			if tag = strings.TrimSpace(tag); langTag.MatchString(tag) {
				lang = tag
			}
		}
		m := cueTimes.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		c := cue{from: cueTime(m[1]), until: cueTime(m[2])}
		if body := cueBody(lines[i+1:], vtt); vtt {
			cues = append(cues, voices(c, strings.Join(body, "\n"))...)
		} else {
			c.lines = srtLines(body)
			cues = append(cues, c)
		}
	}
	return cues, lang
}

// cueBody are the lines of a cue: up to an empty one, or up to the next cue where the empty one is missing, without the
// number of that.
func cueBody(lines []string, vtt bool) []string {
	end := 0
	for end < len(lines) && strings.TrimSpace(lines[end]) != "" && !cueTimes.MatchString(lines[end]) {
		end++
	}
	if end > 0 && end < len(lines) && !vtt && strings.Contains(lines[end], "-->") && digitsOnly(lines[end-1]) {
		end--
	}
	return lines[:end]
}

func digitsOnly(s string) bool {
	_, err := strconv.Atoi(strings.TrimSpace(s))
	return err == nil
}

// cueTime reads 1:02:03,004 as milliseconds.
func cueTime(s string) int64 {
	whole, part, _ := strings.Cut(strings.ReplaceAll(s, ",", "."), ".")
	seconds := int64(0)
	for unit := range strings.SplitSeq(whole, ":") {
		n, _ := strconv.ParseInt(unit, 10, 32)
		seconds = seconds*60 + n
	}
	ms, _ := strconv.ParseInt((part + "000")[:3], 10, 64)
	return seconds*1000 + ms
}

// Marks that are for the picture: {\an8}, {\i1}, {b}; <i>, <font color=…>; of WebVTT also <c.yellow>, <00:01.000>.
var (
	srtMarks = regexp.MustCompile(`\{\\[^}]*\}|\{/?[biuBIU]\}|</?(?i:b|i|u|s|font|em|strong|span|c|br)(?:[\s./][^<>` +
		`]*)?/?>`)
	vttMarks = regexp.MustCompile(`\{\\[^}]*\}|<rt[^<>]*>[^<]*(?:</rt>)?|</?[a-zA-Z0-9:.][^<>]*>|</>`)
	vttVoice = regexp.MustCompile(`<v(?:\.[^\s<>]*)?\s+([^<>]*)>`)
)

func srtLines(body []string) []string {
	var out []string
	for _, l := range body {
		out = append(out, cueWords(srtMarks.ReplaceAllString(l, "")))
	}
	return out
}

// cueWords are the words of a line without marks. Marks go first, and entities then: &lt;i&gt; is words.
func cueWords(s string) string { return inOneLine(html.UnescapeString(s)) }

// voices parts a cue of WebVTT by who speaks.
func voices(c cue, body string) []cue {
	var out []cue
	speaker := ""
	add := func(s string) {
		v := cue{from: c.from, until: c.until, speaker: speaker}
		for l := range strings.SplitSeq(s, "\n") {
			if l = cueWords(vttMarks.ReplaceAllString(l, "")); l != "" {
				v.lines = append(v.lines, l)
			}
		}
		if len(v.lines) > 0 {
			out = append(out, v)
		}
	}
	at := 0
	for _, m := range vttVoice.FindAllStringSubmatchIndex(body, -1) {
		add(body[at:m[0]])
		speaker, at = cueWords(body[m[2]:m[3]]), m[1]
	}
	add(body[at:])
	return out
}

// unrolled takes each line once where captions roll: where a cue often begins with the lines that the cue before it
// ended with. It says how many lines it folded.
func unrolled(cues []cue) ([]cue, int) {
	again := 0
	for i := 1; i < len(cues); i++ {
		if repeated(cues[i-1].lines, cues[i].lines) > 0 {
			again++
		}
	}
	if again < 3 || again*4 < len(cues) {
		return cues, 0
	}
	var out []cue
	folded := 0
	var shown []string
	for _, c := range cues {
		if n := len(out); n > 0 && len(c.lines) > 0 && len(out[n-1].lines) > 0 { // a line that grows word by word
			last := out[n-1].lines[len(out[n-1].lines)-1]
			if strings.HasPrefix(c.lines[0], last+" ") {
				out[n-1].lines[len(out[n-1].lines)-1] = c.lines[0]
				out[n-1].until = c.until
				shown, c.lines = append(shown, c.lines[0]), c.lines[1:]
				folded++
			}
		}
		k := repeated(shown, c.lines)
		folded += k
		c.lines = c.lines[k:]
		shown = append(shown, c.lines...)
		shown = shown[max(len(shown)-8, 0):]
		if len(c.lines) > 0 {
			out = append(out, c)
		} else if n := len(out); n > 0 {
			out[n-1].until = max(out[n-1].until, c.until)
		}
	}
	return out, folded
}

// repeated is how many lines at the end of a stand at the beginning of b again.
func repeated(a, b []string) int {
	for k := min(len(a), len(b)); k > 0; k-- {
		if slices.Equal(a[len(a)-k:], b[:k]) {
			return k
		}
	}
	return 0
}

// utterances parts a cue by its dashes, or by ">>", each of which begins what another person says, and takes out what
// is no speech: [applause], ♪.
func utterances(c cue) (said []cue, sounds []string) {
	dashes := 0
	for _, l := range c.lines {
		if _, ok := dashed(l); ok {
			dashes++
		}
	}
	for _, l := range c.lines {
		if isSound(l) {
			sounds = append(sounds, l)
			continue
		}
		rest, dash := dashed(l)
		other := strings.HasPrefix(l, ">>")
		if other {
			rest = strings.TrimSpace(strings.TrimLeft(l, "> "))
		} else if !dash || dashes < 2 {
			rest, dash = l, false
		}
		if n := len(said); n == 0 || dash || other {
			said = append(said, cue{from: c.from, until: c.until, speaker: c.speaker})
			if dash || other {
				said[n].speaker = "-" + c.speaker // somebody else, of whom the name is not known
			}
		}
		n := len(said) - 1
		said[n].lines = append(said[n].lines, rest)
	}
	return said, sounds
}

func dashed(l string) (string, bool) {
	for _, dash := range []string{"- ", "– ", "— ", "-", "–"} {
		if rest, ok := strings.CutPrefix(l, dash); ok && rest != "" {
			first, _ := utf8.DecodeRuneInString(rest)
			return strings.TrimSpace(rest), unicode.IsLetter(first) || unicode.IsPunct(first) && first != '-'
		}
	}
	return l, false
}

// isSound says whether a line is no speech: all of it in brackets, or only notes of music.
func isSound(l string) bool {
	first, _ := utf8.DecodeRuneInString(l)
	last, _ := utf8.DecodeLastRuneInString(l)
	switch first {
	case '[', '［':
		return (last == ']' || last == '］') && strings.Count(l, string(first)) == 1
	case '♪', '♫':
		return !strings.ContainsFunc(l, unicode.IsLetter)
	}
	return false
}

// A paragraph of speech ends after a sentence, when it is as long as this or the pause as long as that; without the end
// of a sentence only when it is three times as long, or after a long pause.
const (
	speechLength = 280 // code points; of scripts without spaces a half
	speechPause  = 1500 * time.Millisecond
	speechGap    = 4 * time.Second
)

// setCues joins what is said to paragraphs.
func setCues(d Document, spoken []cue) Document {
	var g galley
	speaker := ""
	for start := 0; start < len(spoken) && !g.full(); {
		end, words := start+1, cueText(spoken[start])
		until := spoken[start].until
		for end < len(spoken) && !speechEnds(words, until, spoken[end-1], spoken[end]) {
			words = joinSpeech(words, cueText(spoken[end]))
			until = max(until, spoken[end].until)
			end++
		}
		if name := spoken[start].speaker; name != "" && name[0] != '-' && name != speaker {
			words = name + ": " + words
		}
		speaker = spoken[start].speaker
		g.add(words, Part{From: spoken[start].from, Until: until})
		start = end
	}
	return g.on(d)
}

// speechEnds says whether a paragraph ends before the next cue.
func speechEnds(words string, until int64, last, next cue) bool {
	if next.speaker != last.speaker || strings.HasPrefix(next.speaker, "-") {
		return true
	}
	length := utf8.RuneCountInString(words)
	end, _ := utf8.DecodeLastRuneInString(words)
	if spaceless(end) {
		length *= 2
	}
	pause := time.Duration(next.from-until) * time.Millisecond
	if sentenceEnds(words) {
		return length >= speechLength || pause >= speechPause
	}
	return length >= 3*speechLength || pause >= speechGap
}

func cueText(c cue) string {
	words := ""
	for _, l := range c.lines {
		words = joinSpeech(words, l)
	}
	return words
}

// joinSpeech joins words over a border of lines or cues.
func joinSpeech(a, b string) string {
	end, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	if a == "" || b == "" || spaceless(end) && spaceless(first) {
		return a + b
	}
	return a + " " + b
}
