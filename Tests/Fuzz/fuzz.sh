#!/usr/bin/env bash
# Fuzzes every parser for some seconds, two at a time: Tests/Fuzz/fuzz.sh SECONDS [PARSER…]
# What it learns is kept in .build-fuzz/corpus; what it finds, in .build-fuzz/found.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-30}
shift || true
parsers=("$@")
[ ${#parsers[@]} -gt 0 ] || mapfile -t parsers < <(ls Tests/Fuzz/corpus)
mkdir -p .build-fuzz/found

fuzz_one() {
    local parser=$1 seconds=$2 log=.build-fuzz/$1.log
    mkdir -p ".build-fuzz/corpus/$parser"
    # The fuzzer itself writes down what it crashed on; Swift's own backtrace would end it before.
    if SWIFT_BACKTRACE=enable=no FUZZ_PARSER=$parser .build-fuzz/release/FuzzParsers \
        -max_total_time="$seconds" -timeout=20 -rss_limit_mb=1500 -max_len=16384 \
        -print_final_stats=1 -artifact_prefix=".build-fuzz/found/$parser-" \
        ".build-fuzz/corpus/$parser" "Tests/Fuzz/corpus/$parser" > "$log" 2>&1; then
        awk -v parser="$parser" '/number_of_executed_units/ { print parser ": " $2 " executions" }' "$log"
    else
        echo "$parser: FAILED, see $log and .build-fuzz/found" >&2
        return 1
    fi
}
export -f fuzz_one
printf '%s\n' "${parsers[@]}" | xargs -P 2 -I {} bash -c "fuzz_one {} $seconds"
