package main

import (
	"io"
	"strings"

	"github.com/spf13/cobra"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/fault"
	"claimbench/internal/house"
	"claimbench/internal/publish"
)

func newExportCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "export --set NUMBER [--format FORM] [--lang LANG] [--output FILE] --as USER",
		Short: "Write a frozen claim set as " + publish.FormatWords(),
		Long: "Write a frozen claim set as " + publish.FormatWords() +
			". The history says who exported it. A file is written whole or not at all.",
		Args: exactArgs(0),
	}
	database, as := databaseFlag(cmd), asFlag(cmd)
	set := cmd.Flags().Int64("set", 0, "the claim set's `NUMBER`, as in its address /sets/NUMBER")
	var o publish.Options
	cmd.Flags().StringVar(&o.Format, "format", publish.JSON, "the `FORM` of the file: "+publish.FormatNames(", "))
	bom := cmd.Flags().Bool("bom", true, "begin a CSV with a byte order mark, which spreadsheets need")
	cmd.Flags().StringVar(&o.Lang, "lang", "",
		"the `LANG` of a report's own words: "+strings.Join(publish.Langs(), ", "))
	claim := cmd.Flags().Int64("claim", 0, "the `NUMBER` of the one claim to write; left out: all")
	output := cmd.Flags().StringP("output", "o", "-", "the `FILE` to write; - is standard output")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if *set <= 0 {
			return wrongUsage("--set %d is no claim set; give the number that stands in its address, /sets/NUMBER",
				*set)
		}
		o.Claim = claims.ID(*claim)
		if f, err := publish.FormatOf(o.Format); err == nil {
			o.BOM = *bom && (f.BOM || cmd.Flags().Changed("bom"))
		}
		if err := o.Check(); err != nil {
			return usageError{err}
		}
		return withHouse(cmd, *database, *as, func(h *house.House, actor auth.Actor) error {
			err := writeWhole(*output, cmd.OutOrStdout(), func(w io.Writer) error {
				if _, err := h.Publish.Record(contextOf(cmd), actor, claimset.ID(*set), o); err != nil {
					return err
				}
				return h.Publish.Export(contextOf(cmd), actor, claimset.ID(*set), w, o)
			})
			return withRemedy(err, fault.NotFound, "%s reads no set %d; its number stands in its address, "+
				"/sets/NUMBER.", *as, *set)
		})
	}
	need(cmd, "set")
	return cmd
}
