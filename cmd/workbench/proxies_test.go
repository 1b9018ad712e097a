package main

import (
	"fmt"
	"strings"
	"testing"
)

func TestParseProxies(t *testing.T) {
	got, err := parseProxies([]string{"10.0.0.0/8", "192.0.2.7", "::1", "::ffff:192.0.2.8", "2001:db8::/48"})
	if err != nil || fmt.Sprint(got) != "[10.0.0.0/8 192.0.2.7/32 ::1/128 192.0.2.8/32 2001:db8::/48]" {
		t.Errorf("parseProxies = %v, %v", got, err)
	}
	for _, bad := range []string{"", "proxy.example", "10.0.0.0/33", "10.0.0", "*"} {
		if _, err := parseProxies([]string{bad}); err == nil || !strings.Contains(err.Error(), "--trusted-proxy") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
