package httpd

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/breakdowns"
	"claimbench/internal/claims"
	"claimbench/internal/house"
	"claimbench/internal/model"
	"claimbench/internal/model/modeltest"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/internal/wishes"
)

// voicesOf are those of a fake server that answers by a script.
func voicesOf(t *testing.T, script func(modeltest.Asked) modeltest.Reply) (*model.Breakdown, *model.Voices) {
	t.Helper()
	c, err := model.New(model.Options{Address: modeltest.New(t, script).URL, Model: "llama"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	b, err := model.NewBreakdown(c)
	if err != nil {
		t.Fatal(err)
	}
	return b, b.Voices()
}

// sends lets texts of the collection be sent.
func (d *door) sends() {
	d.t.Helper()
	var now breakdowns.Sending
	if err := d.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		now, err = breakdowns.SendingOf(r, d.Collection.ID)
		return err
	}); err != nil {
		d.t.Fatal(err)
	}
	if now.Allowed, now.PerDay = true, 100; now.Version > 1 {
		return
	}
	if _, err := d.Broken.Set(roomtest.Ctx(), d.As("admin-1"), now); err != nil {
		d.t.Fatal(err)
	}
}

// asksModel gives a world without a model one that may be asked of claims, and is never reached.
func (d *door) asksModel() {
	d.t.Helper()
	_, v := voicesOf(d.t, func(modeltest.Asked) modeltest.Reply { return modeltest.Reply{} })
	d.House.Wishes = wishes.New(d.DB, d.Policy, d.Auth, d.Claims, d.Evidence, v, nil)
	d.sends()
}

// newModelDoor is a door with a model that glosses whatever it is asked by one sentence.
func newModelDoor(t *testing.T, gloss *string) *door {
	t.Helper()
	b, v := voicesOf(t, func(a modeltest.Asked) modeltest.Reply {
		if a.Schema != "gloss" {
			return modeltest.JSON(map[string]any{"passages": []any{map[string]any{"n": 1, "why": "the same dam"}}})
		}
		return modeltest.JSON(map[string]any{"claims": []any{map[string]any{"claim": 1, "words": *gloss}}})
	})
	w := roomtest.NewWith(t, storetest.SQLite(t), articles.CollectionNew{}, house.Options{Model: b, Voices: v})
	return newDoorIn(t, w, Options{})
}

func (d *door) wishes() {
	d.t.Helper()
	for range 20 {
		if more, err := d.Wishes.Step(roomtest.Ctx()); err != nil {
			d.t.Fatal(err)
		} else if !more {
			return
		}
	}
}

// TestGlossAsked: the page says where words are sent, asks, says how far it is, marks what comes as the model's, and
// takes it as the words of the person who takes it.
func TestGlossAsked(t *testing.T) {
	t.Parallel()
	gloss := "Der Damm brach am 3. Mai 2021 im Tal der Mühlen."
	d := newModelDoor(t, &gloss)
	const fact = "The dam broke on 3 May 2021 in the valley of mills."
	in := d.Article(articles.Import{Lang: "en", Raw: fact})
	c := d.Claim(in, fact, fact)
	at := claimURL(c.ID)
	if body := d.get("reviewer-1", at).body; strings.Contains(body, "Ask the model") {
		t.Error("the model is offered before an admin allowed it")
	}
	d.json("reviewer-1", post, at+"/glosses/ask", `{"lang":"de"}`).want(t, http.StatusConflict, "an admin can allow it")
	d.sends()
	d.get("reviewer-1", at).want(t, http.StatusOK, "Ask the model for a gloss", "llama", "127.0.0.1:")
	if body := d.get("auditor-1", at).body; strings.Contains(body, "Ask the model") {
		t.Error("an auditor is offered to ask")
	}
	d.json("reviewer-1", post, at+"/glosses/ask", `{"lang":"en"}`).want(t, http.StatusUnprocessableEntity,
		`"pointer":"/lang"`)
	d.form("reviewer-1", at+"/glosses/ask", "ask", "<b>").want(t, http.StatusUnprocessableEntity,
		"is no language tag", `id="wrong-ask"`)
	d.json("auditor-1", post, at+"/glosses/ask", `{"lang":"de"}`).want(t, http.StatusForbidden)
	d.form("reviewer-1", at+"/glosses/ask", "ask", "de").want(t, http.StatusSeeOther)
	d.get("reviewer-2", at).want(t, http.StatusOK, "The model is asked for a gloss in German.")
	d.wishes()
	d.get("reviewer-2", at).want(t, http.StatusOK, gloss, "A gloss in German, by the model llama. Nobody has "+
		"accepted it.")
	d.json("reviewer-2", get, at, "").want(t, http.StatusOK, `"kind":"gloss"`, `"model":"llama"`, `"state":"done"`)
	d.form("reviewer-1", at+"/glosses", "lang", "de", "gloss", gloss, "version", "0").want(t, http.StatusSeeOther)
	if body := d.get("reviewer-2", at).body; strings.Contains(body, "Nobody has accepted it") ||
		!strings.Contains(body, gloss) {
		t.Error("what was taken still waits, or is not there")
	}
	refusesGlossOfTheModel(d, c.ID, &gloss)
	gloss = "Der Damm brach am 4. Mai 2021 im Tal der Mühlen."
	d.form("reviewer-1", at+"/glosses/ask", "ask", "de-CH").want(t, http.StatusSeeOther)
	d.wishes()
	d.get("reviewer-1", at).want(t, http.StatusOK, "was refused: a date not held")
}

// refusesGlossOfTheModel: a gloss of the model is refused by its number, alone, which is told, and taken back by z.
func refusesGlossOfTheModel(d *door, n claims.ID, gloss *string) {
	d.t.Helper()
	at := claimURL(n)
	*gloss = "Le barrage s’est rompu le 3 mai 2021 dans la vallée des moulins."
	d.form("reviewer-1", at+"/glosses/ask", "ask", "fr").want(d.t, http.StatusSeeOther)
	d.wishes()
	var page struct {
		Proposals struct {
			Items []struct {
				Machine, N int64
				Lang       string
				Became     string
				MayRefuse  bool `json:"may_refuse"`
			}
		}
	}
	read := func() (machine, number int64, became string) {
		d.t.Helper()
		body := d.json("reviewer-2", get, at, "").want(d.t, http.StatusOK).body
		if err := json.Unmarshal([]byte(body), &page); err != nil {
			d.t.Fatal(err)
		}
		for _, p := range page.Proposals.Items {
			if p.Lang == "fr" {
				return p.Machine, p.N, p.Became
			}
		}
		d.t.Fatalf("no French gloss: %+v", page)
		return 0, 0, ""
	}
	machine, number, became := read()
	if machine != 0 || number == 0 || became != "waiting" {
		d.t.Errorf("machine %d, number %d, %q", machine, number, became)
	}
	d.form("auditor-1", at+"/proposals/refuse", "machine", "0", "n", itoa(number)).want(d.t, http.StatusForbidden)
	d.form("reviewer-2", at+"/proposals/refuse", "machine", "0", "n", itoa(number+1000)).want(d.t, http.StatusNotFound)
	for range 2 { // twice changes nothing
		d.form("reviewer-2", at+"/proposals/refuse", "machine", "0", "n", itoa(number)).want(d.t, http.StatusSeeOther)
	}
	if _, _, became = read(); became != "refused" {
		d.t.Errorf("refused, and it is told as %q", became)
	}
	d.get("reviewer-2", at).want(d.t, http.StatusOK, "by the model llama: refused by")
	act := offers(d.get("reviewer-2", at))["undo"]
	d.form("reviewer-2", under(d.Collection.ID, "undo"), "act", act, "back", at).want(d.t, http.StatusSeeOther)
	if _, _, became = read(); became != "waiting" {
		d.t.Errorf("taken back, and it is told as %q", became)
	}
}

// TestPassageGloss: who asked for a gloss of a passage reads it; for everybody else the page is the same to the byte.
func TestPassageGloss(t *testing.T) {
	t.Parallel()
	gloss := "The dam of the valley broke on 3 May 2021."
	d := newModelDoor(t, &gloss)
	d.sends()
	const fact = "The dam broke on 3 May 2021 in the valley of mills."
	d.Article(articles.Import{Lang: "de", Raw: "Der Damm im Tal brach am 3. Mai 2021."})
	in := d.Article(articles.Import{Lang: "en", Raw: fact})
	c := d.Claim(in, fact, fact)
	at := claimURL(c.ID) + "/passages"
	d.get("reviewer-1", at)
	before := d.json("reviewer-2", get, at, "").body
	page := d.get("reviewer-1", at).want(t, http.StatusOK, "Ask the model for a gloss in", "Nobody else sees").body
	_, rest, _ := strings.Cut(page, `name="sentence" value="`)
	id, _, _ := strings.Cut(rest, `"`)
	ask := fmt.Sprintf(`{"sentence":%s,"lang":"en"}`, id)
	d.json("reviewer-1", post, at+"/gloss", ask).want(t, http.StatusOK, `"state":"waiting"`)
	d.json("auditor-1", post, at+"/gloss", ask).want(t, http.StatusForbidden)
	d.json("reviewer-1", post, at+"/gloss", `{"sentence":99999,"lang":"en"}`).want(t, http.StatusNotFound)
	d.json("reviewer-1", post, at+"/gloss", fmt.Sprintf(`{"sentence":%s,"lang":"de"}`, id)).want(t,
		http.StatusUnprocessableEntity)
	// only the gloss is answered here: an order would be everybody's
	for range 2 {
		if _, err := d.Wishes.Step(roomtest.Ctx()); err != nil {
			t.Fatal(err)
		}
	}
	d.get("reviewer-1", at).want(t, http.StatusOK, gloss, "by the model llama, which nobody confirmed")
	d.json("reviewer-1", get, at, "").want(t, http.StatusOK, `"gloss":{"lang":"en","state":"done"`)
	after := d.json("reviewer-2", get, at, "").body
	if strings.Contains(after, gloss) || strings.Contains(after, `"gloss"`) {
		t.Errorf("others read it:\n%s", after)
	}
	if !strings.Contains(after, `"ordered"`) && after != before {
		t.Errorf("others see that somebody asked:\n%s\n%s", before, after)
	}
}
