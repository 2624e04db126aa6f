"""One visit entered twice, as the office meets it: found, ruled upon by two, and ruled anew when the clinic
takes the other one back.

By itself: twice.py BINARIES
"""

import json

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from county import AMLODIPINE, DOCTOR, by_itself
from day import visit
from family import Desk
from owed import pick
from screens import PHONE, Browser, county_sign_in, gone

NAME, MASKED = "陈志勇", "陈*勇"
CLERK, SECOND = ("C0001", "112233"), ("C0002", "445566")


def walk(county, check):
    """Needs the office and the clinic running."""
    bill = {**AMLODIPINE, "cnt": 90, "days": 7}
    first, _ = (county.post("clinic", "visit", visit(NAME, bill, id=letter * 16)) for letter in "cd")
    check.that("there is money in it", first["fund_pay_sumamt"] > "0.00", first)
    asked(county, check)
    county.kiosk("clinic", "sync")
    page = found(county, check)
    ruled(county, check, page, "/refused/clinic", "处方只有一张")
    check.that("the fund pays the first alone", paid(county) == first["fund_pay_sumamt"], paid(county))
    county.post("clinic", "void", {**DOCTOR, "entry": first["entry"], "reason": "录重了"})
    county.kiosk("clinic", "sync")
    check.that("both are unpaid now, until somebody says", paid(county) == "0.00", paid(county))
    page = outlived(county, check)
    ruled(county, check, page, "/reopened/", "第一张已作废")
    check.that("the fund pays the second what it would have paid the first", paid(county) == first["fund_pay_sumamt"], paid(county))
    b = clerk(county, check, CLERK)
    b.open(county.pages + "/waiting").sees("the page of what waits is open", "等人裁定")
    check.that("nothing of it waits any more", MASKED not in b.text, b.text[-600:])
    b.close()


def asked(county, check):
    """The doctor types it once more and is told before the money is taken; it is left unsettled."""
    b = Desk(county, check, PHONE)
    b.find(NAME).until("the cursor waits in diagnosis", lambda b: b.focus == "diagnosis")
    pick(b, "gxy", "高血压")
    b.until("the cursor waits in item", lambda b: b.focus == "item")
    pick(b, "bhsaldp", "苯磺酸氨氯地平片")
    b.until("the quantity is asked for", lambda b: b.focus != "item")
    b.type(Keys.BACKSPACE, "90", Keys.TAB, Keys.TAB, "7", Keys.ENTER)
    told(b)
    b = Desk(county, check)
    told(b)


def told(b):
    b.sees("the same bill within minutes is said before it is settled", "结算过一样的一单", "不是重复录入")
    b.driver.find_element(By.CSS_SELECTOR, ".band.pay").location_once_scrolled_into_view
    b.picture("twice-asked")
    b.close()


def paid(county):
    """By the fund in the year, as the county holds it."""
    fen = json.loads(county.office("ledger", "--person", NAME))["folded"]["due"]["fund"]
    return f"{fen / 100:.2f}"


def clerk(county, check, who, size=None):
    b = Browser(check, size)
    county_sign_in(b, county, *who)
    return b


def follow(b, words):
    """Opens the link in the row of the person that has these words."""
    row = next(row for row in b.driver.find_elements(By.TAG_NAME, "tr") if MASKED in row.text and words in row.text)
    row.find_element(By.PARTIAL_LINK_TEXT, words).send_keys(Keys.ENTER)
    return b


def found(county, check):
    for size in (PHONE, None):
        b = clerk(county, check, CLERK, size)
        b.open(county.pages + "/waiting").sees("an equal bill within minutes waits", "同一次就诊录入两遍", MASKED)
        follow(b, "同一次就诊录入两遍").sees("both sides, which came first", "先录入", "又录入", "打电话给录入单位")
        b.picture("twice")
        page = b.driver.current_url
        b.close()
    return page


def outlived(county, check):
    for size in (PHONE, None):
        b = clerk(county, check, CLERK, size)
        b.open(county.pages + "/waiting").sees("the refusal waits anew", "裁定的事由已消失", MASKED)
        follow(b, "裁定的事由已消失").sees("why, and where to turn", "后来作废了", "撤销以前的裁定")
        b.picture("twice-outlived")
        b.driver.find_element(By.PARTIAL_LINK_TEXT, "第").send_keys(Keys.ENTER)
        b.sees("the entry shows what was ruled of it, and lets it be taken back", "基金不支付", "处方只有一张",
               "撤销以前的裁定")
        check.that("what two have ruled no one undoes alone", "一人即可" not in b.text, b.text[-600:])
        b.driver.execute_script(
            "[...document.querySelectorAll('h2')].find(h => h.textContent.includes('裁定')).scrollIntoView()")
        b.picture("twice-entry")
        page = b.driver.current_url
        b.close()
    return page


def ruled(county, check, page, option, reason):
    """One clerk proposes, another confirms; both by keyboard."""
    b = clerk(county, check, CLERK)
    b.open(page).sees("what may be ruled", "理由")
    b.driver.find_element(By.CSS_SELECTOR, f"input[name=option][value*='{option}']").send_keys(Keys.SPACE)
    send(b, {"reason": reason, "pin": CLERK[1]})
    b.sees("it waits for another", "须另一位经办人确认")
    b.close()
    b = clerk(county, check, SECOND)
    b.open(page).sees("the other reads who proposed what", reason)
    form = b.driver.find_element(By.CSS_SELECTOR, "input[name=proposal]")
    pin = form.find_element(By.XPATH, "..").find_element(By.NAME, "pin")
    pin.send_keys(SECOND[1], Keys.ENTER)
    b.until("confirmed", lambda b: gone(pin)).close()


def send(b, values):
    for name, value in values.items():
        field = b.driver.find_element(By.CSS_SELECTOR, f"fieldset ~ div [name={name}]")
        field.send_keys(value)
    field.send_keys(Keys.ENTER)
    b.until("the form is sent", lambda b: gone(field))


if __name__ == "__main__":
    by_itself(walk)
