package httpd

import (
	"context"
	"fmt"
	"testing"

	"claimbench/internal/desk"
	"claimbench/internal/history"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// newsEvents writes events of comments that nobody veils.
func (d *door) newsEvents(from, to int) {
	d.t.Helper()
	var events []history.Event
	for i := from; i < to; i++ {
		events = append(events, history.Event{Action: "comment.added", Object: fmt.Sprintf("comment:%d", i),
			Collection: int64(d.Collection.ID)})
	}
	if err := d.DB.Write(roomtest.Ctx(), func(tx *store.Tx) error {
		_, err := history.AppendAll(tx, history.Who{UserID: 1, Name: "reviewer-1", Via: history.API}, events)
		return err
	}); err != nil {
		d.t.Fatal(err)
	}
}

// TestAllNewsIsTold: a tick tells everything that happened since the last one, however much; what one browser cannot
// hold is drawn together and not lost; a session that ended hears nothing.
func TestAllNewsIsTold(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	n, ctx := newNews(), context.Background()
	signIn := func(user string) string {
		in, err := d.Auth.DemoSignIn(ctx, user)
		if err != nil {
			t.Fatal(err)
		}
		return in.Token
	}
	reader, gone := n.listen(signIn("reviewer-2")), n.listen("no-such-session")
	tick := func(last int64) int64 {
		next, err := n.tick(ctx, d.server, last, false)
		if err != nil {
			t.Fatal(err)
		}
		return next
	}
	last := tick(-1)
	d.newsEvents(0, 700)
	last = tick(last)
	if all, goes := reader.take(); len(all) != 700 || !goes {
		t.Errorf("%d of 700 messages are told (%v)", len(all), goes)
	}
	if all, goes := gone.take(); len(all) != 0 || goes {
		t.Errorf("a session that is not there hears %d messages (%v)", len(all), goes)
	}
	n.leave(gone)
	d.newsEvents(1000, 1000+desk.NewsAtOnce+500)
	last = tick(tick(last))
	all, _ := reader.take()
	if len(all) != streamHolds+1 || all[streamHolds].Object != "" {
		t.Errorf("%d messages wait, the last is %+v", len(all), all[len(all)-1])
	}
	if next := tick(last); next != last {
		t.Errorf("after all was read the news stands at %d, then at %d", last, next)
	}
}

// TestNewsCostsOneQuestion: a tick asks the database as often for 500 streams as for one: once while nothing happens,
// and a second time, for all sessions, when there is news.
func TestNewsCostsOneQuestion(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDoorOn(t, db)
		n := newNews()
		for range 500 {
			in, err := d.Auth.DemoSignIn(roomtest.Ctx(), "reviewer-2")
			if err != nil {
				t.Fatal(err)
			}
			n.listen(in.Token)
		}
		last, err := n.tick(roomtest.Ctx(), d.server, -1, false)
		if err != nil {
			t.Fatal(err)
		}
		count := func(want int64, what string) {
			t.Helper()
			var c store.Counter
			next, err := n.tick(store.WithCounter(roomtest.Ctx(), &c), d.server, last, false)
			if err != nil || c.Statements.Load() > want {
				t.Errorf("%s: %d statements, want at most %d; %v", what, c.Statements.Load(), want, err)
			}
			last = next
		}
		count(1, "while nothing happens")
		d.newsEvents(0, 10)
		count(3, "with news") // the head, the page, the sessions
		for _, st := range n.listeners() {
			if all, goes := st.take(); len(all) != 10 || !goes {
				t.Fatalf("a stream hears %d of 10 messages (%v)", len(all), goes)
			}
		}
	})
}
