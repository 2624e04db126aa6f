"""`kiosk quote` as documented: JSON lines in, JSON lines out, faults answered in their place."""

import json


def ask(county, lines, status=0):
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines) + "\n"
    out = county.run("kiosk", "quote", "--rules", "Fixtures/rules/seed-2025",
                     "--catalogue", "Fixtures/catalogue/items.csv", stdin=text, status=status)
    return [json.loads(line) for line in out.splitlines()]


def bill(amount, **more):
    return {"on": "2026-03-01", "insutype": "390", "med_type": "11", "hosp_lv": "village",
            "feedetail": [{"med_list_codg": "A", "cnt": 1, "pric": amount, "chrgitm_lv": "01"}], **more}


def fee(**more):
    words = bill("1.00")
    words["feedetail"][0].update(more)
    return words


def walk(county, check):
    first, second = ask(county, [bill("280.00"), bill(120)])
    check.that("below the deductible the fund pays nothing",
               first["setlinfo"]["fund_pay_sumamt"] == "0.00" and first["setlinfo"]["act_pay_dedc"] == "280.00")
    carried = ask(county, [bill("120.00", standing=first["standing"])])[0]
    check.that("standing put out by one quote is fed to the next",
               carried["setlinfo"]["fund_pay_sumamt"] == "50.00"
               and carried["setlinfo"]["psn_part_amt"] == "70.00", carried)
    check.that("numbers are accepted for amounts", second["setlinfo"]["medfee_sumamt"] == "120.00")
    check.that("every reason carries its article, arithmetic and source",
               any(r["article"] == "deductible" and r["citations"][0]["source"] for r in carried["reasons"]))
    account = ask(county, [bill("50.00", accounts={"balc": "20.00"})])[0]["setlinfo"]
    check.that("the account pays as far as it goes",
               (account["acct_pay"], account["psn_cash_pay"], account["balc"]) == ("20.00", "30.00", "0.00"))
    faults = ask(county, [
        "not json", bill("1.005"), bill("-3.00"), {"on": "2026-03-01"}, bill("5.00", on="2024-01-01"),
        {**bill("5.00"), "feedetail": []}, bill("5.00", med_type="77"), bill("5.00")], status=1)
    paths = [line.get("error", {}).get("path") for line in faults]
    hostile = ask(county, [
        bill("5.00", on="20.6-01-01"), fee(selfpay_prop="9999999999999"), fee(pric_uplmt_amt="-1.00"),
        bill("5.00", standing={"year": 2026, "counters": {"paid/outpatient": "-5.00"}}),
        fee(cnt="9999", pric="9999999999.99"), bill("5.00")], status=1)
    check.that("hostile figures are refused one by one, and the process goes on",
               ["error" in line for line in hostile] == [True] * 5 + [False], hostile)
    check.that("a bad line is answered in its place and the rest go on",
               paths == ["", "feedetail[0].pric", "feedetail[0].pric", "insutype", "on", "feedetail",
                         "med_type", None], faults)
