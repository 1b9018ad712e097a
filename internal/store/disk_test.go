package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"claimbench/internal/fault"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// failing is a library that is loaded before libc's: while a file of the call's name lies in a folder, the call fails
// with EIO on the database and its log.
const failing = `#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
static int fails(int fd, const char *call) {
	char path[512], link[64], at[512];
	const char *dir = getenv("CLAIMBENCH_FAIL");
	if (!dir) return 0;
	snprintf(path, sizeof path, "%s/%s", dir, call);
	if (access(path, F_OK)) return 0;
	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	ssize_t n = readlink(link, at, sizeof at - 1);
	if (n < 0) return 0;
	at[n] = 0;
	return strstr(at, "claimbench.db") != 0;
}
#define REAL(name) __typeof__(name) *real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)
int fsync(int fd) { REAL(fsync); if (fails(fd, "fsync")) { errno = EIO; return -1; } return real(fd); }
int fdatasync(int fd) { REAL(fdatasync); if (fails(fd, "fsync")) { errno = EIO; return -1; } return real(fd); }
ssize_t pwrite64(int fd, const void *b, size_t n, off64_t o) {
	REAL(pwrite64); if (fails(fd, "pwrite")) { errno = EIO; return -1; } return real(fd, b, n, o); }
ssize_t pread64(int fd, void *b, size_t n, off64_t o) {
	REAL(pread64); if (fails(fd, "pread")) { errno = EIO; return -1; } return real(fd, b, n, o); }
`

// failDir names the folder to the child that runs with the library.
const failDir = "CLAIMBENCH_FAIL"

// TestDiskErrors runs TestOnAFailingDisk in a child whose disk calls can be made to fail.
func TestDiskErrors(t *testing.T) {
	t.Parallel()
	cc, err := exec.LookPath("cc")
	if err != nil {
		t.Skip("EIO is not tested here: there is no C compiler")
	}
	dir := t.TempDir()
	source, library := filepath.Join(dir, "failing.c"), filepath.Join(dir, "failing.so")
	if err := os.WriteFile(source, []byte(failing), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(cc, "-shared", "-fPIC", "-o", library, source, "-ldl").CombinedOutput(); err != nil {
		t.Skipf("EIO is not tested here: the library cannot be made: %v\n%s", err, out)
	}
	child := exec.Command(os.Args[0], "-test.run=^TestOnAFailingDisk$", "-test.v")
	child.Env = append(os.Environ(), "LD_PRELOAD="+library, failDir+"="+dir)
	out, err := child.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: TestOnAFailingDisk") {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestOnAFailingDisk(t *testing.T) {
	dir := os.Getenv(failDir)
	if dir == "" {
		t.Skip("run by TestDiskErrors")
	}
	db := storetest.SQLite(t)
	ctx := context.Background()
	if err := setMeta(ctx, db, "before"); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		call string
		do   func() error
		want fault.Kind
	}{
		{"pwrite", func() error { return setMeta(ctx, db, "lost") }, fault.Unknown}, // written at COMMIT
		{"fsync", func() error { return setMeta(ctx, db, "perhaps") }, fault.Unknown},
		{"pread", func() error { return readAfresh(ctx, db) }, fault.Unavailable},
	} {
		trigger := filepath.Join(dir, c.call)
		if err := os.WriteFile(trigger, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		err := c.do()
		if kind := fault.KindOf(err); kind != c.want {
			t.Errorf("EIO of %s: %q, want %q: %v", c.call, kind, c.want, err)
		}
		if untrue := c.want == fault.Unknown && strings.Contains(fault.Message(err), "Nothing"); untrue {
			t.Errorf("EIO of %s says %q", c.call, fault.Message(err))
		}
		if err := os.Remove(trigger); err != nil {
			t.Fatal(err)
		}
		value := "after " + c.call
		if err := setMeta(ctx, db, value); err != nil || meta(t, db, "a") != value {
			t.Errorf("after EIO of %s: %v, %q", c.call, err, meta(t, db, "a"))
		}
	}
}

// readAfresh reads the database by a new opening, which has no page in memory.
func readAfresh(ctx context.Context, db *store.DB) error {
	other, err := store.Open(ctx, "sqlite:"+db.Target(), store.Options{})
	if err != nil {
		return err
	}
	defer other.Close()
	return other.Read(ctx, func(r *store.Rx) error {
		_, err := r.Meta("a")
		return err
	})
}

// TestReplacedFile: a file that is no database any more is unavailable, with no word of what was kept that is untrue.
func TestReplacedFile(t *testing.T) {
	t.Parallel()
	db := storetest.SQLite(t)
	ctx := context.Background()
	if err := os.WriteFile(db.Target(), []byte(strings.Repeat("not a database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{"read": readAfresh(ctx, db), "open": func() error {
		other, err := store.Open(ctx, "sqlite:"+db.Target(), store.Options{})
		if err == nil {
			err = errors.Join(other.Ready(ctx), other.Close())
		}
		return err
	}()} {
		if fault.KindOf(err) != fault.Unavailable {
			t.Errorf("%s = %s", name, fmt.Sprint(err))
		}
	}
}
