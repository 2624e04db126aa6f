#!/usr/bin/env python3
"""Seeds one fault at a time into Pricing and counts how many the tests catch.

    mutate.py [--only ID …] [--again] [--workers 2] [--sets 60] [--seed 1]

Each fault of faults.txt is put into a copy of Sources/Pricing, built with just enough around it to
answer like `kiosk quote`, and held to the published settlements (examples.py), to the second
opinion's answers over a fixed set of random cases, which are worked out once and kept, and to the
Swift tests of Pricing that need nothing above it. Everything lies in .output/mutations. The exit
status is 1 where less than 95 % of the faults that change anything are caught.
"""

import argparse
import collections
import concurrent.futures
import dataclasses
import hashlib
import json
import multiprocessing
import re
import shutil
import signal
import sys
import time

sys.dont_write_bytecode = True
from bench import HERE, JUDGES, OPINION, PLACE, PRICING, ROOT, Bench, too_late  # noqa: E402
import cases  # noqa: E402
from bill import catalogue  # noqa: E402

RESULTS = PLACE / "results.json"
CATALOGUE = ROOT / "Fixtures" / "catalogue" / "items.csv"
ENOUGH = 0.95
PER_SET = 80


@dataclasses.dataclass
class Fault:
    id: str
    name: str
    file: str
    old: str
    new: str
    same: str  # why it changes nothing anybody could see; empty for a real fault


def read_faults(path):
    """The blocks of faults.txt, see its head."""
    faults, file = [], None
    text = "\n".join(line for line in path.read_text().splitlines() if not line.startswith("#"))
    for block in re.split(r"\n\s*\n", text.strip("\n")):
        lines = block.split("\n")
        while lines and lines[0].startswith("@ "):
            file = lines.pop(0)[2:]
        if not lines:
            continue
        id, _, name = lines[0].partition(": ")
        part = {mark: "\n".join(line[2:] for line in lines[1:] if line[:1] == mark)
                for mark in "-+="}
        faults.append(Fault(id, name, file, part["-"], part["+"], part["="]))
    return faults


def check(faults):
    """Every fault names one place of the present source, and says something else there."""
    wrong = [f"{id}: the name is taken" for id, times in collections.Counter(
        fault.id for fault in faults).items() if times > 1]
    for fault in faults:
        times = (PRICING / fault.file).read_text().count(fault.old) if fault.old else 0
        if times != 1 or fault.old == fault.new:
            wrong.append(f"{fault.id}: {times} places in {fault.file}")
    if wrong:
        sys.exit("faults.txt does not fit the source:\n  " + "\n  ".join(wrong))


def fixed_cases(seed, count):
    """The rule sets with their bills and the second opinion's answers, worked out once for this
    state of the second opinion."""
    state = hashlib.sha256(f"{seed} {count} {PER_SET}".encode())
    for file in (*sorted(OPINION.glob("*.py")), CATALOGUE):
        state.update(file.read_bytes())
    place = PLACE / f"cases-{state.hexdigest()[:16]}"
    if not place.exists():
        for old in PLACE.glob("cases-*"):
            shutil.rmtree(old)
        beside = PLACE / "new-cases"
        shutil.rmtree(beside, ignore_errors=True)
        for number in range(count):
            work_out(seed, number, beside / str(number))
        beside.rename(place)
    sets = []
    for number in range(count):
        bills, answers = ([json.loads(line) for line in
                           (place / str(number) / f"{name}.jsonl").read_text().splitlines()]
                          for name in ("bills", "answers"))
        sets.append((place / str(number) / "rules", CATALOGUE if listed(number) else None,
                     bills, answers))
    return sets


def listed(number):
    """Every eighth set is priced with the catalogue."""
    return number % 8 == 7


def work_out(seed, number, place):
    cases.rule_set(seed, number, place / "rules")
    items = catalogue(CATALOGUE) if listed(number) else {}
    made = list(cases.cases(seed, number, place / "rules", PER_SET, False, items))
    for name, at in (("bills.jsonl", 0), ("answers.jsonl", 1)):
        with open(place / name, "w", encoding="utf-8") as file:
            for pair in made:
                print(json.dumps(pair[at], ensure_ascii=False), file=file)


def healthy(bench, sets):
    """Without a fault everything has to pass, or nothing is worth counting."""
    bench.build()
    if not bench.build_seeded("Price.swift"):
        raise RuntimeError("the sound source does not compile by itself")
    for judge, finding in zip(JUDGES, (
            bench.examples(), bench.opinion(sets), bench.swift_tests())):
        if finding:
            raise RuntimeError(f"the sound source fails by {judge}: {finding}")


def report(faults, results, seconds):
    """Prints the count and the survivors; whether enough is caught."""
    broken = [fault for fault in faults if results[fault.id] is None]
    real = [fault for fault in faults if results[fault.id] is not None and not fault.same]
    caught = {judge: sum(bool(results[fault.id].get(judge)) for fault in real) for judge in JUDGES}
    left = [fault for fault in real if not any(results[fault.id].values())]
    print(f"\n{len(faults)} faults, {len(real)} of them real, in {seconds / 60:.0f} min")
    for judge in JUDGES:
        alone = sum([bool(finding) for finding in results[fault.id].values()] == [
            other == judge for other in JUDGES] for fault in real)
        print(f"  caught by {judge}: {caught[judge]} ({caught[judge] / max(1, len(real)):.1%}), "
              f"{alone} of them by nothing else")
    share = 1 - len(left) / max(1, len(real))
    print(f"  caught by any: {len(real) - len(left)} ({share:.1%})")
    for title, listed_faults in (
            ("survived", left), ("does not compile", broken),
            ("changes nothing", [fault for fault in faults if fault.same])):
        for fault in listed_faults:
            print(f"  {title}: {fault.id} ({fault.file}): {fault.name}"
                  + (f" – {fault.same}" if fault.same else ""))
    seen = [fault for fault in faults if fault.same and any((results[fault.id] or {}).values())]
    for fault in seen:
        print(f"  said to change nothing, but caught: {fault.id}")
    return share >= ENOUGH and not broken and not seen


def begin(free, sets):
    """Makes a bench for this process and sees that without a fault everything passes."""
    global bench, judges_cases
    signal.signal(signal.SIGALRM, too_late)
    bench, judges_cases = Bench(free.get()), sets
    healthy(bench, sets)


def judged(fault):
    return bench.judge(fault, judges_cases)


def last_results(faults):
    """What the last run found, by id; also where it was stopped halfway."""
    known = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    return {fault.id: known[fault.id] for fault in faults if fault.id in known}


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--only", nargs="*", default=[], help="faults by id")
    words.add_argument("--again", action="store_true",
                       help="only what the last run let through or did not come to")
    words.add_argument("--workers", type=int, default=2)
    words.add_argument("--sets", type=int, default=60, help=f"rule sets of {PER_SET} bills")
    words.add_argument("--seed", type=int, default=1)
    asked = words.parse_args()
    faults = read_faults(HERE / "faults.txt")
    check(faults)
    results = last_results(faults) if asked.again else {}
    if asked.only:
        faults = [fault for fault in faults if fault.id in asked.only]
    todo = [fault for fault in faults if not any((results.get(fault.id) or {}).values())]
    todo.sort(key=lambda fault: int(fault.id.rpartition("-")[2]))  # every file has its turn
    began = time.monotonic()
    PLACE.mkdir(parents=True, exist_ok=True)
    sets = fixed_cases(asked.seed, asked.sets)
    free = multiprocessing.Queue()
    for number in range(asked.workers):
        free.put(number)
    with concurrent.futures.ProcessPoolExecutor(
            asked.workers, initializer=begin, initargs=(free, sets)) as pool:
        for fault, found in zip(todo, pool.map(judged, todo)):
            results[fault.id] = found
            words = "does not compile" if found is None else "; ".join(
                f"{judge}: {text}" for judge, text in found.items() if text) or "SURVIVED"
            print(f"{fault.id}: {words}", flush=True)
            if not asked.only:
                RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1))
    return 0 if report(faults, results, time.monotonic() - began) else 1


if __name__ == "__main__":
    sys.exit(main())
