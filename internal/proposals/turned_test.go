package proposals_test

import (
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/deeds"
	"claimbench/internal/evidence"
	"claimbench/internal/proposals"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

func eachFates(t *testing.T, do func(t *testing.T, f fates)) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := fates{World: roomtest.New(t, db, articles.CollectionNew{})}
		f.m = machine(f.World, "extractor")
		f.a = f.Article(articles.Import{Lang: "en", Raw: flood})
		f.b = f.Article(articles.Import{Lang: "en", Raw: houses})
		f.c = f.Claim(f.a, "Mayor Anna Berg closed two schools", "Mayor Anna Berg closed two schools")
		do(t, f)
		f.Verify()
	})
}

// is says what became of a proposal, which must be this.
func (f fates) is(of proposals.Answer, want claims.Fate, when string) {
	f.T.Helper()
	var got claims.Fate
	if err := f.DB.Read(roomtest.Ctx(), func(r *store.Rx) error {
		return r.Gorm().Raw("SELECT fate FROM proposals WHERE machine_id = ? AND own_n = ?", f.m.UserID,
			of.Proposal).Scan(&got).Error
	}); err != nil || got != want {
		f.T.Errorf("%s it is %q, want %q, %v", when, got, want, err)
	}
}

func (f fates) undo() {
	f.T.Helper()
	if _, err := f.Deeds.Undo(roomtest.Ctx(), f.As("editor-1"), deeds.Ask{Collection: f.Collection.ID}); err != nil {
		f.T.Fatal(err)
	}
}

func (f fates) redo() {
	f.T.Helper()
	if _, err := f.Deeds.Redo(roomtest.Ctx(), f.As("editor-1"), deeds.Ask{Collection: f.Collection.ID}); err != nil {
		f.T.Fatal(err)
	}
}

func (f fates) must(err error) {
	f.T.Helper()
	if err != nil {
		f.T.Fatal(err)
	}
}

// TestAClaimThatStandsAgainHasItsOffers: what waited when a claim ended waits again with it, and nothing else does.
func TestAClaimThatStandsAgainHasItsOffers(t *testing.T) {
	eachFates(t, func(t *testing.T, f fates) {
		end := func() {
			t.Helper()
			_, err := f.Claims.Withdraw(roomtest.Ctx(), f.As("editor-1"), f.c.ID, f.claim(f.c.ID).Version, "no")
			f.must(err)
		}
		words, gloss := kept(f.World, f.m, ofStatement(f)), kept(f.World, f.m, ofGloss(f))
		end()
		f.is(words, claims.Left, "ended:")
		f.is(gloss, claims.Left, "ended:")
		f.undo()
		f.is(words, "", "restored:")
		f.is(gloss, "", "restored:")

		f.must(f.DB.Write(roomtest.Ctx(), func(tx *store.Tx) error { // as the model's, which was asked of these words
			return tx.Gorm().Exec("UPDATE proposals SET maker = 'model' WHERE kind = 'gloss'").Error
		}))
		f.must(f.edit(f.c.ID, "Anna Berg closed two schools"))
		f.undo()
		f.redo()
		end()
		f.undo()
		f.is(words, claims.Accepted, "accepted before the end:")
		f.is(gloss, claims.Left, "of other words:")
	})
}

// TestWordsTurnedOftenWaitAgain: however often words are taken back and done again, what they settle goes with them.
func TestWordsTurnedOftenWaitAgain(t *testing.T) {
	eachFates(t, func(t *testing.T, f fates) {
		for _, x := range []struct {
			item proposals.Item
			act  func() error
		}{
			{ofGloss(f), func() error {
				_, err := f.Claims.SetGloss(roomtest.Ctx(), f.As("editor-1"), f.c.ID, "fr",
					"La maire a fermé deux écoles.", 0)
				return err
			}},
			{ofStatement(f), func() error { return f.edit(f.c.ID, "Anna Berg closed two schools") }},
		} {
			made := kept(f.World, f.m, x.item)
			f.must(x.act())
			for range 3 {
				f.is(made, claims.Accepted, "done:")
				f.undo()
				f.is(made, "", "taken back:")
				f.redo()
			}
			f.is(made, claims.Accepted, "done at last:")
		}
	})
}

// TestARefusedPassageTurnsItsOwn: a refusal that is taken back gives back what it refused, and nothing beside it.
func TestARefusedPassageTurnsItsOwn(t *testing.T) {
	eachFates(t, func(t *testing.T, f fates) {
		made := kept(f.World, f.m, ofPassage(f))
		var at []articles.SentenceID
		f.must(f.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
			at, err = store.Select[articles.SentenceID](r, "SELECT id FROM sentences WHERE revision_id = ? ORDER BY n",
				f.b.Revision.ID)
			return err
		}))
		refuse := func(n int, above ...articles.SentenceID) {
			t.Helper()
			f.must(f.Evidence.RefusePassage(roomtest.Ctx(), f.As("editor-1"), f.c.ID, at[n], above))
		}
		refuse(0, at[1])
		refuse(0, at[1])
		f.is(made, "", "passed over:")
		f.undo()
		f.is(made, "", "passed over, and taken back:")
		refuse(1)
		f.is(made, claims.Refused, "refused:")
		f.undo()
		f.is(made, "", "refused, and taken back:")
		f.Link(f.c, f.b, "Nobody was hurt", evidence.Context, evidence.Report)
		f.is(made, claims.Accepted, "linked:")
		refuse(0, at[1])
		f.undo()
		f.is(made, claims.Accepted, "linked, and passed over:")
	})
}

// TestAnOriginThatOneHadIsTakenBack: the proposal of a pair waits again also where one article had the origin before.
func TestAnOriginThatOneHadIsTakenBack(t *testing.T) {
	eachFates(t, func(t *testing.T, f fates) {
		ctx, editor := roomtest.Ctx(), f.As("editor-1")
		made := kept(f.World, f.m, ofOrigin(f))
		_, err := f.Evidence.SetArticleOrigin(ctx, editor, f.a.Article.ID, "A wire", 0)
		f.must(err)
		had, _, err := f.Evidence.ArticleOriginOf(ctx, editor, f.a.Article.ID)
		f.must(err)
		_, err = f.Evidence.ConfirmOrigin(ctx, editor, evidence.OneOrigin{A: f.a.Article.ID, B: f.b.Article.ID,
			VersionA: had.Version, Name: "A wire"})
		f.must(err)
		for range 2 {
			f.is(made, claims.Accepted, "confirmed:")
			f.undo()
			f.is(made, "", "taken back:")
			f.redo()
		}
	})
}
