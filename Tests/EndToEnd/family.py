"""Relatives' personal accounts pay at the desk (家庭共济): real Chromium, keyboard alone.

By itself: family.py BINARIES
"""

import json
import re

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from county import by_itself, today
from owed import pick, reasons, show_pay
from screens import PHONE, Browser, county_sign_in, sign_in

# A mother, her son and nephew whose accounts pay for her, and two neighbours.
MOTHER, UNLINKED, POOR = "李桂华", "王大山", "张秀英"
# The poor one's relatives: one without a balance, one who lives in another township.
SON, NEPHEW, EMPTY, AWAY = "陈建军", "管胜兵", "毕建萍", "安林涛"
SONS, NEPHEWS, EMPTYS = (f"家人 {name} 的账户" for name in ("陈*军", "管*兵", "毕*萍"))


def walk(county, check):
    """Needs the office and the clinic running."""
    people = link(county)
    check.refused("a link to somebody without an account is refused by its row", lambda: county.office(
        "import", roll(county, [people[UNLINKED] | {"familyAccounts": [people[MOTHER]["psn_no"]]}])),
        "第 1 行 familyAccounts")
    county.office("publish", "--daily")
    county.kiosk("clinic", "sync")
    desk, phone = Desk(county, check), Desk(county, check, PHONE)
    one_account(desk, check)
    county.publish(accounts=2)
    county.kiosk("clinic", "sync")
    in_order(county, desk, phone, check)
    taken_back(desk, phone, check)
    enough(desk, check)
    nobody_can(county, desk, phone, check, people)
    own_first(phone, check)
    for b in (desk, phone):
        b.desk().type(Keys.F7).sees("the day's page says what accounts of relatives paid", "家人账户付")
        b.picture("family-day")
    desk.close()
    phone.close()
    at_the_county(county, check, people)
    not_yet_heard(county, check, people)


# The roll and the rules

def link(county):
    """The county's roll names whose accounts may pay, and what lies on them."""
    rows = [json.loads(row) for row in (county.home / "made" / "people.ndjson").read_text().splitlines()]
    people = {row["psn_name"]: row for row in rows if row["psn_name"] in (MOTHER, UNLINKED, POOR, SON)}
    # Who else has an account differs from year to year; three of them get names of ours.
    others = [row for row in rows if row["insutype"] == "310" and row["home"]["village"] != people[SON]["home"]["village"]]
    for name, initials, row in zip((NEPHEW, EMPTY, AWAY), ("gsb", "bjp", "alt"), others):
        people[name] = row | {"psn_name": name, "initials": initials}
    for name, fen in ((SON, 2000), (NEPHEW, 1000), (EMPTY, 0), (AWAY, 9000)):
        people[name]["balc"] = fen
    people[AWAY]["home"] |= {"township": "419925102", "household": "1020010002", "village": "邻村"}
    for name, owners in ((MOTHER, (SON, NEPHEW)), (POOR, (EMPTY, AWAY)), (SON, (NEPHEW,))):
        people[name]["familyAccounts"] = [people[owner]["psn_no"] for owner in owners]
    county.office("import", roll(county, people.values()))
    return people


def roll(county, people):
    file = county.home / "relatives.ndjson"
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in people))
    return file


class Desk(Browser):
    """The doctor's browser at the visit page."""

    def __init__(self, county, check, size=None):
        super().__init__(check, size)
        sign_in(self, county, "clinic", "246810")
        self.until("the page is there", lambda b: b.driver.find_elements(By.ID, "scan"))

    def part(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector).text

    @property
    def pay(self):
        return " ".join(self.part(".band.pay").split())

    @property
    def patient(self):
        """In one line: where it breaks depends on the width."""
        return " ".join(self.part(".patient").split())

    def key(self, name):
        return " ".join(one.text for one in self.driver.find_elements(By.CSS_SELECTOR, f"[data-key='{name}']"))

    def find(self, name, *words):
        self.driver.find_element(By.ID, "scan").send_keys(name, Keys.ENTER)
        return self.until(f"{name} is found: {', '.join(words) or 'nobody else'}", lambda b: b.part(
            ".who strong") == name and all(word in b.patient for word in words))

    def bill(self, packs, total):
        """All of it is the person's: the deductible is not reached."""
        self.until("the cursor waits in diagnosis", lambda b: b.focus == "diagnosis")
        pick(self, "gxy", "高血压")
        self.until("the cursor waits in item", lambda b: b.focus == "item")
        pick(self, "bhsaldp", "苯磺酸氨氯地平片")
        self.until("the quantity is asked for", lambda b: b.focus != "item")
        self.type(Keys.BACKSPACE, packs, Keys.TAB, Keys.TAB, "7", Keys.ENTER)
        self.until(f"the bill is of {total}", lambda b: b.part(".pay .person-part b") == total)
        reasons(self)

    def why(self, sentence, *words):
        """F6, down to its end, where accounts are."""
        self.type(Keys.F6).sees(sentence, "这笔钱怎么算的", *words)
        self.driver.execute_script("window.scrollTo(0, document.body.scrollHeight)")
        return self

    def slip(self, sentence, *words):
        self.driver.find_element(By.PARTIAL_LINK_TEXT, "小票").send_keys(Keys.ENTER)
        return self.paper(sentence, *words)

    def paper(self, sentence, *words):
        self.sees(sentence, "门诊结算单", *words)
        self.driver.execute_script("document.querySelector('.paper .paid').scrollIntoView({block: 'center'})")
        return self

    def names(self, *people):
        return [name for name in people if name in self.text]

    def desk(self):
        """F1 and, where a bill waits, back at it."""
        self.type(Keys.F1).until("at the desk again", lambda b: b.driver.find_elements(By.ID, "scan"))
        return self

    def show_pay(self, name):
        show_pay(self)
        self.picture(name)
        for button in self.driver.find_elements(By.CSS_SELECTOR, ".tender button, .tender a"):
            right = button.rect["x"] + button.rect["width"]
            self.check.that(f"{button.text.split()[0]} can be touched",
                            button.rect["height"] >= 44 and right <= self.size[0], button.rect)


# The day

def one_account(b, check):
    """As the rules stand one relative's account pays for a visit: the first."""
    b.find(MOTHER, f"{SONS} 今日在此还可用 20.00")
    check.that("one account a visit: the second is not offered", NEPHEWS not in b.text, b.patient)
    b.bill("10", "39.00")
    check.that("it pays what it holds, the rest is cash",
               f"{SONS}付 20.00 元" in b.pay and "收现金 19.00 元" in b.pay and NEPHEWS not in b.pay, b.pay)


def in_order(county, b, phone, check):
    """The son's account first, then the nephew's, the rest is cash. The bill has waited for the new rules."""
    both = (f"{SONS} 今日在此还可用 20.00", f"{NEPHEWS} 今日在此还可用 10.00")
    for one in (b, phone):
        one.desk().until("what may be spent of both here today", lambda one: all(
            words in one.patient for words in both))
    said = b.pay
    places = [said.find(words) for words in (
        "按 F9", f"{SONS}付 20.00 元（今日在此可用 20.00 元）", f"{NEPHEWS}付 10.00 元（今日在此可用 10.00 元）",
        "收现金 9.00 元")]
    check.that("who pays how much, in order, then cash", -1 not in places and places == sorted(places), said)
    check.that("the key says it in short: accounts, not the patient's own", all(
        word in b.key("F9") for word in ("用账户付", "共付 30.00 元", "其余 9.00 元收现金")), b.key("F9"))
    check.that("relatives are masked", not b.names(SON, NEPHEW), b.text)
    check.that("nothing has to be asked for", not b.key("F5"), b.key("F5"))
    b.picture("family-bill")
    check.that("the phone says who pays, to the word", phone.pay == b.pay, phone.pay)
    phone.picture("family-bill")
    phone.show_pay("family-pay")
    b.why("the derivation says whose account pays, and what is left for cash", f"不够的由{SONS}付", f"由{NEPHEWS}付",
          "今日在此可用 20.00，付 20.00", "今日在此可用 10.00，付 10.00", "家庭共济账户个数", "收现金", "39.00 - 30.00 = 9.00")
    check.that("and masks them", not b.names(SON, NEPHEW), b.text)
    b.picture("family-why")
    b.type(Keys.ESCAPE).sees("back, and nothing is lost", f"{SONS}付 20.00 元")
    b.until("the cursor waits for the next item", lambda b: b.focus == "item")
    b.type(Keys.ENTER).until("Enter goes on to what is handed over", lambda b: b.focus == "given")
    b.type("50").until("change is told while typing, for either key", lambda b: all(
        words in b.pay for words in ("F8 找零 11.00", "收现金 9.00 元。 找零 41.00")))
    b.picture("family-change")
    check.that("no key has left the screen", all(one.rect["y"] + one.rect["height"] <= b.driver.find_element(
        By.CSS_SELECTOR, "nav.keys").rect["y"] for one in b.driver.find_elements(
            By.CSS_SELECTOR, ".tender [data-key]")), b.pay)
    b.type(Keys.BACKSPACE, Keys.BACKSPACE, "10").until("and where it is enough beside accounts alone", lambda b: (
        "9.00 元。 找零 1.00" in b.pay and "F8 找零" not in b.pay))
    b.type(Keys.F9).sees("saved, and change of the cash alone", "已保存", "找零 1.00")
    b.until("the cursor is back for the next patient", lambda b: b.focus == "scan")
    b.picture("family-saved")
    b.slip("the slip says who paid", f"{SONS}\n20.00", f"{NEPHEWS}\n10.00", "现金\n9.00")
    check.that("and masks the names", not b.names(SON, NEPHEW, MOTHER), b.text)
    b.picture("family-slip")
    b.desk().find(MOTHER, f"{SONS} 今日在此还可用 0.00", f"{NEPHEWS} 今日在此还可用 0.00").bill("1", "3.90")
    nobody_pays(county, b, check)
    b.picture("family-spent")


def nobody_pays(county, b, check):
    before = county.post("clinic", "status", {})["entries"]
    check.that("nothing of relatives where one pays, and no key for it",
               "家人" not in b.pay and "账户" not in b.pay and not b.key("F9"), b.pay)
    b.type(Keys.F9, Keys.F6).sees("after F9 the bill is still there to be explained", "这笔钱怎么算的")
    check.that("nor in the derivation", "家人" not in b.text and "共济" not in b.text, b.text[-400:])
    b.type(Keys.ESCAPE).until("back at the bill", lambda b: b.part(".pay .person-part b"))
    after = county.post("clinic", "status", {})["entries"]
    check.that("F9 settled nothing", after == before, (before, after))


def taken_back(b, phone, check):
    """The void gives every account back what it paid, and says what is handed back in cash."""
    b.type(Keys.F3).sees("the last visits", "最近五笔", "39.00")
    for _ in range(12):
        if b.focus == "reason":
            break
        b.type(Keys.TAB)
    check.that("Tab leads to the reason", b.focus == "reason", b.focus)
    b.type("录错人", Keys.ENTER).sees("voided", "已作废，红票是第")
    said = b.part(".notice")
    check.that("what is handed back in cash, what went back to accounts",
               "现金 9.00 元" in said and "30.00 元已退回账户" in said, said)
    b.picture("family-void")
    site = b.driver.current_url.split("/recent")[0]
    b.open(f"{site}/slip/{re.search('红票是第 ([0-9]+) 笔', said)[1]}")
    b.paper("the red slip says what goes back where", "红票", f"{SONS}\n-20.00", f"{NEPHEWS}\n-10.00", "现金\n-9.00")
    b.picture("family-red-slip")
    for one in (b, phone):
        one.desk().until("all is there again and would pay", lambda b: all(word in b.patient + b.pay for word in (
            f"{SONS} 今日在此还可用 20.00", f"{NEPHEWS} 今日在此还可用 10.00", f"{SONS}付 3.90 元")))


def enough(b, check):
    """An account that holds more than the bill pays it whole; what it keeps is there for the next."""
    check.that("no cash beside, and the second is not needed",
               "共付 3.90 元" in b.key("F9") and "现金" not in b.key("F9") + b.part(".told")
               and NEPHEWS not in b.pay, b.pay)
    b.picture("family-enough")
    b.type(Keys.F9).sees("saved", "已保存")
    check.that("no change where no cash was taken", "找零" not in b.text, b.text)
    b.slip("the slip has no cash", f"{SONS}\n3.90")
    check.that("none at all", "现金" not in b.text, b.text)
    b.desk().find(MOTHER, f"{SONS} 今日在此还可用 16.10", f"{NEPHEWS} 今日在此还可用 10.00")


def nobody_can(county, b, phone, check, people):
    b.find(UNLINKED)
    check.that("who has no relatives on the roll reads nothing of them", "家人" not in b.text, b.text)
    b.bill("1", "3.90")
    nobody_pays(county, b, check)
    check.that("nowhere", "家人" not in b.text, b.text)
    b.picture("family-none")
    number = people[AWAY]["psn_no"]
    b.find(POOR, f"{EMPTYS} 今日在此还可用 0.00", f"尾号 {number[-4:]} 的账户 今日在此还可用 0.00")
    check.that("no number in full", number not in b.text, b.patient)
    b.bill("1", "3.90")
    nobody_pays(county, b, check)
    b.picture("family-nothing")
    phone.desk().picture("family-nothing")


def own_first(b, check):
    """The son is ill himself: his own account first, what his mother left of it; all of it on a phone."""
    b.find(SON, "个人账户余额 16.10", f"{NEPHEWS} 今日在此还可用 10.00").bill("10", "39.00")
    places = [b.pay.find(words) for words in (
        "本人的账户付 16.10 元", f"{NEPHEWS}付 10.00 元", "收现金 12.90 元")]
    check.that("the own account first", -1 not in places and places == sorted(places), b.pay)
    b.show_pay("family-own")
    b.why("the derivation says so too", f"先用本人的账户，不够的由{NEPHEWS}付", "39.00 - 26.10 = 12.90").picture("family-why")
    b.type(Keys.ESCAPE).until("back", lambda b: b.focus == "item")
    b.type(Keys.F9).sees("saved", "已保存")
    b.until("the cursor is back for the next patient", lambda b: b.focus == "scan")
    b.slip("the slip too", "个人账户\n16.10", f"{NEPHEWS}\n10.00", "现金\n12.90").picture("family-slip")


def at_the_county(county, check, people):
    county.kiosk("clinic", "sync")
    mother, son, nephew = (people[name]["psn_no"] for name in (MOTHER, SON, NEPHEW))
    b = Browser(check)
    county_sign_in(b, county, "C0001", "112233")
    b.open(f"{county.pages}/members/{mother}")
    b.sees("the person's page names whose accounts may pay", MOTHER, "可用家人账户", son, "陈*军", nephew, "管*兵")
    b.sees("and what they paid", "家人账户付 3.90 元").picture("family-county")
    b.open(f"{county.pages}/members/{son}")
    b.sees("the owner's page what a relative's visit took, and gave back", SON, "家人就诊，从这个账户付")
    rows = [row for row in b.driver.find_elements(By.TAG_NAME, "tr") if "家人就诊" in row.text]
    amounts = [row.find_elements(By.TAG_NAME, "td")[3].text for row in rows]
    check.that("all of it, in order", amounts == ["20.00 元", "−20.00 元", "3.90 元"], amounts)
    check.that("but nothing of whose or what for", not [
        row.text for row in rows if any(word in row.text for word in (MOTHER, mother, "高血压"))])
    b.picture("family-county-owner")
    rows[-1].find_element(By.TAG_NAME, "a").send_keys(Keys.ENTER)
    b.sees("the entry says who paid", "家人个人账户支付（家庭共济）", "其中家人账户", "陈*军", "3.90")
    b.driver.execute_script("[...document.querySelectorAll('dt')].find(t => t.textContent.includes('其中家人账户'))"
                            "?.scrollIntoView({block: 'center'})")
    b.picture("family-county-entry")
    b.close()
    balance = json.loads(county.office("ledger", "--trial-balance", "--json"))
    check.that("the books balance", balance["sum"] in (0, "0.00"), balance["sum"])


def not_yet_heard(county, check, people):
    """Balances are divided since New Year, and a box that has not heard of it pays as before."""
    county.office("import", roll(county, [people[SON] | {"balc": 8000}]))
    county.office("publish", "--daily")
    county.kiosk("clinic", "sync")
    county.publish(accounts=2, divided=f"{today()[:4]}-01-01")
    b = Desk(county, check)
    b.find(SON, "个人账户余额").bill("10", "39.00")
    b.type(Keys.F9).sees("it pays from the balance that it knows", "已保存")
    b.close()
    county.kiosk("clinic", "sync")
    for size in (None, PHONE):
        b = Browser(check, size)
        county_sign_in(b, county, "C0001", "112233")
        b.open(f"{county.pages}/clashes?since=night").sees("the office is told", "账户支付超出额度", "陈*军")
        b.picture("overspent-list")
        row = next(row for row in b.driver.find_elements(By.TAG_NAME, "tr") if "陈*军" in row.text)
        row.find_element(By.TAG_NAME, "a").send_keys(Keys.ENTER)
        b.sees("what happened, by how much, what to do", "比县局给它的额度多", "账户超付", "那一版还不分额度的，不用办理", "当时所用政策\n第 2 版")
        b.picture("overspent")
        b.close()


if __name__ == "__main__":
    by_itself(walk)
