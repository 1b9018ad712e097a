package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// TestWriteWhole: an export that breaks off leaves the earlier file as it was and nothing beside it.
func TestWriteWhole(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	name := filepath.Join(dir, "set.json")
	write := func(words string, then error) error {
		return writeWhole(name, io.Discard, func(w io.Writer) error {
			if _, err := io.WriteString(w, words); err != nil {
				return err
			}
			return then
		})
	}
	if err := write("whole", nil); err != nil {
		t.Fatal(err)
	}
	cut := errors.New("cut")
	if err := write("half", cut); !errors.Is(err, cut) {
		t.Errorf("a cut export gave %v", err)
	}
	got, err := os.ReadFile(name)
	if err != nil || string(got) != "whole" {
		t.Errorf("the file holds %q: %v", got, err)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 1 {
		t.Errorf("the folder holds %v: %v", files, err)
	}
}
