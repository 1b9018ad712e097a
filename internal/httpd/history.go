package httpd

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/httpd/view"
	"claimbench/internal/store"
)

// historyView says what of the history a person sees: the events of his collections, and those in none only for whoever
// reads all. Events of open rounds are veiled from everybody but the auditors, their author included: which of them he
// sees as his own, the opening of the round above all, would tell him whether somebody was there before.
func (s *Server) historyView(ctx context.Context, actor auth.Actor) (history.Filter, error) {
	f := history.Filter{Viewer: history.Viewer{ReadAll: s.Policy.Allows(actor, auth.ThingHistory, auth.ReadAll, 0)}}
	if f.Viewer.ReadAll {
		return f, nil
	}
	f.Within = []int64{-1} // an empty list would mean none as well, but says it less plainly to the database
	cols, err := s.Articles.Collections(ctx, actor)
	for _, col := range cols {
		if s.Policy.Allows(actor, auth.ThingHistory, auth.Read, col.ID) {
			f.Within = append(f.Within, int64(col.ID))
		}
	}
	return f, err
}

// historyFilter adds the conditions of the address.
func (s *Server) historyFilter(c echo.Context) (history.Filter, error) {
	f, err := s.historyView(c.Request().Context(), actorOf(c))
	if err != nil {
		return f, err
	}
	f.Object, f.ActionPrefix = c.QueryParam("object"), c.QueryParam("action")
	if f.BeforeSeq, err = s.beforeEvent(c, f.Viewer); err != nil {
		return f, err
	}
	if who := c.QueryParam("actor"); who != "" {
		f.Actor, err = s.historyActor(c, who, f)
	}
	return f, err
}

// historyActor finds a person by number or name. Whom the reader may not know, and whose acts they do not see either,
// is not there for them.
func (s *Server) historyActor(c echo.Context, who string, f history.Filter) (int64, error) {
	ctx := c.Request().Context()
	person, known, err := s.Auth.Known(ctx, actorOf(c), who)
	if err != nil || known {
		return int64(person.ID), err
	}
	f.Actor, f.Limit = int64(person.ID), 1
	var seen []history.Entry
	if err := s.DB.Read(ctx, func(r *store.Rx) (err error) {
		seen, err = history.List(r, f)
		return err
	}); err != nil {
		return 0, err
	}
	if len(seen) == 0 {
		return 0, fault.New(fault.NotFound, "There is no such person among those whose acts you read. Name them as they "+
			"sign in, or choose them from the list.")
	}
	return int64(person.ID), nil
}

// history lists events, newest first: of everything this person may read, or of one object.
func (s *Server) history(c echo.Context) error {
	f, err := s.historyFilter(c)
	if err != nil {
		return err
	}
	ctx, actor := c.Request().Context(), actorOf(c)
	var events []history.Entry
	var seals []history.Checkpoint
	var head *history.Checkpoint
	var size int64
	var earlier map[int64]history.Texts
	if err := s.DB.Read(ctx, func(r *store.Rx) (err error) {
		if events, err = history.List(r, f); err != nil {
			return err
		}
		if !f.Viewer.ReadAll {
			if err := claims.WithholdEvents(r, events); err != nil {
				return err
			}
		}
		if head, err = history.LatestCheckpoint(r); err != nil {
			return err
		}
		if size, err = history.Size(r); err != nil || len(events) == 0 {
			return err
		}
		if seals, err = history.Checkpoints(r, events[0].Seq+1, history.DefaultLimit); err != nil {
			return err
		}
		earlier, err = textsBefore(r, events, f.Viewer)
		return err
	}); err != nil {
		return err
	}
	p := &view.History{Shell: s.shell(c, historyTitle(f.Object), "History", nil), Object: f.Object,
		Looked: f.ActionPrefix}
	p.Keys = []view.Key{{Caps: []string{"j", "k"}, Word: "event", Bar: true}, {Caps: []string{"↵"}, Word: "open",
		Bar: true}}
	p.Actions = actionOptions(f.ActionPrefix)
	p.Actors = s.actorOptions(ctx, events, f.Actor)
	if !f.Viewer.ReadAll {
		seals, head, size = nil, nil, 0 // how many events there are would tell of those that are veiled
	}
	p.Events = showEvents(events, seals, earlier, f.Viewer.ReadAll)
	if len(events) == history.DefaultLimit {
		p.Older = withQuery("/history", "object", f.Object, "action", f.ActionPrefix, "actor", itoa(f.Actor), "before",
			s.olderThan(events[len(events)-1].Seq, f.Viewer))
	}
	if !f.Viewer.ReadAll {
		unnumber(p.Events, events)
	}
	if s.mayExportHistory(actor) {
		p.Export, p.VerifyTo = "/history/export", "/history/verify"
	}
	if f.Viewer.ReadAll {
		p.Head = headProof(head, size)
	}
	p.Note = many(len(events), "event", "events") +
		" on this page. Events of a round that is still open are shown to auditors only."
	p.Empty = &view.Empty{So: "No event fits.",
		Next: "Take a condition away. Nothing is ever deleted from the history.", URL: "/history", Act: "All events"}
	if err := s.historyClaim(ctx, actor, p, f.Object); err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, p, map[string]any{"events": events, "older": p.Older, "checkpoint": head,
		"size": size})
}

// unnumber takes the numbers of events away, for their gaps would count what is veiled.
func unnumber(shown []view.Event, events []history.Entry) {
	for i := range shown {
		shown[i].URL = ""
		events[i] = events[i].Unnumbered()
	}
}

func historyTitle(object string) string {
	if object == "" {
		return "History"
	}
	return "History of " + object
}

func (s *Server) mayExportHistory(actor auth.Actor) bool {
	return s.Policy.Allows(actor, auth.ThingHistory, auth.Export, 0)
}

// historyClaim shows the claim whose history it is; one that this person may not read is not shown.
func (s *Server) historyClaim(ctx context.Context, actor auth.Actor, p *view.History, object string) error {
	kind, number, _ := strings.Cut(object, ":")
	n, err := strconv.ParseInt(number, 10, 64)
	if kind != "claim" || err != nil {
		return nil
	}
	seen, err := s.desk.Head(ctx, actor, claims.ID(n))
	switch fault.KindOf(err) {
	case "":
	case fault.NotFound, fault.Forbidden:
		return nil
	default:
		return err
	}
	shown := showHead(seen)
	p.Claim = &shown
	return nil
}

func actionOptions(chosen string) []view.Option {
	out := []view.Option{{Value: "", Word: "All"}}
	for _, kind := range []string{"article", "candidate", "claim", "gloss", "comment", "evidence", "origin", "review",
		"round", "decision", "claimset", "user", "role", "collection", "source"} {
		out = append(out, view.Option{Value: kind + ".", Word: view.Phrase(kind), Chosen: kind+"." == chosen})
	}
	return out
}

// actorOptions are the people of the events on the page, and the one that is chosen.
func (s *Server) actorOptions(ctx context.Context, events []history.Entry, chosen int64) []view.Option {
	out := []view.Option{{Value: "", Word: "Anyone"}}
	seen := map[int64]bool{0: true}
	for _, e := range events {
		if !seen[e.Who.UserID] {
			seen[e.Who.UserID] = true
			out = append(out, view.Option{Value: itoa(e.Who.UserID), Word: e.Who.Name, Chosen: e.Who.UserID == chosen})
		}
	}
	if chosen != 0 && !seen[chosen] {
		who, err := s.names(ctx, auth.UserID(chosen))
		if err == nil {
			out = append(out, view.Option{Value: itoa(chosen), Word: who(auth.UserID(chosen)), Chosen: true})
		}
	}
	return out
}

// showEvents puts each checkpoint above the newest event that it covers.
func showEvents(events []history.Entry, seals []history.Checkpoint, earlier map[int64]history.Texts,
	numbered bool) []view.Event {
	out := make([]view.Event, len(events))
	for i, e := range events {
		shown := e
		if !numbered {
			shown = e.Unnumbered()
		}
		out[i] = showEvent(shown, earlier[e.Seq])
		out[i].Changes, out[i].More = mainChanges(out[i].Changes)
		for _, seal := range seals {
			newer := int64(1<<62 - 1)
			if i > 0 {
				newer = events[i-1].Seq
			}
			if seal.Size >= e.Seq && seal.Size < newer {
				out[i].Checkpoint = &view.Seal{Size: grouped(seal.Size), Signer: seal.Origin, At: moment(seal.At),
					Stamp: stamp(seal.At)}
				break
			}
		}
	}
	return out
}

func showEvent(e history.Entry, earlier history.Texts) view.Event {
	v := view.Event{
		Seq: e.Seq, URL: "/history/" + itoa(e.Seq), Action: e.Action, Actor: e.Who.Name, Role: e.Who.Role,
		Via: string(e.Who.Via), At: exactly(e.At), Stamp: stamp(e.At),
		Object:  view.Link{URL: withQuery("/history", "object", e.Object), Word: e.Object},
		Reason:  reasonOfEvent(e.Reason),
		Request: e.Who.Request, Batch: e.Batch,
	}
	if e.Who.UserID == 0 {
		v.Actor = "the program"
	}
	v.Changes = changes(e, earlier)
	return v
}

// mainFields are what a list shows of an event; its own page shows all.
var mainFields = []string{"state", "verdict", "reason", "statement", "attribution", "hedge", "stance", "kind", "exact",
	"url", "words", "rationale", "searched", "explanation", "confidence", "role", "name", "title", "quorum", "rule",
	"advice", "reliability", "enabled", "outcome", "claims"}

// mainChanges cuts an event's changes to those that a list shows, and counts the others.
func mainChanges(all []view.Change) ([]view.Change, int) {
	var out []view.Change
	for _, ch := range all {
		if slices.Contains(mainFields, ch.Field) {
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

// textsBefore gives, for each event that changed a row, the row's texts as the event before it left them: an event
// writes all texts of its row, changed or not, and only what differs is shown.
func textsBefore(r *store.Rx, events []history.Entry, v history.Viewer) (map[int64]history.Texts, error) {
	out := map[int64]history.Texts{}
	for i, e := range events {
		if e.Before == nil || len(e.Texts) == 0 {
			continue
		}
		older := events[i+1:]
		at := slices.IndexFunc(older, func(o history.Entry) bool { return o.Object == e.Object && len(o.Texts) > 0 })
		if at < 0 {
			more, err := history.List(r, history.Filter{Object: e.Object, BeforeSeq: e.Seq, Viewer: v, Limit: 10})
			if err != nil {
				return nil, err
			}
			older = more
			at = slices.IndexFunc(older, func(o history.Entry) bool { return len(o.Texts) > 0 })
		}
		if at >= 0 {
			out[e.Seq] = history.Texts{}
			for name, t := range older[at].Texts {
				out[e.Seq][name] = t.Text
			}
		}
	}
	return out, nil
}

// changes lists the fields that an event changed, and the texts that differ from those before it.
func changes(e history.Entry, earlier history.Texts) []view.Change {
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
			out = append(out, view.Change{Field: fieldName(k), Before: named(code(k, before)),
				After: named(code(k, after))})
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
	if lang == "" {
		return detected(words)
	}
	return inClaim(words, lang, "")
}

func fieldName(k string) string { return strings.ReplaceAll(k, "_", " ") }

// code writes the system's own words with spaces; numbers stay as they are.
func code(field, v string) string {
	switch field {
	case "state", "reason", "verdict", "stance", "kind", "rule":
		return strings.ReplaceAll(v, "_", " ")
	}
	return v
}

func headProof(head *history.Checkpoint, size int64) *view.Proof {
	p := &view.Proof{Size: grouped(size), Command: "workbench audit verify --checkpoint FILE --key KEY"}
	if head == nil {
		p.Note = "No checkpoint is signed yet. One is signed every minute, every hundred events, and at every freeze."
		return p
	}
	p.Included = true
	p.Note = fmt.Sprintf(
		"The newest checkpoint covers %s of %s events. Keep a copy of it elsewhere: only with one can a full "+
			"rewrite be seen.", grouped(head.Size), grouped(size))
	p.Root, p.Signer, p.Checkpoint = head.Root.String(), head.Origin, head.Note
	p.Checked = "signed " + moment(head.At)
	return p
}

// historyEvent shows one event with its proof and the bytes of its leaf.
func (s *Server) historyEvent(c echo.Context) error {
	e, seal, leaf, proof, err := s.eventOf(c)
	if err != nil {
		return err
	}
	var earlier map[int64]history.Texts
	if err := s.DB.Read(c.Request().Context(), func(r *store.Rx) (err error) {
		earlier, err = textsBefore(r, []history.Entry{e}, history.Viewer{UserID: int64(actorOf(c).UserID)})
		return err
	}); err != nil {
		return err
	}
	p := &view.HistoryEvent{Shell: s.shell(c, "Event "+itoa(e.Seq), "History", nil), Event: showEvent(e,
		earlier[e.Seq]),
		Back: "/history", Canonical: string(leaf)}
	p.Proof = &view.Proof{Note: "A checkpoint that covers it is signed within a minute; auditors read the proof.",
		Allowed: e.Who.Role, Command: "workbench audit verify --checkpoint FILE --key KEY"}
	if seal != nil {
		p.Proof.Included = true
		p.Proof.Note = fmt.Sprintf(
			"Included in the checkpoint of %s events; the path below was computed and checked in this request.",
			grouped(seal.Size))
		p.Proof.Checked, p.Proof.Size, p.Proof.Root, p.Proof.Signer = clock(s.DB.Now()), grouped(seal.Size),
			seal.Root.String(), seal.Origin
		p.Proof.Checkpoint, p.Proof.SaveURL = seal.Note, "/history/"+itoa(e.Seq)+"/proof"
		for i, h := range proof.Hashes {
			p.Proof.Path = append(p.Proof.Path, view.PathHash{Side: itoa(i), Hash: h.String()})
		}
	}
	return s.respond(c, http.StatusOK, p, map[string]any{"event": e, "leaf": string(leaf), "proof": proofText(seal,
		proof)})
}

func proofText(seal *history.Checkpoint, p history.Proof) string {
	if seal == nil {
		return ""
	}
	return p.Text()
}

// eventOf reads an event that this person may see, the oldest checkpoint over it, its leaf, and the checked proof.
func (s *Server) eventOf(c echo.Context) (e history.Entry, seal *history.Checkpoint, leaf []byte, p history.Proof,
	err error) {
	seq, err := pathID[int64](c, "seq")
	if err != nil {
		return e, nil, nil, p, err
	}
	f, err := s.historyView(c.Request().Context(), actorOf(c))
	if err != nil {
		return e, nil, nil, p, err
	}
	err = s.DB.Read(c.Request().Context(), func(r *store.Rx) error {
		if e, err = history.Get(r, seq, f.Viewer); err != nil {
			return err
		}
		if f.Within != nil && !slices.Contains(f.Within, e.Collection) {
			return fault.New(fault.NotFound, "There is no event %d in the history.", seq)
		}
		own, hash, err := history.Leaf(r, seq)
		if err != nil {
			return err
		}
		leaf = own
		if !f.Viewer.ReadAll {
			return nil // a checkpoint's size would tell of events that are veiled from this person
		}
		if seal, err = history.CheckpointAt(r, seq); err != nil || seal == nil {
			return err
		}
		if p, err = history.Inclusion(r, seq, *seal); err != nil {
			return err
		}
		return p.Check(hash)
	})
	return e, seal, leaf, p, err
}

// historyProof gives an event's proof as a file that anybody can check without this server.
func (s *Server) historyProof(c echo.Context) error {
	e, seal, _, p, err := s.eventOf(c)
	if err != nil {
		return err
	}
	if seal == nil {
		return fault.New(fault.NotFound, "No checkpoint covers event %d yet. Try again in a minute.", e.Seq)
	}
	fileHeader(c, file{name: "event-" + itoa(e.Seq) + ".tlog-proof"})
	return c.Blob(http.StatusOK, "text/plain; charset=utf-8", []byte(p.Text()))
}
