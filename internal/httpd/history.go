package httpd

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/desk"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/httpd/view"
)

// history lists events, newest first: of everything this person may read, or of one object.
func (s *Server) history(c echo.Context) error {
	ask, err := pastAsk(c)
	if err != nil {
		return s.historyRefused(c, ask, err)
	}
	past, err := s.desk.Past(c.Request().Context(), actorOf(c), ask)
	if err != nil {
		return s.historyRefused(c, ask, err)
	}
	return s.respond(c, http.StatusOK, s.historyPage(c, ask, past), past.JSON())
}

// pastAsk reads what of the history is asked for.
func pastAsk(c echo.Context) (ask desk.PastAsk, err error) {
	ask = desk.PastAsk{Object: c.QueryParam("object"), Action: c.QueryParam("action"), Actor: c.QueryParam("actor"),
		Verdict: claims.Verdict(c.QueryParam("verdict")), From: c.QueryParam("from"), To: c.QueryParam("to"),
		Before: c.QueryParam("before")}
	if ask.Zone, err = zoneOf(c); err != nil { // first: what is shown of a refusal has it
		return ask, err
	}
	if err := knownPast(ask); err != nil {
		return ask, err
	}
	if ask.Article, err = queryID[articles.ID](c, "article"); err != nil {
		return ask, err
	}
	if ask.Claim, err = queryID[claims.ID](c, "claim"); err != nil {
		return ask, err
	}
	if ask.Claim != 0 && ask.Object == "" {
		ask.Object = claims.Object(ask.Claim)
	}
	ask.Event, err = queryID[int64](c, "event")
	return ask, err
}

// pastKinds are the kinds of events, the first half of an action; pastObjects are those of objects.
var (
	pastKinds = []string{"article", "candidate", "claim", "gloss", "comment", "evidence", "capture", "origin", "review",
		"round", "decision", "claimset", "user", "role", "collection", "source", "duplicate", "text", "question",
		"alarm", "erasure", "guideline", "method", "reply", "reply_contact", "protection", "shelf", "log", "status",
		"assignment", "gap", "article_protection", "omission", "proposal"}
	pastObjects = append([]string{"article_origin", "duplicate_refusal", "origin_refusal", "rating", "revision",
		"publication", "batch", "shelf_file", "shelf_entry", "shelf_match", "proposal_refusal",
		"article_protection_reader", "protection_reader"},
		pastKinds...)
)

// knownPast refuses a kind of event or an object that there cannot be: an empty page would say that nothing happened.
func knownPast(ask desk.PastAsk) error {
	if kind, _, _ := strings.Cut(ask.Action, "."); ask.Action != "" && !slices.Contains(pastKinds, kind) {
		return fault.New(fault.Invalid, "“%s” is no kind of event. Known are %s.", short(ask.Action),
			strings.Join(pastKinds, ", ")).With("action", "Choose a kind of event from the list.")
	}
	kind, id, _ := strings.Cut(ask.Object, ":")
	if kind == history.Erasures { // text:238/statement
		id, _, _ = strings.Cut(id, "/")
	}
	n, number := wholeNumber(id)
	named := number && n > 0 || drawnName.MatchString(id)
	if ask.Object != "" && (!named || !slices.Contains(pastObjects, kind)) {
		return fault.New(fault.Invalid, "“%s” is no object of the history. Write what it is and its number, as "+
			"claim:42.", short(ask.Object)).With("object", "Write what it is and its number, as claim:42.")
	}
	return nil
}

func (s *Server) historyPage(c echo.Context, ask desk.PastAsk, past desk.Past) *view.History {
	p := &view.History{Shell: s.framed(c, historyTitle(ask.Object), "History", past.Frame), Object: ask.Object,
		Looked: ask.Action, Actions: actionOptions(ask.Action), Actor: ask.Actor, People: peopleOf(past),
		Verdicts: append([]view.Option{{Word: "Any"}}, view.Options(claims.Verdicts, ask.Verdict)...),
		From:     ask.From, To: ask.To, Zones: zoneOptions(ask.Zone), Article: c.QueryParam("article"),
		OfClaim: c.QueryParam("claim")}
	as := func(more ...string) string {
		return withQuery("/history", append([]string{"object", ask.Object, "action", ask.Action, "actor", ask.Actor,
			"verdict", string(ask.Verdict), "article", p.Article, "claim", p.OfClaim, "from", ask.From, "to", ask.To,
			"zone", c.QueryParam("zone")}, more...)...)
	}
	for _, e := range past.Events {
		shown := showEvent(e, ask.Zone)
		if shown.URL != "" {
			shown.Beside = as("before", ask.Before, "event", itoa(e.Seq))
			if shown.Here = past.Chosen != nil && past.Chosen.Seq == e.Seq; shown.Here {
				p.Proof = s.proofBeside(c, *past.Chosen, shown.Actor)
			}
		}
		shown.Changes, shown.More = mainChanges(shown.Changes)
		if seal := e.Seal; seal != nil {
			shown.Checkpoint = &view.Seal{Size: grouped(seal.Size), Signer: seal.Origin,
				At: momentIn(seal.At, ask.Zone), Stamp: stamp(seal.At)}
		}
		p.Events = append(p.Events, shown)
	}
	if past.Older != "" {
		p.Older = as("before", past.Older)
	}
	if past.Exports {
		p.Export = ofNow(c, "/history/export")
	}
	if past.Audits {
		p.Rules, p.Proofs = exceptionsPath, proofsPath
	}
	if past.ReadsAll {
		p.VerifyTo = "/history/verify"
		p.Head = headProof(past.Newest, past.Size, s.verifyCommand(c), ask.Zone)
		p.Head.Note += s.witnessed(past.Newest, ask.Zone)
	}
	if past.Claim != nil {
		shown := showHead(*past.Claim)
		p.Claim = &shown
	}
	p.Note = many(len(past.Events), "event", "events") +
		" on this page. Events of a round that is still open are shown to auditors only."
	p.Empty = &view.Empty{So: "No event fits.",
		Next: "Take a condition away. Nothing is ever deleted from the history.", URL: "/history", Act: "All events"}
	return p
}

// proofBeside is the proof of an event beside the list that it stands in, with the way to its own page; of is who did
// it, as the list calls them.
func (s *Server) proofBeside(c echo.Context, e desk.PastEvent, of string) *view.Proof {
	p := s.showProof(c, e)
	p.Of, p.Action, p.At, p.Stamp = of, e.Action, exactlyIn(e.At, readersZone(c)), stamp(e.At)
	p.Leaf, p.Whole = e.Hash, "/history/"+itoa(e.Seq)
	return p
}

func historyTitle(object string) string {
	if object == "" {
		return "History"
	}
	return "History of " + object
}

func actionOptions(chosen string) []view.Option {
	out := []view.Option{{Value: "", Word: "All"}}
	for _, kind := range []string{"article", "candidate", "claim", "gloss", "comment", "evidence", "capture", "origin",
		"review", "round", "question", "decision", "claimset", "alarm", "status", "guideline", "method", "reply",
		"protection",
		"article_protection", "omission", "shelf", "assignment", "erasure", "text", "user", "role",
		"collection", "source"} {
		out = append(out, view.Option{Value: kind + ".", Word: view.Phrase(kind), Chosen: kind+"." == chosen})
	}
	return out
}

// peopleOf are the names of the people of the events on the page, to choose from.
func peopleOf(past desk.Past) []string {
	var out []string
	for _, e := range past.Events {
		if e.Who.UserID != 0 && e.Called != "" && !slices.Contains(out, e.Called) {
			out = append(out, e.Called)
		}
	}
	return out
}

// actorOptions are the people of the events on the page, and the one that is chosen.
func actorOptions(past desk.Past) []view.Option {
	out := []view.Option{{Value: "", Word: "Anyone"}}
	seen := map[int64]bool{0: true}
	for _, e := range past.Events {
		if !seen[e.Who.UserID] {
			seen[e.Who.UserID] = true
			out = append(out, view.Option{Value: itoa(e.Who.UserID), Word: e.Called,
				Chosen: e.Who.UserID == int64(past.Actor)})
		}
	}
	if chosen := past.Actor; !seen[int64(chosen)] {
		out = append(out, view.Option{Value: itoa(chosen), Word: past.Names.Of(chosen), Chosen: true})
	}
	return out
}

func showEvent(e desk.EventSeen, zone *time.Location) view.Event {
	v := view.Event{
		Seq: e.Seq, Action: e.Action, Actor: e.Called, SignIn: e.Who.Name, Role: e.Who.Role,
		Via: viaWords[e.Who.Via], At: exactlyIn(e.At, zone), Stamp: stamp(e.At),
		Object:  view.Link{URL: withQuery("/history", "object", e.Object), Word: e.Object},
		Reason:  reasonOfEvent(e.Reason),
		Request: e.Who.Request, Batch: e.Batch,
	}
	if e.Seq != 0 {
		v.URL = "/history/" + itoa(e.Seq)
	}
	switch {
	case e.Someone:
		v.Actor = "someone"
	case e.Who.UserID == 0:
		v.Actor = "the program"
	}
	v.Changes = changes(e.Entry, e.Earlier, zone)
	return v
}

// mainFields are what a list shows of an event; its own page shows all.
var mainFields = []string{"state", "verdict", "reason", "statement", "attribution", "hedge", "stance", "kind", "exact",
	"url", "words", "rationale", "searched", "explanation", "confidence", "role", "name", "title", "quorum", "rule",
	"advice", "reliability", "enabled", "outcome", "claims",
	"why"}

// mostListed is how many characters of one value a list of events shows: an event of a set names all its claims, and
// there may be tens of thousands.
const mostListed = 500

// listed cuts a value to what a list shows, and says how much is left out.
func listed(v view.Foreign) view.Foreign {
	if len(v.Text) <= mostListed {
		return v
	}
	all := []rune(v.Text)
	if len(all) <= mostListed {
		return v
	}
	v.Text = fmt.Sprintf("%s … (%s more characters)", string(all[:mostListed]), grouped(int64(len(all)-mostListed)))
	return v
}

// mainChanges cuts an event's changes to those that a list shows, and counts the others.
func mainChanges(all []view.Change) ([]view.Change, int) {
	var out []view.Change
	for _, ch := range all {
		if slices.Contains(mainFields, ch.Field) {
			ch.Before, ch.After = listed(ch.Before), listed(ch.After)
			out = append(out, ch)
		}
	}
	return out, len(all) - len(out)
}

func textOfEvent(t history.Text) string {
	if t.Erased {
		return "(this text was withdrawn; its hash stays)"
	}
	return t.Text
}

func reasonOfEvent(t history.Text) view.Foreign {
	if words := textOfEvent(t); words != "" && !t.Erased {
		return detected(words)
	}
	return foreign(textOfEvent(t), "en", "")
}

// changes lists the fields that an event changed, and the texts that differ from those before it.
func changes(e history.Entry, earlier history.Texts, zone *time.Location) []view.Change {
	names := map[string]bool{}
	for k := range e.Before {
		names[k] = true
	}
	for k := range e.After {
		names[k] = true
	}
	lang := e.After["lang"]
	var out []view.Change
	for k := range names {
		if before, after := e.Before[k], e.After[k]; before != after && k != "version" {
			out = append(out, view.Change{Field: fieldName(k), Before: named(code(k, before, zone)),
				After: named(code(k, after, zone))})
		}
	}
	for k, t := range e.Texts {
		words := textOfEvent(t)
		if words == earlier[k] {
			continue
		}
		out = append(out, view.Change{Field: fieldName(k), Before: eventWords(earlier[k], lang),
			After: eventWords(words, lang)})
	}
	slices.SortFunc(out, func(a, b view.Change) int { return strings.Compare(a.Field, b.Field) })
	return out
}

// eventWords gives a text of an event its language: the row's own, unless it is plain Latin beside another script.
func eventWords(words, lang string) view.Foreign {
	words = listWords(words)
	if lang == "" {
		return detected(words)
	}
	return inClaim(words, lang, "")
}

// listWords writes a list, which the history keeps as JSON, as people do; other words stay as they are.
func listWords(words string) string {
	var list []string
	switch {
	case !strings.HasPrefix(words, "[") || json.Unmarshal([]byte(words), &list) != nil:
		return words
	case len(list) == 0:
		return "none"
	}
	return strings.Join(list, "; ")
}

// viaWords say through which door an act came.
var viaWords = map[history.Via]string{history.Web: "on a page", history.API: "by a program",
	history.CLI: "on the command line", history.System: "by the server itself"}

func fieldName(k string) string { return strings.ReplaceAll(k, "_", " ") }

// code writes the system's own words with spaces, and moments as everywhere on the pages; numbers stay as they are.
func code(field, v string, zone *time.Location) string {
	if at, ok := desk.Moment(field, v); ok {
		if at == 0 {
			return ""
		}
		return exactlyIn(at, zone)
	}
	switch field {
	case "state", "reason", "verdict", "stance", "kind", "rule":
		return strings.ReplaceAll(v, "_", " ")
	}
	return v
}

func headProof(head *history.Checkpoint, size int64, command string, zone *time.Location) *view.Proof {
	p := &view.Proof{Size: grouped(size), Command: command}
	if head == nil {
		p.Note = "No checkpoint is signed yet. One is signed every minute, every hundred events, and at every freeze."
		return p
	}
	p.Included = true
	p.Note = fmt.Sprintf(
		"The newest checkpoint covers %s of %s events. Keep a copy of it elsewhere: only with one can a full "+
			"rewrite be seen.", grouped(head.Size), grouped(size))
	p.Root, p.Signer, p.Checkpoint = head.Root.String(), head.Origin, head.Note
	p.Checked = "signed " + momentIn(head.At, zone)
	return p
}

// witnessed says what witnesses signed of the newest checkpoint, and names those that do not sign.
func (s *Server) witnessed(head *history.Checkpoint, zone *time.Location) string {
	var b strings.Builder
	if head != nil && head.Cosigned > 0 {
		b.WriteString(" It carries the signatures of " + many(head.Cosigned, "witness", "witnesses") + ".")
	}
	if s.opts.Witnesses == nil {
		return b.String()
	}
	for _, w := range s.opts.Witnesses() {
		switch {
		case w.Wrong != "":
			fmt.Fprintf(&b, " The witness %s does not sign, last tried %s: "+
				"%s", w.Name, clockIn(desk.MicrosOf(w.Failed), zone),
				strings.TrimSuffix(w.Wrong, ".")+".")
		case w.To > 0:
			fmt.Fprintf(&b, " The witness %s has signed %s events.", w.Name, grouped(w.To))
		default:
			fmt.Fprintf(&b, " The witness %s has not signed yet.", w.Name)
		}
	}
	return b.String()
}

// historyEvent shows one event with its leaf and its proof.
func (s *Server) historyEvent(c echo.Context) error {
	e, err := s.pastEvent(c)
	if err != nil {
		return err
	}
	p := &view.HistoryEvent{Shell: s.framed(c, "Event "+
		""+itoa(e.Seq), "History", e.Frame), Event: showEvent(e.EventSeen, readersZone(c)),
		Back: "/history", Canonical: string(e.Leaf), Proof: s.showProof(c, e)}
	if e.Hidden {
		p.Withheld = "It tells of a protected source, or of how somebody is reached, so what it says is shown to " +
			"nobody, and neither are the bytes that are hashed. The proof still holds; an export of the history has " +
			"their hash."
	} else if e.Withheld {
		p.Withheld = "Its article was taken down, so its words are shown to nobody, and neither are the bytes that " +
			"are hashed. The proof still holds; an export of the history has them."
	}
	return s.respond(c, http.StatusOK, p, e.PageJSON())
}

// showProof shows that an event stands under a checkpoint, or that none covers it yet.
func (s *Server) showProof(c echo.Context, e desk.PastEvent) *view.Proof {
	p := &view.Proof{Note: "A checkpoint that covers it is signed within a minute; auditors read the proof.",
		Allowed: e.Who.Role, Command: s.verifyCommand(c)}
	seal := e.Seal
	if seal == nil {
		return p
	}
	p.Included = true
	p.Note = fmt.Sprintf("Included in the checkpoint of %s events; the path below was computed and checked in this "+
		"request.", grouped(seal.Size))
	p.Checked, p.Size = clockIn(s.DB.Now(), readersZone(c)), grouped(seal.Size)
	p.Root, p.Signer = seal.Root.String(), seal.Origin
	p.Checkpoint, p.SaveURL = seal.Note, "/history/"+itoa(e.Seq)+"/proof"
	for i, h := range e.Proof.Hashes {
		p.Path = append(p.Path, view.PathHash{Side: itoa(i), Hash: h.String()})
	}
	return p
}

func (s *Server) pastEvent(c echo.Context) (e desk.PastEvent, err error) {
	seq, err := pathID[int64](c, "seq")
	if err != nil {
		return e, err
	}
	return s.desk.PastEvent(c.Request().Context(), actorOf(c), seq)
}

// historyProof gives an event's proof as a file that anybody can check without this server.
func (s *Server) historyProof(c echo.Context) error {
	e, err := s.pastEvent(c)
	if err != nil {
		return err
	}
	if e.Seal == nil {
		return fault.New(fault.NotFound, "No checkpoint covers event %d yet. Try again in a minute.", e.Seq)
	}
	fileHeader(c, file{name: "event-" + itoa(e.Seq) + ".tlog-proof"})
	return c.Blob(http.StatusOK, "text/plain; charset=utf-8", []byte(e.Proof.Text()))
}
