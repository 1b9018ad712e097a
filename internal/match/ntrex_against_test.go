package match

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

func lines(t testing.TB, path string) []string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
}

// TestAgainstIsRareOnTranslations holds that a translation is seldom taken to contradict its original.
func TestAgainstIsRareOnTranslations(t *testing.T) {
	dir := os.Getenv("WORKBENCH_EVAL")
	if dir == "" {
		t.Skip("set WORKBENCH_EVAL to the evaluation folder to measure contradictions")
	}
	for _, lang := range []string{"ar", "fa", "ja", "fr", "de", "ru"} {
		ix := NewIndex(Builtin())
		en := lines(t, dir+"/ntrex/en.txt")
		for i, l := range en {
			if err := ix.Add(Item{ID: strconv.Itoa(i), Text: l}); err != nil {
				t.Fatal(err)
			}
		}
		against, found := 0, 0
		for i, l := range lines(t, dir+"/ntrex/"+lang+".txt") {
			for _, h := range ix.Query(Item{ID: "q", Text: l}, 10) {
				if h.ID == strconv.Itoa(i) {
					found++
					if h.Against {
						against++
						t.Logf("%s\n%s", l, en[i])
					}
				}
			}
		}
		t.Logf("%s: %d of %d translations marked against", lang, against, found)
		if against*50 > found {
			t.Errorf("%s: %d of %d translations are marked as contradicting, more than 2 %%", lang, against, found)
		}
	}
}
