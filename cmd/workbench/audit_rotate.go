package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

func newAuditRotateCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "rotate [--log-key FILE]",
		Short: "Hand the history over to a new log key, signed by the old one",
		Long: "Make a new key that signs checkpoints from now on. The old key signs all there is and that the new " +
			"one follows it; both signatures stand in an event of the history and in FILE.pub, which auditors are " +
			"given: with that file, or with the old one, checkpoints of before and after verify.\n" +
			"The new key takes the place of the old one in FILE; the old one is not kept. A server that uses FILE " +
			"goes on with the new key by itself; one on another machine needs FILE and FILE.pub copied to it. " +
			"Stopped at any moment, the command goes on where it was when it is called again.\n" +
			"A key that is lost signs no handover: see “audit checkpoint --new-key”.",
		Args: exactArgs(0),
	}
	database := databaseFlag(cmd)
	keyFile := cmd.Flags().String("log-key", "",
		"the `FILE` of the key that signs (default: beside the SQLite file)")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		path, err := logKeyFile(*keyFile, *database)
		if err != nil {
			return err
		}
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return fault.New(fault.NotFound, "There is no log key %s, so nothing can be handed over. Name it with "+
				"--log-key; if it is lost, run “workbench audit checkpoint --new-key”.", path)
		}
		return withDatabase(cmd, *database, func(db *store.DB) error {
			key, err := history.OpenKey(path)
			if err != nil {
				return err
			}
			h, err := history.NewSigner(db, key, nil).Rotate(contextOf(cmd), history.Who{Via: history.CLI})
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "Handed over at %d events. Give %s.pub to auditors and witnesses, "+
				"or this handover to those who have the old key:\n\n%s", h.Size, path, h.Note)
			return err
		})
	}
	return cmd
}
