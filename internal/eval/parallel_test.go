package eval

import (
	"os"
	"testing"
)

// Equal values are hits, one more is no error of reading, and one in the place of another is.
func TestCompareLine(t *testing.T) {
	for _, tt := range []struct {
		want, got []string
		hit, bad  int
	}{
		{[]string{"5", "3"}, []string{"3", "5"}, 2, 0},
		{[]string{"5"}, []string{"5", "7"}, 1, 0},
		{[]string{"2500000"}, []string{"2.5"}, 0, 1},
		{[]string{"5", "5"}, []string{"5"}, 1, 0},
		{nil, nil, 0, 0},
	} {
		var c Counts
		wrong := 0
		compareLine(&c, &wrong, tt.want, tt.got)
		if c.Hit != tt.hit || wrong != tt.bad {
			t.Errorf("want %v, got %v: %d hits and %d wrong; expected %d and %d", tt.want, tt.got, c.Hit, wrong, tt.hit,
				tt.bad)
		}
	}
}

// TestParallelErrors prints the lines whose values differ from the English ones (CLAIMBENCH_LANG=fr).
func TestParallelErrors(t *testing.T) {
	dir, lang := os.Getenv("CLAIMBENCH_DATA"), os.Getenv("CLAIMBENCH_LANG")
	if dir == "" || lang == "" {
		t.Skip("CLAIMBENCH_DATA or CLAIMBENCH_LANG is not set: no differences are printed")
	}
	s, err := ParallelValues(dir, lang)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%s: quantities %.1f %+v, wrong %d; dates %.1f %+v, wrong %d", lang, s.Quantities.F1(), s.Quantities,
		s.WrongNumber, s.Dates.F1(), s.Dates, s.WrongDate)
	for _, e := range s.NumberErrors {
		t.Log("N ", e)
	}
	for _, e := range s.DateErrors {
		t.Log("D ", e)
	}
}
