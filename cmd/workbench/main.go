package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"claimbench/internal/fault"
	"claimbench/internal/intake"
)

// Exit codes: exitFailed for input or work that failed, exitUsage for a wrong
// command line. Commands with other codes return an exitError.
const (
	exitFailed = 1
	exitUsage  = 2
)

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
	intake.KeepPDFium(cacheFolder())
	defer intake.StopPDFium()
	root := newRootCommand()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errs)
	cmd, err := root.ExecuteC()
	if err == nil {
		return 0
	}
	fmt.Fprintf(errs, "workbench: %s\n", fault.Plain(err))
	if wrong := (usageError{}); errors.As(err, &wrong) {
		fmt.Fprintf(errs, "See “%s --help”.\n", cmd.CommandPath())
	}
	return exitCode(err)
}

// exitCode tells a wrong command line from work that failed.
func exitCode(err error) int {
	var exit exitError
	var usage usageError
	switch {
	case errors.As(err, &exit):
		return exit.code
	case errors.As(err, &usage):
		return exitUsage
	}
	return exitFailed
}

// addCompletion adds cobra's own commands for shells.
func addCompletion(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		if cmd.Name() == "completion" {
			for _, shell := range cmd.Commands() {
				shell.Args = exactArgs(0)
			}
		}
	}
}

func newRootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:               "workbench",
		Short:             "A workbench for fact-checkers",
		SilenceErrors:     true,
		SilenceUsage:      true,
		PersistentPreRunE: needed,
	}
	root.SetHelpCommand(newHelpCommand())
	root.AddCommand(
		newServeCommand(), newMigrateCommand(), newImportCommand(), newExtractCommand(), newMatchCommand(),
		newOriginsCommand(), newLexiconCommand(), newEvalCommand(), newExportCommand(), newShelfCommand(),
		newIndexCommand(), newFilesCommand(), newModelCommand(), newProposalsCommand(),
		newAuditCommand(), newVerifyCommand(), newStatusCommand(), newWitnessCommand(),
		newUserCommand(), newCollectionCommand(), newSchemaCommand(), newOpenAPICommand(), newVersionCommand(),
	)
	addCompletion(root)
	strict(root)
	root.SetUsageTemplate(usageTemplate(root))
	return root
}
