package httpd

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// TestTheReferenceIsWhole: the document is served as it is printed, and people find every act and every type of it,
// signed in or not.
func TestTheReferenceIsWhole(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	got := d.do("", get, "/openapi.json", "", "").want(t, http.StatusOK)
	if got.body != string(OpenAPI) || !strings.HasPrefix(got.header.Get("Content-Type"), "application/json") {
		t.Errorf("served are %d bytes of %s, and not the document", len(got.body), got.header.Get("Content-Type"))
	}
	var doc apiDocument
	if err := json.Unmarshal(OpenAPI, &doc); err != nil {
		t.Fatal(err)
	}
	index := d.get("", "/api").want(t, http.StatusOK, "openapi.json").body
	shown := map[string]string{}
	for path, acts := range doc.Paths {
		for method, act := range acts {
			group := act.Tags[0]
			if shown[group] == "" {
				shown[group] = d.get("", "/api/"+group).want(t, http.StatusOK).body
				if !strings.Contains(index, `href="/api/`+group+`"`) {
					t.Errorf("/api leads to no %s", group)
				}
			}
			if !strings.Contains(shown[group], ">"+strings.ToUpper(method)+" "+path+"<") {
				t.Errorf("%s %s is not shown", method, path)
			}
		}
	}
	for name := range doc.Components.Schemas {
		d.get("", "/api/types/"+name).want(t, http.StatusOK, name)
	}
	d.get("", "/api/types/claims.Verdict").want(t, http.StatusOK, "corroborated", "disputed", "unverified")
	d.get("", "/api/nothing").want(t, http.StatusNotFound, "Programs can ask nothing of “nothing”")
	d.get("", "/api/types/..%2f").want(t, http.StatusNotFound)
	d.get("", "/openapi.json?x=1").want(t, http.StatusUnprocessableEntity)
}
