package auth

import (
	"strings"
	"testing"

	"claimbench/internal/fault"
	"claimbench/internal/store/storetest"
)

// TestReasonsAreTyped: a reason keeps neither what cannot be seen nor more than fits.
func TestReasonsAreTyped(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t), Options{})
	u := h.person("rita", Grant{Role: Reviewer})
	boss := h.admin
	for _, bad := range []string{"left\u202e", "a\x00b", "\xff", strings.Repeat("é", maxReason+1)} {
		h.wantKind("disable", h.s.DisableUser(ctx(), boss, u.ID, bad), fault.Invalid)
		h.wantKind("enable", h.s.EnableUser(ctx(), boss, u.ID, bad), fault.Invalid)
		h.wantKind("revoke", h.s.RevokeRole(ctx(), boss, u.ID, Reviewer, 0, bad), fault.Invalid)
	}
	if err := h.s.DisableUser(ctx(), boss, u.ID, strings.Repeat("é", maxReason)); err != nil {
		t.Error(err)
	}
}
