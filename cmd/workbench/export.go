package main

import (
	"io"

	"github.com/spf13/cobra"

	"claimbench/internal/auth"
	"claimbench/internal/claimset"
	"claimbench/internal/fault"
	"claimbench/internal/house"
)

func newExportCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "export --set NUMBER [--format " + claimset.FormatNames("|") +
			"] [--bom] [--output FILE] --as USER",
		Short: "Write a frozen claim set as " + claimset.FormatWords(),
		Long: "Write a frozen claim set as " + claimset.FormatWords() +
			". The history says who exported it. A file is written whole or not at all.",
		Args: exactArgs(0),
	}
	database, as := databaseFlag(cmd), asFlag(cmd)
	set := cmd.Flags().Int64("set", 0, "the claim set's `NUMBER`, as in its address /sets/NUMBER")
	var o claimset.Options
	cmd.Flags().StringVar(&o.Format, "format", claimset.JSON, "the `FORM` of the file: "+claimset.FormatNames(" or "))
	cmd.Flags().BoolVar(&o.BOM, "bom", false, "begin a CSV with a byte order mark, for spreadsheets that need one")
	output := cmd.Flags().StringP("output", "o", "-", "the `FILE` to write; - is standard output")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if *set <= 0 {
			return wrongUsage("--set %d is no claim set; give the number that stands in its address, /sets/NUMBER",
				*set)
		}
		if err := o.Check(); err != nil {
			return usageError{err}
		}
		return withHouse(cmd, *database, *as, func(h *house.House, actor auth.Actor) error {
			err := writeWhole(*output, cmd.OutOrStdout(), func(w io.Writer) error {
				if _, err := h.Sets.Record(contextOf(cmd), actor, claimset.ID(*set), o); err != nil {
					return err
				}
				return h.Sets.Export(contextOf(cmd), actor, claimset.ID(*set), w, o)
			})
			return withRemedy(err, fault.NotFound, "%s reads no set %d; its number stands in its address, "+
				"/sets/NUMBER.", *as, *set)
		})
	}
	need(cmd, "set")
	return cmd
}
