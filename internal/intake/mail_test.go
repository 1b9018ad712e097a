package intake

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"

	"claimbench/internal/fault"
)

func encoded(t testing.TB, e encoding.Encoding, s string) string {
	t.Helper()
	out, err := e.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func lines(s ...string) []byte { return []byte(strings.Join(s, "\r\n") + "\r\n") }

const mailHead = "From: Helen Okafor <h@ministry.example>\r\nSubject: The count\r\nDate: Tue, 14 May 2024 23:30:00 " +
	"+0330\r\n" +
	"MIME-Version: 1.0\r\n"

func TestMailPlain(t *testing.T) {
	t.Parallel()
	d := taken(t, "a.eml", []byte(mailHead+"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: "+
		"quoted-printable\r\n\r\n"+
		"We counted again =E2=80=93 and found what=\r\n we had overlooked.\r\n\r\n9,412 files.\r\n"))
	if d.Text != "We counted again – and found what we had overlooked.\n\n9,412 files." || d.Title != "The count" ||
		d.Byline != "Helen Okafor" || d.Published != "2024-05-14" || d.PublishedAt != "2024-05-14T23:30:00+03:30" ||
		d.Encoding != "utf-8" || d.Reader != "mail" || len(d.Items) != 0 {
		t.Errorf("%+v", d)
	}
	same := taken(t, "a.eml", []byte(strings.ReplaceAll(mailHead, "\r\n",
		"\n")+"\nOne.\n")) // line ends of Unix, no type
	if same.Text != "One." {
		t.Errorf("%q", same.Text)
	}
}

func TestMailCharsets(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		e     encoding.Encoding
		words string
	}{
		"windows-1256": {charmap.Windows1256, "قال الوزير إن 9,412 ملفا سُرقت."},
		"iso-2022-jp":  {japanese.ISO2022JP, "省は九ギガバイトと発表した。"},
		"shift_jis":    {japanese.ShiftJIS, "省は九ギガバイトと発表した。"},
	} {
		raw := encoded(t, c.e, c.words)
		head := fmt.Sprintf("=?%s?B?%s?=", name, base64.StdEncoding.EncodeToString([]byte(raw)))
		d := taken(t, "a.eml", []byte("From: "+head+" <a@b.example>\r\nSubject: "+head+"\r\nDate: "+
			"nothing\r\nMIME-Version: 1.0\r\n"+
			"Content-Type: text/plain; charset="+name+"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"+raw+"\r\n"))
		if d.Text != c.words || d.Title != c.words || d.Byline != c.words || d.Published != "" || d.Encoding != name {
			t.Errorf("%s: %q, title %q, by %q, %q, %q", name, d.Text, d.Title, d.Byline, d.Published, d.Encoding)
		}
	}
}

// TestMailAsks: where the charset that a mail names tells nothing, a person is asked, and what they choose is read.
func TestMailAsks(t *testing.T) {
	t.Parallel()
	const words = "قال الوزير"
	raw := mailHead + "Content-Type: text/plain; charset=x-own\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" +
		encoded(t, charmap.Windows1256, words) + "\r\n"
	_, err := Read(File{Name: "a.eml", Body: strings.NewReader(raw)})
	u := (*Unsure)(nil)
	e, _ := fault.As(err)
	if !errors.As(err, &u) || len(u.Previews) == 0 || len(e.Fields) != 1 || e.Fields[0].Name != "charset" {
		t.Fatalf("not asked: %v", err)
	}
	d, err := Read(File{Name: "a.eml", Body: strings.NewReader(raw), Charset: "windows-1256"})
	if err != nil || d.Text != words || d.Encoding != "windows-1256" {
		t.Errorf("chosen: %q in %q, %v", d.Text, d.Encoding, err)
	}
}

// TestMailUnknownCharset: letters that cannot be told are never taken in as signs.
func TestMailUnknownCharset(t *testing.T) {
	t.Parallel()
	for _, named := range []string{"; charset=x-own", ""} {
		raw := mailHead + "Content-Type: text/plain" + named + "\r\nContent-Transfer-Encoding: " +
			"8bit\r\n\r\n\xc7\xe1\xe6\xd2\xed\xd1 \xde\xc7\xe1\r\n"
		d, err := Read(File{Name: "a.eml", Body: strings.NewReader(raw)})
		if err == nil && !strings.Contains(d.Text, "الوزير") || err != nil && fault.KindOf(err) != fault.Invalid {
			t.Errorf("%q: %q, %v", named, d.Text, err)
		}
	}
}

func TestMailAlternative(t *testing.T) {
	t.Parallel()
	parts := func(plain string) []byte {
		return lines(mailHead+"Content-Type: multipart/alternative; boundary=b", "", "--b", "Content-Type: "+
			"text/plain", "", plain, "--b",
			"Content-Type: multipart/related; boundary=c", "", "--c", "Content-Type: text/html; charset=utf-8", "",
			"<html><head><title>x</title><style>p{}</style></head><body><p>In <b>May</b>,\n 9&nbsp;&lt; "+
				"10.</p><div>Two<br>lines</div>"+
				"<p style='display: none'>not <p>seen</p></p><ul><li>a point</ul></body></html>", "--c",
			"Content-Type: image/png; name=logo.png", "Content-Transfer-Encoding: base64", "", "iVBORw0KGgo=",
			"--c--", "--b--")
	}
	if d := taken(t, "a.eml", parts("Plain words.")); d.Text != "Plain words." {
		t.Errorf("%q", d.Text)
	}
	d := taken(t, "a.eml", parts("  "))
	if want := "In May, 9\u00a0< 10.\n\nTwo\nlines"; !strings.HasPrefix(d.Text, want) || !strings.HasSuffix(d.Text,
		"a point") ||
		strings.Contains(d.Text, "not") {
		t.Errorf("%q", d.Text)
	}
	wantSame(t, "attached", leftOut(d, LeftAttached), []string{"logo.png"})
}

func TestMailWrappedLines(t *testing.T) {
	t.Parallel()
	flowed := taken(t, "a.eml", []byte(mailHead+"Content-Type: text/plain; format=flowed\r\n\r\nIt lost \r\nnine "+
		"gigabytes.\r\n> they said \r\n"))
	if flowed.Text != "It lost nine gigabytes.\n> they said" {
		t.Errorf("%q", flowed.Text)
	}
	hard := "The ministry said on Tuesday that more than nine thousand files were taken\nfrom its servers in March, " +
		"and that it had not known of it before the first\n" +
		"report came in. It gave no reason for the difference between the numbers that\nit had named " +
		"before.\n\nNobody knew."
	d := taken(t, "a.eml", []byte(mailHead+"\r\n"+strings.ReplaceAll(hard, "\n", "\r\n")))
	if strings.Count(d.Text, "\n") != 2 || len(d.Parts) != 2 {
		t.Errorf("%q", d.Text)
	}
}

// TestMailAttachments: what a reader reads is an item beside the mail, the rest is listed; names lose their folders.
func TestMailAttachments(t *testing.T) {
	t.Parallel()
	raw := lines(mailHead+"Content-Type: multipart/mixed; boundary=b", "", "--b", "Content-Type: text/plain", "",
		"See below.", "--b",
		"Content-Type: application/octet-stream", `Content-Disposition: attachment; filename="..\..\etc\report.docx"`,
		"Content-Transfer-Encoding: base64", "", base64.StdEncoding.EncodeToString(docx(t, p("Its words."))), "--b",
		"Content-Type: application/zip; name=all.zip", "Content-Transfer-Encoding: base64", "", "UEsFBg==", "--b",
		"Content-Type: application/x-own; name=bad.docx", "Content-Transfer-Encoding: base64", "", "AAAA", "--b--")
	d := taken(t, "a.eml", raw)
	if d.Text != "" || len(d.Items) != 2 || d.Items[0].Text != "See below." || d.Items[0].Title != "The count" ||
		d.Items[1].Text != "Its words." || d.Items[1].Name != "report.docx" || d.Items[1].Reader != "docx" {
		t.Fatalf("%+v", d)
	}
	wantSame(t, "attached", leftOut(d.Items[0], LeftAttached), []string{"all.zip", "bad.docx"})
	if notes := d.Items[0].Notes; len(notes) != 1 || !strings.Contains(notes[0], "bad.docx") ||
		!strings.Contains(notes[0], "damaged") {
		t.Errorf("%q", notes)
	}
}

// TestMailInMails: a forwarded mail is a document of its own, to the third; what lies deeper is said.
func TestMailInMails(t *testing.T) {
	t.Parallel()
	inner := mailHead + "\r\nThe first mail.\r\n"
	for _, n := range []string{"second", "third", "fourth"} {
		inner = strings.Replace(mailHead, "The count", "Fwd: "+n, 1) + "Content-Type: multipart/mixed; boundary=b" +
			n + "\r\n\r\n--b" + n +
			"\r\n\r\nThe " + n + " mail.\r\n--b" + n + "\r\nContent-Type: message/rfc822\r\n\r\n" + inner +
			"\r\n--b" + n + "--\r\n"
	}
	d := taken(t, "a.eml", []byte(inner))
	var got []string
	var notes []string
	var walk func(Document)
	walk = func(d Document) {
		notes = append(notes, d.Notes...)
		if d.Text != "" {
			got = append(got, d.Title+": "+d.Text)
		}
		for _, item := range d.Items {
			walk(item)
		}
	}
	walk(d)
	wantSame(t, "mails", got, []string{"Fwd: fourth: The fourth mail.", "Fwd: third: The third mail.",
		"Fwd: second: The second mail."})
	if len(notes) != 1 || !strings.Contains(notes[0], "more than 3 mails") {
		t.Errorf("%q", notes)
	}
}

func TestMailRefuses(t *testing.T) {
	t.Parallel()
	deep := mailHead
	for i := range 60 {
		deep += fmt.Sprintf("Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i)
	}
	for name, c := range map[string]struct{ raw, says string }{
		"words":   {"Only words.\n\nAnd more.", "no lines From"},
		"no text": {mailHead + "Content-Type: image/png\r\n\r\nx\r\n", "no text"},
		"open parts": {mailHead + strings.Repeat("X: Boundary*0=\"1\"\r\n", mailOpen+1) + "\r\nx", "parts inside " +
			"each other"},
		"deep": {deep + "\r\nx", "parts inside each other"},
	} {
		_, err := Read(File{Name: "a.eml", Body: bytes.NewReader([]byte(c.raw))})
		if fault.KindOf(err) != fault.Invalid || !strings.Contains(fault.Message(err), c.says) {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
	}
}

// TestMailTooDeep: a mail in more mails than are opened says so, and not that nobody wrote anything.
func TestMailTooDeep(t *testing.T) {
	t.Parallel()
	raw := "From: a@example.org\r\nSubject: The innermost\r\n\r\nThe council approved twelve grants on Monday.\r\n"
	for i := range mailDepth + 2 {
		d, err := Read(File{Name: "a.eml", Body: strings.NewReader(raw)})
		switch {
		case i < mailDepth && (err != nil || !strings.Contains(d.All()[len(d.All())-1].Text, "twelve grants")):
			t.Errorf("in %d mails: %v %+v", i, err, d)
		case i >= mailDepth && (err == nil || !strings.Contains(fault.Message(err), "Save the innermost one")):
			t.Errorf("in %d mails: %v", i, err)
		}
		raw = "From: b@example.org\r\nSubject: Fwd\r\nContent-Type: message/rfc822\r\n\r\n" + raw
	}
}

// TestWebArchives: an archive of the web is no archive of articles: it is told where it belongs.
func TestWebArchives(t *testing.T) {
	t.Parallel()
	wacz := zipOf(t, "datapackage.json", `{"wacz_version":"1.1.1"}`, "archive/data.warc.gz", "abc")
	for name, raw := range map[string]string{"a.wacz": wacz, "a.zip": wacz, "a": wacz, "a.warc": "WARC/1.1\r\n",
		"b.zip": zipOf(t, "page.txt", "WARC/1.1\r\nWARC-Type: response")} {
		_, err := Read(File{Name: name, Body: strings.NewReader(raw)})
		if fault.KindOf(err) != fault.Invalid || !strings.Contains(fault.Message(err), "linked to a claim") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Read(File{Name: "a.zip", Body: strings.NewReader(zipOf(t, "datapackage.json", "{}", "a.txt",
		"The council approved twelve grants on Monday."))}); err != nil {
		t.Errorf("a package of data: %v", err)
	}
}
