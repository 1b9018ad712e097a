package httpd

import (
	"encoding/json"
	"net/url"
	"path/filepath"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/history"
	"claimbench/internal/proof"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

type provedJSON struct {
	Event struct {
		Seq         int64
		Leaf, Proof string
	}
	Grown struct{ From, Proof string }
}

// TestProofs: auditors are proved an event by its address, and that the history only grew; those of one collection get
// the events of theirs only. What they get is checked with nothing but the key.
func TestProofs(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := newDoorOn(t, db)
		fa, _ := d.twoArticles()
		key, err := history.OpenKey(filepath.Join(t.TempDir(), "log.key"))
		if err != nil {
			t.Fatal(err)
		}
		signer := history.NewSigner(db, key, nil)
		sign := func() history.Checkpoint {
			c, err := signer.Sign(roomtest.Ctx())
			if err != nil {
				t.Fatal(err)
			}
			return c
		}
		old := sign()
		cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
		d.json("auditor-1", get, "/history/proofs?at="+claims.Object(cl.ID), "").want(t, 200, `"object":"claim:`)
		newest := sign()
		keys, err := history.ParsePublicKeys(key.Public())
		if err != nil {
			t.Fatal(err)
		}
		ask := func(who, query string) (out provedJSON) {
			t.Helper()
			if err := json.Unmarshal([]byte(d.json(who, get, "/history/proofs?"+query, "").want(t, 200).body),
				&out); err != nil {
				t.Fatal(err)
			}
			return out
		}
		got := ask("auditor-1", "at="+claims.Object(cl.ID)+"&from="+itoa(old.Size))
		in, err := proof.CheckIncluded([]byte(got.Event.Proof), keys...)
		if err != nil || in.Seq != got.Event.Seq || string(in.Leaf) != got.Event.Leaf || !in.Checkpoint.Signed {
			t.Errorf("%+v, %v", in, err)
		}
		older, err := proof.ParseCheckpoint([]byte(old.Note), keys...)
		if err != nil {
			t.Fatal(err)
		}
		if g, err := proof.CheckGrown([]byte(got.Grown.Proof), older, keys...); err != nil ||
			g.Checkpoint.Size != newest.Size || got.Grown.From != old.Note {
			t.Errorf("%+v, %v", g, err)
		}
		older.Root[0] ^= 1
		if _, err := proof.CheckGrown([]byte(got.Grown.Proof), older, keys...); err == nil {
			t.Error("another history is proved to have grown to this one")
		}
		for _, at := range []string{itoa(got.Event.Seq), "/history/" + itoa(got.Event.Seq), "/events/" +
			itoa(got.Event.Seq)} {
			if again := ask("auditor-1", "at="+url.QueryEscape(at)); again.Event.Seq != got.Event.Seq {
				t.Errorf("%s is event %d", at, again.Event.Seq)
			}
		}
		d.get("auditor-1", "/history/proofs?at="+claims.Object(cl.ID)+"&from="+itoa(old.Size)).want(t, 200,
			"c2sp.org/tlog-proof@v1", "only grew")
		for query, status := range map[string]int{"at=99999": 404, "at=claim:99999": 404, "at=nothing": 404,
			"from=x": 422, "from=1&to=1": 404, "to=3": 422,
			"from=" + itoa(newest.Size) + "&to=" + itoa(old.Size): 422} {
			d.json("auditor-1", get, "/history/proofs?"+query, "").want(t, status)
		}
		d.json("reviewer-1", get, "/history/proofs", "").want(t, 403)
		d.ofOneCollection(t, cl, old)
	})
}

// ofOneCollection: an auditor of one collection is proved its events, and nothing of any other.
func (d *door) ofOneCollection(t *testing.T, cl claims.Claim, old history.Checkpoint) {
	t.Helper()
	other, err := d.Articles.CreateCollection(roomtest.Ctx(), d.As("admin-1"), articles.CollectionNew{Name: "Another"})
	if err != nil {
		t.Fatal(err)
	}
	d.member("here", auth.Auditor, d.Collection.ID)
	d.member("there", auth.Auditor, other.ID)
	at := "/history/proofs?at=" + claims.Object(cl.ID)
	d.json("here", get, at, "").want(t, 200, `"object":"claim:`, `"sizes":[]`)
	d.json("there", get, at, "").want(t, 404)
	d.json("there", get, "/history/proofs?at=1", "").want(t, 404)
	d.json("here", get, "/history/proofs?at=1", "").want(t, 404) // of no collection
	d.json("here", get, "/history/proofs?from="+itoa(old.Size), "").want(t, 403)
}
