# `make help` lists what there is. Only Go and make are needed to run; `make setup` gets the rest for tests.
SHELL := bash
.DEFAULT_GOAL := test
.NOTPARALLEL:
.PHONY: help run demo agents test race soak crash generate fmt lint dead golden pictures accept-pictures bench bench-agents setup

linter := go tool -modfile=.tools/go.mod
# The pictures and the shared database join the tests once their programs are there.
pictures := $(if $(wildcard cmd/screens/main.go),-also "go run ./cmd/screens")
postgres := $(if $(wildcard .ci/withpostgres/main.go),go run ./.ci/withpostgres)
commands := $(patsubst %/main.go,./%,$(wildcard .ci/*/main.go))

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## run the portal on a demo world placed around today, kept in .demo/
	@[ -e .demo ] || [ -e bin ] || echo "The first build takes a minute or two."
	@AGENT_BUILDS="$${AGENT_BUILDS-$(wildcard .agents)}" go run ./cmd/portal serve -demo

agents: ## build the agents' software for every system into .agents/, for portals to offer
	@mkdir -p .agents
	@for build in linux-amd64 linux-arm64 windows-amd64.exe darwin-arm64 darwin-amd64; do \
		system=$${build%.exe}; echo "agents-$$build"; \
		CGO_ENABLED=0 GOOS=$${system%-*} GOARCH=$${system#*-} go build -trimpath -ldflags="-s -w" -o .agents/new ./cmd/agents \
			&& mv .agents/new .agents/agents-$$build || exit 1; \
	done

demo: ## run the demo with its clock stopped, fresh at each start, gallery open
	@[ -e .demo ] || [ -e bin ] || echo "The first build takes a minute or two."
	@go run ./cmd/portal demo

test: setup ## what CI runs: generate, format, vet, staticcheck, tests, pictures
	@echo "== generated code" && .ci/fresh
	@echo "== format" && .ci/format
	@$(MAKE) --no-print-directory lint
	@echo "== tests"
	@MOORING_NEED_POSTGRES=1 MOORING_NEED_CHROMIUM=1 $(postgres) \
		go run ./.ci/count $(pictures) -- -count=1 -timeout=12m ./... $(commands)

race: setup ## all tests under the race detector (needs a C compiler)
	@command -v gcc >/dev/null || command -v clang >/dev/null || \
		{ echo "The race detector needs a C compiler: apt-get install gcc libc6-dev"; exit 1; }
	@MOORING_NEED_POSTGRES=1 MOORING_NEED_CHROMIUM=1 CGO_ENABLED=1 $(postgres) \
		go run ./.ci/count -- -race -count=1 -timeout=30m ./...

soak: setup ## the long runs: 100 carries of 1,000 agents, and long sequences of everything (an hour)
	@MOORING_NEED_POSTGRES=1 $(postgres) go test -count=1 -timeout=3h ./models/portal -run 'OftenOffline|NoSequence' \
		-carries=100 -carried=1000 -rapid.checks=50 -rapid.steps=100

crash: setup ## kill the portal again and again during 25 carries of 10,000 agents, on both databases
	@MOORING_NEED_POSTGRES=1 $(postgres) go test -count=1 -timeout=3h ./cmd/portal -run KilledDuring -v -crash.rounds=25 -crash.agents=10000

generate: ## write the Go code of the templates
	@go tool templ generate

fmt: ## format Go and templates
	@$(linter) gofumpt -w $(wildcard cmd handlers models static views .ci)
	@if [ -d views ]; then go tool templ fmt views; fi

lint: ## go vet and staticcheck
	@echo "== vet" && go vet ./... $(commands)
	@echo "== staticcheck" && $(linter) staticcheck ./... $(commands)

dead: ## list functions that nothing uses, tests included
	@$(linter) deadcode -test ./...

golden: ## accept what the gallery and the pages render now as their golden HTML
	@go test -count=1 -run 'Accepted|Contract' ./views/gallery ./handlers -accept

pictures: setup ## compare pages with the accepted pictures (only='plan.*' looks at some states)
	@go run ./cmd/screens $(only)

accept-pictures: setup ## accept how the pages look now (only='plan.*' accepts some states)
	@go run ./cmd/screens -accept $(only)

bench: ## what the pages cost beside a naked floor; ACCOUNTS=100000 for a large database
	@go run ./cmd/bench -accounts $(or $(ACCOUNTS),20000)

bench-agents: ## what check-ins cost beside a naked floor; AGENTS=1000000 FOR=5m for the goals, SQLITE=1 without PostgreSQL
	@go run ./cmd/bench agents -agents $(or $(AGENTS),100000) -for $(or $(FOR),30s) $(if $(SQLITE),-sqlite)

setup: ## install what tests need and is missing: PostgreSQL, Chromium, fonts (apt, as root)
	@.ci/setup
