package store

import "testing"

// TestAddressHasNoPassword: a database is named as --database takes it, and never with a password.
func TestAddressHasNoPassword(t *testing.T) {
	t.Parallel()
	for _, x := range []struct{ dialect, target, want string }{
		{SQLite, "var/claimbench.db", "sqlite:var/claimbench.db"},
		{SQLite, "./var/claimbench.db", "sqlite:var/claimbench.db"},
		{SQLite, "/srv/noor's desk.db", "sqlite:/srv/noor's desk.db"},
		{Postgres, "postgres://noor@db:5432/cb?password=hush", "postgres://noor@db:5432/cb"},
		{Postgres, "postgres://noor:hush@db/cb", "postgres://noor@db/cb"},
		{Postgres, "postgres://noor@hush@db/cb", "postgres://…"},
		{Postgres, "postgres:///cb?host=/run&user=noor&password=hush", "postgres://…"},
	} {
		if got := addressOf(x.dialect, x.target); got != x.want {
			t.Errorf("%s is named %s, not %s", x.target, got, x.want)
		}
	}
}
