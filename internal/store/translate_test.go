package store_test

import (
	"context"
	"testing"

	"claimbench/internal/fault"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestUnwritableText: PostgreSQL keeps no NUL and nothing but UTF-8 in a text; that is the text's fault, not ours.
func TestUnwritableText(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		for _, bad := range []string{"a\x00b", "a\xffb"} {
			err := db.Read(context.Background(), func(rx *store.Rx) error {
				var got string
				return rx.Gorm().Raw("SELECT CAST(? AS TEXT)", bad).Scan(&got).Error
			})
			if kind := fault.KindOf(err); err != nil && kind != fault.Invalid || err == nil &&
				db.Dialect() == store.Postgres {
				t.Errorf("%q gave %q: %v", bad, kind, err)
			}
		}
	})
}
