package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"claimbench/internal/exceptions"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/house"
	"claimbench/internal/store"
)

func newAuditReportCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "report [--format FORM] [--rule NAME] [--as-of MOMENT] [--output FILE]\n" +
			"    [--check FILE] [--key KEY]…",
		Short: "Ask for exceptions by rule, or check a report that was saved",
		Long: "Ask for exceptions by rule: printed verdicts that changed, approvals within a minute, overruled " +
			"reviewers and so on; the rules are those of the page Exceptions.\n" +
			"--format json makes a report that is signed by the log key, together with the checkpoint at which it " +
			"was made; table and csv are not signed.\n" +
			"--as-of MOMENT asks the rows as they stood then, of the events up to that moment; people go by their " +
			"names of today.\n" +
			"--check FILE says whether a saved report is as it was signed; it needs no database. Exit code 0 it is, " +
			"1 it was changed, 2 it could not be checked, or no --key was given to check the signature with.",
		Args: exactArgs(0),
	}
	database := databaseFlag(cmd)
	form := cmd.Flags().String("format", exceptions.Table, "the `FORM` of the report: table, csv or json")
	rule := cmd.Flags().String("rule", "", "the `NAME` of the one rule to ask; left out: all")
	output := cmd.Flags().StringP("output", "o", "-", "the `FILE` to write; - is standard output")
	keyFile := cmd.Flags().String("log-key", "", "the `FILE` of the key that signs (default: beside the SQLite file)")
	check := cmd.Flags().String("check", "", "a saved report to check, a `FILE`, - for standard input")
	asOf := cmd.Flags().String("as-of", "", "the `MOMENT` of which the rules are asked, as 2026-11-01T09:30:00Z; left "+
		"out: now")
	keys := cmd.Flags().StringArray("key", nil,
		"the signer's public `KEY`, or the file with it (it ends in .pub); again for another")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if *check != "" {
			return checkReport(cmd, *check, *keys)
		}
		if err := oneOf("format", *form, exceptions.Table, exceptions.CSV, exceptions.Signed); err != nil {
			return err
		}
		if *rule != "" {
			if _, err := exceptions.Find(exceptions.Name(*rule)); err != nil {
				return usageError{err}
			}
		}
		return withDatabase(cmd, *database, func(db *store.DB) error {
			o := house.Options{}
			if *form == exceptions.Signed {
				signer, err := reportSigner(db, *keyFile, *database)
				if err != nil {
					return err
				}
				o.Signer = signer
			}
			h, err := house.Open(db, o)
			if err != nil {
				return err
			}
			ask := exceptions.Ask{Form: *form, Rule: exceptions.Name(*rule), Scope: h.Audits.Everything()}
			if *asOf != "" {
				if ask.Past, err = pastOf(contextOf(cmd), h, *asOf); err != nil {
					return err
				}
				ask.Scope.Now = ask.Past.At
			}
			return writeWhole(*output, cmd.OutOrStdout(), func(w io.Writer) error {
				return h.Audits.Write(contextOf(cmd), w, ask)
			})
		})
	}
	return cmd
}

// pastOf is the database as it was at a moment that has been.
func pastOf(ctx context.Context, h *house.House, moment string) (past *store.Past, err error) {
	at, err := time.Parse(time.RFC3339Nano, moment)
	if err != nil {
		return nil, wrongUsage("“%.40s” is no moment. Write it with its zone, as 2026-11-01T09:30:00Z", moment)
	}
	asked := store.MicrosOf(at)
	if asked > h.DB.Now() {
		return nil, wrongUsage("%s is still to come. Ask for a moment that has been", moment)
	}
	err = h.DB.Read(ctx, func(r *store.Rx) (err error) {
		if past, err = house.PastAt(r, asked); err == nil && past.Seq == 0 {
			err = wrongUsage("nothing had happened here before %s. Ask for a later moment", moment)
		}
		return err
	})
	if err == nil {
		past.At = asked
	}
	return past, err
}

// reportSigner opens the log key; it makes none, for a key that never signed this history would prove nothing.
func reportSigner(db *store.DB, flag, database string) (*history.Signer, error) {
	path, err := logKeyFile(flag, database)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, fault.New(fault.NotFound, "There is no log key %s, so the report cannot be signed. Name it with "+
			"--log-key, or ask for csv.", path)
	}
	key, err := history.OpenKey(path)
	if err != nil {
		return nil, err
	}
	return history.NewSigner(db, key, nil), nil
}

func checkReport(cmd *cobra.Command, name string, keys []string) error {
	notChecked := func(err error) error { return exitError{history.ExitNotChecked, err} }
	verifiers, err := publicKeys(keys)
	if err != nil {
		return notChecked(err)
	}
	data, err := readInput(cmd.InOrStdin(), name)
	if err != nil {
		return notChecked(err)
	}
	found, err := exceptions.Check(data, verifiers...)
	switch fault.KindOf(err) {
	case "":
	case fault.Conflict:
		return exitError{history.ExitTampered, fmt.Errorf("%s: %w", inputName(name), err)}
	default:
		return notChecked(fmt.Errorf("%s: %w", inputName(name), err))
	}
	out := cmd.OutOrStdout()
	fmt.Fprintf(out, "Made %s at a checkpoint of %d events, signed by %s.\n", found.MadeAt, found.Checkpoint.Size,
		found.Signer)
	if found.AsOf != "" {
		fmt.Fprintf(out, "Its rows are those of %s.\n", found.AsOf)
	}
	for _, rule := range slices.Sorted(maps.Keys(found.Rows)) {
		fmt.Fprintf(out, "  %s: %d\n", rule, found.Rows[rule])
	}
	if !found.Signed {
		return notChecked(errors.New("no --key was given: the report agrees with itself, and anybody could have " +
			"made it"))
	}
	_, err = fmt.Fprintln(out, "The report is as it was signed.")
	return err
}

// isReport says whether a file begins as a saved report does.
func isReport(name string) bool {
	f, err := os.Open(name)
	if err != nil {
		return false // whoever reads bundles says why
	}
	defer func() { _ = f.Close() }()
	head := make([]byte, 64)
	n, _ := io.ReadFull(f, head)
	return exceptions.IsReport(head[:n])
}

// verifyReport is “verify” of a saved report.
func (f verifyFlags) verifyReport(cmd *cobra.Command, name string) error {
	if *f.status != "" || len(*f.witnesses) > 0 || *f.checkpoint != "" {
		return wrongUsage("--status, --witness and --checkpoint are not for a report of exceptions, which %s is", name)
	}
	return checkReport(cmd, name, *f.keys)
}
