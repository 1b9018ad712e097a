package httpd

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/fault"
	"claimbench/internal/notices"
	"claimbench/internal/replies"
	"claimbench/internal/shelf"
)

// What no page shows in the shape of the first answer is read anew by the room that has it. The end of the kept address
// says what it was.
const (
	aName     = "#name"     // the name by which others see the person
	anImport  = "#import"   // an article as it was taken in
	existing  = "#existing" // likewise; the text was there before it was sent
	aRevision = "#revision" // likewise, of a new text; what followed it is kept beside the address
	anOrigin  = "#origin"   // the origin of an article
	anItem    = "#item"     // an item of evidence, unlinked or not: #item=7
	aReview   = "#reviewed" // a person's own review of a claim
	aSet      = "#set"      // a claim set without its claims
	aSplit    = "#parts"    // the claims that one was split into: #parts=5,6
	anAlarm   = "#alarm"    // an alarm on what is printed
	aReply    = "#reply"    // who was asked about a claim: #reply=3
	aMethod   = "#method"   // a version of a collection's method: #method=3
	aFile     = "#file"     // a file of fact-checks, without what it holds
	anEntry   = "#entry"    // an entry of a shelf, without its bytes
	anErasure = "#erasure"  // one that was asked for: #erasure=24bfdm5wz2zg
)

// rereadAt is the address of what no page shows in the shape of this answer.
func rereadAt(c echo.Context, data desk.Answer) (string, bool) {
	switch d := data.(type) {
	case desk.CalledJSON:
		return "/settings" + aName, true
	case desk.ImportedJSON:
		at := "/articles/" + itoa(d.Article.ID)
		switch {
		case d.Job != nil:
			return at + "/work", true
		case d.Existing:
			return at + existing, true
		}
		return at + anImport, true
	case desk.WatchSetJSON:
		return watchURL(d.Article), true
	case desk.ProposedRefusedJSON:
		return watchURL(d.Article), true
	case desk.ReviewedJSON:
		return claimURL(d.Claim.ID) + aReview, true
	case desk.EvidenceJSON:
		return claimURL(d.Claim) + anItem + "=" + itoa(d.ID), true
	case desk.CapturedJSON:
		return captureURL(d.Item.ID), true
	case desk.ReplyJSON:
		return claimURL(d.Claim) + aReply + "=" + itoa(d.ID), true
	case desk.RevisedJSON:
		return "/articles/" + itoa(d.Article.ID) + aRevision, true
	case desk.SetJSON:
		return setURL(d.ID) + aSet, true
	case desk.OriginJSON:
		return ownPage(c.Request().URL.Path) + anOrigin, true
	case desk.AlarmJSON:
		return "/alarms/" + itoa(d.ID) + anAlarm, true
	case desk.MethodJSON:
		return c.Request().URL.Path + aMethod + "=" + itoa(d.N), true
	case desk.ShelfFileJSON:
		return shelfFileURL(d.ID) + aFile, true
	case desk.ShelfEntryJSON:
		return entryURL(d.ID) + anEntry, true
	case desk.ErasureJSON:
		return erasuresPath + anErasure + "=" + string(d.ID), true
	case desk.List[desk.ClaimJSON]:
		ids := make([]string, len(d.Items))
		for i, x := range d.Items {
			ids[i] = itoa(x.ID)
		}
		return "/claims" + aSplit + "=" + strings.Join(ids, ","), true
	}
	return "", false
}

// reread reads anew what rereadAt named, in the shape of the first answer; kept is what was kept of that. found is
// false for any other address, and for what is not there any more: its page says what is.
func (s *Server) reread(c echo.Context, address, kept string) (data desk.Answer, found bool, err error) {
	page, what, _ := strings.Cut(address, "#")
	n, _ := strconv.ParseInt(page[strings.LastIndex(page, "/")+1:], 10, 64)
	ctx, actor := c.Request().Context(), actorOf(c)
	what, list, _ := strings.Cut(what, "=")
	switch "#" + what {
	case aName:
		return desk.CalledJSON{Display: actor.Display}, true, nil
	case anImport, existing, aRevision:
		return s.importAgain(c, articles.ID(n), kept, "#"+what == existing)
	case anOrigin:
		_, o, err := s.Evidence.ArticleOriginOf(ctx, actor, articles.ID(n))
		if err != nil || o == nil {
			return nil, false, err
		}
		return desk.OriginOf(*o), true, nil
	case anItem:
		id, err := strconv.ParseInt(list, 10, 64)
		if err != nil {
			return nil, false, nil
		}
		seen, err := s.desk.Item(ctx, actor, evidence.ID(id))
		return seen, true, err
	case aReply:
		id, err := strconv.ParseInt(list, 10, 64)
		if err != nil {
			return nil, false, nil
		}
		seen, err := s.desk.Reply(ctx, actor, replies.ID(id))
		return seen, true, err
	case aReview:
		seen, err := s.desk.Claim(ctx, actor, desk.ClaimAsk{ID: claims.ID(n)})
		if err != nil || seen.Reviewing.Mine == nil {
			return nil, false, err
		}
		return desk.ReviewedOf(seen.Reviewing.Mine.Review, seen.Claim), true, nil
	case aSet:
		seen, err := s.desk.Set(ctx, actor, claimset.ID(n), 0)
		return seen.JSON().SetJSON, true, err
	case aSplit:
		return s.partsAgain(c, list)
	case anAlarm:
		seen, err := s.desk.Alarm(ctx, actor, claimset.AlarmID(n))
		return desk.AlarmOf(seen), true, err
	case aMethod:
		return s.methodAgain(c, page, list)
	case aFile:
		seen, err := s.desk.ShelfFile(ctx, actor, shelf.FileID(n))
		return desk.ShelfFileOf(seen.File), true, err
	case anEntry:
		seen, err := s.desk.ShelfEntry(ctx, actor, shelf.EntryID(n))
		return desk.ShelfEntryOf(seen.Entry), true, err
	case anErasure:
		seen, err := s.desk.ErasureNamed(ctx, actor, notices.Name(list))
		return seen.JSON(), true, err
	}
	return nil, false, nil
}

// importAgain is an article as it was taken in, and after a new text of it what became of what stood in the earlier
// ones.
func (s *Server) importAgain(c echo.Context, n articles.ID, kept string, was bool) (desk.Answer, bool, error) {
	text, err := s.Articles.Read(c.Request().Context(), actorOf(c), n)
	if err != nil {
		return nil, true, err
	}
	in := desk.ImportedOf(articles.Imported{Article: text.Article, Revision: text.Revision, Existing: was})
	if kept == "" {
		return in, true, nil
	}
	var followed desk.FollowedJSON
	if err := json.Unmarshal([]byte(kept), &followed); err != nil {
		return nil, true, fault.Wrap(fault.Internal, err, "reading what followed a new text of article %d", n)
	}
	return followed.With(in), true, nil
}

// partsAgain are the claims that one was split into, as they are now.
func (s *Server) partsAgain(c echo.Context, list string) (desk.Answer, bool, error) {
	all := desk.List[desk.ClaimJSON]{}
	for id := range strings.SplitSeq(list, ",") {
		n, err := strconv.ParseInt(id, 10, 64)
		if err != nil {
			return nil, true, fault.Wrap(fault.Internal, err, "reading the parts %q", list)
		}
		seen, err := s.desk.Changed(c.Request().Context(), actorOf(c), claims.ID(n))
		if err != nil {
			return nil, true, err
		}
		all.Items = append(all.Items, seen.ClaimJSON())
	}
	return all, true, nil
}

// methodAgain is a version of the method of the collection whose page it is.
func (s *Server) methodAgain(c echo.Context, page, version string) (desk.Answer, bool, error) {
	in, err := strconv.ParseInt(strings.Split(page+"//", "/")[2], 10, 64)
	if err != nil {
		return nil, false, nil
	}
	n, err := strconv.Atoi(version)
	if err != nil {
		return nil, false, nil
	}
	seen, err := s.desk.Method(c.Request().Context(), actorOf(c), desk.MethodAsk{In: auth.CollectionID(in), N: n})
	return desk.MethodOf(seen.Shown), true, err
}
