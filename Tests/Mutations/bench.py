"""A scratch package around a copy of Pricing, and the judges over what is built there."""

import decimal
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
OPINION = ROOT / "Tests" / "SecondOpinion"
PRICING = ROOT / "Sources" / "Pricing"
PLACE = ROOT / ".output" / "mutations"
PATIENCE = 30  # seconds for one bill; a fault may loop
JUDGES = ("examples", "second opinion", "Swift tests")

sys.dont_write_bytecode = True
sys.path.insert(0, str(OPINION))
import agree  # noqa: E402
import examples  # noqa: E402

# A fault that traps is caught by its trap; the backtrace would only take time.
QUIET = {**os.environ, "SWIFT_BACKTRACE": "enable=no"}

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
