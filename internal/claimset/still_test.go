package claimset_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/fault"
	"claimbench/internal/jobs"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// TestJobsAskAgainAtTheirEnd: a job of any kind fails when the person who asked for it was disabled, or lost the role,
// after the job began, and what it would have written is not there.
func TestJobsAskAgainAtTheirEnd(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		x.Sets.SetAtOnce(2)
		ctx, ed, admin := roomtest.Ctx(), x.As("editor-1"), x.As("admin-1")
		set, _ := x.draft(3)
		long := strings.Repeat("The council paid 5 grants on Monday.\n", 1200)
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		whole := x.Article(articles.Import{Raw: long, Lang: "en"})
		if whole.Job != nil {
			_, err := x.Jobs.Finish(ctx, whole.Job.ID)
			must(err)
		}
		revised := x.Article(articles.Import{Raw: "The mayor paid 7 grants.", Lang: "en"})
		moving := x.Claim(revised, "The mayor paid 7 grants", "The mayor paid 7 grants.")
		grants := ed.Grants
		for _, gone := range []struct {
			name, says string
			do, undo   func() error
		}{
			{"disabled", "is disabled", func() error {
				return x.Auth.DisableUser(ctx, admin, ed.UserID, "gone")
			}, func() error { return x.Auth.EnableUser(ctx, admin, ed.UserID, "back") }},
			{"the role revoked", "needs the role", func() error {
				for _, g := range grants {
					if err := x.Auth.RevokeRole(ctx, admin, ed.UserID, g.Role, g.Collection, "gone"); err != nil {
						return err
					}
				}
				return nil
			}, func() error {
				for _, g := range grants {
					if err := x.Auth.GrantRole(ctx, admin, ed.UserID, g.Role, g.Collection); err != nil {
						return err
					}
				}
				return nil
			}},
		} {
			for _, kind := range []struct {
				name string
				ask  func() jobs.Job
			}{
				{claimset.Freezing, func() jobs.Job {
					_, j, err := x.Sets.Ask(ctx, ed, set.ID, set.Version)
					must(err)
					return *j
				}},
				{articles.TakingIn, func() jobs.Job {
					a, err := x.Articles.Import(ctx, ed, articles.Import{Collection: x.Collection.ID, Lang: "en",
						Raw: "Of " + gone.name + ".\n" + long, Later: true})
					must(err)
					return *a.Job
				}},
				{"candidates", func() jobs.Job {
					_, j, err := x.Claims.ExtractLater(ctx, ed, whole.Article.ID)
					must(err)
					return *j
				}},
				{articles.Following, func() (j jobs.Job) {
					must(db.Write(ctx, func(tx *store.Tx) (err error) {
						j, err = x.Jobs.Add(tx, ed, jobs.Wanted{Kind: articles.Following,
							Object: articles.Object(revised.Article.ID), Collection: x.Collection.ID})
						return err
					}))
					return j
				}},
			} {
				if kind.name == articles.Following && gone.name == "disabled" {
					_, err := x.Articles.Revise(ctx, ed, revised.Article.ID, revised.Article.Version,
						"It rained. The mayor paid 7 grants.", false)
					must(err)
				}
				j := kind.ask()
				rows := func() [3]int {
					return [3]int{x.Count("sentences"), x.Count("claims"),
						x.Count("claim_set_claims WHERE frozen <> ''")}
				}
				before := rows()
				done, err := x.Jobs.Finish(x.afterActor(gone.do), j.ID)
				must(err)
				if done.State != jobs.Failed || !strings.Contains(done.Message, gone.says) {
					t.Errorf("%s, %s: %s, %q", kind.name, gone.name, done.State, done.Message)
				}
				must(gone.undo())
				must(x.Sets.Sweep(ctx))
				if after := rows(); after != before {
					t.Errorf("%s, %s: %v rows become %v", kind.name, gone.name, before, after)
				}
				x.Verify()
			}
		}
		if o, err := opened(x, set.ID); err != nil || o.State != claimset.Draft {
			t.Errorf("%+v, %v", o.State, err)
		}
		if c, err := x.Claims.Get(ctx, ed, moving.ID); err != nil || c.RevisionID != moving.RevisionID {
			t.Errorf("the claim moved: %+v, %v", c.RevisionID, err)
		}
	})
}

// TestRemoveWhatIsNotThere: what is not in a set, or nowhere, or in another collection, is not taken out of it, and
// nothing changes, not even by the others of the form.
func TestRemoveWhatIsNotThere(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := newBench(t, db)
		ctx, ed := roomtest.Ctx(), x.As("editor-1")
		set, all := x.draft(2)
		out := x.Claim(x.a, "شهردار امضا کرد", "شهردار امضا کرد.")
		events := x.Count("events")
		for _, id := range []claims.ID{out.ID, 999999} {
			_, err := x.Sets.Remove(ctx, ed, set.ID, set.Version, []claims.ID{all[0].ID, id})
			want := fmt.Sprintf("There is no claim %d in this set.", id)
			if fault.KindOf(err) != fault.Invalid || fault.Message(err) != want {
				t.Errorf("claim %d: %v", id, err)
			}
		}
		if o, err := opened(x, set.ID); err != nil || o.Version != set.Version || len(o.Claims) != 2 ||
			x.Count("events") != events {
			t.Errorf("version %d, %d claims, %v", o.Version, len(o.Claims), err)
		}
	})
}

// afterActor does something once, after a job has found who asked for it and before it reads anything else.
func (x bench) afterActor(do func() error) context.Context {
	found, done := false, false
	return store.WithCounter(roomtest.Ctx(), &store.Counter{Each: func(sql string) {
		switch {
		case done:
		case strings.Contains(sql, "role_grants"):
			found = true
		case found:
			done = true
			if err := do(); err != nil {
				x.T.Error(err)
			}
		}
	}})
}
