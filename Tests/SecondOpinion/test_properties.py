"""What must hold of every bill, whatever the rules: tried on random rule sets and histories."""

import os
import random
import sys
import tempfile
import unittest
from decimal import Decimal

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import agree  # noqa: E402
import cases  # noqa: E402
import histories  # noqa: E402
import rulesets  # noqa: E402
from price import Quote  # noqa: E402
from rules import Refused, Rules  # noqa: E402

SETS = int(os.environ.get("OPINION_SETS", "12"))
BILLS = 150


def quotes(seed, number, alter=None):
    """(rules' files, bill, quote) of one random rule set."""
    with tempfile.TemporaryDirectory() as place:
        files = rulesets.RuleSet(random.Random(f"{seed}/{number}")).files
        if alter:
            alter(files)
        rulesets.write(files, place)
        rules, interest = Rules(place), histories.Interest(place)
    rng = random.Random(f"{seed}/{number}/people")
    made = 0
    while made < BILLS:
        person = histories.History(rng, interest, cases.KINDS)
        for _ in range(6):
            made += 1
            bill = person.next()
            try:
                quote = Quote(rules, {}, bill)
                answer = quote.answer()
            except Refused:
                continue
            yield files, bill, quote, {
                field: Decimal(amount) for field, amount in answer["setlinfo"].items()}
            person.standing = answer["standing"]


class Properties(unittest.TestCase):
    def test_identities(self):
        """A, B and C of the text, and nobody pays less than nothing."""
        for number in range(SETS):
            for _, bill, _, of in quotes("identities", number):
                with self.subTest(bill=bill):
                    self.assertEqual(of["medfee_sumamt"], of["fulamt_ownpay_amt"]
                                     + of["overlmt_selfpay"] + of["preselfpay_amt"]
                                     + of["inscp_scp_amt"])
                    self.assertEqual(of["fund_pay_sumamt"],
                                     sum(of[fund] for fund in rulesets.FUNDS))
                    self.assertEqual(of["psn_part_amt"], of["medfee_sumamt"]
                                     - of["fund_pay_sumamt"] - of["hosp_part_amt"])
                    self.assertEqual(of["psn_cash_pay"], of["psn_part_amt"] - of["acct_pay"])
                    self.assertGreaterEqual(min(of.values()), 0)
                    self.assertLessEqual(of["acct_mulaid_pay"], of["acct_pay"])
                    self.assertLessEqual(of["fund_pay_sumamt"], of["medfee_sumamt"])

    def test_a_void_takes_back_exactly_what_the_bill_used(self):
        """Counters after the bill, less its use, are those at its start."""
        for number in range(SETS):
            for _, bill, quote, _ in quotes("voids", number):
                counters = dict(quote.bill.counters)
                for name, amount in quote.use.items():
                    counters[name] -= amount
                stood = bill.get("standing", {})
                if stood.get("year") == quote.bill.day.year:
                    before = {name: Decimal(value) for name, value in stood["counters"].items()}
                    after = {name: value for name, value in counters.items() if value}
                    self.assertEqual(before, {**before, **after})
                    self.assertTrue(all(name in after for name, value in before.items() if value))

    def test_yearly_limits_hold(self):
        """Where a layer has one plain limit and a counter of its own, the year stays within it."""
        def plain(files):
            for path in list(files):
                name = path.rpartition("/")[2]
                if name in ("limit_counter", "carried_from", "limit_adds_incentive", "limit_base"):
                    del files[path]
                elif name == "limit_year":
                    files[path] = ("yuan", None, [("2023-01-01", "123.45")])

        reached = 0
        for number in range(SETS):
            for files, bill, quote, _ in quotes("limits", number, plain):
                if "settled" in bill or any(name.startswith("lastPaid")
                                            for name in quote.bill.counters):
                    break
                for name in rulesets.BENEFITS + tuple(rulesets.LAYERS):
                    paid = quote.bill.counters.get("paid/" + name, 0)
                    folder = f"{bill['insutype']}/" + (
                        f"layers/{name}" if name in rulesets.LAYERS else name)
                    if folder + "/limit_year" in files:
                        self.assertLessEqual(paid, Decimal("123.45"))
                        reached += paid == Decimal("123.45")
        self.assertGreater(reached, 5)

    def test_a_rule_that_never_matters_would_not_be_tested(self):
        """The draw reaches every parameter of the text: each is in some rule set."""
        seen = set()
        for number in range(60):
            seen |= {path.rpartition("/")[2]
                     for path in rulesets.RuleSet(random.Random(number)).files}
        named = {"benefit", "layers", "fund", "enters", "charge_limit", "deductible",
                 "deductible_period", "deductible_counter", "fixed_fund", "fixed_person", "rate",
                 "rate_plus", "rate_minus", "band_basis", "band_from", "band_method", "rounding",
                 "limit_base", "limit_counter", "cost_counter", "limit_pool_year", "pool_counter",
                 "limit_household_year", "household_counter", "limit_adds_incentive",
                 "carried_from", "visits_counted", "pays_for", "consult_fee", "family_keeps",
                 "family_accounts", "cash_rounding", "own_share_class_b"}
        named |= {"limit_" + period for period in rulesets.PERIODS}
        named |= {"visits_" + period for period in rulesets.PERIODS[2:]}
        self.assertEqual(named - seen, set())


class Comparing(unittest.TestCase):
    def test_a_fen_of_difference_is_seen(self):
        answer = {"setlinfo": {"hifp_pay": "1.00"}, "feedetail": [{"inscp_scp_amt": "2.00"}],
                  "standing": {"year": 2025, "counters": {"paid/a": "1.00"}}}
        same = {"setlinfo": {"hifp_pay": "1.0"}, "feedetail": [{"inscp_scp_amt": "2.00"}],
                "standing": {"year": 2025, "counters": {"paid/a": "1.00", "visits/a": "0"}}}
        self.assertEqual(agree.differences(answer, same), [])
        for place, name, wrong in (("setlinfo", "hifp_pay", "1.01"),
                                   ("standing", "counters", {"paid/a": "0.99"}),
                                   ("standing", "counters", {})):
            other = {**same, place: {**same[place], name: wrong}}
            self.assertEqual(len(agree.differences(answer, other)), 1)
        self.assertEqual(len(agree.differences(answer, {"error": {}})), 1)
        self.assertEqual(len(agree.differences(None, same)), 1)
        self.assertEqual(agree.differences(None, {"error": {}}), [])


if __name__ == "__main__":
    unittest.main()
