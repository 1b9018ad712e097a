package shelf_test

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/roomtest"
	"claimbench/internal/store/storetest"
)

// TestLargeShelf measures what it takes to compare a claim with a large shelf, in milliseconds of processor (goal: 5 at
// 100,000 entries). It runs where the size is given: CLAIMBENCH_SHELF_ENTRIES=100000.
func TestLargeShelf(t *testing.T) {
	entries, err := strconv.Atoi(os.Getenv("CLAIMBENCH_SHELF_ENTRIES"))
	if err != nil {
		t.Skip("CLAIMBENCH_SHELF_ENTRIES is not set")
	}
	const asked = 200
	w := roomtest.New(t, storetest.SQLite(t), articles.CollectionNew{})
	var file, raw strings.Builder
	file.WriteString("claim,rating,publisher\n")
	for i := range entries {
		fmt.Fprintf(&file, "%s,False,Facts %d\n", variedClaim(i), i%7)
	}
	for i := range asked {
		raw.WriteString(variedClaim(i*entries/asked) + ".\n")
	}
	began := time.Now()
	brought(w, w.Collection.ID, file.String())
	t.Logf("%d entries taken in within %s", entries, time.Since(began).Round(time.Second))
	a := w.Article(articles.Import{Lang: "en", Raw: raw.String()})
	first := w.Claim(a, variedClaim(0), variedClaim(0))
	if err := w.Shelf.CatchUp(roomtest.Ctx(), w.Collection.ID); err != nil { // it makes the index
		t.Fatal(err)
	}
	for i := 1; i < asked; i++ {
		w.Claim(a, variedClaim(i*entries/asked), variedClaim(i*entries/asked))
	}
	before, began := processor(t), time.Now()
	if err := w.Shelf.CatchUp(roomtest.Ctx(), w.Collection.ID); err != nil {
		t.Fatal(err)
	}
	t.Logf("a claim: %.2f ms of processor, %.2f ms by the clock",
		float64((processor(t)-before).Microseconds())/1000/(asked-1),
		float64(time.Since(began).Microseconds())/1000/(asked-1))
	if got := beside(w, first.ID); len(got) == 0 || got[0].Entry.Claim != variedClaim(0) {
		t.Errorf("of the first claim: %+v", got)
	}
	if n := w.Count("shelf_matches"); n < asked*9/10 {
		t.Errorf("%d matches of %d claims", n, asked)
	}
}

// variedClaim is one of many claims that share their verbs, places and things, and differ in their numbers.
func variedClaim(i int) string {
	pick := func(all string, by int) string {
		words := strings.Fields(all)
		return words[i/by%len(words)]
	}
	return fmt.Sprintf("%s %s %d %s of %s in %s %d", pick("Iran France Japan Egypt Brazil Kenya Norway Chile", 1),
		pick("sold bought banned burned imported exported", 8), 3+i/48*7%9973, pick("tons boxes barrels crates", 3),
		pick("gold oil rice wheat copper salt paper cotton sugar steel", 5),
		pick("January March May June October December", 11), 1990+i%35)
}

// processor is the time that this process has used of the processor.
func processor(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
