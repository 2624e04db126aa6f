#!/usr/bin/env python3
"""Seeds one fault at a time into what keeps, carries, merges and divides, and counts how many the
tests and the simulation notice.

    ledger.py [--only ID …] [--again] [--seeds 3] [--judges 1] [--minutes 90]
    ledger.py --sound

Each fault of ledger-faults.txt is put into a copy of its file; that one file is compiled and linked
with what `swift build --build-tests` has built of all the rest, and the judges of its step run, the
quickest first, until one notices. Not over a release build: what other modules have of the file
inlined would stay sound. Everything lies in .output/mutations. `--again` goes on where a run
stopped. `--sound` asks every judge about the build as it is: one that fails there says nothing
about faults. The exit status is 1 where less than 95 % of the faults that were tried are noticed.
"""

import argparse
import json
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import time

sys.dont_write_bytecode = True
from bench import HERE, PLACE, QUIET, ROOT  # noqa: E402
from mutate import ENOUGH, read_faults  # noqa: E402

FAULTS = HERE / "ledger-faults.txt"
RESULTS = PLACE / "ledger-results.json"
BUILT = ROOT / ".build" / "debug"
SIMULATION = "SimulationTests.SimulationTests"
# Test suites by step, the quickest that say most about it first.
JUDGES = {
    "Merging": ["MergingTests.(Arrival|Branches|Order|Ruling|SubjectRule|PersonYearRule|Booking"
                "|Digest|FoldedYear|RightsFacts|Promises|Owed|ContactRule)Tests",
                "MergingTests", "AllotmentTests|AllotmentEndsTests", "SetLawsTests",
                SIMULATION, "BooksTests|DayTests", "RoundTests"],
    # What entries say is asked beside the fold that reads them.
    "Journaling": ["JournalingTests.(Journal|ReadingBack)Tests",
                   "JournalingTests|MergingTests.(Facts|RightsFacts|Ruling|PersonYearRule)Tests", SIMULATION,
                   "DamageTests|SealedBoxTests", "RoundTests"],
    "Allotting": ["AllottingTests", "EightClaimsTests|AllotmentTests|AllotmentEndsTests",
                  SIMULATION, "PagesRightsTests"],
    "Syncing": ["SyncingTests.(Acknowledgement|Parcel|Send|Envelope|Root|Bulletin)Tests",
                "SyncingTests", SIMULATION, "StickTests|HostileStickTests|RotationTests",
                "RestoreTests|ResumeTests|LimitTests", "RoundTests"],
}
PATIENCE = 300  # seconds of work for one judge; a fault may loop

# In memory: tests that wait for a disk to sync would take most of the time.
SCRATCH = pathlib.Path("/dev/shm" if os.access("/dev/shm", os.W_OK) else PLACE) / "ledger-scratch"


def module(fault):
    parts = pathlib.Path(fault.file).parts
    return parts[1] if parts[0] == "Sources" else parts[0]


class Linked:
    """The tests of the whole product with one file of it exchanged."""

    def __init__(self):
        self.place = PLACE / "ledger"
        self.place.mkdir(parents=True, exist_ok=True)
        # Beside the built ones, where the resources lie.
        self.tests = BUILT.resolve() / "seeded.xctest"
        self.manifest = (ROOT / ".build" / "debug.yaml").read_text()

    def words(self, kind, name):
        """The arguments of a command of the package manager."""
        start = self.manifest.index(f'"C.{name}-x86_64-unknown-linux-gnu-debug.{kind}":')
        return json.loads(re.search(r"args: (\[.*\])", self.manifest[start:])[1])

    def compile(self, fault):
        """The one file with its fault; whether it compiles."""
        source = ROOT / fault.file
        changed = self.place / source.name
        changed.write_text(source.read_text().replace(fault.old, fault.new))
        name = module(fault)
        words = self.words("module", name)
        listed = next(word for word in words if word.endswith("/sources"))
        others = [path for path in pathlib.Path(listed[1:]).read_text().split()
                  if path.strip("'") != str(source)]
        self.object = self.place / "seeded.o"
        self.sound = f"/{name}.build/{source.name}.o"
        done = subprocess.run(
            ["swiftc", "-frontend", "-c", "-Onone", "-enable-testing", "-parse-as-library",
             "-swift-version", "6", "-enable-upcoming-feature", "ExistentialAny",
             "-enable-upcoming-feature", "MemberImportVisibility", "-module-name", name,
             *self.kept(words), "-o", self.object,
             "-primary-file", changed, *others],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        if done.returncode:
            print(done.stdout.decode(errors="replace")[-1500:], file=sys.stderr)
        return not done.returncode

    @staticmethod
    def kept(words):
        """Of a driver's words those that the compiler itself needs."""
        kept, at = [], 0
        while at < len(words):
            if words[at] in ("-Xcc", "-I", "-module-cache-path", "-package-name", "-sdk"):
                kept += words[at:at + 2]
                at += 1
            elif words[at].startswith(("-D", "-I/")):
                kept.append(words[at])
            at += 1
        return kept

    def link(self):
        product = "village-kioskPackageTests"
        words = self.words("test", product)
        listed = next(word for word in words if word.endswith("Objects.LinkFileList"))
        lines = pathlib.Path(listed[1:]).read_text().splitlines()
        sound = [line for line in lines if self.sound not in line]
        assert len(sound) < len(lines), self.sound
        ours = self.place / "objects.list"
        ours.write_text("\n".join([*sound, str(self.object)]) + "\n")
        words = [f"@{ours}" if word == listed else word for word in words]
        words[words.index("-o") + 1] = str(self.tests)
        words = [word for word in words if word not in ("-g",)]
        words += ["-use-ld=lld", "-Xlinker", "--strip-debug"]
        done = subprocess.run(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              check=False)
        if done.returncode:
            raise RuntimeError(done.stdout.decode(errors="replace")[-3000:])

    def judge(self, filter, seeds):
        """The first test of a suite that notices, or nothing; what follows is not waited for."""
        # A suite that is ended early leaves its folders behind.
        shutil.rmtree(SCRATCH, ignore_errors=True)
        SCRATCH.mkdir(parents=True)
        world = {**QUIET, "MERGE_SEEDS": "8", "SIMULATION_SEEDS": str(seeds),
                 "SIMULATION_SHRINK": "0", "SIMULATION_FROM": "1", "TMPDIR": str(SCRATCH)}
        said = self.place / "said.txt"
        with said.open("w") as output:
            running = subprocess.Popen(
                [self.tests, "--testing-library", "swift-testing", "--filter", filter], env=world,
                cwd=ROOT, stdout=output, stderr=subprocess.STDOUT,
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE)))
        finding = ""
        for line in lines(said, running):
            if named := re.search(r'Test "?(.*?)"? recorded an issue', line):
                finding = named[1]
            elif looked := re.match(r" +(\w+): ", line) if finding == "simulation" else None:
                finding = f"simulation: {looked[1]}"
            elif re.search(r"failed after step", line):
                finding = "simulation"
                continue
            if finding:
                running.kill()
                break
        stopped = "stopped" if running.wait() else ""
        return finding or stopped


def lines(path, running):
    """What a process writes, until it ends; servers it started may outlive it and its pipes."""
    began = time.monotonic()
    with path.open(errors="replace") as file:
        line = ""
        while True:
            ended = running.poll() is not None
            while part := file.readline():
                line += part
                if line.endswith("\n"):
                    yield line
                    line = ""
            if ended:
                return
            if time.monotonic() - began > 10 * PATIENCE:
                running.kill()
            time.sleep(0.1)


def judged(linked, fault, seeds, most):
    """(judge, finding) of the first that notices; ("", "") of none; None: does not compile."""
    if not linked.compile(fault):
        return None
    linked.link()
    for filter in JUDGES[module(fault)][:most]:
        if finding := linked.judge(filter, seeds):
            return [filter, finding]
    return ["", ""]


def is_sound(linked, seeds):
    """Whether every judge passes where there is no fault."""
    linked.tests = BUILT.resolve() / "village-kioskPackageTests.xctest"
    sound = True
    for filter in dict.fromkeys(filter for judges in JUDGES.values() for filter in judges):
        began = time.monotonic()
        finding = linked.judge(filter, seeds)
        print(f"{filter}: {finding or 'sound'} ({time.monotonic() - began:.0f} s)", flush=True)
        sound = sound and not finding
    return sound


def check(faults):
    wrong = [fault.id for fault in faults
             if (ROOT / fault.file).read_text().count(fault.old) != 1 or fault.old == fault.new]
    if wrong:
        sys.exit(f"{FAULTS.name} does not fit the source: {', '.join(wrong)}")


def report(faults, results):
    """Prints the count and the survivors; whether enough is noticed."""
    tried = [fault for fault in faults if fault.id in results]
    broken = [fault for fault in tried if results[fault.id] is None]
    real = [fault for fault in tried if results[fault.id] is not None and not fault.same]
    left = [fault for fault in real if not results[fault.id][1]]
    print(f"\n{len(faults)} faults listed, {len(tried)} tried, {len(real)} of them real")
    by = {}
    for fault in real:
        by.setdefault(results[fault.id][0] or "nobody", []).append(fault.id)
    for judge, ids in sorted(by.items(), key=lambda pair: -len(pair[1])):
        print(f"  first noticed by {judge}: {len(ids)}")
    share = 1 - len(left) / max(1, len(real))
    print(f"  noticed: {len(real) - len(left)} ({share:.1%})")
    for title, some in (("survived", left), ("does not compile", broken)):
        for fault in some:
            print(f"  {title}: {fault.id} ({fault.file}): {fault.name}")
    seen = [fault for fault in tried if fault.same and (results[fault.id] or ["", ""])[1]]
    for fault in seen:
        print(f"  said to change nothing, but noticed: {fault.id} ({results[fault.id][1]})")
    return share >= ENOUGH and not broken and not seen


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--only", nargs="*", default=[], help="faults by id")
    words.add_argument("--sound", action="store_true", help="no fault, every judge")
    words.add_argument("--again", action="store_true", help="only what was not noticed or tried")
    words.add_argument("--seeds", type=int, default=3, help="counties simulated of each kind")
    words.add_argument("--judges", type=int, help="no more than the first so many")
    words.add_argument("--minutes", type=int, default=600, help="stop after so long")
    asked = words.parse_args()
    if asked.sound:
        return 0 if is_sound(Linked(), asked.seeds) else 1
    faults = read_faults(FAULTS)
    check(faults)
    kept = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    results = kept if asked.again or asked.only else {}
    todo = [fault for fault in faults
            if (fault.id in asked.only if asked.only else not (results.get(fault.id) or ["", ""])[1])]
    todo.sort(key=lambda fault: int(fault.id.rpartition("-")[2]))  # every file has its turn
    linked, began = Linked(), time.monotonic()
    for fault in todo:
        if time.monotonic() - began > asked.minutes * 60:
            break
        started = time.monotonic()
        found = results[fault.id] = judged(linked, fault, asked.seeds, asked.judges)
        words = "does not compile" if found is None else ": ".join(found) if found[1] else "SURVIVED"
        print(f"{fault.id}: {words} ({time.monotonic() - started:.0f} s)", flush=True)
        RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1))
    return 0 if report(faults, results) else 1


if __name__ == "__main__":
    os.environ.setdefault("SWIFT_DETERMINISTIC_HASHING", "1")
    sys.exit(main())
