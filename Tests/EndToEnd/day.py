"""The whole day against real binaries: settle offline, night, morning, clashes, bad input."""

import json
import secrets

from county import AMLODIPINE, COLLECTOR, CONSULT, DOCTOR, today


def visit(scan, *fees, **more):
    return {**DOCTOR, "id": secrets.token_hex(8), "scan": scan, "diagnoses": ["I10.x00x002"], "feedetail": list(fees), **more}


def walk(county, check):
    county.start("office")
    county.kiosk("clinic", "sync")
    county.kiosk("township", "sync")
    card = county.credential("李桂华")
    number = json.loads(county.office("ledger", "--person", "李桂华"))["person"]
    county.stop("office")
    print("The county server is off.")

    settle(county, check, card)
    collect(county, check)
    bad_input(county, check, card)
    night(county, check, number)
    morning(county, check, card)
    stick(county, check, card)
    clash(county, check, card)
    sound(county, check)


def settle(county, check, card):
    found = county.do("clinic", "identify", {"scan": card})
    check.that("a credential is verified offline",
               found["psn_name"] == "李桂华" and found["assurance"] == "credential", found)
    by_number = county.do("clinic", "identify", {"scan": "419925196305124345"})
    check.that("the identity number finds the same person", by_number["psn_no"] == found["psn_no"])
    order = visit(card, {**AMLODIPINE, "cnt": 2, "days": 7}, CONSULT, id="1111111111111111")
    with county.no_network():
        first = county.do("clinic", "visit", order)
    check.that("a visit is settled with the server off and no network interface",
               (first["medfee_sumamt"], first["act_pay_dedc"], first["fund_pay_sumamt"])
               == ("13.80", "7.80", "5.00"), first)
    check.that("the same visit pressed twice is one entry", county.do("clinic", "visit", order) == first)
    check.refused("another bill under its number is refused, in words", lambda: county.do(
        "clinic", "visit", {**order, "feedetail": [CONSULT]}), "内容与这次的不同")
    check.refused("and so is another patient", lambda: county.do(
        "clinic", "visit", {**order, "scan": "王大山"}), "换一个单号")
    second = county.do("clinic", "visit", visit(
        "王大山", {**AMLODIPINE, "days": 7}, id="2222222222222222"))
    void = county.do("clinic", "void", {**DOCTOR, "entry": second["entry"], "reason": "录错人"})
    check.that("a visit is voided by its mirror image", void["psn_part_amt"] == "-3.90", void)
    check.refused("a second void is refused", lambda: county.do(
        "clinic", "void", {**DOCTOR, "entry": second["entry"], "reason": "again"}))
    status = county.do("clinic", "status", {})
    check.that("nothing is green before the county signed", status["unsent"] > 0, status)


def collect(county, check):
    rows = county.do("township", "household", {"find": "陈志勇"})[0]["members"]
    check.that("six people owe, one with relief",
               sorted(row["toPay"] for row in rows) == ["225.00"] + ["400.00"] * 5, rows)
    words = {**COLLECTOR, "household": "1010010010", "id": "3333333333333333"}
    receipt = county.do("township", "collect", words)
    check.that("one receipt for the household", receipt["total"] == "2225.00", receipt)
    check.that("pressed twice it is one receipt", county.do("township", "collect", words) == receipt)
    check.refused("other people under its number are refused, in words", lambda: county.do(
        "township", "collect", {**words, "people": [rows[0]["psn_no"]]}), "内容与这次的不同")
    check.refused("the same household owes nothing twice", lambda: county.do(
        "township", "collect", {**words, "id": "4444444444444444"}))
    check.refused("a difference in the drawer needs a sentence", lambda: county.do(
        "township", "close", {**COLLECTOR, "pieces": {"100": 22}, "id": "c"}))
    close = county.do("township", "close", {
        **COLLECTOR, "pieces": {"100": 22, "20": 1, "5": 1}, "id": "5555555555555555"})
    check.that("the day closes against counted cash", close["total"] == "2225.00", close)


def bad_input(county, check, card):
    before = county.do("clinic", "status", {})["entries"]
    for sentence, scan in (
        ("a wrong check digit", "419925196305124346"), ("a number too short", "4199251963051243"),
        ("a forged credential", card[:-1] + ("A" if card[-1] != "A" else "B")),
        ("a credential cut off", card[:100]), ("an oversized code", "NB1:" + "A" * 5000),
        ("nobody of that name", "不存在"), ("a dead person is not served", "孙福生"),
        ("a suspended person is not served", "周文秀"), ("a moved person is not served", "吴国强"),
        ("a waiting person is not served", "郑晓梅"),
    ):
        check.refused(f"{sentence}: refused", lambda: county.do("clinic", "visit", visit(scan, CONSULT)))
    for sentence, fee in (
        ("a negative quantity", {**CONSULT, "cnt": -1}), ("an absurd quantity", {**CONSULT, "cnt": 100000}),
        ("a price with three decimals", {**CONSULT, "pric": "6.005"}),
        ("an unknown item", {"med_list_codg": "NOPE", "cnt": 1}),
    ):
        check.refused(f"{sentence}: refused", lambda: county.do("clinic", "visit", visit(card, fee)))
    check.refused("a second consult fee the same day: refused",
                  lambda: county.do("clinic", "visit", visit(card, CONSULT)))
    check.refused("a wrong PIN: refused", lambda: county.do(
        "clinic", "visit", {**visit(card, CONSULT), "pin": "000000"}))
    after = county.do("clinic", "status", {})["entries"]
    signed_in = after - before
    check.that("refusals leave nothing but sign-ins behind", signed_in < 20, after)
    check.refused("with the server off, sync says so", lambda: county.kiosk("clinic", "sync"))


def night(county, check, number):
    county.start("office")
    for device in ("clinic", "township"):
        report = json.loads(county.kiosk(device, "sync", "--json"))
        check.that(f"{device}: everything is signed for",
                   county.do(device, "status", {})["unsent"] == 0, report)
    year = json.loads(county.office("ledger", "--person", number))["folded"]
    check.that("the county holds the visit", year["claimed"]["total"] == 1380, year)
    check.that("nothing clashes", year["clashes"] == [], year)


def morning(county, check, card):
    draft = county.home / "draft.json"
    code = AMLODIPINE["med_list_codg"]
    draft.write_text(json.dumps({
        "note": "测试调价",
        "prices": [{"code": code, "price": 380, "limit": 390, "from": today(1)}],
        "parameters": [{"path": "390/outpatient/rate", "value": "0.60", "from": today(1),
                        "source": "测试文件 1 号"}],
    }))
    county.office("publish", "--by", "C0001", "--draft", draft, stdin="112233\n")
    check.refused("the same clerk cannot release",
                  lambda: county.office("release", "--by", "C0001", stdin="112233\n"), "同一个人")
    check.refused("a wrong PIN cannot release",
                  lambda: county.office("release", "--by", "C0002", stdin="000000\n"))
    county.office("release", "--by", "C0002", stdin="445566\n")
    report = json.loads(county.kiosk("clinic", "sync", "--json"))
    check.that("the kiosk fetches the new policy", report["bulletins"].get("policy") == 2, report)
    check.that("and its status is green again", county.do("clinic", "status", {})["unsent"] == 0)


def stick(county, check, card):
    county.do("clinic", "visit", visit(card, {**AMLODIPINE, "days": 7}, id="6666666666666666",
                                       overrides={"repeatedSupply/1": "外出务工，多带一个月"}))
    stick = county.home / "stick"
    county.kiosk("clinic", "export", stick)
    sealed = next(stick.glob("*.to-county"))
    whole = sealed.read_bytes()
    sealed.write_bytes(whole[:len(whole) // 2])
    check.refused("a stick cut in half is refused", lambda: county.office("import", stick), "重新导出")
    sealed.write_bytes(whole)
    county.office("import", stick)
    county.office("import", stick)
    report = json.loads(county.kiosk("clinic", "import", stick))
    check.that("a stick carries a parcel there and its acknowledgement home",
               report["acknowledgedThrough"] == county.do("clinic", "status", {})["entries"], report)
    home = next(stick.glob("*.from-county"))
    altered = bytearray(home.read_bytes())
    altered[len(altered) // 2] ^= 1
    home.write_bytes(altered)
    check.refused("an altered stick is refused", lambda: county.kiosk("clinic", "import", stick), "被改动过")
    county.office("publish", "--stick", stick, "--kiosk", "T0001")
    home.unlink()
    check.refused("a stick for another device is refused by name",
                  lambda: county.kiosk("clinic", "import", stick), "T0001")


def clash(county, check, card):
    county.enroll("clinic2", "H41992500001")
    county.enroll("township2", "H41992590001")
    county.stop("office")
    # Neither new device knows anything yet, so they take their bulletins first and then go apart.
    county.start("office")
    county.kiosk("clinic2", "sync")
    county.kiosk("township2", "sync")
    collected = {**COLLECTOR, "household": "1010010001", "id": "7777777777777777"}
    county.do("township", "collect", collected)
    county.do("township2", "collect", {**collected, "id": "8888888888888888"})
    for device, name in (("clinic", "a"), ("clinic2", "b")):
        county.do(device, "visit", visit(
            "冯玉兰", {**AMLODIPINE, "cnt": 60, "days": 7}, id=name * 16))
        county.do(device, "visit", visit(
            "冯玉兰", {**AMLODIPINE, "cnt": 60, "days": 7}, id=name * 15 + "2"))
    for device in ("township2", "township", "clinic2", "clinic"):
        county.kiosk(device, "sync")
    year = json.loads(county.office("ledger", "--person", "冯玉兰"))["folded"]
    kinds = [clash["kind"] for clash in year["clashes"]]
    check.that("a deductible borne at two kiosks is caught with both sides",
               "deductibleTwice" in kinds and len(year["clashes"][0]["entries"]) >= 2, year)
    check.that("so are four equal bills within minutes, each against the one before it, and nothing else",
               set(kinds) == {"deductibleTwice", "visitTwice"} and kinds.count("visitTwice") == 3, year)
    li = json.loads(county.office("ledger", "--person", "李桂华", "--year", str(int(today()[:4]) + 1)))
    check.that("a contribution taken twice is caught with both sides",
               [clash["kind"] for clash in li["folded"]["clashes"]] == ["contributionTwice"], li)


def sound(county, check):
    digest = county.office("ledger", "--digest").strip()
    check.that("the digest has 32 bytes", len(digest) == 64, digest)
    check.that("a rebuild changes nothing", json.loads(county.office("rebuild"))["unchanged"])
    check.that("the ledger verifies", json.loads(county.office("verify"))["faults"] == [])
    for device in ("clinic", "township", "clinic2", "township2"):
        report = json.loads(county.kiosk(device, "verify"))
        check.that(f"{device}: the journal verifies", report["faults"] == [], report)
    backup = county.home / "backup.sqlite"
    county.office("backup", backup)
    check.that("the digest is the same after backup", county.office("ledger", "--digest").strip() == digest)
    county.stop("office")
    names = [name for name in ("李桂华", "419925196305124345")]
    journal = (county.home / "clinic" / "journal.sqlite").read_bytes()
    check.that("no name or identity number stands in the journal",
               not any(name.encode() in journal for name in names))
