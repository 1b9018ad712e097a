package main

import (
	"path/filepath"
	"testing"
)

func TestCacheFolder(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CACHE_HOME", filepath.Join(home, "c"))
	for said, want := range map[string]string{"": filepath.Join(home, "c", "claimbench", "pdfium"), "none": "",
		home: filepath.Join(home, "pdfium")} {
		t.Setenv("WORKBENCH_CACHE", said)
		if got := cacheFolder(); got != want {
			t.Errorf("with %q it is %q, want %q", said, got, want)
		}
	}
	t.Setenv("WORKBENCH_CACHE", "")
	t.Setenv("XDG_CACHE_HOME", "")
	t.Setenv("HOME", "")
	if got := cacheFolder(); got != "" {
		t.Errorf("without a home it is %q", got)
	}
}
