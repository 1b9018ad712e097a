package web

import (
	"errors"
	"testing"
	"testing/fstest"
)

func TestLoadAssets(t *testing.T) {
	whole := `{"app.js":"app-AAAA1111.js","desk.css":"desk-BBBB2222.css","fonts.css":"fonts-CCCC3333.css"}`
	a, err := loadAssets(fstest.MapFS{"manifest.json": {Data: []byte(whole)}})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := a.URL("app.js"), "/assets/app-AAAA1111.js"; got != want {
		t.Errorf("URL(app.js) = %q, want %q", got, want)
	}
	if _, err := loadAssets(fstest.MapFS{".keep": {}}); !errors.Is(err, ErrNotBuilt) {
		t.Errorf("an empty dist gave %v, want ErrNotBuilt", err)
	}
	for name, manifest := range map[string]string{"cut": `{"app.js":`, "lacking": `{"app.js":"app-AAAA1111.js"}`} {
		if _, err := loadAssets(fstest.MapFS{"manifest.json": {Data: []byte(manifest)}}); err == nil {
			t.Errorf("%s manifest was taken", name)
		}
	}
}
