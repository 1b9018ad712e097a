package httpd

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"
)

// Nobody who only looked is sent to see whether something was saved.
func TestAFaultOfOursSpeaksOfSavingOnlyToWhoSent(t *testing.T) {
	t.Parallel()
	for method, saved := range map[string]bool{http.MethodGet: false, http.MethodHead: false, http.MethodPost: true} {
		c := echo.New().NewContext(httptest.NewRequest(method, "/claims/1", nil), httptest.NewRecorder())
		msg := messageOf(c, errors.New("secret"), http.StatusInternalServerError)
		if strings.Contains(msg, "saved") != saved || strings.Contains(msg, "secret") {
			t.Errorf("%s says %q", method, msg)
		}
	}
}
