"""A county put back on an empty machine: the policy that the backup took comes back from a kiosk, and
what is released before it does has a number of its own.

By itself: restored.py BINARIES
"""

import datetime
import shutil

from county import by_itself
from screens import PHONE, Browser, county_sign_in

CLERK = ("C0001", "112233")
LACKING = "请先等送回再改政策"


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
    look(county, check, "set-back", lambda b, page: b.sees(f"{page}: what to wait for before anything is released", LACKING))
    county.kiosk("clinic", "sync")
    check.that("the clinic brings the policy back under its number", held(county) == lost, held(county))
    put_back(county, backup)
    county.publish(accounts=3)
    county.kiosk("clinic", "sync")
    day = datetime.datetime.now().strftime("%Y%m")
    check.that("released before the clinic was heard of, it is numbered by the minute of the restoring",
               str(held(county)).startswith(day), held(county))
    look(county, check, None, lambda b, page: check.that(f"{page}: nothing is waited for any more", LACKING not in b.text))


def held(county):
    """The version by which the clinic prices."""
    return county.do("clinic", "status", {})["policy"]


def put_back(county, backup):
    """The machine is lost with everything on it."""
    county.stop("office")
    shutil.rmtree(county.home / "office")
    county.office("restore", backup)
    county.start("office")


def look(county, check, picture, sees):
    for size in (None, PHONE):
        b = Browser(check, size)
        county_sign_in(b, county, *CLERK)
        b.open(county.pages + "/policy")
        sees(b, "policy")
        if picture:
            b.picture(picture)
        b.close()


if __name__ == "__main__":
    by_itself(walk)
