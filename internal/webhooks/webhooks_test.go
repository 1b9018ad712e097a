package webhooks_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/fetch"
	"claimbench/internal/fetch/fetchtest"
	"claimbench/internal/house"
	"claimbench/internal/review"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
	"claimbench/internal/webhooks"
)

// receiver is a program elsewhere, which keeps what it is told and answers by script.
type receiver struct {
	*httptest.Server
	mu      sync.Mutex
	got     []webhooks.Letter
	ids     []string
	wrong   []string
	secret  string
	answers func(webhooks.Letter) int
	clock   func() time.Time // by which it judges how old a letter is
	news    chan struct{}
}

// dropped is what a receiver answers that is not there: nothing.
const dropped = 0

func newReceiver(t *testing.T) *receiver {
	t.Helper()
	r := &receiver{answers: func(webhooks.Letter) int { return http.StatusNoContent }, clock: time.Now,
		news: make(chan struct{}, 1)}
	r.Server = httptest.NewServer(http.HandlerFunc(r.take))
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) take(w http.ResponseWriter, req *http.Request) {
	body, err := io.ReadAll(req.Body)
	r.mu.Lock()
	defer r.mu.Unlock()
	if err == nil {
		err = webhooks.Check(r.secret, req.Header.Get, body, r.clock())
	}
	var l webhooks.Letter
	if err == nil {
		err = json.Unmarshal(body, &l)
	}
	if err != nil {
		r.wrong = append(r.wrong, err.Error())
	}
	status := r.answers(l)
	if status/100 == 2 {
		r.got, r.ids = append(r.got, l), append(r.ids, req.Header.Get(webhooks.HeaderID))
	}
	if status == dropped {
		panic(http.ErrAbortHandler)
	}
	w.WriteHeader(status)
	select {
	case r.news <- struct{}{}:
	default:
	}
}

func (r *receiver) says(f func(webhooks.Letter) int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answers = f
}

// told waits until so many were taken, and gives what was done, in order.
func (r *receiver) told(t *testing.T, n int) (out []string) {
	t.Helper()
	late := time.After(30 * time.Second)
	for {
		r.mu.Lock()
		got, wrong := slices.Clone(r.got), slices.Clone(r.wrong)
		r.mu.Unlock()
		if len(wrong) > 0 {
			t.Fatalf("what came cannot be trusted: %v", wrong)
		}
		if len(got) >= n {
			for _, l := range got {
				out = append(out, l.Type+" "+l.Data.Object)
			}
			return out
		}
		select {
		case <-r.news:
		case <-late:
			t.Fatalf("%d were told, %d awaited: %v", len(got), n, got)
		}
	}
}

// world is a newsroom with an article and a webhook to a receiver.
type world struct {
	*roomtest.World
	*receiver
	hook    webhooks.Webhook
	article articles.Imported
}

const words = "The council approved 25 grants in March. It refused 3 of them in April."

func open(t *testing.T, db *store.DB, topics ...webhooks.Topic) *world {
	t.Helper()
	x := &world{receiver: newReceiver(t)}
	u, err := url.Parse(x.URL)
	if err != nil {
		t.Fatal(err)
	}
	h, err := house.Open(db, house.Options{Auth: auth.Options{Demo: true, Hash: roomtest.Cheap},
		Post: fetch.New(fetchtest.Loopback(netip.MustParseAddrPort(u.Host).Port()))})
	if err != nil {
		t.Fatal(err)
	}
	x.World = &roomtest.World{House: h, Desk: desk.New(h, nil), T: t}
	if err := h.Auth.EnsureDemoUsers(roomtest.Ctx()); err != nil {
		t.Fatal(err)
	}
	if x.Collection, err = h.Articles.CreateCollection(roomtest.Ctx(), x.As("admin-1"), articles.CollectionNew{
		Name: "Grants"}); err != nil {
		t.Fatal(err)
	}
	x.article = x.Article(articles.Import{Raw: words, Lang: "en"})
	if x.hook, err = h.Hooks.Add(roomtest.Ctx(), x.As("admin-1"), x.Collection.ID, x.URL+"/told", topics); err != nil {
		t.Fatal(err)
	}
	x.secret = x.hook.Secret
	h.Hooks.SetPauses(time.Hour, time.Millisecond)
	return x
}

func (x *world) serve() {
	ctx, stop := context.WithCancel(context.Background())
	var done sync.WaitGroup
	done.Go(func() { x.Hooks.Run(ctx) })
	x.T.Cleanup(func() { stop(); done.Wait() })
}

func (x *world) now() (w webhooks.Webhook, all []webhooks.Delivery) {
	x.T.Helper()
	if err := x.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		if w, err = webhooks.ByID(r, x.hook.ID); err == nil {
			all, err = webhooks.Deliveries(r, x.hook.ID, 0, 1000)
		}
		return err
	}); err != nil {
		x.T.Fatal(err)
	}
	return w, all
}

// until waits for a condition of the database.
func (x *world) until(what string, is func(webhooks.Webhook, []webhooks.Delivery) bool) {
	x.T.Helper()
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if w, all := x.now(); is(w, all) {
			return
		} else if time.Now().After(end) {
			x.T.Fatalf("not %s: %+v %+v", what, w, all)
		}
	}
}

func unverified() review.Draft {
	return review.Draft{Verdict: claims.Unverified, Reason: review.NoEvidence, Rationale: "Nothing was found.",
		Searched: "The register.", Evidence: []evidence.ID{}}
}

// TestVeiledIsToldWhenTheRoundCloses: nothing of an open round is told, no number counts it, and once it closes its
// reviews come before the decision.
func TestVeiledIsToldWhenTheRoundCloses(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := open(t, db, webhooks.Claims, webhooks.Reviews, webhooks.Decisions)
		x.serve()
		c := x.Claim(x.article, "The council approved 25 grants in March", "The council approved 25 grants.")
		other := x.Claim(x.article, "It refused 3 of them in April", "The council refused 3 grants.")
		if _, _, err := x.Submit("reviewer-1", c, unverified()); err != nil {
			t.Fatal(err)
		}
		if _, err := x.Claims.Withdraw(roomtest.Ctx(), x.As("editor-1"), other.ID, other.Version,
			"Not one."); err != nil {
			t.Fatal(err)
		}
		before := x.told(t, 3)
		for _, s := range before {
			if strings.HasPrefix(s, "review.") || strings.HasPrefix(s, "round.") {
				t.Fatalf("an open round is told of: %v", before)
			}
		}
		if _, all := x.now(); len(all) != 3 || all[0].Number != 3 {
			t.Errorf("the deliveries count what is veiled: %+v", all)
		}
		if _, _, err := x.Submit("reviewer-2", c, unverified()); err != nil {
			t.Fatal(err)
		}
		all := x.told(t, 9)
		first := func(prefix string) int {
			return slices.IndexFunc(all, func(s string) bool { return strings.HasPrefix(s, prefix) })
		}
		if r, d := first("review.submitted"), first("claim.decided"); r < 0 || d < 0 || r > d {
			t.Errorf("told in this order: %v", all)
		}
		x.mu.Lock()
		defer x.mu.Unlock()
		for i, l := range x.got {
			if l.Data.Number != int64(i+1) || l.Data.Collection != x.Collection.ID {
				t.Errorf("delivery %d says %+v", i+1, l)
			}
			if strings.HasPrefix(l.Type, "review.") && l.Data.Claim != int64(c.ID) {
				t.Errorf("a review does not say of which claim it is: %+v", l)
			}
		}
		x.Verify()
	})
}

// TestTwoWorlds: while a round is open, a receiver is told the same whether somebody reviewed or not.
func TestTwoWorlds(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := open(t, db, webhooks.Topics.Names()...)
		c := x.Claim(x.article, "The council approved 25 grants in March", "The council approved 25 grants.")
		gathered := func() (out []webhooks.Delivery) {
			if err := x.Hooks.Gather(roomtest.Ctx()); err != nil {
				t.Fatal(err)
			}
			_, out = x.now()
			return out
		}
		before := gathered()
		if _, _, err := x.Submit("reviewer-1", c, unverified()); err != nil {
			t.Fatal(err)
		}
		if after := gathered(); len(after) != len(before) {
			t.Errorf("a review of an open round made deliveries: %+v", after[:len(after)-len(before)])
		}
	})
}

// TestReceiverDown: nothing is lost while a receiver is down, and the order stays.
func TestReceiverDown(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := open(t, db, webhooks.Claims)
		down := 0
		x.says(func(webhooks.Letter) int {
			if down++; down <= 5 {
				return http.StatusServiceUnavailable
			}
			return http.StatusOK
		})
		x.serve()
		var want []string
		for _, w := range []string{"The council", "It refused 3"} {
			c := x.Claim(x.article, w, w+".")
			want = append(want, "claim.created "+claims.Object(c.ID))
		}
		if got := x.told(t, 2); !slices.Equal(got, want) {
			t.Errorf("told %v, want %v", got, want)
		}
		x.until("delivered", func(w webhooks.Webhook, all []webhooks.Delivery) bool {
			return w.Tries == 0 && w.FailingSince == 0 && all[0].State == webhooks.Delivered &&
				all[1].State == webhooks.Delivered && all[1].Tries == 5
		})
	})
}

// TestRefusedAndGone: a delivery that is refused again and again fails and the next one follows; a receiver that says
// 410, or takes nothing for days, stops its webhook, which goes on from there when it is switched on again.
func TestRefusedAndGone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := open(t, db, webhooks.Claims)
		x.says(func(l webhooks.Letter) int {
			if l.Data.Number == 1 {
				return http.StatusBadRequest
			}
			return http.StatusOK
		})
		x.serve()
		x.Claim(x.article, "The council", "The council.")
		second := x.Claim(x.article, "It refused 3", "It refused 3.")
		if got := x.told(t, 1); got[0] != "claim.created "+claims.Object(second.ID) {
			t.Errorf("told %v", got)
		}
		x.until("failed", func(_ webhooks.Webhook, all []webhooks.Delivery) bool {
			return all[1].State == webhooks.Failed && strings.Contains(all[1].Message, "400")
		})
		x.says(func(webhooks.Letter) int { return http.StatusGone })
		third := x.Claim(x.article, "of them in April", "In April.")
		x.until("stopped", func(w webhooks.Webhook, _ []webhooks.Delivery) bool { return w.State == webhooks.Stopped })
		fourth := x.Claim(x.article, "in April", "In April too.")
		x.says(func(webhooks.Letter) int { return http.StatusOK })
		w, _ := x.now()
		if _, err := x.Hooks.Set(roomtest.Ctx(), x.As("admin-1"), w.ID, webhooks.Want{On: true, Topics: w.Told(),
			Version: w.Version}); err != nil {
			t.Fatal(err)
		}
		want := []string{"claim.created " + claims.Object(third.ID), "claim.created " + claims.Object(fourth.ID)}
		if got := x.told(t, 3); !slices.Equal(got[1:], want) {
			t.Errorf("after it was switched on it was told %v, want %v", got[1:], want)
		}
		if _, err := x.Hooks.Again(roomtest.Ctx(), x.As("admin-1"), w.ID, 1); err != nil {
			t.Fatal(err)
		}
		x.told(t, 4)
		x.mu.Lock()
		if last := x.ids[len(x.ids)-1]; !strings.HasSuffix(last, "_1") {
			t.Errorf("the delivery that was sent again is called %s", last)
		}
		x.mu.Unlock()
		x.Verify()
	})
}

// TestOffTellsNothing: what waits is cancelled, and what happens meanwhile is not told later; nor is what is protected.
func TestOffTellsNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := open(t, db, webhooks.Claims, webhooks.Articles, webhooks.Evidence)
		set := func(on bool) {
			w, _ := x.now()
			if _, err := x.Hooks.Set(roomtest.Ctx(), x.As("admin-1"), w.ID, webhooks.Want{On: on, Topics: w.Told(),
				Version: w.Version}); err != nil {
				t.Fatal(err)
			}
		}
		x.Claim(x.article, "The council", "The council.")
		if err := x.Hooks.Gather(roomtest.Ctx()); err != nil {
			t.Fatal(err)
		}
		set(false)
		x.Claim(x.article, "It refused 3", "It refused 3.")
		set(true)
		if err := x.Hooks.Gather(roomtest.Ctx()); err != nil {
			t.Fatal(err)
		}
		if _, all := x.now(); len(all) != 1 || all[0].State != webhooks.Cancelled {
			t.Errorf("%+v", all)
		}
		// it waits, and is protected before it is sent
		next := x.Article(articles.Import{Raw: "A letter says that 7 grants were bought.", Lang: "en"})
		if err := x.Hooks.Gather(roomtest.Ctx()); err != nil {
			t.Fatal(err)
		}
		if _, err := x.Articles.Protect(roomtest.Ctx(), x.As("editor-1"), next.Article.ID, next.Article.Version,
			"They ask for it."); err != nil {
			t.Fatal(err)
		}
		x.serve()
		x.until("cancelled", func(_ webhooks.Webhook, all []webhooks.Delivery) bool {
			return all[0].State == webhooks.Cancelled && all[0].Tries == 0
		})
		if err := x.Hooks.Gather(roomtest.Ctx()); err != nil {
			t.Fatal(err)
		}
		if _, all := x.now(); len(all) != 3 { // the article and its revision came before
			t.Errorf("what is protected is told of: %+v", all[0])
		}
	})
}

// TestSetting: who may add, what is refused, and that the secret goes nowhere.
func TestSetting(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := open(t, db, webhooks.Claims)
		add := func(who, address string, topics ...webhooks.Topic) error {
			_, err := x.Hooks.Add(roomtest.Ctx(), x.As(who), x.Collection.ID, address, topics)
			return err
		}
		for _, who := range []string{"editor-1", "reviewer-1", "auditor-1"} {
			if err := add(who, x.URL+"/more", webhooks.Claims); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%s: %v", who, err)
			}
		}
		for _, address := range []string{"", "ftp://news.example/", "http://user:pw@news.example/", "http://10.0.0.1/",
			"https://news.example:8443/", "http://[::1]/", "localhost"} {
			if err := add("admin-1", address, webhooks.Claims); fault.KindOf(err) != fault.Invalid {
				t.Errorf("%q: %v", address, err)
			}
		}
		if err := add("admin-1", x.URL+"/told", webhooks.Claims); fault.KindOf(err) != fault.Conflict {
			t.Errorf("twice the same: %v", err)
		}
		for _, topics := range [][]webhooks.Topic{nil, {"people"}, {webhooks.Claims, "*"}} {
			if err := add("admin-1", x.URL+"/x", topics...); fault.KindOf(err) != fault.Invalid {
				t.Errorf("%q: %v", topics, err)
			}
		}
		if _, err := x.Hooks.Set(roomtest.Ctx(), x.As("admin-1"), x.hook.ID, webhooks.Want{Topics: x.hook.Told(),
			Version: 9}); fault.KindOf(err) != fault.Conflict {
			t.Errorf("an old version: %v", err)
		}
		next, err := x.Hooks.NewSecret(roomtest.Ctx(), x.As("admin-1"), x.hook.ID, x.hook.Version)
		if err != nil || next.Secret == x.secret || !strings.HasPrefix(next.Secret, "whsec_") {
			t.Fatalf("%q, %v", next.Secret, err)
		}
		if err := x.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
			n, _, err := store.One[int64](r, "SELECT COUNT(*) FROM event_texts WHERE text LIKE '%whsec_%'")
			if n != 0 {
				t.Errorf("the history holds the secret %d times", n)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		x.Verify()
	})
}

// TestToldActions: every action that is told is one that a room writes.
func TestToldActions(t *testing.T) {
	for topic, all := range webhooks.Told() {
		for _, action := range all {
			out, err := exec.Command("grep", "-rqE", "--include=*.go", "--exclude=*_test.go", "--exclude-dir=webhooks",
				`"`+strings.ReplaceAll(action, ".", `\.`)+`"`, "..").CombinedOutput()
			if err != nil {
				t.Errorf("%s: nobody writes %s: %v %s", topic, action, err, out)
			}
		}
	}
}

// TestCheck: what a receiver refuses.
func TestCheck(t *testing.T) {
	const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" // the example of Standard Webhooks
	const example = "msg_p5jXN8AQM9LWM0D4loKWxJek"
	at := time.Unix(1614265330, 0)
	body := []byte(`{"test": 2432232314}`)
	signature, err := webhooks.Sign(secret, example, at, body)
	if want := "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="; err != nil || signature != want {
		t.Fatalf("%q, %v; want %q", signature, err, want)
	}
	headers := func(id, seconds, signature string) func(string) string {
		return func(name string) string {
			return map[string]string{webhooks.HeaderID: id, webhooks.HeaderTimestamp: seconds,
				webhooks.HeaderSignature: signature}[name]
		}
	}
	good := headers(example, "1614265330", "v1,AAAA v2,x "+signature)
	for name, c := range map[string]struct {
		secret string
		header func(string) string
		body   string
		now    time.Time
		ok     bool
	}{
		"good":              {secret, good, string(body), at.Add(time.Minute), true},
		"another body":      {secret, good, `{"test": 2432232315}`, at, false},
		"another secret":    {"whsec_AAAA", good, string(body), at, false},
		"no secret":         {"", good, string(body), at, false},
		"a day late":        {secret, good, string(body), at.Add(24 * time.Hour), false},
		"a day early":       {secret, good, string(body), at.Add(-24 * time.Hour), false},
		"another id":        {secret, headers("msg_2", "1614265330", signature), string(body), at, false},
		"another moment":    {secret, headers(example, "1614265331", signature), string(body), at, false},
		"no moment":         {secret, headers(example, "soon", signature), string(body), at, false},
		"no signature":      {secret, headers(example, "1614265330", ""), string(body), at, false},
		"not version 1":     {secret, headers(example, "1614265330", "v2"+signature[2:]), string(body), at, false},
		"nothing in base64": {secret, headers(example, "1614265330", "v1,"), string(body), at, false},
	} {
		if err := webhooks.Check(c.secret, c.header, []byte(c.body), c.now); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}
