package view

import (
	"testing"
	"testing/fstest"
)

// Every form that sends something begins with a key, however its tag is written; what only reads has none.
func TestFormsAreKeyed(t *testing.T) {
	t.Parallel()
	cases := map[string]string{`<form action="/search">method="post">`: `<form action="/search">method="post">`}
	const key = "{{formkey}}"
	for _, tag := range []string{`<form method="post">`,
		"<form class=\"a\"\n  action=\"/b\"\n  method=\"post\" novalidate>",
		`<form{{if gt .N 1}} class="b"{{end}} method="post">`,
		`<form action="{{if .A}}a{{else}}b{{end}}" method="post"{{if .X}} x{{end}}>`} {
		cases[tag+"x"] = tag + key + "x"
		cases[`<form action="/search" method="get">`+tag] = `<form action="/search" method="get">` + tag + key
	}
	for in, want := range cases {
		got, err := keyedForms{fstest.MapFS{"a.html": {Data: []byte(in)}}}.ReadFile("a.html")
		if err != nil || string(got) != want {
			t.Errorf("%s\nis %s\nwant %s", in, got, want)
		}
	}
	if a, b := newFormKey(), newFormKey(); a == b {
		t.Errorf("two forms have the key %s", a)
	}
}
