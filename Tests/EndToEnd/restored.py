"""A county put back on an empty machine: the policy that the backup took comes back from a kiosk, and
what is released before it does has a number of its own; what no kiosk has fetched is told of.

By itself: restored.py BINARIES
"""

import datetime
import shutil

from county import AMLODIPINE, by_itself, today
from screens import PHONE, Browser, county_sign_in, fill

CLERK = ("C0001", "112233")
LACKING = "请先等送回再改政策"
LOST = "版放行过的政策随恢复备份丢了"


def walk(county, check):
    """Needs the office and the clinic running."""
    backup = county.home / "backup.sqlite"
    county.office("backup", backup)
    before = held(county)
    county.publish(accounts=2)
    county.kiosk("clinic", "sync")
    lost = held(county)
    check.that("a policy is released after the backup", lost == before + 1, (before, lost))
    put_back(county, backup)
    look(county, check, waits)
    county.kiosk("clinic", "sync")
    check.that("the clinic brings the policy back under its number", held(county) == lost, held(county))
    put_back(county, backup)
    county.publish(accounts=3)
    county.kiosk("clinic", "sync")
    day = datetime.datetime.now().strftime("%Y%m")
    check.that("released before the clinic was heard of, it is numbered by the minute of the restoring",
               str(held(county)).startswith(day), held(county))
    look(county, check, released)
    newer = county.home / "newer.sqlite"
    county.office("backup", newer)
    county.publish(accounts=4)
    put_back(county, newer, beside=True)
    look(county, check, remembers)


def held(county):
    """The version by which the clinic prices."""
    return county.do("clinic", "status", {})["policy"]


def put_back(county, backup, beside=False):
    """The machine is lost with everything on it, or the database alone beside the office's journal."""
    county.stop("office")
    if not beside:
        shutil.rmtree(county.home / "office")
    county.office("restore", backup)
    county.start("office")


def look(county, check, sees):
    for size in (None, PHONE):
        b = Browser(check, size)
        county_sign_in(b, county, *CLERK)
        sees(county, b)
        b.close()


def waits(county, b):
    b.open(county.pages + "/policy").sees("the policy page says what to wait for first", LACKING).picture("set-back")
    b.open(f"{county.pages}/policy/draft/price/{AMLODIPINE['med_list_codg']}")
    fill(b, {"price": "3.80", "limit": "3.90", "from": today(1)})
    b.open(county.pages + "/policy/draft").sees("and so does the draft, before it is signed", LACKING, "3.80")
    b.driver.execute_script("window.scrollTo(0, document.body.scrollHeight)")
    b.picture("set-back-draft")


def remembers(county, b):
    b.open(county.pages + "/").sees("the first page says that a released policy is lost", LOST).picture("lost-policy")
    b.open(county.pages + "/policy").sees("the policy page says which, and what to do", "恢复用的备份里没有这一版", LACKING)
    b.picture("lost-policy-page")


def released(county, b):
    b.open(county.pages + "/policy").sees("the policy page is open", "现行政策")
    b.check.that("nothing is waited for any more", LACKING not in b.text)


if __name__ == "__main__":
    by_itself(walk)
