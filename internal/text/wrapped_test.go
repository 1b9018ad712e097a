package text

import (
	"strings"
	"testing"
)

// TestWrapped: lines broken at a width are found and joined in scripts with and without capitals; paragraphs, lists,
// verses and headings are let be, and joining changes nothing but line ends.
func TestWrapped(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, raw, joined string }{
		{"English", "The river rose by two metres on Sunday night and the\nmayor ordered that every school in the " +
			"valley be\n" +
			"closed until the water has gone back. Two bridges are\nshut to lorries.\n\nNobody was hurt.\n",
			"The river rose by two metres on Sunday night and the mayor ordered that every school in the valley be " +
				"closed until the water has gone back. Two bridges are shut to lorries.\n\nNobody was hurt.\n"},
		{"Persian", "شهردار گفت که سه پل بزرگ شهر از صبح دوشنبه تا\nپایان هفته بسته خواهد ماند و مردم باید از " +
			"مسیرهای\n" +
			"دیگر بروند و هیچ راه دیگری در شمال شهر باز\nنیست.",
			"شهردار گفت که سه پل بزرگ شهر از صبح دوشنبه تا پایان هفته بسته خواهد ماند و مردم باید از مسیرهای دیگر " +
				"بروند و هیچ راه دیگری در شمال شهر باز نیست."},
		{"Japanese", "市長は月曜日の朝、三つの橋を週末まで閉鎖すると発表し、住民に\n別の道を使うように求めた。北部では川の水位が二メートル上がり、\n" +
			"学校はすべて休校となった。市の担当者によると負傷者はいないが、\n避難所には四百人が集まっている。",
			"市長は月曜日の朝、三つの橋を週末まで閉鎖すると発表し、住民に別の道を使うように求めた。北部では川の水位が二メートル上がり、" +
				"学校はすべて休校となった。市の担当者によると負傷者はいないが、避難所には四百人が集まっている。"},
		{"a capital inside a name", "The office therefore found that such persons did not have the criminal\n" +
			"purpose that is needed to charge them with the fraud against the United\nStates or with the lesser count.",
			"The office therefore found that such persons did not have the criminal purpose that is needed to charge " +
				"them with the fraud against the United States or with the lesser count."},
		{"headlines", "The river rose by two metres on Sunday night in the whole of the valley\n" +
			"The mayor ordered that every school be closed until the end of the week\n" +
			"Two bridges are shut to lorries and buses as far as the southern border", ""},
		{"paragraphs", "The river rose by two metres on Sunday night.\nThe mayor closed every school.\nNobody was " +
			"hurt.\n", ""},
		{"a list", "Bridges of the valley and their years\nOld Bridge, built in stone in 1811\nNew Bridge, of steel, " +
			"1954\n" +
			"Station Bridge, for trains only, 1902\n", ""},
		{"two lines", "The river rose by two metres on Sunday night and the\nmayor closed every school.", ""},
		{"long lines", strings.Repeat(strings.Repeat("word ", 40)+"\n", 5), ""},
		{"nothing", "", ""},
	} {
		want := c.joined
		if got := Wrapped(c.raw); (got > 0) != (want != "") {
			t.Errorf("%s: %d line ends stand in a sentence", c.name, got)
		}
		if want == "" {
			continue
		}
		got := JoinLines(c.raw)
		if got != want {
			t.Errorf("%s: joined it reads %q", c.name, got)
		}
		if bare := strings.NewReplacer("\n", "", " ", ""); bare.Replace(got) != bare.Replace(c.raw) {
			t.Errorf("%s: more than line ends changed", c.name)
		}
		if Wrapped(got) != 0 {
			t.Errorf("%s: it is wrapped still", c.name)
		}
	}
}

func FuzzJoinLines(f *testing.F) {
	f.Add("one line that is long enough to be broken\nand goes on\n\nand on")
	f.Fuzz(func(t *testing.T, raw string) {
		Wrapped(raw)
		bare := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if got := JoinLines(raw); bare(got) != bare(raw) {
			t.Errorf("%q became %q", raw, got)
		}
	})
}
