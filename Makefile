# Claimbench. `make run` does the main job; `make test` runs every test. See README.md.

SHELL := /bin/bash
export GOFLAGS := $(strip $(GOFLAGS) -tags=sqlite_fts5)

.PHONY: run build web test test-long test-go test-e2e lint deps clean

run: build
	@bin/workbench serve --demo --database sqlite:var/demo.db $(if $(ADDR),--addr $(ADDR))

build: bin/workbench

bin/workbench: web/dist/manifest.json $(shell find cmd internal policies seeds web -name '*.go' -o -name '*.html' -o -name '*.sql' -o -name '*.csv' -o -name '*.conf' -o -name '*.tsv' -o -name '*.txt' -o -name '*.json' | grep -v node_modules) go.mod go.sum
	go build -trimpath -ldflags "-s -w" -o bin/workbench ./cmd/workbench

web: web/dist/manifest.json

web/node_modules/.package-lock.json: web/package.json web/package-lock.json
	cd web && npm ci --no-audit --no-fund
	@touch $@

web/dist/manifest.json: web/node_modules/.package-lock.json web/build.mjs $(wildcard web/src/* web/styles/*)
	cd web && npm run --silent build

e2e/node_modules/.package-lock.json: e2e/package.json e2e/package-lock.json
	cd e2e && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund
	@touch $@

# Every test: Go on SQLite and PostgreSQL, then the browser. As root or in CI it installs what is missing.
test:
	@scripts/need chromium postgres sqlite3 python3
	@$(MAKE) --no-print-directory test-go test-e2e

# What takes long: the race detector over everything, time for the fuzzers, kill -9 rounds (ROUNDS), load.
ROUNDS ?= 1000
FUZZTIME ?= 60s
test-long: build
	@scripts/need postgres
	scripts/with-postgres go test -race -timeout 60m ./...
	scripts/fuzz $(FUZZTIME)
	CLAIMBENCH_ROUNDS=$(ROUNDS) scripts/with-postgres go test -tags sqlite_fts5,long -count=1 -timeout 3h -v -run Killed ./cmd/workbench
	CLAIMBENCH_CLAIMS=10000 scripts/with-postgres go test -count=1 -timeout 1h -run TestPagesAtSize ./internal/httpd
	go run ./bench/long
	go run ./bench/load --requests 100 --sizes 10000 --starts 5

test-go: web/dist/manifest.json
	scripts/with-postgres go test -timeout 25m ./...

test-e2e: bin/workbench e2e/node_modules/.package-lock.json
	@[ -n "$$TMPDIR" ] || ! scripts/roomy /dev/shm 2>/dev/null || export TMPDIR=/dev/shm; \
	cd e2e && npx --no-install playwright test

lint: web/dist/manifest.json e2e/node_modules/.package-lock.json
	@bad=$$(gofmt -l $$(git ls-files '*.go')); [ -z "$$bad" ] || { echo "gofmt would change:"; echo "$$bad"; exit 1; }
	go vet ./...
	go tool staticcheck ./...
	cd web && npm run --silent check && npm test --silent
	cd e2e && npm run --silent check
	go test ./web -run Lint -count=1

# Debian's packages that the tests need; run as root.
deps:
	scripts/deps

clean:
	rm -rf bin web/dist/* e2e/test-results e2e/playwright-report
	touch web/dist/.keep
