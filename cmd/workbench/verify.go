package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/mod/sumdb/note"

	"claimbench/internal/fault"
	"claimbench/internal/proof"
	"claimbench/internal/publish"
)

func newVerifyCommand() *cobra.Command {
	var f verifyFlags
	cmd := &cobra.Command{
		Use:   "verify FILE [--key KEY]… [--witness KEY]… [--checkpoint FILE] [--status FILE|URL]",
		Short: "Check an evidence bundle or a report, with neither server nor database",
		Long: "Check an evidence bundle, which “workbench export --format bundle” wrote, with neither server nor " +
			"database: every printed field of its claims, their place in the frozen set, the approvals of their " +
			"decisions, and the signature.\n" +
			"FILE may also be a report, which “workbench export --format report” wrote: its claims are proved by " +
			"what it carries, the report is made of them anew, and every byte is compared, so that nothing was " +
			"added, hidden or styled away. The approvals are proved by the bundle alone.\n" +
			"Or it is a proof that “audit proof” or the page of proofs gave: of one event, or, with " +
			"--checkpoint, that a history only grew from that checkpoint on; or a signed report of exceptions, as " +
			"“audit report --check” takes it.\n" +
			"Or it is a WACZ, which “workbench export --format wacz” wrote: the hash of each file in it and of " +
			"each record is computed again. No key signs it.\n" +
			"Without --key anybody could have made the file: ask the publisher for the file that ends in .pub.\n" +
			"With --witness it counts the witnesses who signed the checkpoint too; a signature of another key is " +
			"named as not checked.\n" +
			"With --status it says of each claim what became of it since, by a status list that a --key signed: a " +
			"file, standard input (-) or an address, which is the only one that is asked. A list that has expired, " +
			"or that is older than the one in --known, is refused; the newest is then kept there.\n" +
			"Exit code 0 all that it prints is verified; 1 not as it was signed; 2 could not be checked, or not all " +
			"of it: without --key, where words are withheld, where a signature's key is not given.",
		Args: exactArgs(1),
	}
	f.keys = cmd.Flags().StringArray("key", nil,
		"the signer's public `KEY`, or the file with it (it ends in .pub); again for another")
	f.witnesses = cmd.Flags().StringArray("witness", nil,
		"the public `KEY` of a witness whose signature is looked for, or the file with it; again for more")
	f.checkpoint = cmd.Flags().String("checkpoint", "", "a checkpoint that was kept elsewhere, a `FILE`")
	f.status = cmd.Flags().String("status", "",
		"a status list, a `FILE`, - or an address: says what became of each claim; needs --key")
	f.known = cmd.Flags().String("known", "", "the `FILE` with the newest status list seen so far; made on first use")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if *f.status == "" && *f.known != "" {
			return wrongUsage("--known %s is compared with a status list; name that by --status", *f.known)
		}
		if *f.status != "" && len(*f.keys) == 0 {
			return wrongUsage("--status is believed only with the key that signs it; name that by --key")
		}
		if *f.status == "-" && *f.checkpoint == "-" {
			return wrongUsage("standard input is either the checkpoint or the status list; give the other as a file")
		}
		return f.run(cmd, args[0])
	}
	return cmd
}

// verifyFlags are what a bundle is checked against.
type verifyFlags struct {
	keys       *[]string
	witnesses  *[]string
	checkpoint *string
	status     *string // "": nothing is asked of what became of the claims
	known      *string
}

// run checks a bundle, then what became of it. Of a file that is not as it was signed no list is asked.
func (f verifyFlags) run(cmd *cobra.Command, name string) error {
	keys, err := publicKeys(*f.keys)
	if err != nil {
		return notChecked(name, err)
	}
	if text, is := proofText(name); is {
		return f.verifyText(cmd, name, text, keys)
	}
	if isReport(name) {
		return f.verifyReport(cmd, name)
	}
	if is, err := verifyWACZ(cmd, name); is {
		return err
	}
	result, err := f.verify(cmd, name, keys)
	if err != nil {
		return notChecked(name, err)
	}
	if err := result.Write(cmd.OutOrStdout()); err != nil {
		return exitError{proof.ExitNotChecked, err}
	}
	if !result.OK() {
		return exitError{proof.ExitTampered, fmt.Errorf("%s is not as it was signed (%s)", name,
			proof.Findings(result.Found))}
	}
	if *f.status != "" {
		err = sayBecame(cmd, &result, statusAsked{*f.status, keys, *f.known})
	}
	if err == nil && result.ExitCode() == proof.ExitNotChecked {
		err = exitError{proof.ExitNotChecked, fmt.Errorf("not all of %s could be checked", name)}
	}
	return err
}

func notChecked(name string, err error) error {
	return exitError{proof.ExitNotChecked, fmt.Errorf("%s could not be checked: %w", name, err)}
}

// verify checks a bundle with nothing but the file and what the flags name.
func (f verifyFlags) verify(cmd *cobra.Command, name string, keys []note.Verifier) (proof.Result, error) {
	o := proof.Options{Keys: keys, Report: publish.WriteReport, ReportForm: publish.ReportForm()}
	witnesses, err := witnessKeys(*f.witnesses)
	if err != nil {
		return proof.Result{}, err
	}
	for _, w := range witnesses {
		o.Witnesses = append(o.Witnesses, w)
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
	begin := make([]byte, 64)
	n, _ := file.ReadAt(begin, 0) // what cannot be read is said by those who read it all
	if publish.IsReport(begin[:n]) {
		return publish.VerifyReport(file, info.Size(), o)
	}
	return proof.Verify(file, info.Size(), o)
}
