// Command chaos lets several people do all kinds of acts of the desk, each in two tabs, while their server is killed
// (kill -9), their line drops and they press twice, and counts what was lost and what was done twice. It needs the
// built program:
//
//	go run ./bench/chaos [--workbench bin/workbench] [--acts 1000] [--seed 1]
//
// Each act goes out with an idempotency key until the server has answered, as the outbox of a page does. At the end
// every act that was acknowledged is there exactly once, one that was refused is not, and `workbench audit verify`
// finds nothing. It prints a row for each kind of act, and ends with 1 when something was lost or doubled.
//
//	server.go  the server that dies, and comes back at the same address
//	line.go    the line to it, which drops before, within and after a request, and within its answer
//	person.go  somebody in two tabs, who sends until they are answered
//	kinds.go   the kinds of acts, and what each leaves; kinds_claims.go, kinds_deciding.go: how they are done
//	kinds_typing.go  what people type and do not send yet: it stands there until it is sent
//	run.go     who does what, and which accidents happen meanwhile
//	count.go   what the database holds, beside what was answered
//	report.go  the table
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	workbench := flag.String("workbench", "bin/workbench", "the program")
	acts := flag.Int("acts", 1000, "how many acts")
	seed := flag.Uint64("seed", 1, "who does what, and which accidents happen when")
	why := flag.Bool("why", false, "say what was refused, and why")
	flag.Parse()
	dir, err := os.MkdirTemp("", "chaos")
	if err == nil {
		defer os.RemoveAll(dir)
		var r *report
		r, err = run(context.Background(), *workbench, filepath.Join(dir, "chaos.db"), *acts, *seed)
		if r != nil {
			fmt.Print(r)
		}
		if r != nil && *why {
			fmt.Print(r.why())
		}
		if err == nil {
			err = r.fault()
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "chaos:", err)
		os.Exit(1)
	}
}
