package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/term"

	"claimbench/internal/history"
	"claimbench/internal/house"
	"claimbench/internal/proof"
	"claimbench/internal/store"
)

func newAuditCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "audit", Short: "Verify the history, sign how far it goes, and ask for exceptions"}
	cmd.AddCommand(newAuditVerifyCommand(), newAuditCheckpointCommand(), newAuditReportCommand(),
		newAuditRotateCommand(), newAuditProofCommand(), newAuditEraseCommand())
	return cmd
}

func newAuditVerifyCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "verify [--checkpoint FILE] [--key KEY]… [--witness KEY]…",
		Short: "Recompute the history, and compare it with every row it speaks of",
		Long: "Recompute every event, hash and checkpoint of the history, and replay the events against users, " +
			"roles, articles, " +
			"claims, evidence, reviews and sets, naming each row that differs.\n" +
			"Without --checkpoint, a file kept elsewhere, a rewrite of the whole database goes unseen; the one that " +
			"the signer keeps beside its key is compared too, when the key lies beside the SQLite file.\n" +
			"Exit code 0 verified, 1 tampered with, 2 could not be checked.",
		Args: exactArgs(0),
	}
	database := databaseFlag(cmd)
	checkpoint := cmd.Flags().String("checkpoint", "",
		"a checkpoint that was kept elsewhere, a `FILE`, - for standard input")
	keys := cmd.Flags().StringArray("key", nil,
		"the signer's public `KEY`, or the file with it (it ends in .pub); again for another")
	witnesses := cmd.Flags().StringArray("witness", nil,
		"the public `KEY` of a witness whose signatures are looked for, or the file with it; again for more")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		report, err := runAuditVerify(cmd, *database, *checkpoint, *keys, *witnesses)
		if err != nil {
			return exitError{history.ExitNotChecked, fmt.Errorf("the history could not be checked: %w", err)}
		}
		if err := report.Write(cmd.OutOrStdout()); err != nil {
			return exitError{history.ExitNotChecked, err}
		}
		if !report.OK() {
			return exitError{history.ExitTampered, fmt.Errorf("the history does not verify (%s)",
				proof.Findings(report.Found))}
		}
		return nil
	}
	return cmd
}

func runAuditVerify(cmd *cobra.Command, database, checkpoint string, keys, witnesses []string) (
	history.Report, error) {
	o := history.Options{Rooms: house.Rows()}
	var err error
	if o.Keys, err = publicKeys(keys); err != nil {
		return history.Report{}, err
	}
	if o.Witnesses, err = witnessKeys(witnesses); err != nil {
		return history.Report{}, err
	}
	if path, err := logKeyFile("", database); err == nil {
		if o.Beside, err = history.LastBeside(path); err != nil {
			return history.Report{}, err
		}
	}
	var report history.Report
	progress, done := progressTo(cmd.ErrOrStderr(), "verifying")
	defer done()
	o.Progress = progress
	db, err := store.Open(contextOf(cmd), database, store.Options{})
	if err != nil {
		return report, err
	}
	defer db.Close()
	closing, err := auditedFiles(cmd, db)
	if err != nil {
		return report, err
	}
	defer closing()
	if checkpoint != "" {
		c, err := readCheckpoint(cmd.InOrStdin(), checkpoint, keysOfHistory(cmd, db, o.Keys))
		if err != nil {
			return report, err
		}
		o.Checkpoint = &c
	}
	// No other question comes first: a list of migrations that somebody changed is a finding, not a refusal.
	report, err = history.Verify(contextOf(cmd), db, o)
	return report, err
}

// keysOfHistory are the keys given, with those that the history was handed over to or from. Handovers that cannot be
// read are the verification's to name.
func keysOfHistory(cmd *cobra.Command, db *store.DB, given []note.Verifier) []note.Verifier {
	keys := given
	_ = db.Read(contextOf(cmd), func(rx *store.Rx) error {
		all, err := history.Handovers(rx)
		if err == nil {
			keys = proof.Verifiers(proof.Chain(given, all))
		}
		return err
	})
	return keys
}

func readCheckpoint(in io.Reader, name string, keys []note.Verifier) (history.Checkpoint, error) {
	data, err := readInput(in, name)
	if err != nil {
		return history.Checkpoint{}, err
	}
	c, err := history.ParseCheckpoint(data, keys...)
	if err != nil {
		return c, fmt.Errorf("%s: %w", inputName(name), err)
	}
	return c, nil
}

// progressTo shows a bar on a terminal, and nothing elsewhere.
func progressTo(w io.Writer, what string) (progress func(done, total int64), finish func()) {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return nil, func() {}
	}
	var bar *progressbar.ProgressBar
	progress = func(done, total int64) {
		if bar == nil {
			bar = progressbar.NewOptions64(total, progressbar.OptionSetWriter(f),
				progressbar.OptionSetDescription(what),
				progressbar.OptionShowCount(), progressbar.OptionClearOnFinish())
		}
		_ = bar.Set64(done)
	}
	return progress, func() {
		if bar != nil {
			_ = bar.Finish()
		}
	}
}

func newAuditCheckpointCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "checkpoint [--log-key FILE] [--new-key]",
		Short: "Sign how far the history goes, and print it to be kept elsewhere",
		Long: "Sign the size and root hash of the history and print them. Keep the output where the database's " +
			"owner cannot reach it, and give it to “audit verify --checkpoint” later. The key is made on first use; " +
			"FILE.pub beside it is for --key. A history that does not continue what was signed before is not signed.",
		Args: exactArgs(0),
	}
	database := databaseFlag(cmd)
	keyFile := cmd.Flags().String("log-key", "",
		"the `FILE` of the key that signs; made on first use (default: beside the SQLite file)")
	newKey := cmd.Flags().Bool("new-key", false,
		"sign although another key signed last; from then on this one signs, and --key is given twice to verify")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		path, err := logKeyFile(*keyFile, *database)
		if err != nil {
			return err
		}
		return withDatabase(cmd, *database, func(db *store.DB) error {
			_, missing := os.Stat(path)
			key, err := history.OpenKey(path)
			if err != nil {
				return err
			}
			signer := history.NewSigner(db, key, nil)
			sign := signer.Sign
			if *newKey {
				sign = signer.Adopt
			}
			c, err := sign(contextOf(cmd))
			if errors.Is(err, history.ErrOtherKey) && errors.Is(missing, fs.ErrNotExist) {
				// A key that never signed would only puzzle those who find it.
				return errors.Join(err, os.Remove(path), os.Remove(path+".pub"))
			}
			if err != nil {
				return err
			}
			text, err := withWitnesses(cmd, db, c)
			if err == nil {
				_, err = io.WriteString(cmd.OutOrStdout(), text)
			}
			return err
		})
	}
	return cmd
}

// withWitnesses is a checkpoint that was signed just now, with what witnesses signed of it if it was stored before.
func withWitnesses(cmd *cobra.Command, db *store.DB, c history.Checkpoint) (text string, err error) {
	err = db.Read(contextOf(cmd), func(rx *store.Rx) error {
		stored, err := history.LatestCheckpoint(rx)
		if text = c.Note; err == nil && stored != nil && strings.HasPrefix(stored.Note, c.Note) {
			text = stored.Note
		}
		return err
	})
	return text, err
}
