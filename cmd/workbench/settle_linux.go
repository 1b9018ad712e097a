package main

import (
	"os"
	"strconv"
	"strings"
	"syscall"
)

// releaseProgram lets go of the pages of the program's own file. It is no more than a courtesy: where it fails, they
// stay.
func releaseProgram() {
	file, err := os.Readlink("/proc/self/exe")
	if err != nil {
		return
	}
	smaps, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		return
	}
	for _, m := range unchanged(string(smaps), file) {
		_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, m.first, m.after-m.first, syscall.MADV_DONTNEED)
	}
}

// mapping is where in memory a file stands: the first address, and the one after the last.
type mapping struct{ first, after uintptr }

// unchanged lists, of what /proc/self/smaps says, the mappings of a file that cannot be written to and of which no page
// was ever changed, also not by the loader: those are the same when they are read from the file again.
func unchanged(smaps, file string) (out []mapping) {
	var m mapping
	ours := false
	for line := range strings.Lines(smaps) {
		f := strings.Fields(line)
		if len(f) >= 6 && strings.Contains(f[0], "-") { // 00400000-00f2b000 r-xp 00000000 08:01 5123 /usr/bin/workbench
			from, to, _ := strings.Cut(f[0], "-")
			start, err1 := strconv.ParseUint(from, 16, 64)
			end, err2 := strconv.ParseUint(to, 16, 64)
			m = mapping{uintptr(start), uintptr(end)}
			ours = err1 == nil && err2 == nil && !strings.Contains(f[1], "w") && strings.HasSuffix(f[1], "p") &&
				strings.HasSuffix(strings.TrimSuffix(line, "\n"), " "+file)
		} else if len(f) >= 5 && strings.Contains(f[0], "-") {
			ours = false // a mapping without a file
		} else if ours && len(f) == 3 && f[0] == "Anonymous:" {
			if f[1] == "0" {
				out = append(out, m)
			}
			ours = false
		}
	}
	return out
}
