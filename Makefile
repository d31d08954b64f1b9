# What newcomers, CI and the README call. Everything here needs Go and git alone.
# The tag tools is for the programs that measure: go install ./... leaves them out.

GO ?= go
BIN := bin
MODULES := . runtime examples testdata/src

.PHONY: all build browser refused test quick fmt vet shape self corpus servers runtime examples demo docs fuzz bench performance sqloracle proof replay compatproof plant mutate survey tables clean drivers golangci-lint vuln licences reproducible snapshot

all: build

build: $(BIN)/mcwflint

$(BIN)/mcwflint: FORCE
	$(GO) build -trimpath -o $@ ./cmd/mcwflint

FORCE:

# Everything that must pass.
test: fmt vet shape corpus runtime examples
	$(GO) test -tags=tools -timeout=20m ./...
	$(MAKE) self

# The tests without the corpus under go vet.
quick:
	$(GO) test -tags=tools -short ./...

fmt:
	@files=$$(git ls-files -co --exclude-standard '*.go' | xargs gofmt -l); \
	if [ -n "$$files" ]; then echo "not gofmt-ed:"; echo "$$files"; exit 1; fi

vet:
	$(GO) vet -tags=tools ./...

# Functions that one can read, rooms that import one way and do not become the house.
shape:
	$(GO) run $(GOCOGNIT) -over 25 $$(git ls-files -co --exclude-standard '*.go' | grep -v -e _test.go -e ^examples/ -e testdata/ | xargs ls 2>/dev/null)
	$(GO) test ./internal/shape

GOCOGNIT := github.com/uudashr/gocognit/cmd/gocognit@v1.3.0

# The corpus must be good Go, whatever the rules say of it.
corpus:
	cd testdata/src && $(GO) build ./... && $(GO) vet ./...

# What the tests of runtime and the demo start: Temporal's development server, in
# the latest version that go install can build, and PostgreSQL. Where one cannot be
# had, the tests that need it are skipped, but never in CI.
servers:
	@test -x $(BIN)/temporal || { echo "installing $(TEMPORAL)"; GOBIN=$(CURDIR)/$(BIN) $(GO) install $(TEMPORAL); } || \
		{ echo "*** Temporal's server cannot be installed: TESTS THAT NEED IT ARE SKIPPED"; test -z "$$CI"; }
	@command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || \
		{ test "$$(id -u)" = 0 && apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install postgresql; } || \
		{ echo "*** PostgreSQL is not installed: TESTS THAT NEED IT ARE SKIPPED"; test -z "$$CI"; }

TEMPORAL := github.com/temporalio/cli/cmd/temporal@v1.5.1

# The race detector needs a C compiler.
RACE := $(shell command -v gcc >/dev/null && echo -race)

runtime: servers
	cd runtime && $(GO) build ./... && $(GO) vet ./... && $(GO) test $(RACE) ./...

examples:
	cd examples && $(GO) build ./... && $(GO) vet ./... && $(GO) test ./...

# Runs the examples' tests and programs on a Temporal server and a PostgreSQL of
# their own, has activities retried after their work is done, shows the tables, and
# lints both programs. Everything that it starts has ended when it ends.
KARDASHIANS := $(BIN)/kardashians
demo: build servers
	cd runtime && $(GO) build -o ../$(BIN)/withservers ./internal/withservers
	cd examples && $(GO) build -o ../$(BIN)/demo ./kardashians/demo
	for program in good bad; do \
		mkdir -p $(KARDASHIANS)/$$program && \
		(cd examples && $(GO) build -o ../$(KARDASHIANS)/$$program/ ./kardashians/$$program/cmd/...) && \
		cp examples/kardashians/$$program/schema.sql $(KARDASHIANS)/$$program/ || exit 1; \
	done
	cd examples && ../$(BIN)/withservers $(GO) test -count=1 ./...
	$(BIN)/withservers $(BIN)/demo $(KARDASHIANS)
	$(BIN)/mcwflint -C examples/kardashians/good ./...
	$(BIN)/mcwflint -C examples/kardashians/bad ./...; test $$? -eq 1

# mcwflint on itself, on the runtime, and on the example that follows the tips.
self: build
	$(BIN)/mcwflint ./...
	$(BIN)/mcwflint -C runtime ./...
	$(BIN)/mcwflint -C examples/kardashians/good ./...

# Writes docs/rules, the schema and the example files from the rules; a test holds the two together.
docs:
	$(GO) test ./internal/docs -update

# The corpus under the command line, go vet, golangci-lint and nogo; their caches and
# bad settings; what they write against its schemas. Needs npm for SARIF's schema.
# The first run compiles golangci-lint.
drivers:
	cd internal/drivers && $(GO) vet ./... && $(GO) test ./...

# Runs generated activities twice on a PostgreSQL of its own: what rawinsert reports
# must duplicate rows or fail, what it accepts must do neither.
proof: servers
	cd runtime && $(GO) build -o ../$(BIN)/withservers ./internal/withservers
	cd internal/proof && $(GO) vet ./... && ../../$(BIN)/withservers $(GO) test -count=1 ./...

# Runs generated workflows on a Temporal server and replays their histories: what
# determinism reports must fail in some replay, what it accepts in none.
replay: servers
	cd runtime && $(GO) build -o ../$(BIN)/withservers ./internal/withservers
	cd internal/replay && $(GO) vet ./... && ../../$(BIN)/withservers $(GO) test -count=1 -run 'Test$$' -v ./...

# What the SDK or a server refuses, of options, registrations, names and payloads, is what
# the rules report.
refused: servers
	cd runtime && $(GO) build -o ../$(BIN)/withservers ./internal/withservers
	cd internal/replay && $(GO) vet ./... && ../../$(BIN)/withservers $(GO) test -count=1 -run TestRefused -v ./...

# The pages that mcwflint writes, in a real browser; with ARGS=-update, their pictures in
# docs/images.
browser:
	cd internal/browser && $(GO) vet ./... && $(GO) test -count=1 ./... $(ARGS)

# Pairs of revisions: the old one is run, the new one replays its histories up to every
# point; what compat reports must fail, and nothing else. Of pairs of payloads it reports what
# the SDK's data converter cannot read.
compatproof: servers
	cd runtime && $(GO) build -o ../$(BIN)/withservers ./internal/withservers
	cd internal/replay && $(GO) vet ./... && ../../$(BIN)/withservers $(GO) test -count=1 -run 'TestCompat|TestPayloads' -v ./...

# golangci-lint with the plugin, from released modules.
golangci-lint:
	cd internal/drivers && $(GO) build -o ../../$(BIN)/golangci-lint ./golangci

# sqltext against PostgreSQL's own parser, which is C and takes a minute to compile.
sqloracle:
	@command -v gcc >/dev/null || { echo "*** no C compiler: SQL IS NOT COMPARED WITH POSTGRESQL'S PARSER"; test -z "$$CI"; exit; }; \
	cd analyzers/internal/sqltext/pgquery && $(GO) vet ./... && $(GO) test ./...

FUZZTIME ?= 10m
fuzz:
	$(GO) test -fuzz=FuzzParse -fuzztime=$(FUZZTIME) ./analyzers/internal/sqltext
	$(GO) test -fuzz=FuzzEval -fuzztime=$(FUZZTIME) ./analyzers/internal/sqltext
	$(GO) test -fuzz=FuzzChain -fuzztime=$(FUZZTIME) ./analyzers/internal/facts
	$(GO) test -fuzz=FuzzCodec -fuzztime=$(FUZZTIME) ./analyzers/internal/codec
	$(GO) test -fuzz=FuzzDirective -fuzztime=$(FUZZTIME) ./analyzers/internal/report
	$(GO) test -fuzz=FuzzFile -fuzztime=$(FUZZTIME) ./internal/settings

# Whole run against load alone. PROGRAMS are checkouts of programs to measure as
# well. make performance measures with Temporal's own checker and an empty build cache,
# too, and writes docs/performance.md; it takes a quarter of an hour.
PROGRAMS ?=
bench: build
	$(GO) build -tags=tools -o $(BIN)/bench ./internal/bench
	$(BIN)/bench -linter $(BIN)/mcwflint $(BENCH) $(PROGRAMS)

performance:
	GOBIN=$(CURDIR)/$(BIN) $(GO) install go.temporal.io/sdk/contrib/tools/workflowcheck@v0.6.0
	$(MAKE) bench BENCH="-empty -workflowcheck $(CURDIR)/$(BIN)/workflowcheck -o docs/performance.md"

# Plants violations in copies of public programs and counts what is found.
# PAYMENTS and ORDERS are checkouts of formancehq/payments and
# temporalio/reference-app-orders-go.
plant: build
	$(GO) run -tags=tools ./internal/plant -linter $(BIN)/mcwflint -payments "$(PAYMENTS)" -orders "$(ORDERS)"

# Breaks the arguments of every call that the linter resolves, in checkouts of
# public programs, and counts what is reported.
mutate:
	$(GO) run -tags=tools ./analyzers/internal/mutate $(PROGRAMS)

# Every rule over the standard library and all modules that this one and the corpus
# depend on. What it finds there is to be judged by hand.
survey:
	$(GO) run -tags=tools ./analyzers/internal/survey -modules .,testdata/src

# Holds the table of the standard library, in domain determinism, to the library's source.
tables:
	$(GO) run -tags=tools ./analyzers/internal/tables

# What Go's vulnerability database knows of the code that the command and the plugin
# reach. Not in CI: it needs a network that reaches the database.
vuln:
	$(GO) run golang.org/x/vuln/cmd/govulncheck@v1.9.0 ./...

# The licences of what a user pulls, and their table in docs/dependencies.md.
licences:
	$(GO) test -count=1 -run Licences ./internal/docs

# Builds the last commit in two folders, the second time without a cache that has seen
# the first, and compares the bytes.
reproducible:
	@tmp=$$(mktemp -d) && trap 'chmod -R u+w '$$tmp'; rm -rf '$$tmp EXIT && \
	for n in one another/two; do \
		git clone -q . $$tmp/$$n && \
		(cd $$tmp/$$n && GOCACHE=$$tmp/cache/$$n GOWORK=off CGO_ENABLED=0 $(GO) build -trimpath -buildvcs=true -o $$tmp/mcwflint-$$(basename $$n) ./cmd/mcwflint) || exit 1; \
	done; \
	cmp $$tmp/mcwflint-one $$tmp/mcwflint-two && sha256sum <$$tmp/mcwflint-one

# Makes the files of a release of the last commit in dist, and publishes nothing.
GORELEASER := github.com/goreleaser/goreleaser/v2@v2.16.0
CYCLONEDX := github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0
snapshot:
	GOBIN=$(CURDIR)/$(BIN) $(GO) install $(CYCLONEDX)
	GOBIN=$(CURDIR)/$(BIN) $(GO) install $(GORELEASER)
	PATH="$(CURDIR)/$(BIN):$$PATH" goreleaser release --snapshot --clean

clean:
	rm -rf $(BIN) dist
