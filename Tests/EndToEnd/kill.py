#!/usr/bin/env python3
"""Kills both programs at random moments of a scripted day: kill.py BINARIES [--times N] [--seed S]

Every entry that was answered must be there once at the end, and every check must be clean.
"""

import argparse
import json
import random
import threading
import time

from county import AMLODIPINE, DOCTOR, Checks, County, Failed

LOST = (Failed, OSError, ValueError)


def people(county):
    """Insured adults of the roll, by identity number."""
    rows = [json.loads(line) for line in (county.home / "made" / "people.ndjson").open()]
    return [row for row in rows if row["coverage"].keys() == {"paidYears"} and row["brdy"] < "2000"
            and 2026 in row["coverage"]["paidYears"] and row["insutype"] == "390"]


def work(county, rng, rows, answered, stop):
    """Settles and syncs until told to stop; notes what was answered, tries again what was not."""
    number = 0
    while not stop.is_set():
        number += 1
        identity = f"{rng.getrandbits(64):016x}"
        words = {**DOCTOR, "scan": rng.choice(rows)["certno"], "diagnoses": ["I10.x00x002"], "id": identity,
                 "feedetail": [{**AMLODIPINE, "cnt": rng.randint(1, 90), "days": 1}]}
        for _ in range(50):
            try:
                entry = county.post("clinic", "visit", words, timeout=20)
                answered[identity] = (words, entry)
                break
            except LOST as fault:
                if "{" not in str(fault) and "HTTP" not in repr(fault) and isinstance(fault, Failed):
                    break
                time.sleep(0.05)
        if number % 5 == 0:
            try:
                county.post("clinic", "sync", {}, timeout=20)
            except LOST:
                pass


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binaries")
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print("seed", options.seed)
    rng, check = random.Random(options.seed), Checks()
    with County(options.binaries) as county:
        county.start("office")
        county.kiosk("clinic", "sync")
        county.start("clinic")
        answered, stop = {}, threading.Event()
        worker = threading.Thread(
            target=work, args=(county, random.Random(options.seed + 1), people(county), answered, stop))
        worker.start()
        slowest = 0.0
        for kill in range(options.times):
            time.sleep(rng.uniform(0.02, 0.8))
            victim = rng.choice(["office", "clinic", "clinic"])
            county.stop(victim, hard=True)
            (county.home / victim / "serving.json").unlink(missing_ok=True)
            begun = time.monotonic()
            county.start(victim)
            slowest = max(slowest, time.monotonic() - begun)
            if (kill + 1) % 25 == 0:
                print(f"  {kill + 1} kills, {len(answered)} visits answered", flush=True)
        stop.set()
        worker.join()
        finish(county, check, answered)
        print(f"  slowest start after a kill {slowest:.2f} s")
    check.end()


def finish(county, check, answered):
    check.that("visits were answered while being killed", len(answered) > 50, len(answered))
    again = sum(county.post("clinic", "visit", words)["hash"] == entry["hash"]
                for words, entry in answered.values())
    check.that(f"all {len(answered)} answered visits are there, unchanged", again == len(answered), again)
    county.post("clinic", "sync", {})
    status = county.post("clinic", "status", {})
    check.that("the county signed for everything", status["unsent"] == 0, status)
    report = county.post("clinic", "verify", {})
    check.that("kiosk verify is clean", report["faults"] == [], report)
    check.that("kiosk rebuild changes nothing", county.post("clinic", "rebuild", {})["unchanged"])
    ledger = county.post("office", "verify", {})
    check.that("syncserver verify is clean", ledger["faults"] == [], ledger)
    check.that("syncserver rebuild changes nothing", county.post("office", "rebuild", {})["unchanged"])
    sequences = [entry["entry"] for _, entry in answered.values()]
    check.that("no number was given twice", len(set(sequences)) == len(sequences))


if __name__ == "__main__":
    main()
