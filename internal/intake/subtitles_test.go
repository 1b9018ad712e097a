package intake

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"

	"claimbench/internal/fault"
)

func spokenParts(d Document) []string {
	var out []string
	for _, p := range d.Parts {
		out = append(out, fmt.Sprintf("%d-%d %s", p.From, p.Until, d.Text[p.Start:p.End]))
	}
	return out
}

func TestSubtitles(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file, in string
		want     []string
	}{
		"a sentence over cues": {"a.srt", "\ufeff1\r\n00:00:01,000 --> 00:00:02,500\r\nThey took " +
			"nine\r\ngigabytes\r\n\r\n2\r\n" +
			"00:00:02,600 --> 00:00:04,000\r\nfrom the server.\r\n\r\n3\r\n00:00:06,000 --> 00:00:07,000\r\nNobody " +
			"knew.\r\n",
			[]string{"1000-4000 They took nine gigabytes from the server.", "6000-7000 Nobody knew."}},
		"without spaces": {"a.vtt", "WEBVTT\nKind: captions\nLanguage: ja\n\n1\n00:01.000 --> 00:02.000 " +
			"align:start\n省は九ギガバイトが\n\n" +
			"2\n00:02.000 --> 00:03.000\n持ち出されたと\n発表した。\n",
			[]string{"1000-3000 省は九ギガバイトが持ち出されたと発表した。"}},
		"marks": {"a.srt", "1\n00:00:01.000 --> 00:00:02.000\n{\\an8}<i>They</i> <font color=\"red\">said</font> 3 " +
			"< 5 &lt;i&gt; AT&amp;T.\n",
			[]string{"1000-2000 They said 3 < 5 <i> AT&T."}},
		"marks of WebVTT": {"a.vtt", "WEBVTT - a title\n\nNOTE a note\nof two lines\n\nSTYLE\n::cue { color: red " +
			"}\n\n" +
			"00:00:01.000 --> 00:00:02.000 position:10%,line-left bad:\n<c.yellow>&lt;yes&gt;</c><00:00:01.500> " +
			"<ruby>漢字<rt>かんじ</rt></ruby> it is.\n",
			[]string{"1000-2000 <yes> 漢字 it is."}},
		"words that look like blocks": {"a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nNOTE that he said so.\nSTYLE " +
			"matters.\n",
			[]string{"1000-2000 NOTE that he said so. STYLE matters."}},
		"speakers": {"a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Minister>We counted\n\n00:02.000 --> " +
			"00:03.000\n<v Minister>again.</v>\n" +
			"<v.loud Helen Okafor>When?\n\n00:03.000 --> 00:04.000\nIn May.\n",
			[]string{"1000-3000 Minister: We counted again.", "2000-3000 Helen Okafor: When?", "3000-4000 In May."}},
		"dashes": {"a.srt", "1\n00:00:01,000 --> 00:00:02,000\n- When did you know?\n- In May.\n\n2\n00:00:02,000 " +
			"--> 00:00:03,000\n>> Thank you.\n" +
			"\n3\n00:00:03,000 --> 00:00:04,000\n-5 degrees it was.\n",
			[]string{"1000-2000 When did you know?", "1000-2000 In May.", "2000-3000 Thank you.", "3000-4000 -5 " +
				"degrees it was."}},
		"no numbers, no empty lines": {"a.srt", "00:00:01,000 --> 00:00:02,000\nOne of\n2\n00:00:02,000 --> " +
			"00:00:03,000\nthe 9\n" +
			"00:00:03,000 --> 00:00:04,000\nstates.\n", []string{"1000-4000 One of the 9 states."}},
		"overlapping, out of order": {"a.srt", "1\n00:00:03,000 --> 00:00:05,000\nand then this.\n\n2\n00:00:01,000 " +
			"--> 00:00:04,000\nFirst that\n",
			[]string{"1000-5000 First that and then this."}},
		"hours": {"a.srt", "1\n123:00:01,5 --> 123:00:02\nLate.\n", []string{"442801500-442802000 Late."}},
		"right to left": {"a.srt", "1\n00:00:01,000 --> 00:00:02,000\nقال الوزير\n\n2\n00:00:02,000 --> " +
			"00:00:03,000\nإنه لم يعلم؟\n\n3\n" +
			"00:00:05,000 --> 00:00:06,000\n\u202bنعم.\u202c\n", []string{"1000-3000 قال الوزير إنه لم يعلم؟",
			"5000-6000 \u202bنعم.\u202c"}},
	} {
		d := taken(t, c.file, []byte(c.in))
		wantSame(t, name, spokenParts(d), c.want)
		if name == "without spaces" && d.Lang != "ja" {
			t.Errorf("its language is %q", d.Lang)
		}
	}
}

// TestSubtitlesRoll: captions made by a machine show each line twice or three times, and grow word by word.
func TestSubtitlesRoll(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("WEBVTT\n\n")
	lines := []string{"the ministry said", "that nine gigabytes", "were taken from it", "no no", "no no", "in march"}
	for i, l := range lines {
		before := ""
		if i > 0 {
			before = lines[i-1] + "\n"
		}
		fmt.Fprintf(&b, "00:0%d.000 --> 00:0%d.990 align:start position:0%%\n%s%s\n\n", i, i, before,
			strings.ReplaceAll(l, " ", "<00:00:01.000><c> ")+"</c>")
		fmt.Fprintf(&b, "00:0%d.990 --> 00:0%d.000\n%s\n\n", i, i+1, l)
	}
	d := taken(t, "a.vtt", []byte(b.String()))
	if want := "the ministry said that nine gigabytes were taken from it no no"; !strings.HasPrefix(d.Text, want) ||
		!strings.HasSuffix(d.Text, " in march") || strings.Count(d.Text, "nine") != 1 || len(d.Notes) != 1 {
		t.Errorf("%q %q", d.Text, d.Notes)
	}
	plain := taken(t, "a.srt", []byte("1\n00:00:01,000 --> 00:00:02,000\nNo.\n\n2\n00:00:02,000 --> "+
		"00:00:03,000\nNo.\n"))
	if plain.Text != "No. No." || len(plain.Notes) != 0 {
		t.Errorf("%q", plain.Text)
	}
}

func TestSubtitlesLeaveOutSounds(t *testing.T) {
	t.Parallel()
	d := taken(t, "a.srt", []byte("1\n00:00:01,000 --> 00:00:02,000\n[applause]\nWe [the state] "+
		"won.\n\n2\n00:00:02,000 --> 00:00:03,000\n♪ ♪\n"))
	if d.Text != "We [the state] won." {
		t.Errorf("%q", d.Text)
	}
	wantSame(t, "sounds", leftOut(d, LeftMark), []string{"[applause]", "♪ ♪"})
}

func TestSubtitlesRefuse(t *testing.T) {
	t.Parallel()
	for says, in := range map[string]string{"no line with times": "WEBVTT\n\nwords\n", "do not tell which " +
		"letters": "1\n00:00:01,000 --> 00:00:02,000\n\xc7\xe1\n",
		"such as 00:00:01": "1\n00:00:01,000 -->\nwords\n"} {
		_, err := Read(File{Name: "a.srt", Body: bytes.NewReader([]byte(in))})
		if fault.KindOf(err) != fault.Invalid || !strings.Contains(fault.Message(err), says) {
			t.Errorf("%v, want %q", err, says)
		}
	}
}

// A file of half a million cues is read in time that grows with it, not with its square.
func TestSubtitlesManyCues(t *testing.T) {
	t.Parallel()
	raw := []byte(strings.Repeat("00:00:01,000 --> 00:00:02,000\na\n", mostSubtitles/32))
	if d := taken(t, "a.srt", raw); len(d.Parts) == 0 {
		t.Error("nothing was read")
	}
}

// TestSubtitlesCharsets: subtitles in the charsets of older programs are read, or a person is asked with what
// they would read as; what they choose is read.
func TestSubtitlesCharsets(t *testing.T) {
	t.Parallel()
	const cue = "1\n00:00:01,000 --> 00:00:04,000\n"
	for name, c := range map[string]struct {
		e     encoding.Encoding
		words string
	}{
		"windows-1256": {charmap.Windows1256,
			"قال الوزير إن الملفات سُرقت من خادم الوزارة في الليل وإن أحداً لم يعلم بذلك."},
		"shift_jis":    {japanese.ShiftJIS, "省は九ギガバイトのデータが持ち出されたと発表した。"},
		"euc-jp":       {japanese.EUCJP, "省は九ギガバイトのデータが持ち出されたと発表した。"},
		"windows-1252": {charmap.Windows1252, "Übergabe in Köln."},
	} {
		raw := encoded(t, c.e, cue+c.words+"\n")
		d, err := Read(File{Name: "a.srt", Body: strings.NewReader(raw)})
		if u := (*Unsure)(nil); errors.As(err, &u) {
			e, _ := fault.As(err)
			if !slices.ContainsFunc(u.Previews, func(p Preview) bool { return p.Charset == name }) ||
				len(e.Fields) != 1 || e.Fields[0].Name != "charset" {
				t.Errorf("%s: asked for %v, fields %v", name, u.Previews, e.Fields)
			}
			d, err = Read(File{Name: "a.srt", Body: strings.NewReader(raw), Charset: name})
		}
		if err != nil || d.Text != c.words || d.Encoding != name || len(d.Parts) != 1 || d.Parts[0].From != 1000 {
			t.Errorf("%s: %q in %q, %+v, %v", name, d.Text, d.Encoding, d.Parts, err)
		}
	}
}
