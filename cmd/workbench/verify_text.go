package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/mod/sumdb/note"

	"claimbench/internal/proof"
)

// proofText reads a file that is a proof in text, and no bundle.
func proofText(name string) ([]byte, bool) {
	f, err := os.Open(name)
	if err != nil {
		return nil, false // whoever reads bundles says why
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, proof.MaxText+1))
	return data, err == nil && proof.IsText(data)
}

// verifyText checks a proof in text: exit 0 it holds, 1 it does not, 2 it could not be checked, or by no key.
func (f verifyFlags) verifyText(cmd *cobra.Command, name string, data []byte, keys []note.Verifier) error {
	if *f.status != "" || len(*f.witnesses) > 0 {
		return wrongUsage("--status and --witness are for bundles; %s is a proof", name)
	}
	says, err := f.proves(cmd, data, keys)
	switch {
	case errors.Is(err, proof.ErrNotProved):
		return exitError{proof.ExitTampered, fmt.Errorf("%s: %w", name, err)}
	case err != nil:
		return notChecked(name, err)
	}
	if _, err := io.WriteString(cmd.OutOrStdout(), says); err != nil {
		return exitError{proof.ExitNotChecked, err}
	}
	if len(keys) == 0 {
		return exitError{proof.ExitNotChecked, fmt.Errorf("%s agrees with itself; without --key anybody could have "+
			"made it", name)}
	}
	return nil
}

func (f verifyFlags) proves(cmd *cobra.Command, data []byte, keys []note.Verifier) (string, error) {
	if !proof.IsGrown(data) {
		in, err := proof.CheckIncluded(data, keys...)
		if err != nil {
			return "", err
		}
		return fmt.Sprintf("Event %d is in the history %s, by its checkpoint of %d events. Its leaf:\n%s", in.Seq,
			proof.Visible(in.Checkpoint.Origin), in.Checkpoint.Size, indented(in.Leaf)), nil
	}
	if *f.checkpoint == "" {
		return "", errors.New("it proves that a history only grew: name the older checkpoint by --checkpoint")
	}
	old, err := readInput(cmd.InOrStdin(), *f.checkpoint)
	if err != nil {
		return "", err
	}
	c, err := proof.ParseCheckpoint(old, keys...)
	if err != nil {
		return "", fmt.Errorf("%s: %w", inputName(*f.checkpoint), err)
	}
	g, err := proof.CheckGrown(data, c, keys...)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("The history %s only grew from %d to %d events.\n", proof.Visible(g.Checkpoint.Origin), g.From,
		g.Checkpoint.Size), nil
}

// indented shows the lines of a leaf; a row in an event of version 1 is text that people wrote.
func indented(leaf []byte) string {
	var b strings.Builder
	for line := range strings.Lines(string(leaf)) {
		b.WriteString("  " + proof.Visible(strings.TrimSuffix(line, "\n")) + "\n")
	}
	return b.String()
}
