"""What a person is owed, and owes, settled at the next visit: real Chromium, keyboard alone.

By itself: owed.py BINARIES
"""

import json

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from county import AMLODIPINE, DOCTOR, by_itself
from screens import PHONE, Browser, county_sign_in, sign_in

NAME = "冯玉兰"


def walk(county, check):
    """Needs the office running; a second device of the same clinic is enrolled."""
    county.enroll("clinic3", "H41992500001")
    county.kiosk("clinic3", "sync")
    county.kiosk("clinic", "sync")
    # Neither knows of the other, and both take the year's deductible.
    for device, name in (("clinic", "e"), ("clinic3", "f")):
        wrong = visit(county, device, name * 16)
    exchange(county)
    check.that("the deductible taken twice is owed the person", owed(county) == 15000, owed(county))
    given(county, check)
    county.do("clinic3", "void", {**DOCTOR, "entry": wrong["entry"], "reason": "录错人"})
    exchange(county)
    check.that("taken back with the visit it was about, the person owes it", owed(county) == -15000, owed(county))
    taken(county, check)
    exchange(county)
    check.that("what was taken is off the debt", -15000 < owed(county) < 0, owed(county))
    balance = json.loads(county.office("ledger", "--trial-balance", "--json"))
    check.that("the books balance", balance["sum"] in (0, "0.00"), balance["sum"])
    page(county, check)


def visit(county, device, order):
    return county.do(device, "visit", {
        **DOCTOR, "id": order, "scan": NAME, "diagnoses": ["I10.x00x002"],
        "feedetail": [{**AMLODIPINE, "cnt": 120, "days": 7}],
        "overrides": {"repeatedSupply/1": "外出务工，多带药"}})


def exchange(county):
    """Everybody sends, the county books and publishes, everybody reads."""
    for device in ("clinic", "clinic3"):
        county.kiosk(device, "sync")
    county.office("ledger", "--adjust")
    county.office("publish", "--daily")
    for device in ("clinic", "clinic3"):
        county.kiosk(device, "sync")


def owed(county):
    return json.loads(county.office("ledger", "--person", NAME))["folded"]["owed"]


def begin(b, county):
    """The visit page with a bill, entered by keys."""
    sign_in(b, county, "clinic", "246810")
    b.until("the page is there", lambda b: b.driver.find_elements(By.ID, "scan"))
    b.driver.find_element(By.ID, "scan").send_keys(NAME + "\n")
    b.sees("the person is found", NAME, "县局重算后")
    if not b.driver.find_elements(By.CSS_SELECTOR, ".lines"):
        b.until("the cursor waits in diagnosis", lambda b: b.focus == "diagnosis")
        pick(b, "gxy", "高血压")
        b.until("the cursor waits in item", lambda b: b.focus == "item")
        pick(b, "bhsaldp", "苯磺酸氨氯地平片")
        b.until("the quantity is asked for", lambda b: b.focus != "item")
        b.type(Keys.BACKSPACE, "99", Keys.TAB, Keys.TAB, "7", Keys.ENTER)
    b.sees("the bill is there", "苯磺酸氨氯地平片", "个人付")
    reasons(b)


def reasons(b):
    """Warnings of the bill, each with its sentence."""
    for _ in range(4):
        fields = b.driver.find_elements(By.CSS_SELECTOR, "[data-reason]")
        if not fields:
            return
        fields[0].send_keys("测试\n")
        b.until("the reason is kept", lambda b: len(
            b.driver.find_elements(By.CSS_SELECTOR, "[data-reason]")) < len(fields))


def pick(b, letters, words):
    b.type(letters).until(f"{letters} suggests {words}", lambda b: any(
        words in row.text for row in b.driver.find_elements(
            By.CSS_SELECTOR, ".suggestions:not([hidden]) button")))
    b.type(Keys.ENTER)


def show_pay(b):
    """Brings the fourth band into a small screen."""
    b.driver.execute_script("document.querySelector('.band.pay').scrollIntoView()")


def given(county, check):
    for size in (PHONE, None):
        b = Browser(check, size)
        begin(b, county)
        b.sees("what, why, how much and whom to ask", "应补给本人 150.00 元", "起付线重复负担", "这次抵付", "有疑问请问")
        if size:
            show_pay(b)
        b.picture("owed-given")
        if size:
            b.close()
    b.type(Keys.F8).type(Keys.F8)
    b.sees("the visit is saved", "已保存")
    b.driver.find_element(By.PARTIAL_LINK_TEXT, "小票").send_keys(Keys.ENTER)
    b.sees("the slip says it too", "县局补给抵付", "这次实收", "县局重算补给")
    b.picture("owed-slip")
    b.close()


def taken(county, check):
    b = Browser(check)
    begin(b, county)
    b.sees("what is asked for beside the price", "应退回 150.00 元", "这次一并收", "按 F4 这次不收")
    b.picture("owed-taken")
    b.type(Keys.F4).sees("left for the next time", "这次不收，下次再结")
    b.picture("owed-left")
    b.type(Keys.F4).sees("and asked for again", "这次一并收")
    b.close()
    b = Browser(check, PHONE)
    begin(b, county)
    show_pay(b)
    b.picture("owed-taken")
    b.close()
    b = Browser(check)
    begin(b, county)
    b.type(Keys.F6).sees("the derivation ends with it", "退回基金多付")
    b.picture("owed-why")
    b.type(Keys.ESCAPE).sees("back", "这次一并收")
    b.type(Keys.F8).type(Keys.F8)
    b.sees("the visit is saved", "已保存")
    b.close()


def page(county, check):
    person = json.loads(county.office("ledger", "--person", NAME))["person"]
    b = Browser(check)
    county_sign_in(b, county, "C0001", "112233")
    b.open(f"{county.pages}/members/{person}")
    b.sees("the person's page shows what is settled and what is left", "重算差额的结清", "本人还应退回")
    b.driver.execute_script(
        "[...document.querySelectorAll('h2')].find(h => h.textContent.includes('重算差额')).scrollIntoView()")
    b.picture("owed-county")
    b.close()


if __name__ == "__main__":
    by_itself(walk)
