package intake

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"
)

// TestPacked: a document that waits is the same afterwards, with its bytes, whatever its letters are.
func TestPacked(t *testing.T) {
	t.Parallel()
	for name, raw := range map[string]string{"page.html": "<!doctype html><html lang=en><title>A " +
		"tram</title><main><h1>A " +
		"tram</h1>" + prose + "</main>", "note.txt": "One line.\nAnother.",
		"talk.srt": "1\n00:00:01,000 --> 00:00:02,500\nHello there.\n"} {
		d, err := Read(File{Name: name, Body: strings.NewReader(raw)})
		if err != nil {
			t.Fatal(err)
		}
		b, err := Pack(d)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Unpack(b)
		if err != nil || !bytes.Equal(got.Bytes(), []byte(raw)) || got.Text != d.Text ||
			len(got.Parts) != len(d.Parts) ||
			!reflect.DeepEqual(got.LeftOut, d.LeftOut) {
			t.Errorf("%s: %v\n%+v\n%+v", name, err, got, d)
		}
	}
	if d, err := Unpack([]byte("no such thing")); err == nil {
		t.Errorf("%+v", d)
	}
	d := Document{Text: "a\xffb"}
	b, err := Pack(d)
	if got, e := Unpack(b); err != nil || e != nil || got.Text != d.Text {
		t.Errorf("%v %v %q", err, e, got.Text)
	}
}

// TestTypedDay: days of the calendars of the samples become days, and are known to be of another calendar.
func TestTypedDay(t *testing.T) {
	t.Parallel()
	for typed, want := range map[[2]string][2]string{
		{"2017-05-06", "fa"}:             {"2017-05-06", ""},
		{"2017-05", ""}:                  {"2017-05", ""},
		{" ۲۰۱۷-۰۵-۰۶ ", "fa"}:           {"2017-05-06", ""},
		{"۱۵ اردیبهشت ۱۳۹۶", "fa"}:       {"2017-05-05", "۱۵ اردیبهشت ۱۳۹۶"},
		{"1396-02-15", "fa"}:             {"2017-05-05", "1396-02-15"},
		{"2 ذو القعدة 1445", "ar"}:       {"2024-05-10", "2 ذو القعدة 1445"},
		{"平成29年5月7日", "ja"}:              {"2017-05-07", "平成29年5月7日"},
		{"平成29年5月7日", ""}:                {"2017-05-07", "平成29年5月7日"},
		{"7 May 2017", "en"}:             {"2017-05-07", ""},
		{"", "en"}:                       {"", ""},
		{"2024-05-10T18:04+02:00", "en"}: {"2024-05-10", ""},
	} {
		date, shown, err := TypedDay(typed[0], typed[1])
		if err != nil || date != want[0] || shown != want[1] {
			t.Errorf("%q: %q %q %v, want %q", typed, date, shown, err, want)
		}
	}
	for _, bad := range []string{"soon", "2017-13-40", "05/06/2017", "31 اسفند ۱۳۹۷", "۳۱ اسفند ۱۳۹۷"} {
		if date, _, err := TypedDay(bad, "en"); err == nil {
			t.Errorf("%q became %q", bad, date)
		}
	}
}

// TestUnmappedRows: rows without a column for the text name their columns to whoever must choose.
func TestUnmappedRows(t *testing.T) {
	t.Parallel()
	_, err := Read(File{Name: "a.csv", Body: strings.NewReader("kop,verhaal\nEen,Er was eens.\n")})
	un := (*Unmapped)(nil)
	if !errors.As(err, &un) || strings.Join(un.Columns, " ") != "kop verhaal" {
		t.Errorf("%v", err)
	}
}

// TestDayAsWritten: of a page that states its day in another calendar the day is known in both.
func TestDayAsWritten(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ page, date, shown string }{
		{`<html lang=fa><main><h1>تراموا</h1><p class="date">۱۵ اردیبهشت ۱۳۹۶</p>` + prose + `</main>`, "2017-05-05",
			"۱۵ اردیبهشت ۱۳۹۶"},
		{`<html lang=en><main><h1>A tram</h1><time datetime="2017-05-05">5 May 2017</time>` + prose + `</main>`,
			"2017-05-05", ""},
	} {
		d, err := Read(File{Name: "a.html", Body: strings.NewReader("<!doctype html>" + c.page)})
		if err != nil || d.Published != c.date || d.PublishedAs != c.shown {
			t.Errorf("%q %q, want %q %q: %v", d.Published, d.PublishedAs, c.date, c.shown, err)
		}
	}
}
