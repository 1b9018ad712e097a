package httpd

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"

	"github.com/labstack/echo/v4"

	"claimbench/internal/desk"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/httpd/view"
)

const verifyNote = "This check asks the same server that it checks. Without a checkpoint from elsewhere a full " +
	"rewrite goes unseen: keep checkpoints, and run the command below with one."

// exportBuffer is how much of an export is written at once.
const exportBuffer = 64 << 10

// historyVerifyAsk shows the page from which the history is verified.
func (s *Server) historyVerifyAsk(c echo.Context) error {
	if err := s.desk.MayVerify(actorOf(c)); err != nil {
		return err
	}
	return s.respond(c, http.StatusOK, s.verifyPage(c), desk.NothingJSON{})
}

func (s *Server) verifyPage(c echo.Context) *view.HistoryVerify {
	return &view.HistoryVerify{Shell: s.shell(c, "Verify the history", "History"), Action: "/history/verify",
		Note: verifyNote, Command: s.verifyCommand(c)}
}

// historyVerify recomputes the whole history and compares it with every room's rows.
func (s *Server) historyVerify(c echo.Context) error {
	var form struct{}
	if err := bind(c, &form); err != nil {
		return err
	}
	report, err := s.desk.Verify(c.Request().Context(), actorOf(c))
	switch fault.KindOf(err) {
	case "":
	case fault.Forbidden:
		return err
	default:
		return fault.Wrap(fault.Unavailable, err,
			"The history could not be verified in the time a page has. Run “workbench audit verify” instead; it has "+
				"no limit.")
	}
	return s.respond(c, http.StatusOK, s.verifiedPage(c, report), desk.VerifiedOf(report))
}

// verifiedPage is the page with what a verification found.
func (s *Server) verifiedPage(c echo.Context, report history.Report) *view.HistoryVerify {
	p := s.verifyPage(c)
	p.Ran, p.OK = momentIn(s.DB.Now(), readersZone(c)), report.OK()
	p.Summary = fmt.Sprintf("Verified %s: every leaf, every stored hash and every row agrees.", p.Ran)
	if !report.OK() {
		p.Summary = fmt.Sprintf("Not as recorded: %s found, %s.", many(int(report.Found), "difference", "differences"),
			p.Ran)
	}
	for _, f := range report.Findings {
		p.Problems = append(p.Problems, f.Object+": "+f.Msg)
	}
	compared := int64(0)
	for _, n := range report.Compared {
		compared += n
	}
	p.Facts = []view.Fact{
		{Word: "Events", Value: grouped(report.Events)}, {Word: "Root", Value: report.Root.String()},
		{Word: "Rows compared", Value: grouped(compared)},
		{Word: "Checkpoints compared", Value: grouped(report.Checkpoints)},
		{Word: "Not signed yet", Value: grouped(report.Unsigned)},
		{Word: "Texts withdrawn", Value: grouped(report.Erased)},
	}
	return p
}

// pastExportForm names the object whose events are wanted; without one all are.
type pastExportForm struct {
	Object string `form:"object" json:"object"`
}

// historyExport streams the history as JSON Lines; the page asks for it by POST, as every export.
func (s *Server) historyExport(c echo.Context) error {
	var form pastExportForm
	if err := bind(c, &form); err != nil {
		return err
	}
	f, err := s.desk.PastExport(c.Request().Context(), actorOf(c), form.Object)
	if err != nil {
		return err
	}
	return s.download(c, file{kind: "application/jsonl; charset=utf-8", name: "history.jsonl"},
		func(ctx context.Context, w io.Writer) error {
			out := bufio.NewWriterSize(w, exportBuffer)
			if _, err := history.Export(ctx, s.DB, out, f); err != nil {
				return err
			}
			return out.Flush()
		})
}
