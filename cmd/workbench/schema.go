package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"claimbench/internal/publish"
)

func newSchemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema [NAME]",
		Short: "Print a JSON Schema of our own JSON, or their names",
		Long: "Print the JSON Schema (draft 2020-12) of a file that this program writes: " +
			strings.Join(publish.Schemas(), ", ") + ". Without a name, the names.",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				_, err := fmt.Fprintln(cmd.OutOrStdout(), strings.Join(publish.Schemas(), "\n"))
				return err
			}
			b, err := publish.Schema(args[0])
			if err != nil {
				return usageError{err}
			}
			_, err = cmd.OutOrStdout().Write(b)
			return err
		},
	}
}
