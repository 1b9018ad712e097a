package main

import (
	"github.com/spf13/cobra"

	"claimbench/internal/httpd"
)

func newOpenAPICommand() *cobra.Command {
	return &cobra.Command{
		Use:   "openapi",
		Short: "Print what programs can ask, as OpenAPI 3.0.3",
		Long: "Print the document that a server has at /openapi.json: of each address what it takes and what it " +
			"answers, as OpenAPI 3.0.3 in JSON. It needs no database.",
		Args: exactArgs(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := cmd.OutOrStdout().Write(httpd.OpenAPI)
			return err
		},
	}
}
