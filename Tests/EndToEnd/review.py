"""The review rules as people meet them: a stop, a warning with its reason, the county's list."""

from selenium.webdriver.common.by import By

from screens import Browser, sign_in

TRACE = "81234567890123456789"


def walk(county, check):
    """Needs clinic and office running; a visit half entered is put aside."""
    b = Browser(check)
    sign_in(b, county, "clinic", "246810")
    begin(county, b, "冯玉兰")
    line(b, "盐酸坦索罗辛缓释胶囊")
    b.sees("a drug of the other sex stops", "只限男性用", "依据")
    check.that("a stop cannot be paid", not b.driver.find_elements(By.NAME, "given"))
    b.picture("review-stop")
    b.driver.find_element(By.CSS_SELECTOR, ".lines .quiet").click()
    b.until("the line is gone", lambda b: not b.driver.find_elements(By.CSS_SELECTOR, ".lines"))
    sell(county, check, b, "冯玉兰", "4.00", None)
    begin(county, b, "王大山")
    sell(county, check, b, "王大山", "5.00", "药盒核对过，上次录错")
    b.close()
    county.kiosk("clinic", "sync")
    c = Browser(check)
    c.open(county.pages)
    c.driver.find_element(By.NAME, "person").send_keys("C0001")
    c.driver.find_element(By.NAME, "pin").send_keys("112233\n")
    c.sees("the office is open", "审核")
    c.open(county.pages)
    c.sees("the first page says that it waits", "件同一药盒追溯码售出两次")
    c.open(county.pages + "/waiting")
    c.sees("one box sold twice is listed after the merge", "同一药盒追溯码售出两次")
    c.picture("review-county")
    c.close()


def begin(county, b, name):
    b.open(f"http://127.0.0.1:{county.ports['clinic']}/visit")
    b.until("there is a field for the card", lambda b: b.driver.find_elements(By.ID, "scan"))
    b.driver.find_element(By.ID, "scan").send_keys(name + "\n")
    b.sees(f"{name} is found", name, "正常参保")
    field = b.driver.find_element(By.ID, "diagnosis")
    field.send_keys("gxy")
    b.until("a diagnosis is offered", lambda b: b.driver.find_elements(
        By.CSS_SELECTOR, ".suggestions:not([hidden]) button"))
    field.send_keys("\n")
    b.until("the diagnosis is taken", lambda b: b.driver.find_elements(By.CSS_SELECTOR, ".chip-form"))


def line(b, name, trace=""):
    field = b.driver.find_element(By.ID, "item")
    field.send_keys(name)
    b.until(f"{name} is offered", lambda b: any(name in row.text for row in b.driver.find_elements(
        By.CSS_SELECTOR, ".suggestions:not([hidden]) button")))
    field.send_keys("\n")
    b.until("the quantity is asked for", lambda b: b.focus != "item")
    days = b.driver.find_element(By.NAME, "days")
    days.clear()
    days.send_keys("7")
    b.driver.find_element(By.NAME, "trace").send_keys(trace + "\n")
    b.until("the line stands", lambda b: name in b.driver.find_element(By.CSS_SELECTOR, ".lines").text)


def sell(county, check, b, name, cash, reason):
    line(b, "苯磺酸氨氯地平片", TRACE)
    b.sees("the code stands with the line", "追溯码 1 个")
    if reason:
        b.sees("a box sold before is told", "卖过一次了", "写原因")
        b.picture("review-warn")
        b.driver.find_element(By.CSS_SELECTOR, "[data-reason]").send_keys(reason + "\n")
        b.sees("the reason stands there", reason)
        b.picture("review-override")
    b.driver.find_element(By.ID, "given").send_keys(cash)
    b.driver.find_element(By.CSS_SELECTOR, "button[value=cash]").click()
    b.sees(f"{name} is settled", "已保存")
