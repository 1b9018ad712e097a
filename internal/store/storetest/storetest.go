// Package storetest gives each test a fresh, migrated database: SQLite always, PostgreSQL when a cluster is named.
package storetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
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
		clone string // the end of the statement that copies it
		err   error
	}
	pgCount atomic.Int64
)

// makePgTemplate makes a migrated, empty database in the cluster, once for all test binaries that have the same schema,
// and gives the end of the statement that copies it. It stays in the cluster.
func makePgTemplate(ctx context.Context, cluster string) (clone string, err error) {
	pool, err := sql.Open("pgx", cluster)
	if err != nil {
		return "", err
	}
	defer pool.Close()
	c, err := pool.Conn(ctx) // the lock is the connection's
	if err != nil {
		return "", err
	}
	defer c.Close()
	name := "claimbench_template_" + store.SchemaSum(store.Postgres)
	if _, err := c.ExecContext(ctx, "SELECT pg_advisory_lock(hashtext($1))", name); err != nil {
		return "", err
	}
	defer func() {
		_, err2 := c.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock(hashtext($1))", name)
		err = errors.Join(err, err2)
	}()
	var there bool
	var version int
	if err := c.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1), "+
		"current_setting('server_version_num')::int", name).Scan(&there, &version); err != nil {
		return "", err
	}
	if clone = " TEMPLATE " + name; version >= 150000 {
		clone += " STRATEGY file_copy" // half the time of the other, for a database that few pages fill
	}
	if there {
		return clone, nil
	}
	making := "claimbench_making_" + run // a run that ends meanwhile leaves no half template
	for _, step := range []func() error{
		func() error { return admin(cluster, "CREATE DATABASE "+making) },
		func() error { return migrate(named(cluster, making)) },
		func() error { return admin(cluster, "ALTER DATABASE "+making+" RENAME TO "+name) },
	} {
		if err := step(); err != nil {
			return "", err
		}
	}
	return clone, nil
}

// Postgres gives a fresh PostgreSQL database in the cluster that PostgresEnv names, or skips the test.
func Postgres(t *testing.T) *store.DB {
	t.Helper()
	cluster := os.Getenv(PostgresEnv)
	if cluster == "" {
		t.Skipf("PostgreSQL is not tested here: %s is not set. “make test” starts a cluster and tests it.", PostgresEnv)
	}
	pgTemplate.Do(func() { pgTemplate.clone, pgTemplate.err = makePgTemplate(t.Context(), cluster) })
	if pgTemplate.err != nil {
		t.Fatal(pgTemplate.err)
	}
	name := fmt.Sprintf("claimbench_test_%s_%d", run, pgCount.Add(1))
	if err := admin(cluster, "CREATE DATABASE "+name+pgTemplate.clone); err != nil {
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
