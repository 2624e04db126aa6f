# Village Kiosk. `make help` lists what there is.

.DEFAULT_GOAL := help
SHELL := /bin/bash
SWIFT := .ci/swift
SEED ?= 1

.PHONY: help run build test check bench simulate mutate fuzz rulebook format lint clean packages

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## build everything and run a demo county on this machine
	@Fixtures/demo

build: packages
	@echo "Building (the first time takes some minutes) …"
	@$(SWIFT) build -c release

test: lint ## what CI runs: every test, the day end to end, the screens in a browser
	@.ci/packages test
	@$(SWIFT) build --build-tests
	@swift test --skip-build
	@/usr/bin/python3 Tests/EndToEnd/run.py .build/debug

check: test ## test, and what takes longer: killing both programs 200 times, many seeds
	@/usr/bin/python3 Tests/EndToEnd/kill.py .build/debug --times 200
	@MERGE_SEEDS=10000 swift test --skip-build --filter MergeLaws

bench: build ## medians beside their rivals, in one run (builds once more, for measuring)
	@.ci/packages test
	@$(SWIFT) build -c release -Xswiftc -enable-testing --build-tests --scratch-path .build-bench
	@BENCH=1 swift test -c release -Xswiftc -enable-testing --scratch-path .build-bench \
		--skip-build --filter BenchTests 2>/dev/null | grep ratio
	@/usr/bin/python3 Tests/EndToEnd/bench.py .build/release

simulate: packages ## one county day in one process from a seed: make simulate SEED=7
	@$(SWIFT) build --build-tests
	@SIMULATION_SEED=$(SEED) swift test --skip-build --filter DayTests

mutate: packages ## seed faults into Pricing and count how many the tests catch
	@.ci/packages test
	@/usr/bin/python3 Tests/Mutations/mutate.py

format: ## format all Swift files
	@swift format --in-place --recursive Package.swift Sources Kiosk SyncServer Fixtures Tests

lint: packages
	@swift format lint --strict --recursive Package.swift Sources Kiosk SyncServer Fixtures Tests

packages:
	@.ci/packages build

clean: ## forget builds and the demo county
	@rm -rf .build .demo .output
