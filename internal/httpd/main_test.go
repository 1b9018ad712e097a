package httpd

import (
	"os"
	"runtime/debug"
	"testing"
)

// TestMain lets memory grow before it is swept: these tests make many short-lived worlds, and sweeping them was a fifth
// of their time.
func TestMain(m *testing.M) {
	debug.SetGCPercent(400)
	os.Exit(m.Run())
}
