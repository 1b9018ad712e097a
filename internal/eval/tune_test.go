package eval

import (
	"claimbench/internal/match"
	"testing"
)

func TestTune(t *testing.T) {
	for _, v := range [][]float64{{1, .5, 3000, .1, .3, 1}, {1, .5, 3000, 0, .3, .5}, {1, .5, 10000, 0, .3, .5}, {1, .5, 100000, 0, .3, .5}, {1, .5, 10000, 0, .3, .3}} {
		match.Tune(v...)
		r, _ := RankLinks(evidenceData(t), match.AllKeys)
		t.Logf("%v s5 %.1f AP %.3f AUC %.3f", v, r.SuccessAt5(), r.AveragePrecision(), r.HardNegativeAUC())
	}
}
