package httpd

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"claimbench/internal/desk"
	"claimbench/internal/fault"
	"claimbench/internal/httpd/view"
)

const proofsPath = "/history/proofs"

// proofs proves an event by its address, and that the history only grew between two checkpoints.
func (s *Server) proofs(c echo.Context) error {
	ask, err := proofsAsked(c)
	if err != nil {
		return err
	}
	out, err := s.desk.Proofs(c.Request().Context(), actorOf(c), ask)
	if err != nil {
		return err
	}
	p := &view.Proofs{Shell: s.framed(c, "Proofs", "History", out.Frame), Action: proofsPath, At: ask.At,
		Whole: out.Whole, From: sizeTyped(ask.From), To: sizeTyped(ask.To)}
	for _, seal := range out.Seals {
		p.Sizes = append(p.Sizes, itoa(seal.Size))
	}
	showProved(p, out)
	return s.respond(c, http.StatusOK, p, out.JSON())
}

// proofsAsked reads what is to be proved.
func proofsAsked(c echo.Context) (ask desk.ProofsAsk, err error) {
	ask.At = c.QueryParam("at")
	for field, into := range map[string]*int64{"from": &ask.From, "to": &ask.To} {
		typed := c.QueryParam(field)
		if typed == "" {
			continue
		}
		n, ok := wholeNumber(typed)
		if !ok || n < 1 {
			return ask, fault.New(fault.Invalid, "“%s” is no size of a checkpoint. Write how many events it has.",
				short(typed)).With(field, "Write a number from 1.")
		}
		*into = n
	}
	if ask.To != 0 && ask.From == 0 {
		return ask, fault.New(fault.Invalid, "A proof goes from one checkpoint to another. Name the older one too.").
			With("from", "Name the older checkpoint.")
	}
	return ask, nil
}

// showProved shows the proofs that were asked for.
func showProved(p *view.Proofs, out desk.Proofs) {
	if e := out.Event; e != nil {
		p.Event = "Event " + itoa(e.Seq) + ": " + view.Phrase(e.Action) + ", " + e.Object
		p.Text, p.Command = e.ProofText(), "workbench verify event-"+itoa(e.Seq)+".tlog-proof --key FILE.pub"
		if p.Text == "" {
			p.Note = "No checkpoint covers it yet; one is signed within a minute."
		} else if e.Hidden {
			p.Note = "It tells of a protected source, or of how somebody is reached, so the proof does not hold the " +
				"bytes of the leaf; an export has their hash."
		} else if e.Leaf == nil {
			p.Note = "Its article was taken down, so the proof does not hold the bytes of the leaf; an export has them."
		}
	}
	if g := out.Grown; g != nil {
		p.Grown = "The history only grew from " + grouped(g.From.Size) + " to " + grouped(g.To.Size) + " events; " +
			"that was computed and checked in this request."
		p.GrownText, p.Old = g.Text(), g.From.Note
	}
}

func sizeTyped(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}
