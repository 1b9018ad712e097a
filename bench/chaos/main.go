// Command chaos does many acts at a desk whose server is killed, whose line drops and whose people press twice and in
// two tabs, and counts what was lost and what was done twice. It needs the built program:
//
//	go run ./bench/chaos --workbench bin/workbench --acts 1000
//
// Each act is a comment with words of its own; it goes out with an idempotency key until the server has answered, as
// the outbox of a page does. At the end every comment stands once, and `workbench audit verify` finds nothing.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	workbench := flag.String("workbench", "bin/workbench", "the program")
	acts := flag.Int("acts", 1000, "how many acts")
	seed := flag.Uint64("seed", 1, "which accidents happen when")
	flag.Parse()
	dir, err := os.MkdirTemp("", "chaos")
	if err == nil {
		defer os.RemoveAll(dir)
		var r report
		r, err = run(*workbench, filepath.Join(dir, "chaos.db"), *acts, *seed)
		fmt.Println(r)
		if err == nil && !r.whole() {
			err = fmt.Errorf("acts were lost or done twice")
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
