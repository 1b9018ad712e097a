// Package web holds the browser side of the workbench: page templates, and the assets that `npm run build` makes
// from styles/ and src/ into dist/.
package web

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
)

//go:embed templates/*.html
var templates embed.FS

//go:embed all:dist
var dist embed.FS

// Templates are the page templates, one file per page, named after its handler; names starting with "_" are shared
// pieces.
func Templates() fs.FS {
	sub, err := fs.Sub(templates, "templates")
	if err != nil {
		return templates // "templates" is a valid path, so this cannot be reached
	}
	return sub
}

// ErrNotBuilt says that dist/ holds no assets; a clean clone compiles, but cannot serve pages.
var ErrNotBuilt = errors.New(
	"the web assets are not built; run `make web` (or `npm ci && npm run build` in web/) and build the program again")

// Assets are the built files and the map from plain names to hashed ones.
type Assets struct {
	files    fs.FS
	manifest map[string]string
}

// LoadAssets reads dist/manifest.json. It returns ErrNotBuilt when the assets were not built.
func LoadAssets() (*Assets, error) {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		return nil, err
	}
	return loadAssets(sub)
}

func loadAssets(files fs.FS) (*Assets, error) {
	raw, err := fs.ReadFile(files, "manifest.json")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNotBuilt
	}
	if err != nil {
		return nil, err
	}
	a := &Assets{files: files}
	if err := json.Unmarshal(raw, &a.manifest); err != nil {
		return nil, fmt.Errorf("web/dist/manifest.json: %w; build the assets again", err)
	}
	for _, plain := range []string{"app.js", "desk.css", "fonts.css"} {
		if a.manifest[plain] == "" {
			return nil, fmt.Errorf("web/dist/manifest.json does not name %s; build the assets again", plain)
		}
	}
	return a, nil
}

// Unbuilt stands in for the assets where pages are rendered without a browser (tests): every plain name is served
// as itself, and no file exists.
func Unbuilt() *Assets { return &Assets{files: embed.FS{}, manifest: map[string]string{}} }

// Files are the built files by hashed name; their content never changes under one name.
func (a *Assets) Files() fs.FS { return a.files }

// Read is what an asset holds, by its plain name, for instance "fonts.css"; fs.ErrNotExist where it was not built.
func (a *Assets) Read(plain string) ([]byte, error) {
	hashed, ok := a.manifest[plain]
	if !ok {
		return nil, fmt.Errorf("web/dist/manifest.json does not name %s: %w", plain, fs.ErrNotExist)
	}
	return fs.ReadFile(a.files, hashed)
}

// URL is the address of an asset by its plain name, for instance "app.js".
func (a *Assets) URL(plain string) string {
	if hashed, ok := a.manifest[plain]; ok {
		return "/assets/" + hashed
	}
	return "/assets/" + plain
}
