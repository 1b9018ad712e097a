package publish

import (
	"runtime"
	"runtime/metrics"

	"claimbench/internal/claimset"
)

// garbage is how many bytes an export lets the process take before what is not needed any more is collected. A
// server's heap is large, for the indexes lie in it, and the collector of the language waits until it has doubled: an
// export of 40,000 claims would take 128 MB more for a while.
const garbage = 16 << 20

// often is how many claims are read between two looks at what was taken.
const often = 8

// lean gives the claims of each, and collects what they left behind each time that garbage bytes were taken since.
func lean(each func(func(claimset.Kept) error) error) func(func(claimset.Kept) error) error {
	return func(do func(claimset.Kept) error) error {
		taken, n := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}, 0
		metrics.Read(taken)
		last := taken[0].Value.Uint64()
		return each(func(k claimset.Kept) error {
			if n++; n%often == 0 {
				metrics.Read(taken)
				if now := taken[0].Value.Uint64(); now-last > garbage {
					runtime.GC()
					last = now
				}
			}
			return do(k)
		})
	}
}
