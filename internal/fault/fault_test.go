package fault_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"claimbench/internal/fault"
)

func TestKindOf(t *testing.T) {
	inner := fault.New(fault.Conflict, "Somebody was faster.")
	for _, c := range []struct {
		name string
		err  error
		want fault.Kind
	}{
		{"nil", nil, ""},
		{"stranger", errors.New("disk on fire"), fault.Internal},
		{"ours", inner, fault.Conflict},
		{"wrapped", fmt.Errorf("claims.Edit: %w", inner), fault.Conflict},
	} {
		if got := fault.KindOf(c.err); got != c.want {
			t.Errorf("%s: KindOf = %q, want %q", c.name, got, c.want)
		}
	}
}

func TestMessageHidesStrangers(t *testing.T) {
	for _, err := range []error{
		errors.New("dsn user=secret"),
		fault.Wrap(fault.Internal, errors.New("x"), "table secret_things is gone"),
	} {
		if got := fault.Message(err); strings.Contains(got, "secret") {
			t.Errorf("Message(%v) = %q tells what the log alone should know", err, got)
		}
	}
	cause := errors.New("constraint users_name")
	err := fault.Wrap(fault.Invalid, cause, "The name is taken. Choose another.")
	if got := fault.Message(err); got != "The name is taken. Choose another." {
		t.Errorf("Message = %q", got)
	}
	if !errors.Is(err, cause) {
		t.Error("the cause is lost")
	}
}

func TestCollect(t *testing.T) {
	var c fault.Collect
	if c.Err() != nil {
		t.Fatal("an empty collection is an error")
	}
	c.Add("title", "A title is needed.")
	c.Add("lang", "“%s” is no language tag.", "xx_")
	e, ok := fault.As(c.Err())
	if !ok || e.Kind != fault.Invalid || len(e.Fields) != 2 || e.Msg != "A title is needed." {
		t.Fatalf("Collect.Err = %#v", e)
	}
}
