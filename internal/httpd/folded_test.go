package httpd

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/roomtest"
	"claimbench/internal/text"
)

// TestBackgroundIsFoldedAway: candidates of background and sayings stand in no list, no mark of the text and no way by
// keys until somebody asks for them; pages and JSON count them; and a claim says what its hedge means.
func TestBackgroundIsFoldedAway(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	in := d.Article(articles.Import{Lang: "en", Raw: "The council approved 12 grants. The mayor opened a bridge in " +
		"May. A dam broke in 1987."})
	if _, err := d.Claims.Extract(roomtest.Ctx(), d.As("reviewer-1"), in.Article.ID); err != nil {
		t.Fatal(err)
	}
	all, err := d.Claims.ByArticle(roomtest.Ctx(), d.As("reviewer-1"), in.Article.ID, in.Revision.ID)
	if err != nil || len(all) != 3 {
		t.Fatalf("%d candidates, %v", len(all), err)
	}
	for i, kind := range []claims.Kind{claims.Background, claims.Speech} {
		if _, err := d.Claims.Edit(roomtest.Ctx(), d.As("reviewer-1"), all[i].ID, all[i].WordsVersion, claims.Words{
			Span: text.Span{Start: all[i].Start, End: all[i].End}, Statement: all[i].Statement, Kind: kind,
			Hedge: []string{"not confirmed"}}, false); err != nil {
			t.Fatal(err)
		}
	}
	art, list := fmt.Sprintf("/articles/%d", in.Article.ID), under(d.Collection.ID, "claims")
	const note = "2 candidates of background and sayings folded away."
	mark := func(c claims.Claim) string { return fmt.Sprintf("?claim=%d", c.ID) }
	for _, page := range []string{art, list} {
		got := d.get("reviewer-1", page).want(t, http.StatusOK, note, "all=1", `aria-keyshortcuts="Shift+F"`).body
		if strings.Contains(got, mark(all[0])) || strings.Contains(got, claimURL(all[1].ID)+`"`) {
			t.Errorf("%s shows what is folded away", page)
		}
		got = d.get("reviewer-1", page+"?all=1").want(t, http.StatusOK).body
		if strings.Contains(got, note) {
			t.Errorf("%s?all=1 says that something is folded away", page)
		}
		if page == list && !strings.Contains(got, claimURL(all[1].ID)+`"`) {
			t.Errorf("%s?all=1 leaves claim %d out", page, all[1].ID)
		}
	}
	d.get("reviewer-1", art+"?all=1").want(t, http.StatusOK, "1 of 3", "claim="+itoa(all[1].ID)+"&amp;all=1",
		"Fold them away")
	d.get("reviewer-1", art+mark(all[1])).want(t, http.StatusOK, "1 candidate of background",
		"not confirmed</bdi>: "+claims.AboutHedge("not confirmed"))
	d.get("reviewer-1", claimURL(all[1].ID)).want(t, http.StatusOK, claims.AboutHedge("not confirmed"))
	d.get("reviewer-1", art+"?all=2").want(t, http.StatusUnprocessableEntity)

	var reading struct {
		Claims desk.List[struct{}] `json:"claims"`
		Folded int                 `json:"folded"`
	}
	var listed struct {
		Items         []struct{} `json:"items"`
		Count, Folded int
	}
	for path, to := range map[string]any{art: &reading, list: &listed} {
		body := d.json("reviewer-1", "GET", path, "").want(t, http.StatusOK).body
		if err := json.Unmarshal([]byte(body), to); err != nil {
			t.Fatal(err)
		}
	}
	if len(reading.Claims.Items) != 1 || reading.Folded != 2 || len(listed.Items) != 1 || listed.Count != 1 ||
		listed.Folded != 2 {
		t.Errorf("JSON has %d claims and %d folded in the text, %d (%d) and %d in the list",
			len(reading.Claims.Items),
			reading.Folded, len(listed.Items), listed.Count, listed.Folded)
	}
}
