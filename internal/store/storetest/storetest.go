// Package storetest gives each test a fresh, migrated database: SQLite always, PostgreSQL when a cluster is named.
package storetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver that makes and drops the tests' databases

	"claimbench/internal/store"
)

// PostgresEnv names the cluster for tests: the URL of a database in which databases may be made, for example
// postgres://postgres@127.0.0.1:5433/postgres. make test starts one and sets it.
const PostgresEnv = "CLAIMBENCH_TEST_POSTGRES"

// Each runs a test on both engines, each time with a fresh database. Without a cluster the PostgreSQL half is skipped
// aloud.
func Each(t *testing.T, run func(t *testing.T, db *store.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { run(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { run(t, Postgres(t)) })
}

// run names this run's databases in the cluster; a process number could be that of a run that was killed before.
var run = strings.ToLower(rand.Text()[:12])

var liteTemplate struct {
	sync.Once
	bytes []byte
	err   error
}

// SQLite gives a fresh SQLite database in the test's folder.
func SQLite(t *testing.T) *store.DB {
	t.Helper()
	liteTemplate.Do(func() { liteTemplate.bytes, liteTemplate.err = makeLiteTemplate() })
	if liteTemplate.err != nil {
		t.Fatal(liteTemplate.err)
	}
	file := filepath.Join(t.TempDir(), "claimbench.db")
	if err := os.WriteFile(file, liteTemplate.bytes, 0o600); err != nil {
		t.Fatal(err)
	}
	return open(t, "sqlite:"+file)
}

// makeLiteTemplate gives the bytes of one migrated, empty database that every test copies: migrating each would be
// most of the time. The file itself goes at once, for nobody sweeps the temporary folder after a test binary.
func makeLiteTemplate() ([]byte, error) {
	dir, err := os.MkdirTemp("", "claimbench-template-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "template.db")
	if err := migrate("sqlite:" + file); err != nil {
		return nil, err
	}
	return os.ReadFile(file)
}

func migrate(url string) error {
	db, err := store.Open(context.Background(), url, store.Options{Create: true})
	if err != nil {
		return err
	}
	if _, err := db.Migrate(context.Background()); err != nil {
		db.Close()
		return err
	}
	return db.Close()
}

var (
	pgTemplate struct {
		sync.Once
		name string
		err  error
	}
	pgCount atomic.Int64
)

// Postgres gives a fresh PostgreSQL database in the cluster that PostgresEnv names, or skips the test.
func Postgres(t *testing.T) *store.DB {
	t.Helper()
	cluster := os.Getenv(PostgresEnv)
	if cluster == "" {
		t.Skipf("PostgreSQL is not tested here: %s is not set. “make test” starts a cluster and tests it.", PostgresEnv)
	}
	pgTemplate.Do(func() {
		pgTemplate.name = "claimbench_template_" + run
		if pgTemplate.err = admin(cluster, "CREATE DATABASE "+pgTemplate.name); pgTemplate.err == nil {
			pgTemplate.err = migrate(named(cluster, pgTemplate.name))
		}
	})
	if pgTemplate.err != nil {
		t.Fatal(pgTemplate.err)
	}
	name := fmt.Sprintf("claimbench_test_%s_%d", run, pgCount.Add(1))
	if err := admin(cluster, "CREATE DATABASE "+name+" TEMPLATE "+pgTemplate.name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := admin(cluster, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Log(err)
		}
	})
	return open(t, named(cluster, name))
}

// URL is the address of a database that SQLite or Postgres gave.
func URL(t *testing.T, db *store.DB) string {
	t.Helper()
	if db.Dialect() == store.SQLite {
		return "sqlite:" + db.Target()
	}
	return named(os.Getenv(PostgresEnv), path.Base(db.Target()))
}

func admin(cluster, statement string) error {
	c, err := sql.Open("pgx", cluster)
	if err != nil {
		return err
	}
	defer c.Close()
	_, err = c.Exec(statement)
	return err
}

func named(cluster, name string) string {
	u, err := url.Parse(cluster)
	if err != nil {
		return cluster
	}
	u.Path = "/" + name
	return u.String()
}

func open(t *testing.T, url string) *store.DB {
	t.Helper()
	db, err := store.Open(context.Background(), url, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}
