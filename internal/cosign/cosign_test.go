package cosign_test

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"claimbench/internal/articles"
	"claimbench/internal/cosign"
	"claimbench/internal/history"
	"claimbench/internal/house"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/internal/witness"
)

// bench is a history with its key, and a witness of it.
type bench struct {
	*roomtest.World
	signer *history.Signer
	public note.Verifier
	w      *witness.Witness
	key    *witness.Verifier
}

func newBench(t *testing.T, db *store.DB) *bench {
	t.Helper()
	x := &bench{World: roomtest.New(t, db, articles.CollectionNew{})}
	key, err := history.OpenKey(filepath.Join(t.TempDir(), "log.key"))
	if err != nil {
		t.Fatal(err)
	}
	x.signer = history.NewSigner(db, key, nil)
	if x.public, err = history.ParsePublicKey(key.Public()); err != nil {
		t.Fatal(err)
	}
	x.w, x.key = x.witness("w")
	return x
}

// witness starts one that has signed nothing.
func (x *bench) witness(name string) (*witness.Witness, *witness.Verifier) {
	x.T.Helper()
	dir := x.T.TempDir()
	key, err := witness.OpenKey(filepath.Join(dir, name+".key"))
	if err != nil {
		x.T.Fatal(err)
	}
	w, err := witness.New(key, filepath.Join(dir, "state"), []note.Verifier{x.public})
	if err != nil {
		x.T.Fatal(err)
	}
	x.T.Cleanup(func() { _ = w.Close() })
	v, err := witness.ParseKey(filepath.Join(dir, name+".key.pub"))
	if err != nil {
		x.T.Fatal(err)
	}
	return w, v
}

// sign makes an event, and a checkpoint of all.
func (x *bench) sign(title string) history.Checkpoint {
	x.T.Helper()
	if _, err := x.Sets.Create(roomtest.Ctx(), x.As("editor-1"), x.Collection.ID, title); err != nil {
		x.T.Fatal(err)
	}
	c, err := x.signer.Sign(roomtest.Ctx())
	if err != nil {
		x.T.Fatal(err)
	}
	return c
}

func asks(w *witness.Witness) func(context.Context, string) (int, string, error) {
	return func(_ context.Context, body string) (int, string, error) {
		a := w.AddCheckpoint([]byte(body))
		return a.Status, a.Body, nil
	}
}

func says(status int, body string) func(context.Context, string) (int, string, error) {
	return func(context.Context, string) (int, string, error) { return status, body, nil }
}

func (x *bench) newest() history.Checkpoint {
	x.T.Helper()
	var c *history.Checkpoint
	if err := x.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		c, err = history.LatestCheckpoint(r)
		return err
	}); err != nil || c == nil {
		x.T.Fatal(err)
	}
	return *c
}

func (x *bench) audit(by ...*witness.Verifier) (history.Report, string) {
	x.T.Helper()
	r, err := history.Verify(roomtest.Ctx(), x.DB, history.Options{Rooms: house.Rows(), Witnesses: by,
		Keys: []note.Verifier{x.public}})
	if err != nil {
		x.T.Fatal(err)
	}
	var b strings.Builder
	if err := r.Write(&b); err != nil {
		x.T.Fatal(err)
	}
	return r, b.String()
}

func TestCheckpointsCarryWhatWitnessesSigned(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		ctx := roomtest.Ctx()
		other, otherKey := x.witness("other")
		c := cosign.New(db, slog.New(slog.DiscardHandler), []cosign.Witness{{Key: x.key, Ask: asks(x.w)},
			{Key: otherKey, Ask: asks(other)}})
		once := func() {
			t.Helper()
			for i := range 2 {
				if err := c.Once(ctx, i); err != nil {
					t.Fatal(err)
				}
			}
		}
		once() // nothing is signed yet
		first := x.sign("one")
		once()
		once() // and nothing new
		second := x.sign("two")
		if second.Size <= first.Size {
			t.Fatal("nothing was added")
		}
		once()
		got := x.newest()
		signed, err := witness.Cosignatures([]byte(got.Note), []*witness.Verifier{x.key, otherKey})
		if err != nil || len(signed) != 2 || got.Cosigned != 2 || got.Size != second.Size {
			t.Fatalf("%d signatures (%d), %v, of %d events", len(signed), got.Cosigned, err, got.Size)
		}
		if p, err := history.ParseCheckpoint([]byte(got.Note), x.public); err != nil || p.Root != second.Root {
			t.Errorf("with the others beside it the log's own signature does not hold: %v", err)
		}
		for _, s := range c.Standings() {
			if s.To != second.Size || s.Wrong != "" || s.At.IsZero() {
				t.Errorf("%+v", s)
			}
		}
		if r, text := x.audit(x.key, otherKey); !r.OK() || len(r.Attested) != 1 || len(r.Attested[0].Signed) != 2 ||
			!strings.Contains(text, "co-signed by 2 of the 2 witnesses") {
			t.Errorf("%s", text)
		}
		if _, text := x.audit(); !strings.Contains(text, "2 more signatures, which were NOT checked") {
			t.Errorf("%s", text)
		}
		_, stranger := x.witness("stranger")
		if r, text := x.audit(stranger); !r.OK() || !strings.Contains(text, "co-signed by 0 of the 1 witnesses") {
			t.Errorf("%s", text)
		}
		if err := db.Write(ctx, func(tx *store.Tx) error {
			return tx.Gorm().Exec("UPDATE cosignatures SET line = REPLACE(line, 'AAAA', 'AAAB') WHERE witness = ?",
				x.key.ID()).Error
		}); err != nil {
			t.Fatal(err)
		}
		if r, text := x.audit(x.key, otherKey); r.OK() {
			t.Errorf("a changed signature is not found:\n%s", text)
		}
	})
}

// TestWitnessesThatFail: one that is down, lies or answers late is named, nothing of it is kept, and the history goes
// on.
func TestWitnessesThatFail(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	x := newBench(t, db)
	c := x.sign("one")
	imposter, _ := x.witness("imposter")
	late := func(ctx context.Context, _ string) (int, string, error) {
		<-ctx.Done()
		return 0, "", ctx.Err()
	}
	for name, f := range map[string]struct {
		ask  func(context.Context, string) (int, string, error)
		says string
	}{
		"down": {func(context.Context, string) (int, string, error) {
			return 0, "", errors.New("connection refused")
		}, "refused"},
		"late":                {late, "canceled"},
		"another's signature": {asks(imposter), "no signature of its key"},
		"garbage":             {says(200, "well done\n"), "no signature of its key"},
		"nothing":             {says(200, ""), "no signature of its key"},
		"html":                {says(200, strings.Repeat("<p>", 5000)), "no signature of its key"},
		"an unknown log":      {says(404, "who?\n"), "404"},
		"a size that is none": {says(409, "many\n"), "names none"},
		"a size below none":   {says(409, "-1\n"), "names none"},
		"a larger size":       {says(409, "999999\n"), "older database was put back"},
		"the size asked":      {says(409, "0\n"), "another history"},
		"it fails":            {says(500, "disk\n"), "500"},
	} {
		ctx, cancel := context.WithCancel(roomtest.Ctx())
		if name == "late" {
			cancel()
		}
		cos := cosign.New(db, slog.New(slog.DiscardHandler), []cosign.Witness{{Key: x.key, Ask: f.ask}})
		err := cos.Once(ctx, 0)
		cancel()
		if err == nil || !strings.Contains(err.Error(), f.says) {
			t.Errorf("%s: %v", name, err)
		}
		if s := cos.Standings()[0]; s.Wrong == "" || s.To != 0 || s.Failed.IsZero() {
			t.Errorf("%s: it stands so: %+v", name, s)
		}
	}
	if n := x.Count("cosignatures"); n != 0 {
		t.Errorf("%d signatures of those were kept", n)
	}
	if got := x.newest(); got.Size != c.Size || got.Cosigned != 0 {
		t.Errorf("%+v", got)
	}
}

// TestRunHoldsUpNothing: while a witness does not answer, another signs, and the end comes at once.
func TestRunHoldsUpNothing(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	x := newBench(t, db)
	_, slowKey := x.witness("slow")
	size := x.sign("one").Size
	asked, signed := make(chan struct{}), make(chan struct{})
	c := cosign.New(db, slog.New(slog.DiscardHandler), []cosign.Witness{
		{Key: slowKey, Ask: func(ctx context.Context, _ string) (int, string, error) {
			close(asked)
			<-ctx.Done()
			return 0, "", ctx.Err()
		}},
		{Key: x.key, Ask: func(_ context.Context, body string) (int, string, error) {
			defer close(signed)
			a := x.w.AddCheckpoint([]byte(body))
			return a.Status, a.Body, nil
		}}})
	ctx, cancel := context.WithCancel(roomtest.Ctx())
	ended := make(chan struct{})
	go func() {
		c.Run(ctx)
		close(ended)
	}()
	<-asked
	<-signed
	if next := x.sign("two"); next.Size <= size {
		t.Error("the history does not go on")
	}
	cancel()
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		t.Error("the end waits for the witness")
	}
}

// TestWitnessThatKnowsMore: a witness whose signature was not kept (a crash between) is asked again from its size.
func TestWitnessThatKnowsMore(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	x := newBench(t, db)
	x.sign("one")
	c := cosign.New(db, slog.New(slog.DiscardHandler), []cosign.Witness{{Key: x.key, Ask: asks(x.w)}})
	if err := c.Once(roomtest.Ctx(), 0); err != nil {
		t.Fatal(err)
	}
	if err := db.Write(roomtest.Ctx(), func(tx *store.Tx) error {
		return tx.Gorm().Exec("DELETE FROM cosignatures").Error
	}); err != nil {
		t.Fatal(err)
	}
	if err := c.Once(roomtest.Ctx(), 0); err != nil || x.newest().Cosigned != 1 {
		t.Errorf("of the same size: %v", err)
	}
	if err := db.Write(roomtest.Ctx(), func(tx *store.Tx) error {
		return tx.Gorm().Exec("DELETE FROM cosignatures").Error
	}); err != nil {
		t.Fatal(err)
	}
	x.sign("two")
	if err := c.Once(roomtest.Ctx(), 0); err != nil || x.newest().Cosigned != 1 {
		t.Errorf("of a larger one: %v", err)
	}
}
