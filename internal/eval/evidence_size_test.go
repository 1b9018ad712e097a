package eval

import (
	"bytes"
	"cmp"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"claimbench/internal/match"
)

// BenchmarkEvidenceSize fills an index that keeps no texts with articles of 38 sentences, and prints the bytes it takes
// for a sentence and the 95th percentile of a query that stands in its article. WORKBENCH_DATA names the data, and
// WORKBENCH_SIZES other sizes than 100,000 and a million sentences.
func BenchmarkEvidenceSize(b *testing.B) {
	p, err := ReadParallel(evidenceData(b))
	if err != nil {
		b.Fatal(err)
	}
	for _, n := range sizes() {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				measureSize(b, p, n)
			}
		})
	}
}

func measureSize(b *testing.B, p Parallel, n int) {
	match.Builtin()
	items := SyntheticCorpus(p, n)
	for i := range items { // news repeats its numbers
		items[i].Doc = strconv.Itoa(i / 38)
		items[i].Text = strings.Replace(items[i].Text, " "+strconv.Itoa(i)+" ", " "+strconv.Itoa(i%997)+" ", 1)
	}
	texts := func(ids []string) ([]match.Item, error) {
		out := make([]match.Item, len(ids))
		for i, id := range ids {
			at, err := strconv.Atoi(id)
			if err != nil {
				return nil, err
			}
			out[i] = items[at]
		}
		return out, nil
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	ix := match.NewIndex(match.Builtin(), match.BareTexts())
	start := time.Now()
	for part := range slices.Chunk(items, 1000) {
		if err := ix.Add(part...); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)/time.Since(start).Seconds(), "sentences/s")
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(n), "B/sentence")
	start = time.Now()
	for ix.Foresee(100) { // as the server does beside the requests
	}
	b.ReportMetric(float64(time.Since(start).Milliseconds()), "foresee-ms")
	var took []time.Duration
	for i := range 200 {
		q := items[(i*7919)%n]
		began := time.Now()
		if _, err := ix.ProposeFrom(q, 44, texts); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
	var file bytes.Buffer
	if err := ix.Save(&file, "bench", nil); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(file.Len())/float64(n), "B-in-file/sentence")
	data := bytes.Clone(file.Bytes())
	file = bytes.Buffer{}
	ix = nil
	runtime.GC()
	runtime.ReadMemStats(&before)
	start = time.Now()
	ix, _, err := match.Load(data, "bench")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(time.Since(start).Milliseconds()), "load-ms")
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc+uint64(len(data)))/float64(n), "B-read/sentence")
	runtime.KeepAlive(ix)
}

func sizes() (out []int) {
	for _, field := range strings.Fields(cmp.Or(os.Getenv("WORKBENCH_SIZES"), "100000 1000000")) {
		n, _ := strconv.Atoi(field) // 0 measures nothing
		out = append(out, n)
	}
	return out
}
