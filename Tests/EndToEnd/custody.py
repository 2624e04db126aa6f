"""What lies on a kiosk's disk after the day: nothing in clear, checked by others, damaged, re-keyed."""

import contextlib
import hashlib
import json
import os
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

from county import AMLODIPINE, ROOT, Failed
from day import visit

VERIFIER = ROOT / "Tests" / "Verifier" / "verify.py"


def walk(county, check):
    sealed(county, check)
    third_party(county, check)
    rekey(county, check)
    doctor(county, check)
    damage(county, check)
    wrong_key(county, check)


# Nothing in clear


def secrets(county):
    """Every name and identity number of the demo county, and the operators' names."""
    people = [json.loads(line) for line in (county.home / "made" / "people.ndjson").open()]
    operators = (county.home / "made" / "operators.csv").read_text().splitlines()[1:]
    words = {person["psn_name"] for person in people} | {person["certno"] for person in people}
    words |= {person["psn_no"] for person in people} | {row.split(",")[1] for row in operators}
    return words - public(words)


def public(words):
    """Names that are also words of the public lists, such as a medicine's; they prove nothing."""
    texts = "".join(path.read_text() for path in (ROOT / "Fixtures").rglob("*")
                    if path.suffix in (".csv", ".yaml"))
    return {word for word in words if word in texts}


# Sealed bytes are as good as random: hundreds of patterns of four bytes (a name of two characters as
# printers write it) are met by chance in one box out of ten, patterns of six in one out of millions.
SHORTEST_PATTERN = 6


def files_naming(words, folder):
    """Files that grep finds any of the words in, as UTF-8 or as printers write Chinese."""
    spelled = {word.encode(code) for word in words for code in ("utf-8", "gb18030")}
    patterns = b"\n".join(pattern for pattern in spelled if len(pattern) >= SHORTEST_PATTERN)
    with tempfile.NamedTemporaryFile() as file:
        file.write(patterns)
        file.flush()
        found = subprocess.run(
            ["grep", "-rlaFf", file.name, folder], capture_output=True, env={"LC_ALL": "C"})
    if found.returncode > 1:
        raise Failed(found.stderr.decode())
    return found.stdout.decode().split()


def sealed(county, check):
    words = secrets(county)
    check.that("there are thousands of names and numbers to look for", len(words) > 6000, len(words))
    office = files_naming(words, county.home / "office")
    check.that("the same look finds them at the county office", any("county.sqlite" in path for path in office), office)
    # Killed at work, so that the logs are still there to be looked into.
    for device in ("clinic", "township"):
        county.start(device)
        # Both a name search and a draft go through memory; neither may reach the disk in clear.
        county.post(device, "identify" if device == "clinic" else "household",
                    {"scan": "419925196305124345"} if device == "clinic" else {"find": "陈志勇"})
        if device == "clinic":
            county.post(device, "visit", visit("冯玉兰", {**AMLODIPINE, "cnt": 1, "days": 1},
                                               id="c0ffee00c0ffee00",
                                               overrides={"repeatedSupply/1": "药品遗失"}))
        county.stop(device, hard=True)
        (county.home / device / "serving.json").unlink(missing_ok=True)
        names = [path.name for path in (county.home / device).iterdir()]
        check.that(f"{device}: databases and logs lie on the disk",
                   {"journal.sqlite", "journal.sqlite-wal", "shelf.sqlite"} <= set(names), names)
        found = [path for path in files_naming(words, county.home / device)]
        check.that(f"{device}: no file names anybody", found == [], found)
    logs = [name for name in files_naming(words, county.home) if name.endswith(".log")]
    check.that("no log of either program names anybody", logs == [], logs)


# The third party


def ask(path, *options):
    done = subprocess.run(["/usr/bin/python3", VERIFIER, path, *options], capture_output=True)
    text = done.stdout.decode()
    return done.returncode, json.loads(text) if text.startswith("{") else {"said": done.stderr.decode()}


@contextlib.contextmanager
def tampered(path, *statements):
    """A copy in which somebody with the file and SQLite changed something."""
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "journal.sqlite"
        for ending in ("", "-wal"):
            if os.path.exists(f"{path}{ending}"):
                shutil.copy(f"{path}{ending}", f"{copy}{ending}")
        database = sqlite3.connect(copy)
        for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            database.execute(statement)
        database.commit()
        database.close()
        yield copy


def third_party(county, check):
    folder = county.home / "clinic"
    path = folder / "journal.sqlite"
    ours = json.loads(county.kiosk("clinic", "verify"))
    trust = json.loads((folder / "provision.json").read_text())["trust"]
    known = ("--key", folder / "data.key", "--county", trust["serviceKey"])
    status, theirs = ask(path, *known)
    check.that("a verifier of other hands agrees with ours",
               status == 0 and theirs["acknowledgementsChecked"] and theirs["checkpoints"] > 3
               and all(theirs[key] == ours[key] for key in ("kiosk", "entries", "head", "acknowledgedThrough")),
               (theirs, ours))
    last = ours["entries"]
    for sentence, *statements in (
        ("a changed byte", "UPDATE entry SET bytes = zeroblob(length(bytes)) WHERE seq = 3"),
        ("an entry put in another's place",
         "UPDATE entry SET bytes = (SELECT bytes FROM entry WHERE seq = 4) WHERE seq = 5"),
        ("an entry taken out", "DELETE FROM entry WHERE seq = 5"),
        ("a tail cut off", f"DELETE FROM entry WHERE seq > {last // 2}"),
        ("a hash rewritten", "UPDATE entry SET hash = zeroblob(32) WHERE seq = 6"),
        ("a checkpoint of another", "UPDATE checkpoint SET statement = CAST(replace(CAST(statement AS TEXT), "
         "'\"sig\":\"', '\"sig\":\"00') AS BLOB)"),
        ("an acknowledgement that says more",
         "UPDATE acknowledgement SET through = through + 1, statement = CAST(replace(CAST(statement AS TEXT), "
         "'\"through\":', '\"through\":1') AS BLOB)"),
        ("another kiosk's name on it", "UPDATE journal SET kiosk = 'K0009'"),
    ):
        with tampered(path, *statements) as copy:
            status, said = ask(copy, *known)
            check.that(f"the verifier finds {sentence}", status == 1 and said["faults"], said)
    status, said = ask(path, "--key", county.home / "township" / "data.key", "--county", trust["serviceKey"])
    check.that("another device's key opens nothing", status == 1 and len(said["faults"]) >= last, said)
    forge(check, path, folder / "data.key", known)


def forge(check, path, key, known):
    """Somebody with the key rewrites an entry and every hash behind it: the signed heads differ."""
    sys.path.insert(0, str(VERIFIER.parent))
    from verify import Journal
    journal = Journal(str(path), [bytes.fromhex(line) for line in key.read_text().split()])
    with tampered(path) as copy:
        database = sqlite3.connect(copy)
        head = bytes(32)
        for sequence, _, is_sealed, stored in journal.rows:
            plain = journal.plain(sequence, is_sealed, stored)
            if sequence == 4:
                plain = plain.replace(b'"at":1', b'"at":2', 1)
            head = hashlib.sha256(head + plain).digest()
            database.execute("UPDATE entry SET hash = ?, sealed = 0, bytes = ? WHERE seq = ?", (head, plain, sequence))
        database.commit()
        database.close()
        status, said = ask(copy, *known)
        check.that("a history rewritten with the key in hand is found by the signatures",
                   status == 1 and all("checkpoint" in fault or "acknowledgement" in fault
                                       for fault in said["faults"]), said)


# Changing the key


def rekey(county, check):
    before = json.loads(county.kiosk("clinic", "verify"))
    key = county.home / "clinic" / "data.key"
    old = key.read_text()
    stale = county.home / "old.key"
    stale.write_text(old)
    stale.chmod(0o600)
    rng = random.Random(7)
    for _ in range(6):
        process = subprocess.Popen(
            [county.bin / "kiosk", "rekey", "--data", county.home / "clinic"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(rng.uniform(0.05, 1.2))
        process.kill()
        process.wait()
        after = json.loads(county.kiosk("clinic", "verify"))
        if (after["head"], after["faults"]) != (before["head"], []):
            check.that("a change of key killed at any moment loses nothing", False, after)
            return
    check.that("a change of key killed at any moment loses nothing", True)
    county.kiosk("clinic", "rekey")
    after = json.loads(county.kiosk("clinic", "verify"))
    check.that("after it every entry is there", after["head"] == before["head"] and after["faults"] == [], after)
    check.that("one key is left, and not the old one",
               len(key.read_text().split()) == 1 and key.read_text() not in old, key.read_text().count("\n"))
    refused = subprocess.run(
        [county.bin / "kiosk", "verify", "--key", stale, county.home / "clinic" / "journal.sqlite"], capture_output=True)
    check.that("the old key opens nothing any more", refused.returncode == 1, refused.stdout)
    # Another year's county may have another person of the same initials; that asks which, and is found too.
    try:
        found = county.do("clinic", "identify", {"scan": "lgh"})["psn_name"]
    except Failed as several:
        found = str(several)
    check.that("people are still found by initials", found == "李桂华" or "几位都符合" in found, found)


# The doctor, and damage


def findings(county, device, status):
    text = county.kiosk(device, "doctor", "--json", status=status)
    return {item["name"]: item for item in json.loads(text)}


def doctor(county, check):
    found = findings(county, "clinic", 0)
    check.that("the doctor finds a sound box sound",
               {"key", "mode", "journal", "durability", "disk", "roll", "unsent"} <= found.keys()
               and all(item["state"] != "bad" for item in found.values()), found)
    words = county.kiosk("clinic", "doctor")
    check.that("and says it in words", "●" in words and "账本 K0001 完好" in words, words)
    key = county.home / "clinic" / "data.key"
    key.chmod(0o644)
    found = findings(county, "clinic", 1)
    check.that("a key that others may read is refused with the command that mends it",
               "chmod 600" in found["opening"]["says"], found)
    key.chmod(0o600)


def damage(county, check):
    path = county.home / "clinic" / "journal.sqlite"
    database = sqlite3.connect(path)
    (last,) = database.execute("SELECT bytes FROM entry ORDER BY seq DESC LIMIT 1").fetchone()
    database.close()
    whole = bytearray(path.read_bytes())
    place = whole.index(last) + 40
    whole[place:place + 16] = bytes(16)
    path.write_bytes(whole)
    found = findings(county, "clinic", 1)
    check.that("the doctor finds the damage and moves nothing",
               found["opening"]["state"] == "bad" and path.read_bytes() == whole, found)
    done = subprocess.run([county.bin / "kiosk", "do", "--data", county.home / "clinic", "status"], capture_output=True)
    told = done.stderr.decode()
    check.that("the operator is told in plain words", "另存为 set-aside/K0001-" in told and "照常接诊" in told, told)
    kept = list((county.home / "clinic" / "set-aside").glob("K0001-*-journal.sqlite"))
    check.that("the damaged file is kept as it was", [file.read_bytes() for file in kept] == [whole], kept)
    entry = county.do("clinic", "visit", visit("李桂华", {**AMLODIPINE, "cnt": 1, "days": 1}, id="d0d0d0d0d0d0d0d0",
                                               overrides={"repeatedSupply/1": "药品遗失"}))
    check.that("the clinic goes on in its next journal", entry["kiosk"] == "K0001-2", entry)
    county.start("office")
    report = json.loads(county.kiosk("clinic", "sync", "--json"))
    check.that("what can still be read of the old one reaches the county", report["rescued"] >= 1, report)
    status = county.do("clinic", "status", {})
    check.that("the county signs for it under the same device", status["unsent"] == 0 and "aside" not in status, status)
    county.stop("office")
    found = findings(county, "clinic", 0)
    check.that("the doctor goes on naming what was set aside", found["aside"]["state"] == "old", found)


def wrong_key(county, check):
    folder = county.home / "township"
    good = (folder / "data.key").read_text()
    (folder / "data.key").write_text("5a" * 32 + "\n")
    check.refused("a wrong key is asked for", lambda: county.kiosk("township", "sync"), "请把原来的密钥放回")
    (folder / "data.key").write_text(good)
    report = json.loads(county.kiosk("township", "verify"))
    check.that("with the right one nothing is lost",
               report["faults"] == [] and report["kiosk"] == "T0001" and not (folder / "set-aside").exists(), report)
