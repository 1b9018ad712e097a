package main

import (
	"os"
	"path/filepath"
)

// cacheFolder is where the compiled form of PDFium is kept: in the folder that WORKBENCH_CACHE names, else in the
// person's own folder for such files. "" keeps none: where there is no such folder, or WORKBENCH_CACHE is "none".
func cacheFolder() string {
	dir := os.Getenv("WORKBENCH_CACHE")
	if dir == "none" {
		return ""
	}
	if dir == "" {
		own, err := os.UserCacheDir()
		if err != nil {
			return ""
		}
		dir = filepath.Join(own, "claimbench")
	}
	return filepath.Join(dir, "pdfium")
}
