package house_test

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"claimbench/internal/house"
	"claimbench/internal/store/storetest"
)

// TestOpen: a House has every room, whatever its options leave out.
func TestOpen(t *testing.T) {
	t.Parallel()
	h, err := house.Open(storetest.SQLite(t), house.Options{})
	if err != nil {
		t.Fatal(err)
	}
	v := reflect.ValueOf(*h)
	for i := range v.NumField() {
		if v.Field(i).IsNil() {
			t.Errorf("%s is missing", v.Type().Field(i).Name)
		}
	}
}

// TestRowsOfEveryRoom: a room that has rows for the audit is in the list of the audit.
func TestRowsOfEveryRoom(t *testing.T) {
	t.Parallel()
	src, err := os.ReadFile("house.go")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("../*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	has := regexp.MustCompile(`(?m)^func HistoryRows\(\)`)
	rooms := 0
	for _, name := range files {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !has.Match(body) || strings.HasSuffix(name, "_test.go") {
			continue
		}
		rooms++
		if room := filepath.Base(filepath.Dir(name)); !strings.Contains(string(src), room+".HistoryRows()") {
			t.Errorf("internal/%s has HistoryRows that house.Rows does not list", room)
		}
	}
	if rooms < 6 {
		t.Errorf("%d rooms with HistoryRows were found; there are at least six", rooms)
	}
}
