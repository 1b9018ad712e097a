package seeds_test

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"claimbench/seeds"
)

// The samples are evidence: a changed byte is a changed article.
func TestArticlesAreByteForByte(t *testing.T) {
	want := map[string]string{
		"fa-macron-leak.txt":            "5b5dcff13acbc7e41841d331250ad9e2619066f2e7ce182eb7f641e3febd01ad",
		"ar-hollande-promise.txt":       "b2b05843ea051f5121cbfc93b6083d79bb30afc214f335874918439f83a5903e",
		"ar-apt31-parliamentarians.txt": "86364029e390ee465381d3fe7861b5dcdbb2b59b6adfff6cb9f8b22183a865c6",
		"ja-us-statement.txt":           "d1ef855bc88d3a14677e640bbdb8b61f30a016a3354d6a4130aa93ec9e16cbb0",
	}
	all, err := seeds.Articles()
	if err != nil || len(all) != len(want) {
		t.Fatalf("%d articles, %v", len(all), err)
	}
	for _, a := range all {
		sum := sha256.Sum256([]byte(a.Raw))
		if got := hex.EncodeToString(sum[:]); got != want[a.File] {
			t.Errorf("%s: sha256 %s, want %s", a.File, got, want[a.File])
		}
	}
}
