package httpd

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/jobs"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
)

// finished does the job of a batch to its end.
func (d *door) finished(n claims.BatchID) {
	d.t.Helper()
	var job jobs.Job
	if err := d.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		job, _, err = jobs.Last(r, claims.Batching, claims.BatchObject(n))
		return err
	}); err != nil {
		d.t.Fatal(err)
	}
	if j, err := d.Jobs.Finish(roomtest.Ctx(), job.ID); err != nil || j.State != jobs.Done {
		d.t.Fatalf("the job is %+v, %v", j, err)
	}
}

// TestBatchWithoutScript selects candidates by their boxes, looks at what would be done, does it, and takes it back.
func TestBatchWithoutScript(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, ar := d.twoArticles()
	if _, err := d.Claims.Extract(roomtest.Ctx(), d.As("editor-1"), fa.Article.ID); err != nil {
		t.Fatal(err)
	}
	open := d.Claim(ar, "نشر وثائق داخلية", "نشر وثائق داخلية.")
	all, err := d.Claims.ByArticle(roomtest.Ctx(), d.As("reviewer-1"), fa.Article.ID, fa.Revision.ID)
	if err != nil || len(all) < 2 {
		t.Fatalf("%d candidates, %v", len(all), err)
	}
	col := under(d.Collection.ID, "")
	page := d.get("reviewer-1", col+"queue?tab=candidates")
	if !strings.Contains(page.body, `form id="bulk"`) || !strings.Contains(page.body, `name="claim" value="`+
		itoa(all[0].ID)+`" form="bulk"`) {
		t.Error("the rows of candidates cannot be selected")
	}
	if page := d.get("auditor-1", col+"queue?tab=candidates"); strings.Contains(page.body, `id="bulk"`) {
		t.Error("an auditor is offered an act on many claims")
	}
	if page := d.get("reviewer-1", col+"claims"); !strings.Contains(page.body, `form id="bulk"`) || !strings.Contains(
		page.body, `name="claim" value="`+itoa(open.ID)+`" form="bulk"`) {
		t.Error("the rows of the list of claims cannot be selected")
	}
	if page := d.get("auditor-1", col+"claims"); strings.Contains(page.body, "data-pick") {
		t.Error("an auditor may select claims in the list")
	}
	d.get("reviewer-1", col+"queue?tab=turn").want(t, http.StatusOK, `name="act" value="give">Give those selected`)
	body := "claim=" + itoa(all[0].ID) + "&claim=" + itoa(all[1].ID) + "&claim=" + itoa(open.ID)
	r := d.do("reviewer-1", post, col+"batches", "application/x-www-form-urlencoded", body, "Sec-Fetch-Site",
		"same-origin").want(t, http.StatusSeeOther)
	page = d.get("reviewer-1", r.location)
	for _, want := range []string{"2 will be done, 1 refused", "is no candidate any more: it is open", "accept 2"} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the preview does not say %q:\n%s", want, visible(page.body))
		}
	}
	if n := strings.Count(page.body, `class="btn main"`); n != 1 || !strings.Contains(page.body,
		`aria-keyshortcuts="y"`) {
		t.Errorf("the preview has %d primary buttons, or no key for its act", n)
	}
	d.get("reviewer-2", r.location).want(t, http.StatusNotFound)
	d.form("reviewer-1", "/batches/1", "act", "reject").want(t, http.StatusUnprocessableEntity)
	d.form("reviewer-1", "/batches/1", "act", "reject", "reason", "opinion").want(t, http.StatusSeeOther)
	d.form("reviewer-1", "/batches/1", "act", "reject", "reason", "opinion").want(t, http.StatusConflict)
	d.finished(1)
	if now := d.now(all[0].ID); now.State != claims.Rejected {
		t.Errorf("it is %s", now.State)
	}
	page = d.get("reviewer-1", "/batches/1")
	if !strings.Contains(page.body, "2 done, 1 refused") || !strings.Contains(page.body,
		"Undo: rejected claims together, batch 1") {
		t.Errorf("the page says:\n%s", visible(page.body))
	}
	d.form("reviewer-1", col+"undo", "act", offers(page)["undo"], "back", "/batches/1").want(t, http.StatusSeeOther)
	if page := d.get("reviewer-1", "/batches/1"); !strings.Contains(page.body,
		"is being taken back, claim after claim: 0 of 3 so far") {
		t.Errorf("while it is taken back the page says:\n%s", visible(page.body))
	}
	d.finished(1)
	d.get("reviewer-1", "/batches/1").want(t, http.StatusOK, "It was taken back.", "2 taken back")
	if now := d.now(all[0].ID); now.State != claims.Candidate {
		t.Errorf("taken back it is %s", now.State)
	}
	d.Verify()
}

func TestBatchForPrograms(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, _ := d.twoArticles()
	cl := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	col := under(d.Collection.ID, "")
	r := d.json("reviewer-1", post, col+"batches", `{"claims":[`+itoa(cl.ID)+`,999],"act":"withdraw"}`).want(t,
		http.StatusOK)
	var out struct {
		ID             claims.BatchID
		Act, State     string
		Would, Refused int
	}
	if err := json.Unmarshal([]byte(r.body), &out); err != nil || out.Would != 1 || out.Refused != 1 ||
		out.Act != "withdraw" || out.State != "preview" {
		t.Errorf("%s, %v", r.body, err)
	}
	plain := d.json("reviewer-1", post, col+"batches", `{"claims":[`+itoa(cl.ID)+`]}`).want(t, http.StatusOK)
	if strings.Contains(plain.body, `"act":"withdraw"`) || !strings.Contains(plain.body, `"act":"give"`) {
		t.Errorf("where no act was asked for, nothing that ends a claim is chosen: %s", plain.body)
	}
	d.json("reviewer-1", post, batchURL(out.ID), `{"act":"withdraw","reason":"no use"}`).want(t, http.StatusOK)
	d.finished(out.ID)
	if now := d.now(cl.ID); now.State != claims.Withdrawn {
		t.Errorf("it is %s", now.State)
	}
	d.json("reviewer-1", post, col+"batches", `{"claims":[]}`).want(t, http.StatusUnprocessableEntity)
	d.json("reviewer-1", post, col+"batches", `{"claims":[1],"act":"eat"}`).want(t, http.StatusUnprocessableEntity)
	d.json("auditor-1", post, col+"batches", `{"claims":[1]}`).want(t, http.StatusForbidden)
	d.Verify()
}

// TestBatchOfAllThatFit: a list's conditions choose the claims for an act on many, also those on the pages that follow
// and in the tabs of the queue; its preview lists them, and each list offers it.
func TestBatchOfAllThatFit(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, ar := d.twoArticles()
	one := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	two := d.Claim(ar, "نشر وثائق داخلية", "نشر وثائق داخلية")
	col := under(d.Collection.ID, "")
	chosen := func(path string) []claims.ID {
		t.Helper()
		r := d.json("reviewer-1", post, col+path, `{"act":"snooze"}`).want(t, http.StatusOK)
		out := struct {
			Act    string
			Claims struct{ Items []struct{ Claim claims.ID } }
		}{}
		if err := json.Unmarshal([]byte(r.body), &out); err != nil || out.Act != "snooze" {
			t.Errorf("%s, %v", r.body, err)
		}
		var ids []claims.ID
		for _, x := range out.Claims.Items {
			ids = append(ids, x.Claim)
		}
		slices.Sort(ids)
		return ids
	}
	for path, want := range map[string][]claims.ID{
		"claims/batches":                                      {one.ID, two.ID},
		"claims/batches?state=open&lang=fa":                   {one.ID},
		"claims/batches?text=" + url.QueryEscape("وثائق"):     {two.ID},
		"queue/batches?tab=turn":                              {one.ID, two.ID},
		"queue/batches?lang=ar":                               {two.ID},
		"queue/batches?tab=turn&text=" + url.QueryEscape("۹"): {one.ID},
	} {
		if got := chosen(path); !slices.Equal(got, want) {
			t.Errorf("%s chooses %v, not %v", path, got, want)
		}
	}
	for _, none := range []string{"claims/batches?text=xyzzyx", "queue/batches?tab=approve"} {
		d.json("reviewer-1", post, col+none, `{}`).want(t, http.StatusUnprocessableEntity, "No claim fits")
	}
	d.json("reviewer-1", post, col+"claims/batches?at=x", `{}`).want(t, http.StatusUnprocessableEntity)
	d.json("reviewer-1", post, col+"claims/batches", `{"act":"eat"}`).want(t, http.StatusUnprocessableEntity)
	d.json("auditor-1", post, col+"queue/batches", `{}`).want(t, http.StatusForbidden)
	d.get("reviewer-1", col+"queue?tab=turn&lang=fa").want(t, http.StatusOK,
		`action="`+col+`queue/batches?lang=fa&amp;tab=turn"`)
	d.get("reviewer-1", col+"claims?state=open").want(t, http.StatusOK, `action="`+col+`claims/batches?state=open"`)
	d.get("reviewer-1", col+"claims").want(t, http.StatusOK, `action="`+col+`claims/batches"`)
	r := d.form("reviewer-1", col+"queue/batches?tab=turn&lang=fa").want(t, http.StatusSeeOther)
	d.get("reviewer-1", r.location).want(t, http.StatusOK, "1 will be done")
}

// TestVeryManySelected: ten thousand numbers are looked at, those that are none of the collection refused each, and one
// more is refused at once; whose role is taken away meanwhile changes nothing more, and reads why.
func TestVeryManySelected(t *testing.T) {
	t.Parallel()
	d := newDoor(t)
	fa, ar := d.twoArticles()
	one := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	two := d.Claim(ar, "نشر وثائق داخلية", "نشر وثائق داخلية")
	col := under(d.Collection.ID, "")
	var b strings.Builder
	for i := range claims.MostInBatch - 1 {
		b.WriteString(itoa(int64(one.ID)+int64(i)) + ",")
	}
	out := struct {
		ID                     claims.BatchID
		Chosen, Would, Refused int
	}{}
	r := d.json("reviewer-1", post, col+"batches", `{"act":"withdraw","claims":[`+b.String()+`9999999]}`).want(t,
		http.StatusOK)
	if err := json.Unmarshal([]byte(r.body), &out); err != nil || out.Chosen != claims.MostInBatch || out.Would != 2 ||
		out.Refused != claims.MostInBatch-2 {
		t.Fatalf("%+v, %v", out, err)
	}
	d.json("reviewer-1", post, col+"batches", `{"act":"withdraw","claims":[`+b.String()+`9999998,9999999]}`).want(t,
		http.StatusUnprocessableEntity, "at most 10,000")
	d.json("reviewer-1", post, batchURL(out.ID), `{"act":"withdraw","reason":"no use"}`).want(t, http.StatusOK)
	if err := d.Auth.RevokeRole(roomtest.Ctx(), d.As("admin-1"), d.As("reviewer-1").UserID, auth.Reviewer, 0,
		"left the desk"); err != nil {
		t.Fatal(err)
	}
	var job jobs.Job
	if err := d.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		job, _, err = jobs.Last(r, claims.Batching, claims.BatchObject(out.ID))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	j, err := d.Jobs.Finish(roomtest.Ctx(), job.ID)
	if err != nil || j.Message == "" && j.State != jobs.Done {
		t.Errorf("the job of whose role was taken away is %+v, %v", j, err)
	}
	for _, id := range []claims.ID{one.ID, two.ID} {
		if now := d.now(id); now.State != claims.Open {
			t.Errorf("claim %d is %s, done by somebody without a role", id, now.State)
		}
	}
	d.Verify()
}

// TestABatchSaysWhatItIsFor: put together for an act, it says this act whenever nothing else is asked, also later and
// on another day's page.
func TestABatchSaysWhatItIsFor(t *testing.T) {
	t.Parallel()
	w := fill(t, 1)
	in := under(w.Collection.ID, "")
	for _, act := range []string{"reject", "snooze", "accept"} {
		var made struct {
			ID  int64
			Act string
		}
		raw := w.json("editor-1", post, strings.TrimSuffix(in, "/")+"/batches", fmt.Sprintf(
			`{"claims":[%d],"act":%q,"to":%q}`, w.open, act, map[string]string{"snooze": "7"}[act])).want(t,
			http.StatusOK)
		if err := json.Unmarshal([]byte(raw.body), &made); err != nil || made.Act != act {
			t.Fatalf("%s, %v", raw.body, err)
		}
		w.json("editor-1", get, fmt.Sprintf("/batches/%d", made.ID), "").want(t, http.StatusOK, `"act":"`+act+`"`)
		w.json("editor-1", get, fmt.Sprintf("/batches/%d?act=withdraw", made.ID), "").want(t, http.StatusOK,
			`"act":"withdraw"`)
	}
	w.json("editor-1", post, strings.TrimSuffix(in, "/")+"/batches", fmt.Sprintf(`{"claims":[%d],"act":"eat"}`,
		w.open)).problem(t, http.StatusUnprocessableEntity)
}
