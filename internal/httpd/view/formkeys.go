package view

import (
	"crypto/rand"
	"html/template"
	"io/fs"
	"regexp"
	"strings"
)

// Every form that sends something carries a key that no other has, also in a browser without script: a form that comes
// twice (a second press, a step back, a page loaded again) is done once. The key is put in here, where the templates
// are read, so that no form can forget it. The door reads it (internal/httpd/once.go).

// FormKey is how the keys of forms begin. What is sent under such a key is known by the key and the contents: the form
// of a page that was gone back to, with other words in it, is another request.
const FormKey = "form-"

// formKeyLength is how many letters of 5 random bits follow. A key is one person's, for one route, for a day.
const formKeyLength = 13

// newFormKey is the hidden field of one form.
func newFormKey() template.HTML {
	return template.HTML(`<input type="hidden" name="_key" value="` + FormKey +
		strings.ToLower(rand.Text()[:formKeyLength]) + `">`)
}

// sendingForm is the tag with which a form begins that sends something. Actions of the template may hold any sign.
var sendingForm = regexp.MustCompile(`<form\b(?:[^>{]|\{\{.*?\}\}|\{)*\bmethod="post"(?:[^>{]|\{\{.*?\}\}|\{)*>`)

// keyedForms are template files in which each form that sends something begins with its key.
type keyedForms struct{ fs.FS }

// ReadFile reads a template.
func (f keyedForms) ReadFile(name string) ([]byte, error) {
	b, err := fs.ReadFile(f.FS, name)
	if err != nil {
		return nil, err
	}
	return sendingForm.ReplaceAll(b, []byte("$0{{formkey}}")), nil
}
