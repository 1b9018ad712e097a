package model

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"strings"

	"claimbench/internal/extract"
	"claimbench/internal/fault"
)

//go:embed prompts/*.txt
var promptFiles embed.FS

// The prompts with the versions that are asked. An older file stays where it is: proposals name its hash.
const (
	breakDown = "break-down.1"
	anchors   = "anchors.1"
	gloss     = "gloss.1"
	rank      = "rank.1"
	checking  = "check.1"
)

// Prompt is what a model is asked, in words.
type Prompt struct {
	Name, Words string
	Hash        string // SHA-256 of the words, in hex
}

// prompts are all of them, by name.
type prompts map[string]Prompt

// loadPrompts reads the prompts from a folder. One that is not there, or empty, is a fault that names its file.
func loadPrompts(from fs.FS) (prompts, error) {
	out := prompts{}
	for _, name := range []string{breakDown, anchors, gloss, rank, checking} {
		file := "prompts/" + name + ".txt"
		raw, err := fs.ReadFile(from, file)
		if err != nil || strings.TrimSpace(string(raw)) == "" {
			return nil, fault.Wrap(fault.Unavailable, err, "The prompt %s is not there (internal/model/%s). No "+
				"model is asked without it; put it back and build the program again.", name, file)
		}
		words := strings.ReplaceAll(string(raw), "{{hedges}}", strings.Join(extract.HedgeNames(), ", "))
		out[name] = Prompt{Name: name, Words: words, Hash: hashOf(words)}
	}
	return out, nil
}

// Prompts lists what a model is asked, for whoever wants to read it.
func Prompts() ([]Prompt, error) {
	all, err := loadPrompts(promptFiles)
	if err != nil {
		return nil, err
	}
	var out []Prompt
	for _, name := range []string{breakDown, anchors, gloss, rank, checking} {
		out = append(out, all[name])
	}
	return out, nil
}

func hashOf(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d\n%s", len(p), p)
	}
	return hex.EncodeToString(h.Sum(nil))
}
