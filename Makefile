# What newcomers, CI and the README call. Everything here needs Go and git alone.

GO ?= go
BIN := bin
MODULES := . examples testdata/src

.PHONY: all build test quick fmt vet self corpus examples docs fuzz bench plant mutate clean

all: build

build: $(BIN)/mcwflint

$(BIN)/mcwflint: FORCE
	$(GO) build -trimpath -o $@ ./cmd/mcwflint

FORCE:

# Everything that must pass.
test: fmt vet corpus examples
	$(GO) test ./...
	$(MAKE) self

# The tests without the corpus under go vet.
quick:
	$(GO) test -short ./...

fmt:
	@files=$$(git ls-files -co --exclude-standard '*.go' | xargs gofmt -l); \
	if [ -n "$$files" ]; then echo "not gofmt-ed:"; echo "$$files"; exit 1; fi

vet:
	$(GO) vet ./...

# The corpus must be good Go, whatever the rules say of it.
corpus:
	cd testdata/src && $(GO) build ./... && $(GO) vet ./...

examples:
	cd examples && $(GO) build ./... && $(GO) vet ./... && $(GO) test ./...

# mcwflint on itself, and on the example that follows the tips.
self: build
	$(BIN)/mcwflint ./...
	$(BIN)/mcwflint -C examples/kardashians/good ./...

# Writes docs/rules from the rules; a test holds the two together.
docs:
	$(GO) test ./internal/docs -update

FUZZTIME ?= 1m
fuzz:
	$(GO) test -fuzz=FuzzParse -fuzztime=$(FUZZTIME) ./analyzers/internal/sqltext
	$(GO) test -fuzz=FuzzCodec -fuzztime=$(FUZZTIME) ./analyzers/internal/effects
	$(GO) test -fuzz=FuzzDirective -fuzztime=$(FUZZTIME) ./analyzers/internal/report

# Whole run against load alone. PROGRAMS are checkouts of programs to measure as
# well; WORKFLOWCHECK is the binary of Temporal's own checker.
PROGRAMS ?=
WORKFLOWCHECK ?=
bench: build
	$(GO) build -o $(BIN)/bench ./internal/bench
	$(BIN)/bench -linter $(BIN)/mcwflint -workflowcheck "$(WORKFLOWCHECK)" $(PROGRAMS)

# Plants violations in copies of public programs and counts what is found.
# PAYMENTS and ORDERS are checkouts of formancehq/payments and
# temporalio/reference-app-orders-go.
plant: build
	$(GO) run ./internal/plant -linter $(BIN)/mcwflint -payments "$(PAYMENTS)" -orders "$(ORDERS)"

# Breaks the arguments of every call that the linter resolves, in checkouts of
# public programs, and counts what is reported.
mutate:
	$(GO) run ./analyzers/internal/mutate $(PROGRAMS)

clean:
	rm -rf $(BIN)
