package history

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"claimbench/internal/fault"
	"claimbench/internal/store"
)

// schema compares what the database is made of with what the migrations of this program make: tables, columns,
// constraints, indexes, triggers, functions, views. What is gone, altered or added may have changed nothing yet, but
// nobody with a right to does it. A database that is older or newer than this program cannot be checked by it: that is
// an error, unless only the list of migrations says so.
func (v *verifier) schema() error {
	if v.o.schemaOff {
		return nil
	}
	objects, err := v.rx.Objects()
	if err != nil {
		return err
	}
	have, want := byName(objects), byName(store.Made(v.rx.Dialect()))
	if err := v.orFinding(listOfMigrations, v.migrations(have, want)); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if have[name] != want[name] {
			v.schemaDiffers(name, want[name], have[name])
		}
	}
	for _, name := range slices.Sorted(maps.Keys(have)) {
		if want[name] == "" {
			v.schemaDiffers(name, "", have[name])
		}
	}
	return nil
}

// byName keys objects by "KIND:NAME". No definition is empty.
func byName(list []store.Object) map[string]string {
	out := map[string]string{}
	for _, o := range list {
		out[o.Kind+":"+o.Name] = o.Definition + " "
	}
	return out
}

// listOfMigrations is the table in which the migration tool notes what it ran.
const listOfMigrations = "goose_db_version"

// aboutList says whether an object is of that table. (SQLite counts its rows in a table of its own.)
func aboutList(name string) bool {
	return strings.Contains(name, listOfMigrations) || name == "table:sqlite_sequence"
}

// listColumns says whether an object is that table or a column of it.
func listColumns(name string) bool {
	return name == "table:"+listOfMigrations || strings.HasPrefix(name, "column:"+listOfMigrations+".")
}

// differing says whether two schemas differ in an object that a question picks.
func differing(have, want map[string]string, of func(name string) bool) bool {
	for _, list := range []map[string]string{have, want} {
		for name := range list {
			if have[name] != want[name] && of(name) {
				return true
			}
		}
	}
	return false
}

// migrations compares the list of migrations with those of this program.
func (v *verifier) migrations(have, want map[string]string) error {
	if have["table:"+listOfMigrations] != "" && differing(have, want, listColumns) {
		return nil // what was changed of the table is a finding of its own, and its rows may not be readable
	}
	if err := v.rx.Fit(); err != nil && (fault.KindOf(err) != fault.Unavailable ||
		differing(have, want, func(name string) bool { return !aboutList(name) })) {
		return err
	}
	list, err := v.rx.Applied()
	if err != nil {
		return err
	}
	known := store.Known(v.rx.Dialect())
	if slices.Equal(list, known) {
		return nil
	}
	v.schemaFound = true
	v.report.add(listOfMigrations, "the list of migrations was changed: the schema is that of number %d, but the list "+
		"has %s. The programs would refuse the database or migrate it again", known[len(known)-1],
		listDifference(list, known))
	return nil
}

// differencesNamed is how many numbers a finding names: the list of migrations grows with the program, a sentence does
// not.
const differencesNamed = 10

// listDifference names what one list of numbers has more or less often than another.
func listDifference(have, want []int64) string {
	times := map[int64]int{}
	for _, n := range have {
		times[n]++
	}
	for _, n := range want {
		times[n]--
	}
	var out []string
	for _, n := range slices.Sorted(maps.Keys(times)) {
		switch {
		case times[n] < 0:
			out = append(out, fmt.Sprintf("no number %d", n))
		case times[n] > 0 && n < 0:
			out = append(out, "one that is noted as not applied")
		case times[n] > 0:
			out = append(out, fmt.Sprintf("number %d once too often", n))
		}
	}
	if more := len(out) - differencesNamed; more > 0 {
		out = append(out[:differencesNamed], fmt.Sprintf("and %d others like these", more))
	}
	return strings.Join(out, ", ")
}

// losses say what a database no longer does without an object of a kind.
var losses = map[string]string{
	"table":      "its rows are gone with it, or lie under another name",
	"column":     "its values are gone with it",
	"constraint": "the database no longer refuses the rows that it refused",
	"index":      "what it kept single may stand twice, and what it made quick is slow",
	"trigger":    "the database no longer refuses what it refused",
	"function":   "the triggers that call it no longer do what they did",
}

func (v *verifier) schemaDiffers(name, want, have string) {
	v.schemaFound = true
	kind, _, _ := strings.Cut(name, ":")
	switch {
	case kind == "setting":
		v.report.add(name, "the database is set to leave triggers out (%s): it no longer refuses what it refused", have)
	case have == "" && losses[kind] != "":
		v.report.add(name, "the %s is gone: %s", kind, losses[kind])
	case have == "":
		v.report.add(name, "the %s is gone", kind)
	case want == "":
		v.report.add(name, "this program makes no such %s: %s", kind, excerpt(have, 0))
	default:
		at := 0
		for at < len(want) && at < len(have) && want[at] == have[at] {
			at++
		}
		v.report.add(name, "the %s was altered or switched off: here it reads %s, the migrations make %s", kind,
			excerpt(have, at), excerpt(want, at))
	}
}

// excerpt shows a definition around a byte.
func excerpt(definition string, at int) string {
	const before, after = 40, 80
	from, to := max(0, at-before), min(len(definition), at+after)
	s := strings.ToValidUTF8(definition[from:to], "")
	if from > 0 {
		s = "…" + s
	}
	if to < len(definition) {
		s += "…"
	}
	return "“" + strings.TrimSpace(s) + "”"
}

// orSchema makes an error of reading a finding when the schema is to blame: what is gone cannot be read.
func (v *verifier) orSchema(ctx context.Context, err error) error {
	if err == nil || !v.schemaFound || ctx.Err() != nil {
		return err
	}
	v.report.add("schema", "the rest was not compared, for something could not be read: %v", err)
	return nil
}
