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
import decimal
import hashlib
import json
import multiprocessing
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
OPINION = ROOT / "Tests" / "SecondOpinion"
PRICING = ROOT / "Sources" / "Pricing"
PLACE = ROOT / ".output" / "mutations"
RESULTS = PLACE / "results.json"
CATALOGUE = ROOT / "Fixtures" / "catalogue" / "items.csv"
ENOUGH = 0.95
PER_SET = 80
PATIENCE = 30  # seconds for one bill; a fault may loop
JUDGES = ("examples", "second opinion", "Swift tests")

sys.dont_write_bytecode = True
sys.path.insert(0, str(OPINION))
import agree  # noqa: E402
import cases  # noqa: E402
import examples  # noqa: E402
from bill import catalogue  # noqa: E402

# A fault that traps is caught by its trap; the backtrace would only take time.
QUIET = {**os.environ, "SWIFT_BACKTRACE": "enable=no"}


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


PACKAGE = """// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
]
// What no fault touches is built once, to run fast.
let quick = strict + [.unsafeFlags(["-O"])]
let below: [Target.Dependency] = ["Vocabulary", "Rules", "Cataloguing", "Pricing"]

let package = Package(
    name: "mutations", platforms: [.macOS(.v15)],
    dependencies: [.package(url: "https://github.com/jpsim/Yams", from: "6.2.2")],
    targets: [
        .systemLibrary(name: "CZip", pkgConfig: "libzip"),
        .target(name: "Vocabulary", swiftSettings: quick),
        .target(
            name: "Rules", dependencies: ["Vocabulary", .product(name: "Yams", package: "Yams")],
            swiftSettings: quick),
        .target(name: "Cataloguing", dependencies: ["Vocabulary", "CZip"], swiftSettings: quick),
        .target(
            name: "Pricing", dependencies: ["Vocabulary", "Rules", "Cataloguing"],
            swiftSettings: strict),
        .executableTarget(name: "quote", dependencies: below, swiftSettings: strict),
        .testTarget(name: "PricingTests", dependencies: below, swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6])
"""


class Silent(Exception):
    """The program gave no answer: it trapped, or it loops."""


class Program:
    """A running quote program, asked one bill at a time."""

    def __init__(self, path):
        self.process = subprocess.Popen([path], env=QUIET, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        signal.alarm(0)
        self.process.kill()
        self.process.communicate()

    def each(self, rules, bills, items=None):
        words = f"@{rules}\t{items}\n" if items else f"@{rules}\n"
        try:
            self.process.stdin.write(words.encode())
            for bill in bills:
                signal.alarm(PATIENCE)
                self.process.stdin.write(json.dumps(bill, ensure_ascii=False).encode() + b"\n")
                self.process.stdin.flush()
                yield json.loads(self.process.stdout.readline() or "null") or stopped()
        except OSError:
            stopped()

    def answers(self, rules, bills):
        return list(self.each(rules, bills))


def stopped():
    raise Silent("stopped without an answer")


def too_late(*_):
    raise Silent(f"no answer in {PATIENCE} s")


class Bench:
    """A scratch package with its own copy of Pricing, and the judges over what it builds."""

    def __init__(self, number):
        self.place = PLACE / f"bench-{number}"
        self.seeded = self.place / "Seeded"
        self.built = self.place / ".build" / "debug"
        self.program, self.tests = self.place / "quote", self.place / "tests"
        sources, tests = self.place / "Sources", self.place / "Tests"
        for folder in (sources, tests):
            shutil.rmtree(folder, ignore_errors=True)
        (sources / "quote").mkdir(parents=True)
        (tests / "PricingTests").mkdir(parents=True)
        for name in ("CZip", "Vocabulary", "Rules", "Cataloguing", "Pricing"):
            (sources / name).symlink_to(ROOT / "Sources" / name)
        shutil.rmtree(self.seeded, ignore_errors=True)
        shutil.copytree(PRICING, self.seeded)
        border = ROOT / "Kiosk" / "Border"
        for file in (*border.glob("Quote*.swift"), border / "StandingAtBorder.swift",
                     border / "Yuan.swift", ROOT / "Sources" / "Hosting" / "Files.swift",
                     HERE / "QuoteAlone.swift"):
            (sources / "quote" / file.name).symlink_to(file)
        # Tests that need the small county need the whole product; the rest come along.
        for file in (ROOT / "Tests" / "PricingTests").glob("*.swift"):
            if "import SmallCounty" not in file.read_text():
                (tests / "PricingTests" / file.name).symlink_to(file)
        (self.place / "Package.swift").write_text(PACKAGE)
        pinned = ROOT / "Package.resolved"
        if pinned.exists():
            shutil.copy(pinned, self.place)

    def run(self, *words):
        return subprocess.run(words, cwd=self.place, env=QUIET, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, check=False)

    def build(self):
        """Everything without a fault, by the package manager."""
        done = self.run("swift", "build", "--build-tests")
        if done.returncode:
            raise RuntimeError("the sound source does not build\n"
                               + done.stdout.decode(errors="replace")[-3000:])

    def build_seeded(self, file):
        """The one file of Pricing, linked with what the package manager has built of all the rest;
        whether it compiles. Faults lie within functions, so nothing else need be built again."""
        changed = self.seeded / file
        others = [path for path in sorted(self.seeded.rglob("*.swift")) if path != changed]
        yaml = self.place / ".build" / "checkouts" / "Yams" / "Sources" / "CYaml" / "include"
        maps = (yaml / "module.modulemap", ROOT / "Sources" / "CZip" / "module.modulemap")
        object = self.place / "seeded.o"
        done = self.run(
            "swiftc", "-frontend", "-c", "-Onone", "-enable-testing", "-parse-as-library",
            "-swift-version", "6", "-enable-upcoming-feature", "ExistentialAny",
            "-enable-upcoming-feature", "MemberImportVisibility", "-module-name", "Pricing",
            "-I", self.built / "Modules", "-Xcc", "-I", "-Xcc", yaml,
            *(word for each in maps for word in ("-Xcc", f"-fmodule-map-file={each}")),
            "-module-cache-path", self.built / "ModuleCache", "-o", object,
            "-primary-file", changed, *others)
        if done.returncode:
            return False
        sound = f"/Pricing.build/{changed.name}.o"
        self.link("quote", self.program, sound, object, "-Xlinker", "--defsym", "-Xlinker",
                  "main=quote_main")
        self.link("mutationsPackageTests", self.tests, sound, object)
        return True

    def link(self, product, program, sound, object, *more):
        listed = (self.built / f"{product}.product" / "Objects.LinkFileList").read_text()
        rest = [line for line in listed.splitlines()
                if sound not in line and ".swiftmodule.o" not in line]
        ours = self.place / f"{product}.list"
        ours.write_text("\n".join([*rest, str(object)]) + "\n")
        done = self.run("swiftc", "-emit-executable", "-o", program, "-lzip", *more, f"@{ours}")
        if done.returncode:
            raise RuntimeError(done.stdout.decode(errors="replace")[-3000:])

    def examples(self):
        """What is wrong by the published settlements, or nothing."""
        asked = json.loads(examples.EXAMPLES.read_text())
        with Program(self.program) as program:
            examples.ask = lambda _, region, bills: program.answers(
                ROOT / "Fixtures" / "rules" / region, bills)
            try:
                answers = examples.run([], asked)
            except Silent as silent:
                return str(silent)
        # Publications round; the second opinion's own arithmetic would refuse to.
        with decimal.localcontext(decimal.Context(prec=60)):
            for example in asked:
                for sentence in examples.faults(example, answers[example["id"]]):
                    return f"{example['id']}: {sentence}"
        return ""

    def opinion(self, sets):
        """The first difference to the second opinion, or nothing."""
        for at, (rules, items, bills, answers) in enumerate(sets):
            with Program(self.program) as program:
                try:
                    for number, given in enumerate(program.each(rules, bills, items)):
                        for what, mine, theirs in agree.differences(answers[number], given):
                            return f"set {at}, bill {number}: {what} is {theirs}, not {mine}"
                except Silent as silent:
                    return f"set {at}: {silent}"
        return ""

    def swift_tests(self):
        """The first Swift test that fails, or nothing."""
        try:
            done = subprocess.run([self.tests, "--testing-library", "swift-testing"], env=QUIET,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                  timeout=10 * PATIENCE, check=False)
        except subprocess.TimeoutExpired:
            return "no end in time"
        named = re.search(r'Test "?(.*?)"? recorded an issue', done.stdout.decode(errors="replace"))
        return named[1] if named else "stopped" if done.returncode else ""

    def seed(self, fault):
        path = self.seeded / fault.file
        path.write_text((PRICING / fault.file).read_text().replace(fault.old, fault.new))

    def heal(self, fault):
        shutil.copyfile(PRICING / fault.file, self.seeded / fault.file)

    def judge(self, fault, sets):
        """{judge: finding}; None where the fault does not compile."""
        self.seed(fault)
        try:
            if not self.build_seeded(fault.file):
                return None
            return dict(zip(JUDGES, (self.examples(), self.opinion(sets), self.swift_tests())))
        finally:
            self.heal(fault)


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
