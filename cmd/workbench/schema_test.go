package main

import (
	"encoding/json"
	"strings"
	"testing"

	"claimbench/internal/publish"
)

func TestSchemaIsPrinted(t *testing.T) {
	code, out := workbench("schema")
	if code != 0 || strings.Fields(out)[0] != "claimset" {
		t.Errorf("exit %d: %s", code, out)
	}
	for _, name := range publish.Schemas() {
		if code, out := workbench("schema", name); code != 0 || !json.Valid([]byte(out)) ||
			!strings.Contains(out, `"$schema"`) {
			t.Errorf("%s: exit %d: %s", name, code, out)
		}
	}
	if code, out := workbench("schema", "nothing"); code != 2 || !strings.Contains(out, "claimset, history") {
		t.Errorf("exit %d: %s", code, out)
	}
}
