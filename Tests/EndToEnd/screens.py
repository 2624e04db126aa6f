"""The day as it is worked: real Chromium, keyboard alone, every screen kept as a picture.

The county server is off until the evening. Pictures go to .output/screens (1024×768, and a phone).
"""

import json
import pathlib
import subprocess
import time

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from county import ROOT, today

PICTURES = ROOT / ".output" / "screens"
DESK, PHONE = (1024, 768), (390, 844)


class Browser:
    """A browser window with an operator before it who owns no mouse."""

    def __init__(self, check, size=None):
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for switch in ("--headless=new", "--no-sandbox", "--disable-gpu", "--lang=zh-CN",
                       "--disable-dev-shm-usage", "--hide-scrollbars"):
            options.add_argument(switch)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
        self.check, self.size = check, size or DESK
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": self.size[0], "height": self.size[1], "deviceScaleFactor": 1, "mobile": False})

    def open(self, url):
        self.driver.get(url)
        return self

    def type(self, *keys):
        ActionChains(self.driver).send_keys(*keys).perform()
        return self

    @property
    def text(self):
        return self.driver.find_element(By.TAG_NAME, "body").text

    @property
    def focus(self):
        return self.driver.execute_script(
            "return document.activeElement.id || document.activeElement.name || document.activeElement.tagName")

    def until(self, sentence, holds, seconds=20):
        """Waits until something is on the screen; a screen that never gets there is a failure."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if holds(self):
                    self.check.that(sentence, True)
                    return self
            except Exception:  # the page is being replaced under our eyes
                pass
            time.sleep(0.05)
        self.picture("failed")
        self.check.that(sentence, False, self.text[-600:])
        return self

    def sees(self, sentence, *words):
        return self.until(sentence, lambda b: all(word in b.text for word in words))

    def picture(self, name):
        PICTURES.mkdir(parents=True, exist_ok=True)
        kind = "" if self.size == DESK else "-phone"
        path = PICTURES / f"{name}{kind}.png"
        self.driver.save_screenshot(str(path))
        wide = self.driver.execute_script("return document.documentElement.scrollWidth")
        self.check.that(f"{name}{kind}: nothing sticks out sideways", wide <= self.size[0] + 2, wide)
        return path

    def close(self):
        loud = [line["message"] for line in self.driver.get_log("browser") if line["level"] == "SEVERE"
                and "status of 4" not in line["message"]]
        self.check.that("the browser had nothing to complain about", not loud, loud)
        self.driver.quit()


def walk(county, check):
    county.start("office")
    county.kiosk("clinic", "sync")
    county.kiosk("township", "sync")
    card = county.credential("李桂华")
    county.stop("office")
    county.start("clinic")
    county.start("township")
    print("The county server is off.")
    doctor(county, check, card)
    collector(county, check)
    phone(county, check)
    print("The county server is on again.")
    county.start("office")
    evening(county, check)
    clerks(county, check)


def sign_in(browser, county, device, pin):
    browser.open(f"http://127.0.0.1:{county.ports[device]}/")
    browser.until("the cursor waits for the PIN", lambda b: b.focus == "pin")
    browser.type(pin, Keys.ENTER).sees("the desk is open", "退出")


def doctor(county, check, card):
    b = Browser(check)
    b.open(f"http://127.0.0.1:{county.ports['clinic']}/")
    b.until("the cursor waits for the PIN", lambda b: b.focus == "pin")
    b.picture("sign-in")
    b.type("111111", Keys.ENTER).sees("a wrong PIN is told plainly", "还")
    b.type("246810", Keys.ENTER).until("the cursor waits for a card", lambda b: b.focus == "scan")
    b.type("419925196305124346", Keys.ENTER).sees("a wrong check digit is told plainly", "身份证")
    b.picture("wrong-number")
    b.open(f"http://127.0.0.1:{county.ports['clinic']}/visit")
    b.until("the cursor waits for a card", lambda b: b.focus == "scan")
    b.type("孙福生", Keys.ENTER).sees("a dead person is told plainly", "孙福生")
    b.picture("not-covered")
    b.open(f"http://127.0.0.1:{county.ports['clinic']}/visit")
    b.driver.find_element(By.ID, "scan").send_keys(card + "\n")
    b.sees("a scanned credential finds the member", "李桂华", "正常参保", "名册截至")
    enter_bill(b)
    b.picture("visit")
    b.type(Keys.F6).sees("the derivation is line by line", "起付线", "依据")
    b.picture("why")
    b.type(Keys.ESCAPE).sees("Esc goes back and keeps what was typed", "苯磺酸氨氯地平片")
    settle(county, b)
    b.close()


def enter_bill(b):
    def pick(field, letters, words):
        b.until(f"the cursor waits in {field}", lambda b: b.focus == field)
        b.type(letters).until(f"{letters} suggests {words}", lambda b: any(
            words in row.text for row in b.driver.find_elements(
                By.CSS_SELECTOR, ".suggestions:not([hidden]) button")))
        b.type(Keys.ENTER)

    pick("diagnosis", "gxy", "高血压")
    pick("item", "bhsaldp", "苯磺酸氨氯地平片")
    b.until("the quantity is asked for", lambda b: b.focus != "item")
    b.type(Keys.BACKSPACE, "2", Keys.ENTER).sees("a long supply asks for a reason", "写原因")
    b.until("the cursor is in the reason", lambda b: "reason" in b.focus or b.focus == "item")
    field = b.driver.find_element(By.CSS_SELECTOR, "[data-reason]")
    field.send_keys("外出务工，多带一个月\n")
    pick("item", "ybzlf", "一般诊疗费")
    b.until("the quantity is asked for", lambda b: b.focus != "item").type(Keys.ENTER)
    b.sees("the running total is there", "13.80")


def settle(county, b):
    before = json.dumps(county.post("clinic", "status", {}))
    b.type(Keys.F8, "20").type(Keys.ENTER)
    b.sees("the visit is saved and change is told", "已保存", "11.20")
    b.until("the cursor is back for the next patient", lambda b: b.focus == "scan")
    b.picture("saved")
    b.driver.find_element(By.PARTIAL_LINK_TEXT, "小票").send_keys(Keys.ENTER)
    b.sees("the slip masks the name", "李*华", "13.80")
    path = b.picture("slip")
    code = b.driver.find_element(By.CSS_SELECTOR, "svg")
    b.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", code)
    shot = path.with_name("slip-code.png")
    shot.write_bytes(b.driver.get_screenshot_as_png())
    read = subprocess.run(["zbarimg", "--nodbus", "--raw", "-q", shot], capture_output=True)
    b.check.that("the slip's code reads back from the screen", read.stdout.startswith(b"VK1|K0001|"),
                 read.stdout[:80])
    printed = list((county.home / "clinic" / "slips").glob("*.escpos"))
    b.check.that("the slip went to the printer as ESC/POS", len(printed) == 1
                 and printed[0].read_bytes().startswith(b"\x1b@"), printed)
    b.type(Keys.F3).sees("the last visits are one key away", "李*华")
    b.picture("recent")
    after = county.post("clinic", "status", {})
    b.check.that("nothing is green while the county has not signed",
                 after["unsent"] > json.loads(before)["unsent"], after)


def collector(county, check):
    b = Browser(check)
    sign_in(b, county, "township", "135790")
    b.until("the cursor waits for a household", lambda b: b.focus == "find")
    b.type("陈雨桐", Keys.ENTER).sees("a household is found by any member", "陈志勇", "2225.00")
    b.picture("household")
    b.type("3000").sees("change is told while typing", "775.00")
    b.type(Keys.ENTER).sees("one receipt for the household", "0000010001", "2225.00")
    b.picture("receipt")
    b.type(Keys.F7).sees("the day is closed against counted cash", "100")
    b.until("the cursor waits in the first count", lambda b: b.focus not in ("BODY", ""))
    b.type("22").picture("close")
    b.type(Keys.F8).sees("a difference asks for a sentence", "差")
    b.close()


def phone(county, check):
    b = Browser(check, PHONE)
    sign_in(b, county, "clinic", "246810")
    b.until("the cursor waits for a card", lambda b: b.focus == "scan")
    b.type("王大山", Keys.ENTER).sees("a name finds the member", "王大山")
    b.picture("visit")
    b.close()
    b = Browser(check, PHONE)
    sign_in(b, county, "township", "135790")
    b.until("the cursor waits for a household", lambda b: b.focus == "find")
    b.type("李桂华", Keys.ENTER).sees("the household fits a phone", "李桂华")
    b.picture("household")
    b.close()


def evening(county, check):
    b = Browser(check)
    sign_in(b, county, "clinic", "246810")
    b.until("what was begun is still there", lambda b: b.focus == "diagnosis")
    b.type(Keys.F10).sees("what waits is told", "未上报")
    b.picture("waiting")
    b.type(Keys.F8).sees("green only when the county has signed", "县里已签收")
    b.picture("signed")
    check.that("and it is true", county.post("clinic", "status", {})["unsent"] == 0)
    b.close()


def county_sign_in(b, county, person, pin):
    b.open(county.pages + "/")
    b.until("the cursor waits for the number", lambda b: b.focus == "person")
    b.type(person, Keys.TAB, pin, Keys.ENTER).sees("the first page opens", "全县业务")


def clerks(county, check):
    county.kiosk("township", "sync")
    b = Browser(check)
    county_sign_in(b, county, "C0001", "112233")
    b.picture("county")
    for path, name, word in (("/kiosks", "kiosks", "黄坳村卫生室"), ("/ledger", "ledger", today()),
                             ("/policy", "policy", "第 1 版")):
        b.open(county.pages + path).sees(f"{path} shows what it should", word)
        b.picture(name)
    code = "XC08CAQ866A001010199001"
    b.open(f"{county.pages}/policy/draft/price/{code}")
    fill(b, {"price": "3.80", "limit": "3.90", "from": today(1)})
    b.open(county.pages + "/policy/draft").sees("the draft shows before and after", "3.80")
    b.picture("draft")
    fill(b, {"note": "测试调价", "pin": "112233"})
    b.sees("published, waiting for another", "复核")
    b.close()

    b = Browser(check)
    county_sign_in(b, county, "C0002", "445566")
    b.sees("the second clerk sees at once what waits", "等待复核")
    b.open(county.pages + "/policy/proposal").sees("and exactly what changes", "3.80")
    b.picture("proposal")
    fill(b, {"pin": "445566"})
    b.until("released", lambda b: "第 2 版" in b.open(county.pages + "/policy").text)
    b.picture("released")
    b.close()
    report = json.loads(county.kiosk("clinic", "sync", "--json"))
    check.that("the kiosk has the new policy", report["bulletins"].get("policy") == 2, report)


def fill(b, values):
    """Fills the fields of the form that has them all and sends it with Enter."""
    for name, value in values.items():
        field = b.driver.find_element(By.NAME, name)
        if field.get_attribute("type") == "date":
            b.driver.execute_script("arguments[0].value = arguments[1]", field, value)
        else:
            field.clear()
            field.send_keys(value)
    field.submit()
    b.until("the form is sent", lambda b: gone(field))


def gone(element):
    """Whether the page that held it has been replaced; what is sent before that may never arrive."""
    try:
        element.is_enabled()
    except StaleElementReferenceException:
        return True
    return False
