package jobs

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// Somebody with three things to do gets as much of the time as somebody with one.
func TestTurnsAreFairByPerson(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		turns := newTurns(1)
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		had := map[int64]time.Duration{}
		var all sync.WaitGroup
		for _, person := range []int64{1, 1, 1, 2} {
			all.Go(func() {
				for turns.take(ctx, person) == nil {
					time.Sleep(10 * time.Millisecond)
					had[person] += 10 * time.Millisecond // one at a time: nothing else guards it
					turns.give(person, 10*time.Millisecond)
				}
			})
		}
		all.Wait()
		if d := had[1] - had[2]; d < -time.Second || d > time.Second || had[1]+had[2] < 50*time.Minute {
			t.Errorf("three things of one person had %v, one of another %v", had[1], had[2])
		}
		if len(turns.there) != 0 || len(turns.had) != 0 || len(turns.queue) != 0 || turns.free != 1 {
			t.Errorf("when all have left: %+v", turns)
		}
	})
}

// Who comes late cannot claim the time in which they were away.
func TestTurnsSaveNothingUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		turns := newTurns(1)
		if err := turns.take(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		turns.give(1, time.Hour)
		order := make(chan int64, 4)
		if err := turns.take(t.Context(), 3); err != nil {
			t.Fatal(err)
		}
		for _, person := range []int64{1, 2, 1, 2} {
			go func() {
				_ = turns.take(t.Context(), person)
				order <- person
				turns.give(person, time.Minute)
			}()
			synctest.Wait()
		}
		turns.give(3, time.Second)
		for i, want := range []int64{1, 2, 1, 2} {
			if got := <-order; got != want {
				t.Errorf("turn %d is person %d's, want %d's", i+1, got, want)
			}
		}
	})
}
