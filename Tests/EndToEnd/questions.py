"""What a clerk is asked most often, answered from the pages by keyboard alone, keys and seconds counted.

Needs the county after a day's work, with the office, the clinic and the township desk running.
"""

import sqlite3
import time

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from screens import Browser, PHONE, county_sign_in, sign_in, today

# A minute is what a caller waits; more than twenty keys or three pages is no answer.
SECONDS, KEYS, PAGES = 60, 20, 3


def walk(county, check):
    telephones(county, check)
    silence(county, "T0001", days=5)
    clerk(county, check)
    phone(county, check)


def telephones(county, check):
    """Two desks that do not hear of each other write down another telephone."""
    b = Browser(check)
    sign_in(b, county, "township", "135790")
    b.until("the cursor waits for a household", lambda b: b.focus == "find")
    b.type("陈雨桐", Keys.ENTER).sees("the household is there", "陈志勇")
    b.type(Keys.F4).sees("telephones are one key away", "村民小组")
    b.until("the cursor waits for a number", lambda b: b.focus.startswith("phone-"))
    b.type("0000-5550001", Keys.ENTER).sees("and kept with Enter", "已记下 1 人")
    b.type(Keys.ENTER).sees("the household shows it at once", "0000-5550001")
    b.type(Keys.F4).sees("and it can be looked at again", "村民小组")
    b.picture("contact")
    b.close()
    b = Browser(check, PHONE)
    sign_in(b, county, "clinic", "246810")
    b.open(f"http://127.0.0.1:{county.ports['clinic']}/contact/1010010010")
    b.until("the cursor waits for a telephone", lambda b: b.focus.startswith("phone-"))
    b.picture("contact")
    b.type("0000-5550002", Keys.ENTER).sees("the doctor was told another", "已记下 1 人")
    b.close()
    for device in ("township", "clinic"):
        county.kiosk(device, "sync")


def silence(county, kiosk, days):
    """A desk that was last heard of some days ago."""
    county.stop("office")
    database = sqlite3.connect(next((county.home / "office").glob("*county*.sqlite")))
    changed = database.execute(
        "UPDATE journal SET last_contact = last_contact - ? WHERE kiosk = ?", (days * 86_400_000, kiosk)).rowcount
    database.commit()
    database.close()
    assert changed == 1, f"no journal {kiosk}"
    county.start("office")


class Clerk:
    """Counts keys, pages and seconds of one question."""

    def __init__(self, browser, county):
        self.b, self.county = browser, county

    def ask(self, question):
        self.question, self.keys, self.pages, self.begun = question, 0, 0, time.monotonic()
        self.b.open(self.county.pages + "/").sees(f"{question}: the first page is open", "常问")
        self.page = self.b.driver.current_url
        return self

    def press(self, *keys):
        self.b.type(*keys)
        self.keys += sum(1 if len(key) == 1 else len(key) for key in keys)
        return self

    def shortcut(self, key):
        """Alt and a digit that is printed on the page."""
        link = self.b.driver.find_elements(By.CSS_SELECTOR, f"a[accesskey='{key}']")
        self.b.check.that(f"{self.question}: {key} is printed on the page",
                          any(key in one.text for one in link), [one.text for one in link])
        self.b.driver.switch_to.active_element.send_keys(Keys.ALT, key)
        self.keys += 2
        return self

    def sees(self, *words):
        self.b.sees(f"{self.question}: {' '.join(words)}", *words)
        self.pages += 1
        return self

    def answered(self, picture):
        taken = time.monotonic() - self.begun
        self.b.check.that(f"{self.question}: {self.keys} keys, {self.pages} pages, {taken:.1f} s",
                          self.keys <= KEYS and self.pages <= PAGES and taken < SECONDS)
        self.b.picture(picture)


def clerk(county, check):
    b = Browser(check)
    county_sign_in(b, county, "C0001", "112233")
    clerk = Clerk(b, county)
    b.picture("county-questions")

    clerk.ask("why did this person pay 13.80").shortcut("4").sees("后面空一格写上金额")
    clerk.press("李桂华 13.80", Keys.ENTER).sees("这笔钱怎么算的", "起付线", "与结算一致")
    top = b.driver.execute_script("return document.getElementById('why').getBoundingClientRect().top")
    check.that("the page opens where the answer begins", 0 <= top < b.size[1] / 2, top)
    clerk.answered("why-paid")

    clerk.ask("what clashed last night").shortcut("8")
    clerk.sees("昨晚以来", "联系方式两处改动", "同一药盒追溯码售出两次", "陈*勇").answered("clashes-night")

    clerk.ask("which clinic owes what").shortcut("9")
    clerk.sees("各单位往来", "黄坳村卫生室", "两河镇医保服务站", "该单位应缴县局").answered("clinics")

    clerk.ask("which kiosks have not been heard of").shortcut("0")
    clerk.sees("两河镇医保服务站", "5 天前", "0").answered("kiosks-quiet")
    check.that("only those that are silent are listed", "黄坳村卫生室" not in b.text, b.text[:400])

    member(county, b)
    b.open(county.pages + "/waiting").sees("what waits names person and day", today(), "等人裁定", "同一药盒追溯码售出两次")
    b.picture("waiting-county")
    b.open(county.pages + "/months").sees("months are closed from a page", "月结不能撤销")
    b.picture("months")
    b.close()


def member(county, b):
    b.open(county.pages + "/clashes?since=night")
    row = next(row for row in b.driver.find_elements(By.TAG_NAME, "tr") if "联系方式两处改动" in row.text)
    row.find_element(By.PARTIAL_LINK_TEXT, "陈").send_keys(Keys.ENTER)
    b.sees("both telephones stand on the person's page", "0000-5550001", "0000-5550002", "另一处")
    b.picture("member-contact")


def phone(county, check):
    b = Browser(check, PHONE)
    county_sign_in(b, county, "C0001", "112233")
    b.picture("county-questions")
    for path, name in (("/waiting", "waiting-county"), ("/months", "months"), ("/ledger/clinics", "clinics"),
                       ("/clashes?since=night", "clashes-night")):
        b.open(county.pages + path).picture(name)
    b.close()
