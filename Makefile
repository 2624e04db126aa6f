# Village Kiosk. `make help` lists what there is.

.DEFAULT_GOAL := help
SHELL := /bin/bash
SWIFT := .ci/swift
SEED ?= 1
# How long a simulated county is watched; a file with a history instead of a seed.
DAYS ?= 3
HISTORY ?=
# How long each parser is fuzzed.
SECONDS ?= 30
# The regions whose handbooks are kept in docs/rulebook.
HANDBOOKS := seed-2025 national-2025
handbooks = for region in $(HANDBOOKS); do .build/debug/syncserver rulebook $(1) \
	--rules Fixtures/rules/$$region --out docs/rulebook/$$region.md || exit 1; done

.PHONY: help run build test check bench link simulate mutate fuzz sanitize rulebook format lint \
	clean packages

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
	@/usr/bin/python3 -m unittest discover -s Tests/SecondOpinion
	@Tests/SecondOpinion/examples.py .build/debug/kiosk quote
	@Tests/SecondOpinion/agree.py --kiosk .build/debug/kiosk --cases 6000 --seed 7 \
		--catalogue Fixtures/catalogue/items.csv
	@/usr/bin/python3 Tests/EndToEnd/run.py .build/debug

check: test ## test, and what takes longer: 200 kills, many seeds, a million bills twice
	@/usr/bin/python3 Tests/EndToEnd/kill.py .build/debug --times 200
	@$(call handbooks,--check)
	@POWER_CUT=all swift test --skip-build --filter 'PowerCutTests|DiskFault|CountyCut'
	@$(MAKE) --no-print-directory fuzz
	@$(SWIFT) build -c release
	@Tests/SecondOpinion/agree.py --kiosk .build/release/kiosk --cases 1000000 --processes 2 \
		--catalogue Fixtures/catalogue/items.csv
	@$(SWIFT) build -c release -Xswiftc -enable-testing --build-tests --scratch-path .build-bench
	@PRICING_CASES=1000000 swift test -c release -Xswiftc -enable-testing --skip-build \
		--scratch-path .build-bench --filter PricingLaws
	@SIMULATION_SEEDS=1000 SIMULATION_WORKERS=$$(nproc) SWIFT_DETERMINISTIC_HASHING=1 \
		swift test -c release -Xswiftc -enable-testing --skip-build \
		--scratch-path .build-bench --filter SimulationTests.SimulationTests
	@SIMULATION_FROM=61000 SIMULATION_SEEDS=100 SIMULATION_DAYS=15 SIMULATION_CLINICS=8 \
		SIMULATION_DIVIDED=strict SIMULATION_WORKERS=$$(nproc) SWIFT_DETERMINISTIC_HASHING=1 \
		swift test -c release -Xswiftc -enable-testing --skip-build \
		--scratch-path .build-bench --filter SimulationTests.SimulationTests
	@MERGE_SEEDS=10000 MERGE_DELIVERIES=10000 swift test -c release -Xswiftc -enable-testing --skip-build \
		--scratch-path .build-bench --filter 'MergeLaws|SetLaws|DeliveryLaws'

bench: build ## medians beside their rivals, in one run (builds once more, for measuring)
	@.ci/packages test
	@$(SWIFT) build -c release -Xswiftc -enable-testing --build-tests --scratch-path .build-bench
	@BENCH=1 swift test -c release -Xswiftc -enable-testing --scratch-path .build-bench \
		--skip-build --filter BenchTests 2>/dev/null | grep ratio | tee .build-bench/rows
	@Tests/SecondOpinion/openfisca.sh --bills 10000 \
		--engine "$$(awk '/^engine quotes/ { print $$3 }' .build-bench/rows)"
	@/usr/bin/python3 Tests/EndToEnd/bench.py .build/release

link: packages ## a day and a month over 30 kbit/s, 600 ms, 5 % loss (root; skips elsewhere)
	@.ci/packages test
	@$(SWIFT) build
	@/usr/bin/python3 Tests/EndToEnd/link.py .build/debug

simulate: packages ## a county from one seed: make simulate SEED=7 [DAYS=3] or HISTORY=FILE
	@$(SWIFT) build --build-tests
	@SIMULATION_SEED=$(SEED) SIMULATION_DAYS=$(DAYS) SIMULATION_HISTORY=$(HISTORY) \
		SWIFT_DETERMINISTIC_HASHING=1 swift test --skip-build \
		--filter 'DayTests|SimulationTests.SimulationTests'

rulebook: packages ## write the handbooks (政策手册) in docs/rulebook from the rules
	@$(SWIFT) build --product syncserver
	@$(call handbooks)

mutate: packages ## seed faults into pricing and merging, count how many are noticed
	@.ci/packages test
	@/usr/bin/python3 Tests/Mutations/mutate.py
	@$(SWIFT) build --build-tests
	@/usr/bin/python3 Tests/Mutations/ledger.py

fuzz: packages ## fuzz every parser that reads what others wrote: make fuzz SECONDS=1200
	@FUZZ=1 $(SWIFT) build -c release --sanitize=fuzzer -Xswiftc -enable-testing \
		--scratch-path .build-fuzz --product FuzzParsers
	@Tests/Fuzz/fuzz.sh $(SECONDS)

sanitize: packages ## the tests that work in parallel, under the thread sanitizer (a whole build)
	@# Optimised: where a Mutex is not inlined, the sanitizer hardly ever sees that it locks.
	@$(SWIFT) build -c release -Xswiftc -enable-testing --build-tests --sanitize=thread \
		--scratch-path .build-tsan
	@TSAN_OPTIONS=suppressions=$(CURDIR)/Tests/thread-sanitizer.txt swift test -c release \
		-Xswiftc -enable-testing --skip-build --sanitize=thread --scratch-path .build-tsan \
		--filter 'RoundTests|DayTests|JournalTests|Pages|BodyLimit|LessonTests|TransportTests'

format: ## format all Swift files
	@swift format --in-place --recursive Package.swift Sources Kiosk SyncServer Fixtures Tests

lint: packages
	@swift format lint --strict --recursive Package.swift Sources Kiosk SyncServer Fixtures Tests

packages:
	@.ci/packages build

clean: ## forget builds and the demo county
	@rm -rf .build .demo .output
