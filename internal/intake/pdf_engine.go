package intake

import (
	"context"
	"io"
	"sync"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// PDFium runs as WebAssembly: it sees the bytes that it is given and nothing else, no file and no address, and it can
// be stopped. It is compiled when the first PDF comes, which takes some seconds of one core, or a moment where the
// compiled form was kept.
const (
	pdfMemory = 56 << 20         // of one reading, with the file in it
	pdfLong   = 90 * time.Second // of one reading
	pdfWait   = 5 * time.Minute  // for a reading before this one
	pdfAtOnce = 2                // readings
)

var (
	errPDFBusy     = says("too many PDFs are being read. Send it again in some minutes")
	errPDFStarting = says("the reader of PDFs is being made ready, which takes up to a minute the first time " +
		"on a machine. Send it again then")
	errPDFSlow = says("it took too long. Print it into a new PDF, or take only the article out of it")
)

// engine is the one pool of PDFium in this process.
var engine struct {
	sync.Mutex
	dir   string
	pool  pdfium.Pool
	cache wazero.CompilationCache
}

// KeepPDFium sets the folder in which the compiled form of PDFium is kept; "" keeps none. It is made when the
// first PDF is read. Another folder holds from the next start of the engine on.
func KeepPDFium(dir string) {
	engine.Lock()
	defer engine.Unlock()
	engine.dir = dir
}

// StopPDFium ends the engine, and with it the readings under way. The next PDF starts it again.
func StopPDFium() {
	engine.Lock()
	defer engine.Unlock()
	if engine.pool == nil {
		return
	}
	_ = engine.pool.Close() // it only says that it was closed before
	if engine.cache != nil {
		_ = engine.cache.Close(context.Background()) // what could not be kept is compiled again
	}
	engine.pool, engine.cache = nil, nil
}

// startPDFium gives the pool, and starts it when it does not run.
func startPDFium() (pdfium.Pool, error) {
	engine.Lock()
	defer engine.Unlock()
	if engine.pool != nil {
		return engine.pool, nil
	}
	// The module throws exceptions as WebAssembly does, which is a feature of its own; a reading can be stopped only
	// when the runtime looks whether it is to stop.
	c := wazero.NewRuntimeConfig().WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithCloseOnContextDone(true).WithMemoryLimitPages(pdfMemory >> 16)
	var cache wazero.CompilationCache
	if engine.dir != "" {
		// A folder that cannot be written costs time, not the reading.
		if kept, err := wazero.NewCompilationCacheWithDir(engine.dir); err == nil {
			cache, c = kept, c.WithCompilationCache(kept)
		}
	}
	pool, err := webassembly.Init(webassembly.Config{Context: pdfContext, MaxIdle: 1, MaxTotal: pdfAtOnce,
		RuntimeConfig: c,
		FSConfig:      wazero.NewFSConfig(), Stdout: io.Discard, Stderr: io.Discard})
	if err != nil {
		return nil, err
	}
	engine.pool, engine.cache = pool, cache
	return pool, nil
}

// pdfContext sets the memory of a reading aside at once: it costs what is touched of it, and to make it larger bit by
// bit would hold it twice.
var pdfContext = experimental.WithMemoryAllocator(context.Background(), experimental.MemoryAllocatorFunc(
	func(_, _ uint64) experimental.LinearMemory { return &pdfRoom{make([]byte, pdfMemory)} }))

type pdfRoom struct{ all []byte }

// Reallocate gives so many bytes of the room, nil when it has no more.
func (r *pdfRoom) Reallocate(size uint64) []byte {
	if size > uint64(len(r.all)) {
		return nil
	}
	return r.all[:size]
}

// Free lets the room go.
func (r *pdfRoom) Free() { r.all = nil }

// readyPDFium gives the pool, within a time that is not 0 or else it says that it is not ready. It goes on being made
// ready, so that somebody who sends their file again finds it so.
func readyPDFium(patience time.Duration) (pdfium.Pool, error) {
	if patience == 0 {
		return startPDFium()
	}
	type started struct {
		pool pdfium.Pool
		err  error
	}
	made := make(chan started, 1) // it is put down there also when nobody waits any more
	go func() {
		pool, err := startPDFium()
		made <- started{pool, err}
	}()
	late := time.NewTimer(patience)
	defer late.Stop()
	select {
	case s := <-made:
		return s.pool, s.err
	case <-late.C:
		return nil, errPDFStarting
	}
}

// withPDFium runs one reading in an instance of its own, which is thrown away after it: a broken file leaves
// nothing to the next. A reading that takes too long is stopped.
func withPDFium(patience time.Duration, do func(pdfium.Pdfium) error) error {
	return withPDFiumFor(pdfLimits{patience, pdfWait, pdfLong}, do)
}

// pdfLimits are how long one waits for the engine (0: without end) and for a reading before this one, and how long this
// one may last.
type pdfLimits struct{ ready, turn, long time.Duration }

func withPDFiumFor(limits pdfLimits, do func(pdfium.Pdfium) error) (err error) {
	pool, err := readyPDFium(limits.ready)
	if err != nil {
		return err
	}
	in, err := pool.GetInstance(limits.turn)
	if err != nil {
		return errPDFBusy
	}
	slow := make(chan struct{})
	stop := time.AfterFunc(limits.long, func() {
		close(slow)
		_ = in.Kill() // it was closed meanwhile, or is stopped now
	})
	defer func() {
		if stop.Stop() {
			_ = in.Close() // its memory is gone either way
			return
		}
		<-slow
		err = errPDFSlow
	}()
	return do(in)
}
