package main

import (
	"archive/zip"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"claimbench/internal/fault"
	"claimbench/internal/proof"
	"claimbench/internal/warc"
)

// verifyWACZ checks a file that is a WACZ, and says whether it is one. Its hashes prove that it is whole, and not who
// made it.
func verifyWACZ(cmd *cobra.Command, name string) (is bool, err error) {
	file, err := os.Open(name)
	if err != nil {
		return false, err
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil {
		return false, err
	}
	z, err := zip.NewReader(file, info.Size())
	if err != nil || !holds(z, "datapackage.json") {
		return false, err
	}
	c, err := warc.VerifyWACZ(file, info.Size())
	switch {
	case fault.KindOf(err) == fault.Invalid:
		return true, exitError{proof.ExitTampered, fmt.Errorf("%s is not as it was written: %w", name, err)}
	case err != nil:
		return true, notChecked(name, err)
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "WHOLE: “%s”, %d documents in %d files, %d bytes: every hash is right."+
		"\nIts hashes say that nothing was changed since it was made, and not who made it: compare it with the "+
		"export that the history of the set names.\n", c.Title, c.Documents, c.Files, c.Bytes)
	return true, err
}

func holds(z *zip.Reader, name string) bool {
	for _, f := range z.File {
		if f.Name == name {
			return true
		}
	}
	return false
}
