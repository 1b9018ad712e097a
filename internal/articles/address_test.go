package articles_test

import (
	"testing"

	"claimbench/internal/articles"
)

func TestWebAddress(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"https://a.example", "http://127.0.0.1:8080/x?y=1#z", "https://[::1]:443/",
		"https://a.example:65535", "https://خبر.ایران/۱", "https://日本語.jp/a b",
		"https://a.example.:1", "HTTPS://A.example",
		"https://a_b.example/x:99999"} {
		if _, ok := articles.WebAddress(good); !ok {
			t.Errorf("%q is refused", good)
		}
	}
	for _, bad := range []string{"", "a.example", "ftp://a.example", "https://", "https:///x", "https:a.example",
		"https://a.example:99999", "https://a.example:65536", "https://a.example:0", "https://a.example:-1",
		"https://a.example:", "https://a.example:080",
		"https://a.example:18446744073709551617", "https://:80", "https://a..b",
		"https://a example", "javascript:alert(1)", "https://a%00b", "https://[::1", "https://!"} {
		if _, ok := articles.WebAddress(bad); ok {
			t.Errorf("%q passes", bad)
		}
	}
}
