package store

import (
	"context"
	"net/url"
	"os"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"claimbench/internal/fault"
)

// A server that refuses a connection is not there for us, whatever its reason: here a database that it does not have.
func TestRefusedConnectionIsUnavailable(t *testing.T) {
	cluster := os.Getenv("CLAIMBENCH_TEST_POSTGRES")
	if cluster == "" {
		t.Skip("PostgreSQL is not tested here: CLAIMBENCH_TEST_POSTGRES is not set.")
	}
	u, err := url.Parse(cluster)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/no_such_database_here"
	_, err = pgconn.Connect(context.Background(), u.String())
	if kind := fault.KindOf(Translate(err)); kind != fault.Unavailable {
		t.Errorf("%v is %q, want %q", err, kind, fault.Unavailable)
	}
}
