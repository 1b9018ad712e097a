package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"claimbench/internal/auth"
	"claimbench/internal/claimset"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/house"
	"claimbench/internal/status"
	"claimbench/internal/store"
)

func newStatusCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "status", Short: "Say what became of printed claims, signed, and verify what was said"}
	cmd.AddCommand(newStatusMakeCommand(), newStatusCheckCommand(), newStatusPublishCommand(),
		newStatusWithdrawCommand())
	return cmd
}

func newStatusMakeCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "make [--set NUMBER] [--output FILE] [--log-key FILE]",
		Short: "Write a status list: where each claim of the frozen sets stands now",
		Long: "Write a status list: of each claim of all frozen sets, or of the versions of one, whether it is valid " +
			"as printed, corrected, withdrawn or under review. It is signed by the log key, has the next number, and " +
			"is to be believed for seven days. It names no person.",
		Args: exactArgs(0),
	}
	database := databaseFlag(cmd)
	set := cmd.Flags().Int64("set", 0, "a claim set's `NUMBER`, as in its address /sets/NUMBER (default: all)")
	keyFile := cmd.Flags().String("log-key", "",
		"the `FILE` of the key that signs checkpoints (default: beside the SQLite file)")
	output := cmd.Flags().StringP("output", "o", "-", "the `FILE` to write; - is standard output")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if *set < 0 || *set == 0 && cmd.Flags().Changed("set") {
			return wrongUsage("--set %d is no claim set; give the number that stands in its address, /sets/NUMBER",
				*set)
		}
		path, err := logKeyFile(*keyFile, *database)
		if err != nil {
			return err
		}
		if _, err := os.Stat(path); err != nil {
			return fileFault(path, err)
		}
		return withDatabase(cmd, *database, func(db *store.DB) error {
			key, err := history.OpenKey(path)
			if err != nil {
				return err
			}
			if err := history.NewSigner(db, key, nil).Check(contextOf(cmd)); err != nil {
				return err
			}
			policy, err := auth.LoadPolicy()
			if err != nil {
				return err
			}
			lists := status.New(db, policy)
			lists.SealBy(key)
			return writeWhole(*output, cmd.OutOrStdout(), func(w io.Writer) error {
				text, err := lists.Make(contextOf(cmd), claimset.ID(*set))
				if err == nil {
					_, err = io.WriteString(w, text)
				}
				return err
			})
		})
	}
	return cmd
}

func newStatusCheckCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "check FILE|URL --key KEY… [--known FILE]",
		Short: "Verify a status list, and say what became of its claims",
		Long: "Verify a status list from a file, standard input (-) or an address, which is the only one that is " +
			"asked. It needs neither server nor database. One that has expired, or that is older than the list in " +
			"--known, is refused; the newest is then kept there.\n" +
			"Exit code 0 verified, 1 refused, 2 could not be read.",
		Args: exactArgs(1),
	}
	keys := cmd.Flags().StringArray("key", nil,
		"the log's public `KEY`, or the file with it (it ends in .pub); again for another")
	known := cmd.Flags().String("known", "", "the `FILE` with the newest list seen so far; made on first use")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		verifiers, err := publicKeys(*keys)
		if err != nil {
			return exitError{history.ExitNotChecked, err}
		}
		l, err := verifiedStatus(contextOf(cmd), cmd.InOrStdin(), statusAsked{args[0], verifiers, *known},
			time.Now())
		switch {
		case errors.Is(err, errUnread):
			return exitError{history.ExitNotChecked, err}
		case err != nil:
			return exitError{history.ExitTampered, err}
		}
		if err := sayStatus(cmd.OutOrStdout(), l); err != nil {
			return exitError{history.ExitNotChecked, err}
		}
		return nil
	}
	need(cmd, "key")
	return cmd
}

func newStatusPublishCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "publish --set NUMBER --as USER",
		Short: "Give the status of a frozen set a random public address",
		Long: "Give the status of a frozen set, all its versions, a random public address, and print its path. The " +
			"server makes the list within a minute, then whenever it changes.",
		Args: exactArgs(0),
	}
	return onStatus(cmd, func(h *house.House, actor auth.Actor, set claimset.ID) error {
		p, err := h.Status.Publish(contextOf(cmd), actor, set)
		if err == nil {
			_, err = fmt.Fprintln(cmd.OutOrStdout(), "/status/"+p.Name)
		}
		return err
	})
}

func newStatusWithdrawCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "withdraw --set NUMBER --as USER",
		Short: "Take the status of a set from its public address",
		Args:  exactArgs(0),
	}
	return onStatus(cmd, func(h *house.House, actor auth.Actor, set claimset.ID) error {
		return h.Status.Withdraw(contextOf(cmd), actor, set)
	})
}

// onStatus gives a command its set and its user.
func onStatus(cmd *cobra.Command, do func(*house.House, auth.Actor, claimset.ID) error) *cobra.Command {
	database, as := databaseFlag(cmd), asFlag(cmd)
	set := cmd.Flags().Int64("set", 0, "the claim set's `NUMBER`, as in its address /sets/NUMBER")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if *set <= 0 {
			return wrongUsage("--set %d is no claim set; give the number that stands in its address, /sets/NUMBER",
				*set)
		}
		return withHouse(cmd, *database, *as, func(h *house.House, actor auth.Actor) error {
			return withRemedy(do(h, actor, claimset.ID(*set)), fault.NotFound,
				"There is no published set %d that %s may change; its number stands in its address, /sets/NUMBER.",
				*set, *as)
		})
	}
	need(cmd, "set")
	return cmd
}
