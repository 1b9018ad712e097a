package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"claimbench/internal/fault"
)

// Exit codes: exitFailed for input or work that failed, exitUsage for a wrong
// command line. Commands with other codes return an exitError.
const (
	exitFailed = 1
	exitUsage  = 2
)

// usageError is a wrong command line.
type usageError struct{ err error }

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

// exitError is a failure with an exit code of its own.
type exitError struct {
	code int
	err  error
}

func (e exitError) Error() string { return e.err.Error() }
func (e exitError) Unwrap() error { return e.err }

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// run is the program with its streams: it gives the exit code.
func run(args []string, in io.Reader, out, errs io.Writer) int {
	root := newRootCommand()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errs)
	err := root.Execute()
	if err == nil {
		return 0
	}
	fmt.Fprintf(errs, "workbench: %s\n", fault.Plain(err))
	return exitCode(err)
}

// exitCode tells a wrong command line from work that failed.
func exitCode(err error) int {
	var exit exitError
	var usage usageError
	switch {
	case errors.As(err, &exit):
		return exit.code
	case errors.As(err, &usage), strings.HasPrefix(err.Error(), "unknown command"), strings.HasPrefix(err.Error(),
		"required flag"):
		return exitUsage
	}
	return exitFailed
}

func newRootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:           "workbench",
		Short:         "A workbench for fact-checkers",
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.AddCommand(
		newServeCommand(), newMigrateCommand(), newImportCommand(), newExtractCommand(), newMatchCommand(),
		newOriginsCommand(), newLexiconCommand(), newEvalCommand(), newExportCommand(), newIndexCommand(),
		newAuditCommand(), newUserCommand(), newCollectionCommand(), newVersionCommand(),
	)
	return root
}

// exactArgs is cobra.ExactArgs whose error is a wrong command line.
func exactArgs(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != n {
			return usageError{fmt.Errorf("%s takes %d argument(s) and got %d; usage: %s", cmd.CommandPath(), n,
				len(args), cmd.UseLine())}
		}
		return nil
	}
}
