package addresses_test

import (
	"context"
	"net/netip"
	"strings"
	"testing"
	"time"

	"claimbench/internal/addresses"
	"claimbench/internal/auth"
	"claimbench/internal/fetch"
	"claimbench/internal/fetch/fetchtest"
	"claimbench/internal/house"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// probe looks, when a visit is told, how long its site is to be left alone.
type probe struct {
	db    *store.DB
	alone chan time.Duration
}

func (p probe) Came(ctx context.Context, _ auth.Actor, v addresses.Visit) error {
	return p.db.Write(ctx, func(tx *store.Tx) error {
		until, _, err := store.One[store.Micros](&tx.Rx, "SELECT next_at FROM sites WHERE site = ?", v.Address.Site)
		if err != nil {
			return err
		}
		p.alone <- time.Duration(until-tx.Now()) * time.Microsecond
		return addresses.Later(tx, v, time.Hour)
	})
}

// TestSiteIsLeftAloneBeforeItIsGivenBack: what a visit brought is told, and the address given back, only when all
// servers know that the site is to be left alone. Between the two, another would visit it too soon.
func TestSiteIsLeftAloneBeforeItIsGivenBack(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		p := newPaper(t, db)
		p.prints("/page", "The council of Ghent approved the grants.")
		o := fetchtest.Loopback(netip.MustParseAddrPort(strings.TrimPrefix(p.url, "http://")).Port())
		o.Between = time.Hour
		h, err := house.Open(db, house.Options{Auth: auth.Options{Demo: true, Hash: roomtest.Cheap}, Web: fetch.New(o)})
		if err != nil {
			t.Fatal(err)
		}
		alone := make(chan time.Duration, 1)
		ctx, stop := context.WithCancel(roomtest.Ctx())
		defer stop()
		for _, sw := range []addresses.Switch{{Allowed: true, Contact: "desk@paper.example"},
			{CollectionID: p.Collection.ID, Allowed: true}} {
			if _, err := p.Web.Set(ctx, p.As("admin-1"), sw); err != nil {
				t.Fatal(err)
			}
		}
		// The table knows the tasks of the house only; this one stands in for that of feeds.
		h.Web.Register("feed", probe{db, alone})
		if err := db.Write(ctx, func(tx *store.Tx) error {
			return h.Web.Schedule(tx, p.As("editor-1"), addresses.Wanted{Task: "feed", Object: 1, In: p.Collection.ID,
				Address: p.url + "/page"})
		}); err != nil {
			t.Fatal(err)
		}
		go h.Web.Run(ctx)
		select {
		case d := <-alone:
			if d < 50*time.Minute {
				t.Errorf("when the address is given back its site is to be left alone for %s, it wants an hour", d)
			}
		case <-time.After(30 * time.Second):
			t.Fatal("no visit is told")
		}
	})
}
