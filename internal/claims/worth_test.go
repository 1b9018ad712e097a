package claims_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/internal/worth"
)

// inbox is a world whose articles have candidates of several kinds.
type inbox struct {
	*roomtest.World
}

func newInbox(t *testing.T, db *store.DB, sentences int) inbox {
	w := inbox{roomtest.New(t, db, articles.CollectionNew{})}
	var b strings.Builder
	for i := range sentences {
		switch i % 4 {
		case 0:
			fmt.Fprintf(&b, "The harbour of Port %s exported %d tonnes of grain in March 2021. ", town(i), 400+i)
		case 1:
			fmt.Fprintf(&b, "I think that the weather in the %s valley is lovely. ", town(i))
		case 2:
			fmt.Fprintf(&b, "Minister %s Brown opened the northern bridge. ", town(i))
		default:
			fmt.Fprintf(&b, "The council will perhaps repair the road to %s some day. ", town(i))
		}
	}
	a := w.Article(articles.Import{Title: "Notices", Raw: b.String(), Lang: "en"})
	if _, err := w.Claims.Extract(roomtest.Ctx(), w.As("editor-1"), a.Article.ID); err != nil {
		t.Fatal(err)
	}
	return w
}

// town makes a name of a number.
func town(n int) string {
	return "Ka" + string(rune('a'+n%26)) + string(rune('a'+n/26%26)) + "ville"
}

func (w inbox) page(order *worth.Order, at worth.Place, limit int) (p claims.ByWorth) {
	w.T.Helper()
	return w.pageOf(claims.Only{}, 0, order, at, limit)
}

func (w inbox) pageOf(only claims.Only, few int, order *worth.Order, at worth.Place, limit int) (p claims.ByWorth) {
	w.T.Helper()
	if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		p, err = claims.ByWorthOf(r, claims.WorthAsk{Collection: w.Collection.ID, Only: only, Order: order, At: at,
			Now: w.DB.Now(), Limit: limit, Few: few})
		return err
	}); err != nil {
		w.T.Fatal(err)
	}
	return p
}

// all reads every page, and does something after each.
func (w inbox) all(limit int, after func(page int)) (ids []claims.ID, byLot int) {
	w.T.Helper()
	p := w.page(nil, worth.Place{}, limit)
	for n := 0; ; n++ {
		for _, row := range p.Rows {
			ids = append(ids, row.Claim.ID)
			if row.ByLot {
				byLot++
			}
		}
		if !p.More {
			return ids, byLot
		}
		if n > 1000 {
			w.T.Fatal("the pages have no end")
		}
		after(n)
		order := p.Order
		p = w.page(&order, p.Next, limit)
	}
}

func (w inbox) candidates() (ids []claims.ID) {
	w.T.Helper()
	if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		return r.Gorm().Model(&claims.Claim{}).Where("state = ?", claims.Candidate).Order("id").Pluck("id", &ids).Error
	}); err != nil {
		w.T.Fatal(err)
	}
	return ids
}

func (w inbox) accept(c claims.Claim) {
	w.T.Helper()
	if _, err := w.Claims.Accept(roomtest.Ctx(), w.As("reviewer-1"), c.ID, c.Version); err != nil {
		w.T.Fatal(err)
	}
}

func (w inbox) reject(c claims.Claim) {
	w.T.Helper()
	if _, err := w.Claims.Reject(roomtest.Ctx(), w.As("reviewer-1"), c.ID, c.Version, "opinion"); err != nil {
		w.T.Fatal(err)
	}
}

// TestEveryCandidateOnce: whatever is decided between two pages, each candidate that stays stands on one page, and one
// row in ten is drawn by lot.
func TestEveryCandidateOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		w := newInbox(t, db, 60)
		want := w.candidates()
		if len(want) < 50 {
			t.Fatalf("%d candidates", len(want))
		}
		for _, limit := range []int{1, 7, 50, 200} {
			got, byLot := w.all(limit, func(int) {})
			if slices.Sort(got); !slices.Equal(got, want) {
				t.Errorf("pages of %d hold %d candidates, not the %d that wait", limit, len(got), len(want))
			}
			if n := len(want) / worth.OneIn; byLot < n-2 || byLot > n+1 {
				t.Errorf("pages of %d: %d of %d by lot", limit, byLot, len(want))
			}
		}
		decided := map[claims.ID]bool{}
		got, _ := w.all(7, func(page int) {
			row := w.page(nil, worth.Place{}, 5).Rows[page%5].Claim
			decided[row.ID] = true
			if page%2 == 0 {
				w.accept(row)
			} else {
				w.reject(row)
			}
		})
		for _, id := range want {
			if n := count(got, id); n > 1 || n == 0 && !decided[id] {
				t.Errorf("candidate %d, decided %v, stands on %d pages", id, decided[id], n)
			}
		}
		w.counted()
	})
}

// TestNarrowed: a list that is narrowed has each candidate that is asked for once, in the order of the whole list, one
// in ten by lot, whether all of them are put in order or each page looks through some; and says how many there are.
func TestNarrowed(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		w := newInbox(t, db, 80)
		only := claims.Only{Where: "checkworthy > ? AND id % 3 <> ?", Args: []any{5, 1}}
		var want []claims.ID
		if err := db.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
			want, err = store.Select[claims.ID](r, "SELECT id FROM claims WHERE state = 'candidate' AND "+only.Where+
				" ORDER BY id", only.Args...)
			return err
		}); err != nil || len(want) < 30 {
			t.Fatal(len(want), err)
		}
		for _, few := range []int{0, 3, 16} {
			for _, limit := range []int{1, 7, 50} {
				var got []claims.ID
				byLot, pages := 0, 0
				p := w.pageOf(only, few, nil, worth.Place{}, limit)
				for {
					if fit := p.Fit; few == 0 && fit != len(want) || few != 0 && fit != few+1 {
						t.Fatalf("with %d: %d fit, of %d", few, fit, len(want))
					}
					var last *claims.Weighed
					for i, row := range p.Rows {
						if got = append(got, row.Claim.ID); row.ByLot {
							byLot++
							continue
						}
						if last != nil && p.Order.Model.Before(claims.ProfileOf(last.Claim),
							claims.ProfileOf(row.Claim)) > 0 {
							t.Errorf("%d comes before %d", last.Claim.ID, row.Claim.ID)
						}
						last = &p.Rows[i]
					}
					if !p.More {
						break
					}
					if pages++; pages > 500 {
						t.Fatal("the pages have no end")
					}
					order := p.Order
					p = w.pageOf(only, few, &order, p.Next, limit)
				}
				if slices.Sort(got); !slices.Equal(got, want) {
					t.Errorf("with %d, pages of %d hold %d, not the %d that are asked for", few, limit, len(got),
						len(want))
				}
				if n := len(want) / worth.OneIn; byLot < n/2 || byLot > n+1 {
					t.Errorf("with %d, pages of %d: %d of %d by lot", few, limit, byLot, len(want))
				}
			}
		}
	})
}

func count(ids []claims.ID, id claims.ID) (n int) {
	for _, x := range ids {
		if x == id {
			n++
		}
	}
	return n
}

// counted compares what is counted with the claims themselves.
func (w inbox) counted() {
	w.T.Helper()
	sum := func(column, table string) string {
		return "SELECT COALESCE(SUM(" + column + "), 0) FROM worth_" + table
	}
	const in = "SELECT COUNT(*) FROM claims WHERE state = "
	for _, c := range []struct{ kept, true string }{
		{sum("waiting", "tallies"), in + "'candidate'"}, {sum("waiting", "inboxes"), in + "'candidate'"},
		{sum("rejected", "tallies"), in + "'rejected'"}, {sum("rejected", "inboxes"), in + "'rejected'"},
		{"SELECT COUNT(*) FROM worth_waiting w JOIN claims c ON c.id = w.claim_id AND c.state = 'candidate'",
			"SELECT COUNT(*) FROM worth_waiting"},
		{sum("accepted", "tallies"),
			"SELECT COUNT(*) FROM claims WHERE state NOT IN ('candidate', 'rejected', 'merged') AND by_hand = FALSE"},
		{sum("accepted", "inboxes"), sum("accepted", "tallies")},
		{"SELECT COUNT(*) FROM worth_tallies WHERE waiting < 0 OR accepted < 0 OR rejected < 0", "SELECT 0"},
		{"SELECT COUNT(*) FROM worth_waiting w WHERE (SELECT waiting FROM worth_tallies t WHERE t.collection_id = " +
			"w.collection_id AND t.profile = w.profile) <> (SELECT COUNT(*) FROM worth_waiting x WHERE " +
			"x.collection_id = w.collection_id AND x.profile = w.profile)", "SELECT 0"},
	} {
		var kept, is int
		if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
			if err := r.Gorm().Raw(c.kept).Scan(&kept).Error; err != nil {
				return err
			}
			return r.Gorm().Raw(c.true).Scan(&is).Error
		}); err != nil {
			w.T.Fatal(err)
		}
		if kept != is {
			w.T.Errorf("%s gives %d; it is %d", c.kept, kept, is)
		}
	}
}

// TestLearns: what people reject sinks, what they accept rises, and the list says why. Verdicts play no part.
func TestLearns(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		w := newInbox(t, db, 80)
		first := w.page(nil, worth.Place{}, 100)
		if first.Decided != 0 || first.Soon != 0 || first.Left.Known() {
			t.Errorf("before anybody decided: %d, %d, %+v", first.Decided, first.Soon, first.Left)
		}
		sort := func(c claims.Claim) string {
			if c.Kind == claims.Prediction {
				return "plan"
			}
			if strings.Contains(c.Exact, "tonnes") {
				return "grain"
			}
			return ""
		}
		n := map[string]int{}
		for _, row := range first.Rows {
			switch k := sort(row.Claim); {
			case k == "plan" && n[k] < 8:
				n[k]++
				w.accept(row.Claim)
			case k == "grain" && n[k] < 8:
				n[k]++
				w.reject(row.Claim)
			}
		}
		p := w.page(nil, worth.Place{}, 100)
		at, because := map[string]int{}, map[string]string{}
		for i, row := range p.Rows {
			if k := sort(row.Claim); k != "" && !row.ByLot && at[k] == 0 {
				at[k], because[k] = i+1, row.Why.String()
			}
		}
		if at["plan"] == 0 || at["grain"] == 0 || at["plan"] > at["grain"] {
			t.Errorf("these people want plans and no grain, and the list begins with %v", at)
		}
		if !strings.HasPrefix(because["plan"], "like 8 of 8 accepted here: ") ||
			!strings.Contains(because["plan"], "prediction") ||
			!strings.HasPrefix(because["grain"], "like 8 of 8 rejected here: ") ||
			!strings.Contains(because["grain"], "number") {
			t.Errorf("because %q", because)
		}
		if p.Decided != 16 || p.Found != 8 || p.Soon != soon || p.SoonFound <= 0 {
			t.Errorf("after 16 decisions: %d, %d found, %.1f in the next %d", p.Decided, p.Found, p.SoonFound, p.Soon)
		}
		w.counted()
	})
}

const soon = 20

// TestDraws: whoever decides the candidate that is first by lot makes a draw, from the list or from anywhere else; what
// is done besides, to others, makes none. Restoring and merging teach nothing.
func TestDraws(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		w := newInbox(t, db, 24)
		head := func() (id claims.ID) {
			if err := db.Read(roomtest.Ctx(), func(r *store.Rx) error {
				return r.Gorm().Raw("SELECT head FROM worth_inboxes").Scan(&id).Error
			}); err != nil {
				t.Fatal(err)
			}
			return id
		}
		get := func(id claims.ID) claims.Claim {
			c, err := w.Claims.Get(roomtest.Ctx(), w.As("reviewer-1"), id)
			if err != nil {
				t.Fatal(err)
			}
			return c
		}
		for i := range 6 {
			h := head()
			if i%2 == 0 {
				w.accept(get(h))
			} else {
				w.reject(get(h))
			}
			if h == head() || w.Count("worth_draws") != i+1 {
				t.Fatalf("after decision %d there are %d draws, and %d is first", i, w.Count("worth_draws"), head())
			}
			if i == 1 {
				back, err := w.Claims.Restore(roomtest.Ctx(), w.As("reviewer-1"), h, get(h).Version)
				if err != nil || back.State != claims.Candidate {
					t.Fatal(back.State, err)
				}
			}
		}
		for _, id := range w.candidates() {
			if id != head() {
				w.reject(get(id))
				break
			}
		}
		if w.Count("worth_draws") != 6 {
			t.Errorf("somebody decided another one, and there are %d draws", w.Count("worth_draws"))
		}
		rest := w.candidates()
		if _, err := w.Claims.Merge(roomtest.Ctx(), w.As("reviewer-1"), rest[0], get(rest[0]).WordsVersion,
			[]claims.Opened{{ID: rest[1], Version: get(rest[1]).Version}, {ID: rest[2], Version: get(rest[2]).Version}},
			nil); err != nil {
			t.Fatal(err)
		}
		if n := w.Count("worth_draws"); n != 6 {
			t.Errorf("a merge made a draw: %d", n)
		}
		w.counted()
		edited := get(w.candidates()[0])
		if _, err := w.Claims.Edit(roomtest.Ctx(), w.As("reviewer-1"), edited.ID, edited.WordsVersion,
			claims.Words{Statement: edited.Statement, Hedge: []string{"alleged"}, Kind: claims.Opinion,
				Attribution: "somebody"}, false); err != nil {
			t.Fatal(err)
		}
		w.counted()
	})
}

// TestManyDecideAtOnce: what many people decide at the same moment is counted once each, whoever waits for whom.
func TestManyDecideAtOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		t.Parallel()
		w := newInbox(t, db, 48)
		rows := w.page(nil, worth.Place{}, 32).Rows
		reviewer := w.As("reviewer-1")
		var all sync.WaitGroup
		failed := make(chan error, len(rows))
		for i, row := range rows {
			all.Go(func() {
				var err error
				switch {
				case i%8 == 7: // the one before goes into it, or is decided first
					_, err = w.Claims.Merge(roomtest.Ctx(), reviewer, row.Claim.ID, 1,
						[]claims.Opened{{ID: rows[i-1].Claim.ID, Version: 1}}, nil)
				case i%2 == 0:
					_, err = w.Claims.Accept(roomtest.Ctx(), reviewer, row.Claim.ID, 1)
				default:
					_, err = w.Claims.Reject(roomtest.Ctx(), reviewer, row.Claim.ID, 1, claims.NoClaim)
				}
				if err != nil && fault.KindOf(err) != fault.Conflict {
					failed <- err
				}
			})
		}
		all.Wait()
		close(failed)
		for err := range failed {
			t.Error(err)
		}
		w.counted()
	})
}
