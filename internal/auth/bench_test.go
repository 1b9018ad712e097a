package auth

import (
	"path/filepath"
	"testing"

	"claimbench/internal/store"
)

// BenchmarkSignIn compares a wrong password with an unknown name at the real cost of hashing: they must take as long.
func BenchmarkSignIn(b *testing.B) {
	db, err := store.Open(ctx(), "sqlite:"+filepath.Join(b.TempDir(), "bench.db"), store.Options{Create: true})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Migrate(ctx()); err != nil {
		b.Fatal(err)
	}
	s := New(db, testPolicy(b), Options{Sleep: noSleep})
	link, _, err := s.FirstAdminLink(ctx())
	if err == nil {
		_, err = s.SpendLink(ctx(), Spend{Token: link.Token, Name: "root", Password: goodPassword})
	}
	if err != nil {
		b.Fatal(err)
	}
	for _, name := range []string{"root", "nobody"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := s.SignIn(ctx(), Try{Name: name, Password: "wrong password"}); err == nil {
					b.Fatal("signed in")
				}
			}
		})
	}
	in, err := s.SignIn(ctx(), Try{Name: "root", Password: goodPassword})
	if err != nil {
		b.Fatal(err)
	}
	b.Run("resume", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.Resume(ctx(), in.Token); err != nil {
				b.Fatal(err)
			}
		}
	})
}
