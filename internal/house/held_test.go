package house_test

import (
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// writing has four people comment on a claim, again and again, until stop is closed.
type writing struct {
	w        *roomtest.World
	claim    claims.Claim
	stop     chan struct{}
	moved    chan struct{} // has something after one of the numbers below has grown
	wg       sync.WaitGroup
	kept     sync.Map     // the words that were acknowledged
	done     atomic.Int64 // how many
	failed   atomic.Int64 // comments that were not acknowledged
	doubtful atomic.Int64 // of them, those of which nobody can say whether they are kept
}

func beginWriting(t *testing.T, db *store.DB) *writing {
	t.Helper()
	w := roomtest.New(t, db, articles.CollectionNew{})
	a := w.Article(articles.Import{Lang: "en", Raw: "The bridge was closed on Friday."})
	x := &writing{w: w, claim: w.Claim(a, "The bridge was closed", "The bridge was closed."),
		stop: make(chan struct{}), moved: make(chan struct{}, 1)}
	actor := w.As("reviewer-1")
	for person := range 4 {
		x.wg.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-x.stop:
					return
				default:
				}
				words := fmt.Sprintf("Remark %d of %d. %s", i, person, strings.Repeat("More was said. ", 40))
				_, err := w.Claims.AddComment(roomtest.Ctx(), actor, x.claim.ID, words)
				x.count(t, words, err)
			}
		})
	}
	return x
}

// count counts what became of a comment.
func (x *writing) count(t *testing.T, words string, err error) {
	switch kind := fault.KindOf(err); {
	case err == nil:
		x.kept.Store(strings.TrimSpace(words), true)
		x.done.Add(1)
	case kind == fault.Unknown: // it failed at COMMIT
		x.doubtful.Add(1)
		x.failed.Add(1)
	case kind == fault.Unavailable:
		x.failed.Add(1)
	default:
		t.Errorf("a comment failed by %q: %v", kind, err)
		x.failed.Add(1)
	}
	select {
	case x.moved <- struct{}{}:
	default:
	}
}

// until waits until one of the numbers has grown by some.
func (x *writing) until(n *atomic.Int64, more int64) {
	for want := n.Load() + more; n.Load() < want; {
		<-x.moved
	}
}

// end stops the writing: what was acknowledged must be there, what was refused must not, and the audit finds nothing.
func (x *writing) end(t *testing.T) {
	t.Helper()
	close(x.stop)
	x.wg.Wait()
	there := map[string]bool{}
	if err := x.w.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		var all []string
		err := r.Gorm().Table("comments").Pluck("words", &all).Error
		for _, words := range all {
			there[words] = true
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	x.kept.Range(func(words, _ any) bool {
		if !there[words.(string)] {
			t.Errorf("acknowledged and lost: %.30s", words)
		}
		return true
	})
	if extra := int64(len(there)) - x.done.Load(); extra < 0 || extra > x.doubtful.Load() {
		t.Errorf("%d comments are there, %d were acknowledged, of %d nobody could say", len(there), x.done.Load(),
			x.doubtful.Load())
	}
	t.Logf("%d acknowledged, %d not, of them %d in doubt", x.done.Load(), x.failed.Load(), x.doubtful.Load())
	x.w.Verify()
}

// TestFullDisk runs TestOnAFullDisk in a child whose files may not grow beyond a size.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	child := exec.Command(os.Args[0], "-test.run=^TestOnAFullDisk$", "-test.v")
	child.Env = append(os.Environ(), "CLAIMBENCH_FULL_DISK=1")
	out, err := child.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: TestOnAFullDisk") {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestOnAFullDisk: while no file can grow people are told so and can read; when there is room again they go on, and
// nothing that was acknowledged is lost.
func TestOnAFullDisk(t *testing.T) {
	if os.Getenv("CLAIMBENCH_FULL_DISK") == "" {
		t.Skip("run by TestFullDisk")
	}
	signal.Ignore(syscall.SIGXFSZ) // so that a write beyond the limit fails, as on a full disk
	db := storetest.SQLite(t)
	x := beginWriting(t, db)
	x.until(&x.done, 20)
	for range 3 {
		var was syscall.Rlimit
		if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &was); err != nil {
			t.Fatal(err)
		}
		full := was
		for _, end := range []string{"", "-wal"} {
			if info, err := os.Stat(db.Target() + end); err == nil {
				full.Cur = min(full.Cur, uint64(info.Size())+64<<10)
			}
		}
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &full); err != nil {
			t.Fatal(err)
		}
		x.until(&x.failed, 20)
		if _, _, err := x.w.Claims.Comments(roomtest.Ctx(), x.w.As("reviewer-2"), x.claim.ID, ""); err != nil {
			t.Errorf("nothing can be read on a full disk: %v", err)
		}
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &was); err != nil {
			t.Fatal(err)
		}
		x.until(&x.done, 20)
	}
	x.end(t)
}

// TestServerRestarted: PostgreSQL ends all its connections, again and again, as it does when it is restarted; nothing
// that was acknowledged is lost.
func TestServerRestarted(t *testing.T) {
	t.Parallel()
	db := storetest.Postgres(t)
	admin, err := sql.Open("pgx", storetest.URL(t, db))
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close()
	x := beginWriting(t, db)
	for range 5 {
		x.until(&x.done, 15)
		if _, err := admin.Exec("SELECT pg_terminate_backend(pid) FROM pg_stat_activity " +
			"WHERE datname = current_database() AND pid <> pg_backend_pid()"); err != nil {
			t.Fatal(err)
		}
	}
	x.until(&x.done, 15)
	if x.failed.Load() == 0 {
		t.Error("nobody noticed that the server went")
	}
	x.end(t)
}
