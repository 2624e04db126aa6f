"""The second opinion against examples worked out by hand.

    /usr/bin/python3 -m unittest discover -s Tests/SecondOpinion

The examples are those of the policy texts that the region packs cite: amounts in yuan, one person's
visits in order, each standing on the one before.
"""

import os
import sys
import tempfile
import unittest
from decimal import Decimal

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import rulesets  # noqa: E402
from price import price  # noqa: E402
from rules import Refused, Rules  # noqa: E402

UNITS = {"rate": "share", "rate_plus": "share", "rate_minus": "share", "own_share_class_b": "share",
         "deductible": "yuan", "charge_limit": "yuan", "fixed_fund": "yuan", "fixed_person": "yuan",
         "family_keeps": "yuan", "cash_rounding": "yuan", "family_accounts": "count"}
SEED = {"outpatient/deductible": "300.00", "outpatient/rate": "0.5",
        "outpatient/limit_year": "2000.00", "chronic/deductible": "300.00", "chronic/rate": "0.7",
        "chronic/deductible_counter": "outpatient",
        "inpatient/deductible": {"1": "300.00", "2": "400.00", "3": "500.00"},
        "inpatient/deductible_period": "visit", "inpatient/limit_year": "200000.00",
        "inpatient/rate": {"1": "0.9", "2": "0.85", "3": "0.8"}}
BANDS = [{"up_to": "50000.00", "value": "0.85"}, {"up_to": "100000.00", "value": "0.90"},
         {"value": "0.95"}]


def unit(path):
    name = path.rpartition("/")[2]
    if name.startswith("limit_") and name.rpartition("_")[2] in (*rulesets.PERIODS, "year"):
        return "yuan"
    return UNITS.get(name, "count" if name.startswith("visits_") else "word")


def rules_of(values, scheme="390", pick=None):
    """A rule set written as files and read again."""
    files = {f"{scheme}/{path}": (unit(path), pick if unit(path) != "word" else None,
                                  [("2025-01-01", value)]) for path, value in values.items()}
    files["common/own_share_class_b"] = ("share", None, [("2025-01-01", "0.1")])
    with tempfile.TemporaryDirectory() as place:
        rulesets.write(files, place)
        return Rules(place)


def line(amount, level="01", **more):
    return {"med_list_codg": "X", "cnt": 1, "pric": amount, "chrgitm_lv": level, **more}


def bill(*lines, on="2025-03-01", kind="11", level="village", **more):
    return {"on": on, "insutype": "390", "med_type": kind, "hosp_lv": level,
            "feedetail": [one if isinstance(one, dict) else line(one) for one in lines], **more}


class Examples(unittest.TestCase):
    def visits(self, rules, bills):
        """The settlements of one person's visits in order."""
        standing, given = None, []
        for one in bills:
            answer = price(rules, {**one, "standing": standing} if standing else one)
            standing = answer["standing"]
            given.append(answer["setlinfo"])
        self.counters = standing["counters"]
        return given

    def funds(self, rules, bills, expected):
        given = [one["fund_pay_sumamt"] for one in self.visits(rules, bills)]
        self.assertEqual(given, expected)

    def test_seed_outpatient(self):
        """S01 to S07"""
        rules = rules_of(SEED)
        for amounts, funds in (
                (["280"], ["0.00"]), (["280", "120"], ["0.00", "50.00"]),
                (["300", "0.01"], ["0.00", "0.01"]), (["4300", "500"], ["2000.00", "0.00"]),
                (["4299.98", "10"], ["1999.99", "0.01"]),
                (["300", "33.33", "0.01"], ["0.00", "16.67", "0.01"])):
            self.funds(rules, [bill(amount) for amount in amounts], funds)
        [mixed] = self.visits(rules, [bill("300", line("200", "02"), line("50", "03"))])
        self.assertEqual((mixed["inscp_scp_amt"], mixed["act_pay_dedc"], mixed["fund_pay_sumamt"],
                          mixed["psn_part_amt"]), ("480.00", "300.00", "90.00", "460.00"))

    def test_seed_chronic_and_inpatient(self):
        """S08 to S12"""
        rules = rules_of(SEED)
        self.funds(rules, [bill("300"), bill("500", kind="14")], ["0.00", "350.00"])
        for level, amount, fund in (("1", "3000", "2430.00"), ("2", "3000", "2210.00"),
                                    ("3", "3000", "2000.00"), ("3", "400000", "200000.00")):
            self.funds(rules, [bill(amount, kind="2101", level=level)], [fund])

    def test_large_sums_by_bands(self):
        """S13 to S24: marginal bands over the year, the upper bound in the band below"""
        rules = rules_of({"outpatient/rate": BANDS, "outpatient/limit_year": "410000.00"})
        for amount, fund in (("0", "0.00"), ("0.01", "0.01"), ("50000", "42500.00"),
                             ("50000.01", "42500.01"), ("100000", "87500.00"),
                             ("100000.01", "87500.01"), ("439473.68", "410000.00"),
                             ("500000", "410000.00")):
            self.funds(rules, [bill(amount)], [fund])
        self.funds(rules, [bill("30000"), bill("40000")], ["25500.00", "35000.00"])
        self.funds(rules, [bill("15000", line("5000", "02"))], ["16575.00"])

    def test_dialysis_session_limit_over_a_band(self):
        """S28: 200 at 85 % and 230 at 90 %"""
        rules = rules_of({"outpatient/rate": BANDS, "outpatient/limit_session": "430.00",
                          "outpatient/limit_base": {"session": "cost"}})
        standing = {"year": 2025, "counters": {"cost/outpatient": "49800.00"}}
        answer = price(rules, bill("500", standing=standing))
        self.assertEqual(answer["setlinfo"]["fund_pay_sumamt"], "377.00")
        self.assertEqual(answer["standing"]["counters"]["cost/outpatient"], "50230.00")

    def test_haikou(self):
        """S38: 40 a day, 300 a year; the consult fee once a day and outside both"""
        rules = rules_of({
            "outpatient/deductible": "50.00", "outpatient/rate": "0.6",
            "outpatient/limit_day": "40.00", "outpatient/limit_year": "300.00",
            "consult_fee/fixed_fund": "5.50", "consult_fee/visits_day": "1"})
        fee = line("6", med_chrgitm_type="12")
        days = ("2025-03-01", "2025-03-01", "2025-03-02")
        self.funds(rules, [bill(amount, fee, on=on) for amount, on in
                           zip(("80", "100", "60"), days)], ["23.50", "22.00", "41.50"])
        self.assertEqual(self.counters["paid/outpatient"], "76.00")
        self.assertEqual(self.counters["deductible/outpatient"], "50.00")

    def test_huaibei(self):
        """S39: 30 a visit, five visits with a payment a year"""
        rules = rules_of({
            "outpatient/deductible": "20.00", "outpatient/rate": "0.55",
            "outpatient/limit_visit": "30.00", "outpatient/visits_year": "5"})
        self.funds(rules, [bill(amount) for amount in ("15", "65", "100", "40", "40", "40", "40")],
                   ["0.00", "30.00", "30.00", "22.00", "22.00", "22.00", "0.00"])

    def test_dalian(self):
        """S40: everything by the quarter"""
        rules = rules_of({
            "outpatient/deductible": "30.00", "outpatient/deductible_period": "quarter",
            "outpatient/rate": "0.5", "outpatient/limit_quarter": "50.00"})
        self.funds(rules, [bill("100", on="2025-01-05"), bill("80", on="2025-03-31"),
                           bill("100", on="2025-04-01")], ["35.00", "15.00", "35.00"])

    def test_fixed_amount_a_person_pays_for_each_session(self):
        """S41: twelve sessions of dialysis at 100 yuan for the person"""
        rules = rules_of({"outpatient/fixed_person": "100.00"})
        given = self.visits(rules, [bill("6000", sessions=12)])
        self.assertEqual(given[0]["psn_part_amt"], "1200.00")

    def test_rounding_gives_the_half_fen_to_one_side(self):
        for mode, fund in (("fund", "0.01"), ("person", "0.00"), ("down", "0.00")):
            rules = rules_of({"outpatient/rate": "0.5", "outpatient/rounding": mode})
            self.funds(rules, [bill("0.01")], [fund])

    def test_the_better_of_two_titles(self):
        rows = [{"when": {"title": "lowIncome"}, "value": "0.6"},
                {"when": {"title": "destitute"}, "value": "0.9"}]
        person = {"titles": ["lowIncome", "destitute"]}
        for pick, fund in (("first", "60.00"), ("highest", "90.00"), ("lowest", "60.00")):
            self.funds(rules_of({"outpatient/rate": rows}, pick=pick),
                       [bill("100", member=person)], [fund])

    def test_rates_by_class(self):
        """Of 100 at 01 and 90 left at 02, a deductible of 120 leaves 70 at 02."""
        rows = [{"when": {"item_class": "01"}, "value": "0.8"},
                {"when": {"item_class": "02"}, "value": "0.6"}]
        rules = rules_of({"outpatient/rate": rows, "outpatient/deductible": "120.00"})
        self.funds(rules, [bill("100", line("100", "02"))], ["42.00"])

    def test_the_items_of_the_bill_are_known_before_its_lines_are_split(self):
        rows = [{"when": {"item": "Y"}, "value": "0.5"}]
        rules = rules_of({"outpatient/rate": "1"})
        rules.folder("common").files["own_share_class_b"] = rules_of(
            {"a/own_share_class_b": rows}).folder("390/a").files["own_share_class_b"]
        both = bill(line("10", "02"), line("10", "02", med_list_codg="Y"))
        self.funds(rules, [both], ["10.00"])

    def test_layers_account_and_cash(self):
        rules = rules_of({
            "outpatient/rate": "0.5", "outpatient/limit_year": "40.00",
            "outpatient/layers": ["help"], "layers/help/fund": "maf_pay",
            "layers/help/enters": "beyond_limit", "layers/help/rate": "0.5",
            "account/pays_for": ["outside"], "account/family_keeps": "5.00"})
        [given] = self.visits(rules, [bill("100", line("50", "03"), accounts={
            "balc": "30.00", "family": ["10.00", "100.00"]})])
        # 50 of 100 are cut to 40, so 80 are dealt with and 20 lie beyond the limit.
        self.assertEqual((given["hifp_pay"], given["maf_pay"]), ("40.00", "10.00"))
        self.assertEqual((given["acct_pay"], given["acct_mulaid_pay"], given["psn_cash_pay"]),
                         ("50.00", "20.00", "50.00"))

    def test_what_is_left_of_last_year_is_carried(self):
        rules = rules_of({"outpatient/rate": "1", "outpatient/limit_year": "100.00",
                          "outpatient/carried_from": "outpatient"})
        self.funds(rules, [bill("70", on="2025-12-31"), bill("200", on="2026-01-01")],
                   ["70.00", "130.00"])
        self.assertEqual(self.counters["lastPaid/outpatient"], "70.00")

    def test_what_cannot_be_priced_is_refused(self):
        rules = rules_of(SEED)
        for wrong, code in ((bill("5", on="2024-12-31"), "beforeFirst"),
                            (bill("5", kind="77"), "missing"), (bill("-5"), "malformed"),
                            (bill("5", kind="2101"), "missing"), (bill(), "missing")):
            with self.assertRaises(Refused) as raised:
                price(rules, wrong)
            self.assertEqual(raised.exception.code, code)

    def test_hostile_bills_are_refused_one_by_one(self):
        rules = rules_of(SEED)
        for wrong in ({"member": "x"}, {"standing": []},
                      {"standing": {"year": 2025, "counters": 3}},
                      {"settled": 5}, {"accounts": {"family": "1"}}, {"feedetail": [None]},
                      {"feedetail": [line("5", med_list_codg=[])]}, {"sessions": 0},
                      {"sessions": True}, {"accounts": {"balc": "-1"}}, {"on": 20250301},
                      {"feedetail": [line("5", "02", selfpay_prop="1.5")]}):
            with self.assertRaises(Refused):
                price(rules, {**bill("5"), **wrong})

    def test_a_split_visit_costs_the_same(self):
        """Nothing is rounded here, so where a day's bill is cut must not matter."""
        rules = rules_of(SEED)
        whole = self.visits(rules, [bill("700", "1000")])[0]["fund_pay_sumamt"]
        parts = self.visits(rules, [bill("300"), bill("400"), bill("998.02"), bill("1.98")])
        self.assertEqual(Decimal(whole), sum(Decimal(one["fund_pay_sumamt"]) for one in parts))


if __name__ == "__main__":
    unittest.main()
