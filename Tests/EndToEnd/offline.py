"""A kiosk that never sees a network: set up, worked a day and synced by one stick.

Every command of the device and of the county runs in a network namespace without an interface that is up.
"""

import json
import secrets

from county import AMLODIPINE, COLLECTOR, CONSULT, DOCTOR


def walk(county, check):
    with county.no_network():
        clinic(county, check)
        township(county, check)


def provision(county, check, device, institution):
    stick = county.home / f"stick-{device}"
    told = json.loads(county.office("enroll", "--institution", institution, "--stick", stick, "--json"))
    check.refused(f"{device}: a wrong code opens no stick", lambda: county.kiosk(
        device, "provision", stick, stdin="0000-0000-0000\n"), "登记码")
    county.kiosk(device, "provision", stick, stdin=told["code"] + "\n")
    return stick, told["kiosk"]


def clinic(county, check):
    stick, kiosk = provision(county, check, "remote", "H41992500001")
    entries = [county.do("remote", "visit", {
        **DOCTOR, "id": secrets.token_hex(8), "scan": name, "diagnoses": ["I10.x00x002"],
        "feedetail": [CONSULT, {**AMLODIPINE, "days": 7}]}) for name in ("王大山", "陈建军")]
    check.that("visits are settled on a box that never had a network", len(entries) == 2, entries)
    close = county.do("remote", "close", {
        **DOCTOR, "pieces": {}, "sentence": "现金已上交", "id": secrets.token_hex(8)})
    journey(county, check, "remote", stick)
    status = county.do("remote", "status", {})
    report = json.loads(county.kiosk("remote", "verify"))
    check.that("the acknowledgement came home on the stick",
               report["acknowledgedThrough"] >= close["entry"], report)
    names = sorted(path.name for path in stick.iterdir())
    check.that("the stick holds one file a direction", names == sorted(
        f"{kiosk}.{way}" for way in ("provision", "to-county", "from-county")), names)
    found = b"".join(path.read_bytes() for path in stick.iterdir())
    check.that("a found stick shows no name", not any(
        word.encode() in found for word in ("王大山", "陈建军", "王医生", "419925196305124345")))
    for _ in range(2):
        journey(county, check, "remote", stick)
    status = county.do("remote", "status", {})
    check.that("and its status is green", status["unsent"] == 0, status)


def township(county, check):
    stick, _ = provision(county, check, "far", "H41992590001")
    receipt = county.do("far", "collect", {
        **COLLECTOR, "household": "1010010011", "id": secrets.token_hex(8)})
    check.that("a township desk without a network gives receipts out of its own block",
               receipt["receipt"], receipt)
    journey(county, check, "far", stick)
    report = json.loads(county.kiosk("far", "verify"))
    check.that("and the county has them", report["acknowledgedThrough"] >= receipt["entry"], report)


def journey(county, check, device, stick):
    county.kiosk(device, "export", stick)
    county.office("import", stick)
    county.kiosk(device, "import", stick)
