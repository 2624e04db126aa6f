#!/usr/bin/env python3
"""A clinic's day and a month offline over 30 kbit/s, 600 ms there and back, 5 % loss: link.py BINARIES

Counts every byte of every packet both ways: TCP, TLS, headers, what was lost and sent again.
"""

import argparse
import json
import random
import statistics
import subprocess
import threading
import time

import shaped
from county import CONSULT, DOCTOR, Checks, County, Failed

ADDRESS = "10.77.0.1"
MEDICINES = [
    line.split(",")[0] for line in open("Fixtures/catalogue/items.csv", encoding="utf-8")
    if line.startswith("X")]
DIAGNOSES = [line.split(",")[0] for line in open("Fixtures/catalogue/diagnoses.csv", encoding="utf-8")][1:]


def people(county):
    rows = [json.loads(line) for line in (county.home / "made" / "people.ndjson").open()]
    return [row["certno"] for row in rows if row["coverage"].keys() == {"paidYears"} and row["brdy"] < "2000"
            and int(time.strftime("%Y")) in row["coverage"]["paidYears"] and row["insutype"] == "390"]


def work(county, rng, who, wanted):
    """Visits of many people, items and diagnoses, until the journal has so many entries more."""
    done = county.post("clinic", "status", {})["entries"]
    end = done + wanted
    while done < end:
        fees = [{"med_list_codg": code, "cnt": rng.randint(1, 4), "days": rng.randint(1, 7)}
                for code in rng.sample(MEDICINES, rng.randint(1, 3))]
        if rng.random() < 0.4:
            fees.append(CONSULT)
        try:
            county.post("clinic", "visit", {
                **DOCTOR, "id": f"{rng.getrandbits(64):016x}", "scan": rng.choice(who),
                "diagnoses": [rng.choice(DIAGNOSES)], "feedetail": fees})
        except Failed:
            continue
        done = county.post("clinic", "status", {})["entries"]
    return done


class Serving:
    """The office inside one namespace, commands of the kiosk inside the other."""

    def __init__(self, county, link):
        self.county, self.link = county, link

    def __enter__(self):
        log = open(self.county.home / "link.log", "ab")
        self.process = subprocess.Popen(
            ["ip", "netns", "exec", self.link.spaces[0], self.county.bin / "syncserver", "serve",
             "--data", self.county.home / "office", "--port", "8800", "--sync-host", ADDRESS,
             "--sync-port", "8810"], stdout=log, stderr=log)
        for _ in range(400):
            if (self.county.home / "office" / "serving.json").exists():
                break
            time.sleep(0.05)
        self.county.prefix = ["ip", "netns", "exec", self.link.spaces[1]]
        return self

    def __exit__(self, *_):
        self.county.prefix = []
        self.process.terminate()
        self.process.wait(30)


def day(county, link, rng, who, check, times):
    """A day of 200 entries, sent at night; the bulletins were fetched in the morning."""
    figures = []
    for turn in range(times):
        county.start("clinic")
        work(county, rng, who, 200)
        county.stop("clinic")
        with Serving(county, link):
            before = json.loads(county.kiosk("clinic", "verify"))["entries"]
            link.shape(30_000, 0.3, 0.05, seed=turn + 1)
            begun = time.monotonic()
            report = json.loads(county.kiosk("clinic", "sync", "--keep-trying", "5", "--json"))
            taken = time.monotonic() - begun
            lost = sum(line.lost for line in link.lines)
            figures.append((link.seconds, link.bytes, report["sent"]["bytes"]))
            print(f"  {report['sent']['entries']} entries: {link.bytes} bytes both ways "
                  f"({report['sent']['bytes']} of them parcel and answer), {lost} packets lost, "
                  f"{link.seconds:.1f} s on the line, {taken:.1f} s with the start of the program", flush=True)
            assert report["sent"]["acknowledgedThrough"] >= before
    taken = statistics.median(figure[0] for figure in figures)
    size = statistics.median(figure[1] for figure in figures)
    check.that(f"200 entries in at most 20 KB both ways: median {size:.0f}", size <= 20_480, figures)
    check.that(f"and in at most 8 s on the line: median {taken:.1f} s", taken <= 8, figures)


def month(county, link, rng, who, check, entries, cuts):
    """A month offline, while the line is cut again and again."""
    county.start("clinic")
    work(county, rng, who, entries)
    county.stop("clinic")
    with Serving(county, link):
        link.shape(30_000, 0.3, 0.05, seed=99)
        over, made = threading.Event(), [0]

        def cut():
            while made[0] < cuts and not over.wait(rng.uniform(1.0, 2.0)):
                link.is_cut = True
                over.wait(rng.uniform(0.3, 1.0))
                link.is_cut = False
                made[0] += 1
        knife = threading.Thread(target=cut)
        begun = time.monotonic()
        knife.start()
        tries = 0
        while True:
            tries += 1
            # Killed now and then as well: nothing is kept in memory alone.
            try:
                done = subprocess.run(
                    [*county.prefix, county.bin / "kiosk", "sync", "--data", county.home / "clinic", "--json"],
                    capture_output=True, timeout=rng.uniform(2, 6) if made[0] < cuts else None)
                if done.returncode == 0:
                    break
            except subprocess.TimeoutExpired:
                pass
        over.set()
        knife.join()
        taken = time.monotonic() - begun
        status = county.do("clinic", "status", {})
        print(f"  {entries} entries: {link.bytes} bytes both ways, {taken:.0f} s, "
              f"{made[0]} cuts, {tries} attempts", flush=True)
        check.that(f"{entries} entries are signed for though the line was cut {made[0]} times",
                   status["unsent"] == 0 and made[0] >= cuts, (status, made))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binaries")
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--entries", type=int, default=6000)
    parser.add_argument("--cuts", type=int, default=50)
    options = parser.parse_args()
    reason = shaped.available()
    if reason:
        return print("  skip  the shaped line:", reason)
    check, rng = Checks(), random.Random(1)
    with County(options.binaries) as county, shaped.Link() as link:
        who = people(county)
        provision = county.home / "clinic" / "provision.json"
        words = json.loads(provision.read_text())
        words["server"] = f"https://{ADDRESS}:8810"
        provision.write_text(json.dumps(words, ensure_ascii=False, sort_keys=True))
        with Serving(county, link):
            link.shape(100_000_000, 0, 0)
            county.kiosk("clinic", "sync")
        day(county, link, rng, who, check, options.times)
        month(county, link, rng, who, check, options.entries, options.cuts)
    check.end()


if __name__ == "__main__":
    main()
