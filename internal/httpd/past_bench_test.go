package httpd

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"claimbench/internal/exceptions"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
)

// BenchmarkFilledPast reads, as an auditor, the pages of a database that bench/fill made (CLAIMBENCH_FILLED) as they
// stood when a tenth, a half and nine tenths of its events had happened. Beside the mean it says the slowest of them.
func BenchmarkFilledPast(b *testing.B) {
	db, _, s, in := filledHouse(b, "auditor-1")
	var moments [3]store.Micros
	var claim, article int64
	if err := db.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		size, _, err := store.One[int64](r, "SELECT size FROM log_head WHERE id = 1")
		for i, part := range []int64{1, 5, 9} {
			if err == nil {
				moments[i], _, err = store.One[store.Micros](r, "SELECT at FROM events WHERE seq = ?", size*part/10)
			}
		}
		if err == nil {
			claim, _, err = store.One[int64](r, "SELECT MIN(claim_id) AS id FROM decisions")
		}
		if err == nil {
			article, _, err = store.One[int64](r, "SELECT article_id AS id FROM claims WHERE id = ?", claim)
		}
		b.Logf("%d events", size)
		return err
	}); err != nil {
		b.Fatal(err)
	}
	paths := []string{"/collections/1/dashboard?", "/exceptions?", "/collections/1/articles?", "/collections/1/sets?",
		fmt.Sprintf("/claims/%d?", claim), fmt.Sprintf("/articles/%d?", article), "/collections/1/search?q=council&",
		"/collections/1/claims?", "/collections/1/claims?all=1&", "/collections/1/claims?lang=fa&",
		fmt.Sprintf("/collections/1/claims?article=%d&", article)}
	for _, state := range []string{"open", "in_conflict", "decided", "approved", "rejected"} {
		paths = append(paths, "/collections/1/claims?state="+state+"&")
	}
	for _, verdict := range []string{"none", "corroborated", "disputed"} {
		paths = append(paths, "/collections/1/claims?verdict="+verdict+"&")
	}
	for _, tab := range []string{"turn", "conflict", "approve", "done", "candidates"} {
		paths = append(paths, "/collections/1/queue?tab="+tab+"&")
	}
	paths = append(paths, fmt.Sprintf("/collections/1/queue?tab=done&article=%d&", article),
		"/collections/1/queue?tab=done&verdict=disputed&")
	for _, r := range exceptions.Rules() {
		paths = append(paths, "/exceptions/"+string(r.Name)+"?")
	}
	for _, path := range paths {
		b.Run(path, func(b *testing.B) {
			var took []time.Duration
			used := processor()
			for i := range b.N {
				begun := time.Now()
				r := httptest.NewRequest(http.MethodGet, path+asOfParam+"="+moments[i%3].Time().UTC().
					Format("2006-01-02T15:04:05.000000Z"), nil)
				r.Header.Set("Accept", "text/html")
				r.AddCookie(&http.Cookie{Name: "session", Value: in["auditor-1"]})
				rec := httptest.NewRecorder()
				if s.ServeHTTP(rec, r); rec.Code != http.StatusOK {
					b.Fatalf("%s: %d %s", path, rec.Code, rec.Body)
				}
				took = append(took, time.Since(begun))
			}
			b.ReportMetric(float64((processor()-used).Microseconds())/float64(b.N)/1000, "cpu-ms/op")
			b.ReportMetric(float64(slices.Max(took).Microseconds())/1000, "worst-ms")
		})
	}
}
