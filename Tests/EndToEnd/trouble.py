"""A clinic on a bad day: a clock that was set wrongly, a battery that died, a patient of another township, a
damaged disk. Real Chromium, keyboard alone.

By itself: trouble.py BINARIES
"""

import json
import sqlite3

from selenium.webdriver.common.keys import Keys

from county import by_itself, today
from screens import PHONE, Browser, sign_in

DAY = 86_400_000


def walk(county, check):
    """Needs the office and the clinic running."""
    county.kiosk("clinic", "sync")
    elsewhere(county, check)
    wrong_clock(county, check)
    dead_battery(county, check)
    damaged_disk(county, check)


def pages(county, check, size=None):
    b = Browser(check, size)
    sign_in(b, county, "clinic", "246810")
    return b.until("the cursor waits for a card", lambda b: b.focus == "scan")


def elsewhere(county, check):
    """Somebody of another township: only the county's list of who is covered knows of them."""
    rows = (county.home / "made" / "people.ndjson").read_text().splitlines()
    person = next(p for p in map(json.loads, rows) if int(today()[:4]) in p["coverage"]["paidYears"])
    person |= {"psn_no": "41992500000000000017", "certno": number("419925196102171", 87), "psn_name": "邻乡人"}
    person["home"] |= {"township": "419925102", "household": "1020010001", "village": "邻村"}
    file = county.home / "neighbour.ndjson"
    file.write_text(json.dumps(person, ensure_ascii=False) + "\n")
    county.office("import", file)
    county.office("publish", "--daily")
    county.kiosk("clinic", "sync")
    for size in (None, PHONE):
        b = pages(county, check, size)
        b.type(person["certno"], Keys.ENTER)
        b.sees("who belongs to another township is told what to do", "不在本乡镇名册里", "回户籍乡镇报销")
        check.that("nobody's name is shown", person["psn_name"] not in b.text)
        b.picture("elsewhere")
        b.close()


def number(first, order):
    """A well-formed identity number (GB 11643): the last digit follows from the others."""
    digits = f"{first}{order:02}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights)) % 11]


def clock(county):
    return county.home / "clinic" / "clock.json"


def both_widths(county, check, picture, banner, status):
    """Every screen says it, and the page of the line says what to do; each a sentence and its words."""
    county.start("clinic")
    for size in (None, PHONE):
        b = pages(county, check, size)
        b.sees(*banner).picture(picture)
        b.open(f"http://127.0.0.1:{county.ports['clinic']}/status").sees(*status)
        b.picture(f"{picture}-status")
        b.close()
    county.stop("clinic")


def wrong_clock(county, check):
    """The machine's clock goes ninety minutes slow, beside a box that has heard the county."""
    county.stop("clinic")
    kept = clock(county).read_text()
    known = json.loads(kept)
    known["anchor"]["at"] += 90 * 60_000
    clock(county).write_text(json.dumps(known))
    both_widths(county, check, "clock-wrong",
                ("every screen says that the clock is wrong, and that it does no harm", "机器时钟慢了", "不受影响"),
                ("the page of the line says so too", "请找人校准"))
    clock(county).write_text(kept)


def dead_battery(county, check):
    """Started after a dead battery: the wall clock lies before what the county has signed."""
    kept = clock(county).read_text()
    later = json.loads(kept)["floor"] + 40 * DAY
    clock(county).write_text(json.dumps({"floor": later, "signed": later}))
    both_widths(county, check, "clock-held",
                ("a day that is not sure holds the till", "机器时钟不可靠", "暂不结算"),
                ("a person may look at a calendar", "今天是"))
    clock(county).write_text(kept)


def damaged_disk(county, check):
    """A page of the journal is overwritten; the clinic goes on in the next journal."""
    path = county.home / "clinic" / "journal.sqlite"
    with sqlite3.connect(path) as db:
        (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'day_of'").fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
    with open(path, "r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\x5a" * size)
    county.start("clinic")
    for size in (None, PHONE):
        b = pages(county, check, size)
        b.sees("every screen says that a journal was set aside", "本机账本有损坏", "可以照常接诊收费")
        b.picture("set-aside")
        b.close()


if __name__ == "__main__":
    by_itself(walk)
