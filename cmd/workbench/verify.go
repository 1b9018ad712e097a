package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/proof"
	"claimbench/internal/publish"
)

func newVerifyCommand() *cobra.Command {
	var f verifyFlags
	cmd := &cobra.Command{
		Use:   "verify FILE [--key KEY]… [--checkpoint FILE]",
		Short: "Check an evidence bundle, with neither server nor database",
		Long: "Check an evidence bundle, which “workbench export --format bundle” wrote, with neither server nor " +
			"database: every printed field of its claims, their place in the frozen set, the approvals of their " +
			"decisions, and the signature.\n" +
			"Without --key anybody could have made the file: ask the publisher for the file that ends in .pub.\n" +
			"Exit code 0 verified, 1 not as it was signed, 2 could not be checked, or not all of it.",
		Args: exactArgs(1),
	}
	f.keys = cmd.Flags().StringArray("key", nil,
		"the signer's public `KEY`, or the file with it (it ends in .pub); again for another")
	f.checkpoint = cmd.Flags().String("checkpoint", "", "a checkpoint that was kept elsewhere, a `FILE`")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		result, err := f.verify(cmd, args[0])
		if err != nil {
			return exitError{proof.ExitNotChecked, fmt.Errorf("%s could not be checked: %w", args[0], err)}
		}
		if err := result.Write(cmd.OutOrStdout()); err != nil {
			return exitError{proof.ExitNotChecked, err}
		}
		switch result.ExitCode() {
		case proof.ExitTampered:
			return exitError{proof.ExitTampered, fmt.Errorf("%s is not as it was signed (%d findings)", args[0],
				result.Found)}
		case proof.ExitNotChecked:
			return exitError{proof.ExitNotChecked, fmt.Errorf("not all of %s could be checked", args[0])}
		}
		return nil
	}
	return cmd
}

// verifyFlags are what a bundle is checked against.
type verifyFlags struct {
	keys       *[]string
	checkpoint *string
}

// verify checks a bundle with nothing but the file and what the flags name.
func (f verifyFlags) verify(cmd *cobra.Command, name string) (proof.Result, error) {
	o := proof.Options{Report: publish.WriteReport, ReportForm: publish.ReportForm()}
	for _, k := range *f.keys {
		v, err := history.ParsePublicKey(k)
		if err != nil {
			return proof.Result{}, err
		}
		o.Keys = append(o.Keys, v)
	}
	if *f.checkpoint != "" {
		data, err := readInput(cmd.InOrStdin(), *f.checkpoint)
		if err != nil {
			return proof.Result{}, err
		}
		c, err := proof.ParseCheckpoint(data, o.Keys...)
		if err != nil {
			return proof.Result{}, fmt.Errorf("%s: %w", inputName(*f.checkpoint), err)
		}
		o.Checkpoint = &c
	}
	file, err := os.Open(name)
	if err != nil {
		return proof.Result{}, fault.Wrap(fault.NotFound, err,
			"%s cannot be read. Check the name and its rights.", name)
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil {
		return proof.Result{}, err
	}
	return proof.Verify(file, info.Size(), o)
}
