package httpd

import (
	"net/http"
	"strings"
	"testing"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/jobs"
	"claimbench/internal/roomtest"
	"claimbench/internal/shelf"
	"claimbench/internal/store"
)

// TestShelfOnPages: an editor looks at a file of fact-checks and takes it in; the claim that one fits shows it, with
// what the two share and a link that nobody follows for them; a reviewer confirms it, and whoever is not of the
// collection, or only runs the house, finds nothing.
func TestShelfOnPages(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	c := d.Claim(fa, "حدود ۹ گیگابایت", "ایران ۲۰ تن طلا به روسیه فروخت")
	here := under(d.Collection.ID, "checked")
	d.get("editor-1", here).want(t, http.StatusOK, "Nothing is on the shelf yet.", here+"/import")
	d.get("reviewer-1", here).want(t, http.StatusOK, "An editor can import").without(t, here+"/import")
	d.get("reviewer-1", here+"/import").want(t, http.StatusForbidden)
	d.get("admin-1", here).want(t, http.StatusForbidden)
	d.get("editor-1", claimURL(c.ID)).without(t, "Already checked</a>")
	d.form("editor-1", here, "text", "").want(t, http.StatusUnprocessableEntity, "Choose a file with fact-checks")
	d.form("editor-1", here, "text", "PK\x03\x04").want(t, http.StatusUnprocessableEntity, "Unpack it")
	text := `[{"@type":"ClaimReview","claimReviewed":"Iran sold 20 tons of <b>gold</b> to Russia","url":` +
		`"https://facts.example/9","author":{"name":"Example Facts"},"reviewRating":{"alternateName":"False"}},` +
		"\n{\"@type\": }\n]"
	brought := d.form("editor-1", here, "text", text)
	brought.want(t, http.StatusSeeOther)
	at := brought.location
	d.get("editor-1", at).want(t, http.StatusOK, "1 fact-check, 1 item is left out",
		"Iran sold 20 tons of gold to Russia", "A value is missing.", "Take them in", "Drop the file")
	d.get("reviewer-1", at).want(t, http.StatusForbidden)
	d.json("editor-1", get, at, "").want(t, http.StatusOK, `"good":1`, `"line":2`, `"lang":"en"`)
	d.form("editor-1", at+"/import", "version", "7").want(t, http.StatusConflict)
	d.form("editor-1", at+"/import", "version", "1").want(t, http.StatusSeeOther)
	if j, err := d.Jobs.Finish(roomtest.Ctx(), 1); err != nil || j.State != jobs.Done {
		t.Fatalf("%+v, %v", j, err)
	}
	if err := d.House.Shelf.CatchUp(roomtest.Ctx(), d.Collection.ID); err != nil {
		t.Fatal(err)
	}
	d.get("editor-1", at).want(t, http.StatusOK, "1 new, 0 there already").without(t, "Take them in")
	d.get("reviewer-1", here+"?q=GOLD").want(t, http.StatusOK, "Entry 1", "Iran sold 20 tons", "Disputed")
	d.get("reviewer-1", here+"?verdict=corroborated").want(t, http.StatusOK, "No fact-check fits.")
	d.get("reviewer-1", here+"?verdict=maybe").want(t, http.StatusUnprocessableEntity)
	d.json("auditor-1", get, here, "").want(t, http.StatusOK, `"verdict":"disputed"`, `"words":"False"`)
	d.get("reviewer-1", "/checked/1").want(t, http.StatusOK, "Example Facts", "SHA-256",
		`rel="noreferrer noopener nofollow"`).without(t, "Take it off")
	d.get("editor-1", claimURL(c.ID)).want(t, http.StatusOK, claimURL(c.ID)+"/checked")
	d.get("reviewer-1", claimURL(c.ID)+"/checked").want(t, http.StatusOK, "perhaps the same", "Iran sold 20 tons",
		"It says the same", "no evidence", "<b>number</b>", "<b>name</b>")
	d.json("auditor-1", get, claimURL(c.ID)+"/checked", "").want(t, http.StatusOK, `"state":"proposed"`, `"keys":[{`)
	decide := func(who, match, version, state string) reply {
		return d.form(who, claimURL(c.ID)+"/checked", "match", match, "version", version, "state", state)
	}
	decide("auditor-1", "1", "1", "confirmed").want(t, http.StatusForbidden)
	decide("reviewer-1", "9", "1", "confirmed").want(t, http.StatusNotFound)
	decide("reviewer-1", "1", "1", "maybe").want(t, http.StatusUnprocessableEntity)
	decide("reviewer-1", "1", "1", "confirmed").want(t, http.StatusSeeOther)
	decide("reviewer-2", "1", "1", "refused").want(t, http.StatusConflict)
	d.get("reviewer-1", claimURL(c.ID)+"/checked").want(t, http.StatusOK, "the same, confirmed").without(t,
		"It says the same</button>")
	d.get("auditor-1", "/history").want(t, http.StatusOK, "shelf.match_confirmed", "shelf.entry_added")
	d.form("reviewer-1", here+"/export").want(t, http.StatusForbidden)
	if r := d.form("auditor-1", here+"/export"); r.status != http.StatusOK || !strings.HasPrefix(r.body, `{"shelf":`) ||
		!strings.Contains(r.body, strings.TrimSuffix(strings.Split(text, "\n")[0][1:], ",")) {
		t.Errorf("the export: %d %s", r.status, r.body)
	}
	d.form("editor-1", "/checked/1/withhold", "version", "1", "reason", "").want(t, http.StatusUnprocessableEntity,
		"A reason is needed.")
	d.form("editor-1", "/checked/1/withhold", "version", "1", "reason", "A court asked.").want(t, http.StatusSeeOther)
	d.get("editor-1", "/checked/1").want(t, http.StatusOK, "taken down by law").without(t, "Iran sold 20 tons")
	d.get("reviewer-1", claimURL(c.ID)+"/checked").want(t, http.StatusOK).without(t, "Iran sold 20 tons")
}

// shelved are the things of a shelf: a file that waits, entries, and a match of a claim.
type shelved struct {
	files   [2]shelf.FileID
	entries [2]shelf.EntryID
	match   shelf.MatchID
}

// shelve puts two fact-checks onto the shelf of a collection, of which the first may say what a claim says.
func (d *door) shelve(in auth.CollectionID, claim claims.ID) (out shelved) {
	d.t.Helper()
	ctx, editor := roomtest.Ctx(), d.As("editor-1")
	bring := func(rows string) shelf.File {
		f, _, err := d.House.Shelf.Bring(ctx, editor, in, "facts.csv", strings.NewReader("claim,rating\n"+rows))
		if err != nil {
			d.t.Fatal(err)
		}
		return f
	}
	f := bring("Nine ships left,True\nA horse was mayor,False\n")
	j, err := d.House.Shelf.Import(ctx, editor, f.ID, f.Version)
	if err == nil {
		_, err = d.Jobs.Finish(ctx, j.ID)
	}
	if err != nil {
		d.t.Fatal(err)
	}
	out.files = [2]shelf.FileID{bring("One,True\n").ID, bring("Two,True\n").ID}
	m := shelf.Match{CollectionID: in, ClaimID: claim, Score: 900, State: shelf.Proposed, Version: 1}
	if err := d.DB.Write(ctx, func(tx *store.Tx) error {
		all, err := shelf.List(&tx.Rx, shelf.ListAsk{In: in, Limit: 2})
		if err != nil || len(all) != 2 {
			d.t.Fatalf("%d entries, %v", len(all), err)
		}
		out.entries = [2]shelf.EntryID{all[1].ID, all[0].ID}
		m.EntryID = all[1].ID
		return tx.Gorm().Create(&m).Error
	}); err != nil {
		d.t.Fatal(err)
	}
	out.match = m.ID
	return out
}
