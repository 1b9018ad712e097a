package store_test

import (
	"context"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

var update = flag.Bool("update", false, "write the lists of what the migrations make")

// TestObjects: the lists in schema/ are what the migrations make. Who adds a migration looks at the difference and
// writes them anew with -update.
func TestObjects(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var have []store.Object
		if err := db.Read(context.Background(), func(rx *store.Rx) (err error) {
			have, err = rx.Objects()
			return err
		}); err != nil {
			t.Fatal(err)
		}
		names := map[string]bool{}
		var b strings.Builder
		for _, o := range have {
			if names[o.Kind+":"+o.Name] {
				t.Errorf("two objects go by %s:%s", o.Kind, o.Name)
			}
			names[o.Kind+":"+o.Name] = true
			b.WriteString(o.Kind + "\t" + o.Name + "\t" + o.Definition + "\n")
		}
		if *update {
			if err := os.WriteFile("schema/"+db.Dialect()+".tsv", []byte(b.String()), 0o644); err != nil {
				t.Fatal(err)
			}
			return
		}
		if !slices.Equal(have, store.Made(db.Dialect())) {
			t.Fatalf("the migrations make other objects than schema/%s.tsv lists; look at them, then write it anew: "+
				"go test ./internal/store -run TestObjects -update", db.Dialect())
		}
	})
}
