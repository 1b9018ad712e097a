package httpd

import (
	"net/http"
	"strings"
	"testing"

	"claimbench/internal/review"
	"claimbench/internal/store/storetest"
)

// TestSnoozedLeaves: what was put off stands among the snoozed only, also for an address that names it; its form goes
// on to the next claim.
func TestSnoozedLeaves(t *testing.T) {
	t.Parallel()
	d := newDoorOn(t, storetest.SQLite(t))
	fa, ar := d.twoArticles()
	one := d.Claim(fa, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد")
	two := d.Claim(ar, "نشر وثائق داخلية", "نشر وثائق داخلية")
	named := "?tab=turn&lang=all&claim=" + itoa(one.ID)
	page := d.get("reviewer-1", under(d.Collection.ID, "queue")+named).want(t, http.StatusOK).body
	_, form, _ := strings.Cut(page, `action="`+under(d.Collection.ID, "snoozes"))
	if form, _, _ = strings.Cut(form, "</form>"); !strings.Contains(form, "claim="+itoa(two.ID)) {
		t.Errorf("the form does not go on to claim %d: %s", two.ID, form)
	}
	d.form("reviewer-1", under(d.Collection.ID, "snoozes"), "claim", itoa(one.ID), "until", "7").want(t,
		http.StatusSeeOther)
	for query, want := range map[string]int{named: 1, "?tab=snoozed&lang=all&claim=" + itoa(one.ID): 1} {
		q := d.queueSaid("reviewer-1", query)
		if len(q.Items) != want || q.Counts[review.TabTurn] != 1 ||
			(q.Items[0].Claim.ID == int64(one.ID)) != strings.Contains(query, "snoozed") {
			t.Errorf("%s has %+v", query, q)
		}
	}
}
