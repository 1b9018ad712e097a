package main

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

const someMaps = `00400000-00f2b000 r-xp 00000000 08:01 5123  /usr/bin/work bench
Size:              11436 kB
Anonymous:             0 kB
00f2b000-02000000 r--p 00b2b000 08:01 5123  /usr/bin/work bench
Anonymous:             0 kB
02000000-02001000 r--p 01c00000 08:01 5123  /usr/bin/work bench
Anonymous:             4 kB
02001000-02100000 rw-p 01c01000 08:01 5123  /usr/bin/work bench
Anonymous:             0 kB
7f0000000000-7f0000001000 r--p 00000000 08:01 77  /lib/libc.so.6
Anonymous:             0 kB
7f0000002000-7f0000003000 r--p 00000000 00:00 0
Anonymous:             0 kB
`

// TestUnchanged: only what was never written, of the program's own file.
func TestUnchanged(t *testing.T) {
	got := unchanged(someMaps, "/usr/bin/work bench")
	want := []mapping{{0x400000, 0xf2b000}, {0xf2b000, 0x2000000}}
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("%x, want %x", got, want)
	}
}

// TestReleaseProgram: pages go, and the program goes on. How many come back at once is the kernel's choice.
func TestReleaseProgram(t *testing.T) {
	before := residentFile(t)
	settle(100)
	if after := residentFile(t); after >= before {
		t.Errorf("%d kB of files are resident, and %d before", after, before)
	}
}

// residentFile is how much of the files that are mapped is in memory, in kB.
func residentFile(t *testing.T) int {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(status)) {
		if f := strings.Fields(line); f[0] == "RssFile:" {
			n, err := strconv.Atoi(f[1])
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
	}
	t.Fatal("the system does not say")
	return 0
}
