package value

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParsePublished(t *testing.T) {
	for in, want := range map[string]Published{"": {}, "2024": {Year: 2024}, "2024-05": {Year: 2024, Month: 5},
		"2024-05-16": {2024, 5, 16}} {
		got, err := ParsePublished(in)
		if err != nil || got != want {
			t.Errorf("ParsePublished(%q) = %v, %v; want %v", in, got, err, want)
		}
		if got.String() != in {
			t.Errorf("%v prints as %q, want %q", got, got.String(), in)
		}
	}
	for _, in := range []string{"2024-13", "2024-02-30", "yesterday", "0000", "2024-5-1", "20240516"} {
		if p, err := ParsePublished(in); err == nil {
			t.Errorf("ParsePublished(%q) = %v, want an error", in, p)
		}
	}
}

// Known days of the Solar Hijri calendar, its leap years among them.
func TestSolarToGregorian(t *testing.T) {
	for _, tt := range []struct {
		y, m, d int
		want    string
	}{
		{1403, 1, 1, "2024-03-20"}, {1403, 12, 30, "2025-03-20"}, {1404, 1, 1, "2025-03-21"},
		{1357, 11, 22, "1979-02-11"},
		{1399, 12, 30, "2021-03-20"}, {1400, 1, 1, "2021-03-21"}, {1378, 10, 11, "2000-01-01"},
		{1348, 10, 11, "1970-01-01"},
	} {
		got, ok := solarToGregorian(tt.y, tt.m, tt.d)
		if !ok || got.Format(time.DateOnly) != tt.want {
			t.Errorf("%d/%d/%d is %s (%v), want %s", tt.y, tt.m, tt.d, got.Format(time.DateOnly), ok, tt.want)
		}
	}
	for _, d := range [][3]int{{1402, 12, 30}, {1403, 7, 31}, {1403, 13, 1}, {1403, 0, 1}} {
		if got, ok := solarToGregorian(d[0], d[1], d[2]); ok {
			t.Errorf("%v does not exist but gives %s", d, got.Format(time.DateOnly))
		}
	}
}

// The days of the calendar follow each other without a gap.
func TestSolarDaysFollowEachOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y := rapid.IntRange(1200, 1500).Draw(t, "year")
		m := rapid.IntRange(1, 12).Draw(t, "month")
		d := rapid.IntRange(1, 31).Draw(t, "day")
		day, ok := solarToGregorian(y, m, d)
		if !ok {
			t.Skip()
		}
		next, ok := solarToGregorian(y, m, d+1)
		if !ok {
			if next, ok = solarToGregorian(y, m+1, 1); !ok {
				next, _ = solarToGregorian(y+1, 1, 1)
			}
		}
		if got := next.Sub(day); got != 24*time.Hour {
			t.Fatalf("%d/%d/%d is %v before the day after it", y, m, d, got)
		}
	})
}

// TestResolve holds dates against publication days.
func TestResolve(t *testing.T) {
	for _, tt := range []struct{ lang, sentence, published, want string }{
		{"en", "They met on Friday.", "2024-05-16", "(Friday)=2024-05-10"},
		{"en", "They will meet on Friday.", "2024-05-16", "(Friday)=2024-05-17"},
		{"en", "They met on Friday.", "2024-05", "(Friday)"},
		{"en", "They met on Friday.", "", "(Friday)"},
		{"en", "It happened on Friday, May 5.", "2018-01-10", "--05-05=2017-05-05"},
		{"en", "It happened in December.", "2024-01-10", "--12=2023-12"},
		{"en", "It happened on 12 March 2021.", "", "2021-03-12=2021-03-12"},
		{"ar", "في يوم الاثنين 6 مايو", "2024-05", "--05-06=2024-05-06"},
		{"ar", "قبل ثلاثة أسابيع", "2024-05-16", "(3 weeks ago)=2024-04-22/2024-04-28"},
		{"fa", "۱۵ اردیبهشت", "2024-05-16", "--02-15=2024-05-04"},
		{"fa", "اسفند سال گذشته", "2024-05-16", "1402-12=2024-02-20/2024-03-19"},
		{"ja", "今月5日", "2016-10-07", "2016-10-05=2016-10-05"},
		{"ja", "昨年12月", "2016-10-07", "2015-12=2015-12"},
		{"ja", "先週金曜日", "2024-05-16", "(last Friday)=2024-05-10"},
	} {
		d, s := oneSentence(t, tt.sentence, tt.lang)
		p, err := ParsePublished(tt.published)
		if err != nil {
			t.Fatal(err)
		}
		if got := dateCells(Dates(d, s, p)); got != tt.want {
			t.Errorf("%s, published %q\n got %q\nwant %q", tt.sentence, tt.published, got, tt.want)
		}
	}
}

func TestSolarDateSaysItsCalendar(t *testing.T) {
	d, s := oneSentence(t, "۱۵ اردیبهشت ۱۴۰۳", "fa")
	got := Dates(d, s, Published{})
	if len(got) != 1 || got[0].Calendar != Solar || got[0].Norm != "1403-02-15" || got[0].Resolved != "2024-05-04" {
		t.Errorf("got %+v", got)
	}
}

// TestPublishedOfAnotherCalendar: the day of an article is Gregorian; a year of the Hijra is refused, with the day that
// it is when that is certain.
func TestPublishedOfAnotherCalendar(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"1402-02-15": "2023-05-05", "1402-02": "YYYY", "1446": "YYYY",
		"0999-01-01": "YYYY"} {
		if p, err := ParsePublished(in); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s is read as %v, %v; want an error with %s", in, p, err, want)
		}
	}
	for _, in := range []string{"", "1969-07-21", "1801", "2024-05"} {
		if p, err := ParsePublished(in); err != nil || p.String() != in {
			t.Errorf("%s is read as %q, %v", in, p, err)
		}
	}
}

// TestParsePublishedRefusesOtherCalendars names the calendar that a year is likely of.
func TestParsePublishedRefusesOtherCalendars(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{"2566-04-12": "2023-04-12", "2566": "2023", "2566-04": "2023-04",
		"1402-05-01": "2023-07-23"} {
		if _, err := ParsePublished(s); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s gives %v, want a refusal that names %s", s, err, want)
		}
	}
}
