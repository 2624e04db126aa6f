#!/usr/bin/env python3
"""Lets `kiosk quote` and the second opinion price the same random bills, and compares.

    agree.py --kiosk PATH --cases N --seed S [--processes 2] [--rules PACK …] [--catalogue FILE]

Every amount of setlinfo, feedetail and standing must be the same, and both must refuse the same
bills. Each rule set is one run of the kiosk; its bills stand on what the second opinion put out, so
that one difference is one difference. The first differences are shown and kept for replay.
"""

import argparse
import collections
import concurrent.futures
import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from decimal import Decimal, InvalidOperation

import cases
from bill import catalogue

SHOWN = 10
KEPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", ".output",
                    "second-opinion")


def number(text):
    try:
        return Decimal(str(text))
    except InvalidOperation:
        return text


def differences(expected, given):
    """[(place, expected, given)] of one bill."""
    if expected is None or "error" in given:
        if expected is None and "error" in given:
            return []
        return [("refused", expected is None, given.get("error", "priced"))]
    found = []
    for field, amount in expected["setlinfo"].items():
        compare(found, "setlinfo." + field, amount, given["setlinfo"].get(field, "0"))
    if len(expected["feedetail"]) != len(given["feedetail"]):
        return [("feedetail", len(expected["feedetail"]), len(given["feedetail"]))]
    for place, (line, other) in enumerate(zip(expected["feedetail"], given["feedetail"])):
        for field, amount in line.items():
            compare(found, f"feedetail[{place}].{field}", amount, other.get(field))
    mine, theirs = expected["standing"], given["standing"]
    compare(found, "standing.year", mine["year"], theirs.get("year"))
    for name in sorted(set(mine["counters"]) | set(theirs["counters"])):
        compare(found, "standing." + name, mine["counters"].get(name, "0"),
                theirs["counters"].get(name, "0"))
    return found


def compare(found, place, expected, given):
    if expected != given and number(expected) != number(given):
        found.append((place, expected, given))


@functools.lru_cache
def listed(items):
    return catalogue(items)


def one_set(job):
    """Both programs over one rule set: (bills, refused, [(bill, answer, given, differences)])."""
    kiosk, seed, number_of_set, count, pack, items = job
    with tempfile.TemporaryDirectory() as place:
        rules = pack or os.path.join(place, "rules")
        if not pack:
            cases.rule_set(seed, number_of_set, rules)
        made = list(cases.cases(seed, number_of_set, rules, count, bool(pack), listed(items)))
        text = "".join(json.dumps(bill, ensure_ascii=False) + "\n" for bill, _ in made)
        more = ["--catalogue", items] if items else []
        run = subprocess.run([kiosk, "quote", "--rules", rules, *more], input=text.encode(),
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        answers = [json.loads(line) for line in run.stdout.splitlines()]
        refused = sum(answer is None for _, answer in made)
        if len(answers) != len(made):
            words = run.stderr.decode(errors="replace")[-500:]
            keep(job, rules, [])
            return len(made), refused, [({}, {}, {}, [
                ("lines out", len(made), f"{len(answers)}: {words}")])]
        wrong = []
        for (bill, answer), given in zip(made, answers):
            found = differences(answer, given)
            if found:
                wrong.append((bill, answer, given, found))
        if run.returncode != (1 if refused else 0) and not wrong:
            wrong.append(({}, {}, {}, [("exit status", int(refused > 0), run.returncode)]))
        if wrong:
            keep(job, rules, wrong)
        return len(made), refused, wrong


def keep(job, rules, wrong):
    """The rule set and the bills that came out different, for replay."""
    _, seed, number_of_set, _, pack, _ = job
    place = os.path.join(KEPT, f"{os.path.basename(pack) if pack else seed}-{number_of_set}")
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(rules, os.path.join(place, "rules"))
    with open(os.path.join(place, "bills.jsonl"), "w", encoding="utf-8") as file:
        for bill, _, _, _ in wrong:
            print(json.dumps(bill, ensure_ascii=False), file=file)


def jobs(asked):
    each = cases.PER_SET
    packs = [os.path.abspath(pack).rstrip("/") for pack in asked.rules]
    sets = -(-asked.cases // each)
    for at in range(sets):
        pack = packs[at % len(packs)] if packs else None
        yield (asked.kiosk, asked.seed, at, min(each, asked.cases - at * each), pack,
               asked.catalogue)


def show(job, wrong):
    _, seed, at, _, pack, _ = job
    where = f"{os.path.basename(pack)}-{at}" if pack else f"{seed}-{at}"
    bill, _, _, found = wrong
    print(f"\nset {where}: kept in .output/second-opinion/{where}")
    print("  " + json.dumps(bill, ensure_ascii=False))
    for place, expected, given in found[:12]:
        print(f"  {place}: second opinion {expected}, kiosk {given}")


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--kiosk", required=True)
    words.add_argument("--cases", type=int, default=20000)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--processes", type=int, default=2)
    words.add_argument("--rules", nargs="*", default=[])
    words.add_argument("--catalogue")
    asked = words.parse_args()
    began, bills, refused, wrong, places = time.monotonic(), 0, 0, 0, collections.Counter()
    with concurrent.futures.ProcessPoolExecutor(asked.processes) as pool:
        todo = list(jobs(asked))
        for job, (made, no, found) in zip(todo, pool.map(one_set, todo)):
            bills, refused = bills + made, refused + no
            for one in found:
                if wrong < SHOWN:
                    show(job, one)
                wrong += 1
                places[one[3][0][0].split("[")[0]] += 1
    seconds = time.monotonic() - began
    print(f"{bills} bills under {len(todo)} rule sets, {refused} refused by rule, {wrong} differ; "
          f"{seconds:.0f} s, {bills / seconds:.0f} bills/s")
    if wrong:
        print("first difference by place:", dict(places.most_common()))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
