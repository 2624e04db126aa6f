"""A small county of real processes in a temporary folder, for the end-to-end scripts."""

import contextlib
import datetime
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
BEIJING = datetime.timezone(datetime.timedelta(hours=8))
DOCTOR = {"operator": "D0001", "pin": "246810"}
COLLECTOR = {"operator": "T0001", "pin": "135790"}
CONSULT = {"med_list_codg": "001102000010000", "cnt": 1}
AMLODIPINE = {"med_list_codg": "XC08CAQ866A001010199001", "cnt": 1, "days": 28}


def today(days=0):
    return (datetime.datetime.now(BEIJING) + datetime.timedelta(days=days)).date().isoformat()


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Failed(Exception):
    """A command ended with another status than expected."""


def change(file, *exchanges):
    text = file.read_text()
    for old, new in exchanges:
        assert old in text, f"{file}: {old}"
        text = text.replace(old, new)
    file.write_text(text)


class County:
    """One county office, one clinic, one township desk, each a folder and perhaps a process."""

    def __init__(self, binaries, people=3000):
        self.bin = pathlib.Path(binaries).resolve()
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="village-kiosk-"))
        self.people = people
        self.ports = {name: free_port() for name in ("office", "sync", "clinic", "township")}
        self.processes = {}
        self.prefix = []
        self.pages = f"http://127.0.0.1:{self.ports['office']}"
        self.server = f"https://127.0.0.1:{self.ports['sync']}"

    # Commands

    def run(self, program, *arguments, stdin="", status=0):
        done = subprocess.run(
            [*self.prefix, self.bin / program, *map(str, arguments)], input=stdin.encode(), capture_output=True, cwd=ROOT)
        if status is not None and done.returncode != status:
            raise Failed(f"{program} {' '.join(map(str, arguments))}: {done.returncode}\n"
                         + (done.stdout + done.stderr).decode()[-2000:])
        return done.stdout.decode()

    def office(self, *arguments, **options):
        verb, *rest = arguments
        return self.run("syncserver", verb, "--data", self.home / "office", *rest, **options)

    def kiosk(self, device, *arguments, **options):
        verb, *rest = arguments
        return self.run("kiosk", verb, "--data", self.home / device, *rest, **options)

    def do(self, device, errand, words, status=0):
        text = self.kiosk(device, "do", errand, stdin=json.dumps(words), status=status)
        return json.loads(text) if text.strip() else None

    @contextlib.contextmanager
    def no_network(self):
        """Commands inside run in a network namespace without any interface that is up."""
        alone = ["unshare", "--map-root-user", "--net"]
        if subprocess.run([*alone, "true"], capture_output=True).returncode == 0:
            self.prefix = alone
        else:
            print("  skip  this machine allows no network namespaces; only the server is off")
        yield
        self.prefix = []

    # Laying down

    def lay_down(self):
        made = self.home / "made"
        self.run("demo-county", "--day", today(), "--out", made, "--people", self.people)
        # scrypt in a debug build is slow: the operators of the two places and the clerks suffice.
        table = (made / "operators.csv").read_text().splitlines()
        wanted = ("D0001,", "T0001,", "C000")
        (made / "operators.csv").write_text(
            "\n".join([table[0]] + [row for row in table if row.startswith(wanted)]) + "\n")
        self.office("import", "--county", "419925", *(made / name for name in (
            "institutions.csv", "operators.csv", "people.ndjson")))
        self.publish()
        for device, institution in (("clinic", "H41992500001"), ("township", "H41992590001")):
            self.enroll(device, institution)

    def publish(self, accounts=1, divided="2099-01-01"):
        """Rules by which a visit may use so many relatives' accounts, and limits are divided from a day on.

        Next year's contributions are collected the whole year, so that the day's work is the same on any date.
        """
        rules = self.home / "rules"
        shutil.copytree(ROOT / "Fixtures" / "rules" / "seed-2025", rules, dirs_exist_ok=True)
        for scheme in ("310", "390"):
            change(rules / scheme / "account" / "family_accounts.yaml", ("value: 1\n", f"value: {accounts}\n"),
                   ("按一个执行", f"测试按 {accounts} 个执行"))
        change(rules / "390" / "contribution" / "window_from.yaml", ("value: 09-01\n", "value: 01-01\n"))
        change(rules / "common" / "allotment" / "mode.yaml", ("from: 2027-01-01\n", f"from: {divided}\n"))
        self.office("publish", "--by", "C0001", "--rules", rules,
                    "--catalogue", "Fixtures/catalogue/items.csv",
                    "--diagnoses", "Fixtures/catalogue/diagnoses.csv",
                    "--knowledge", "Fixtures/knowledge/points.csv", stdin="112233\n")
        self.office("release", "--by", "C0002", stdin="445566\n")

    def enroll(self, device, institution):
        file = self.home / f"{device}.json"
        self.office("enroll", "--institution", institution, "--server", self.server, "--out", file)
        self.kiosk(device, "provision", file)

    def credential(self, name):
        cards = self.home / "cards"
        self.office("credentials", "--out", cards, "--expires", "2060-12-31", name)
        return (cards / f"{name}.txt").read_text().strip()

    # Processes

    def start(self, name):
        program = "syncserver" if name == "office" else "kiosk"
        more = ["--sync-port", str(self.ports["sync"])] if name == "office" else ["--no-courier"]
        log = open(self.home / f"{name}.log", "ab")
        self.processes[name] = subprocess.Popen(
            [self.bin / program, "serve", "--data", self.home / name, "--port", str(self.ports[name]), *more],
            stdout=log, stderr=log, cwd=ROOT)
        for _ in range(600):
            if self.processes[name].poll() is not None:
                raise Failed(f"{name} did not start:\n" + (self.home / f"{name}.log").read_text()[-2000:])
            if (self.home / name / "serving.json").exists():
                with socket.socket() as s:
                    if s.connect_ex(("127.0.0.1", self.ports[name])) == 0:
                        return
            time.sleep(0.05)
        raise Failed(f"{name} does not answer")

    def stop(self, name, hard=False):
        process = self.processes.pop(name, None)
        if process:
            process.send_signal(signal.SIGKILL if hard else signal.SIGTERM)
            code = process.wait(20)
            if not hard and code != 0:
                raise Failed(f"{name} ended with {code}")

    def post(self, name, errand, words, timeout=60):
        """An errand handed to a serving process."""
        post = json.loads((self.home / name / "serving.json").read_text())
        request = urllib.request.Request(
            f"{post['url']}/errand/{errand}", json.dumps(words).encode(),
            {"X-Errand-Token": post["token"], "Origin": post["url"]})
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return json.loads(answer.read())
        except urllib.error.HTTPError as error:
            raise Failed(error.read().decode()) from error

    def __enter__(self):
        self.lay_down()
        return self

    def __exit__(self, *_):
        for name in list(self.processes):
            self.stop(name, hard=True)
        if os.environ.get("KEEP"):
            print("kept:", self.home)
        else:
            shutil.rmtree(self.home, ignore_errors=True)


class Checks:
    """Counts what held and says what did not."""

    def __init__(self):
        self.passed = self.failed = 0

    def that(self, sentence, holds, shown=""):
        if holds:
            self.passed += 1
            print(f"  ok    {sentence}", flush=True)
        else:
            self.failed += 1
            print(f"  FAIL  {sentence} {shown}", flush=True)

    def refused(self, sentence, work, words=""):
        try:
            work()
        except Failed as refusal:
            self.that(sentence, words in str(refusal), str(refusal))
        else:
            self.that(sentence, False, "was not refused")

    def end(self):
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(1 if self.failed else 0)


def by_itself(walk):
    """One walk as a script of its own, in a county whose office and clinic are at work."""
    check = Checks()
    with County(sys.argv[1]) as county:
        county.start("office")
        county.kiosk("clinic", "sync")
        county.start("clinic")
        walk(county, check)
    check.end()
