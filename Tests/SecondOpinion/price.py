#!/usr/bin/env python3
"""The second opinion on a bill: docs/pricing.md worked out again, for comparison with the engine.

    price.py --rules DIR [--catalogue FILE]     JSON lines in, JSON lines out, like `kiosk quote`
"""

import argparse
import json
import sys
from decimal import Decimal
from fractions import Fraction

import layer as steps
from bill import (FEN, FUNDS, LARGEST, NOTHING, Bill, Line, catalogue, half_up, in_force,
                  standing_of)
from layer import Layer, Part, counter
from rules import Refused, Rules

BENEFITS = {"11": "outpatient", "14": "chronic", "9901": "two_diseases", "2101": "inpatient"}
SHARES = ("outside", "overLimit", "ownShareFirst", "deductible", "share")
CONSULT = "12"


class Quote:
    """One bill while it is priced. `counters` moves on with each layer; `use` is what it added."""

    def __init__(self, rules, listed, asked):
        year = year_of(asked)
        self.bill = bill = Bill(asked, standing_of(asked, year))
        bill.rules = self.rules = rules
        self.use = {}
        self.lines = self.read_lines(asked, listed)
        self.settled = dict(bill.settled)
        self.payments = dict.fromkeys(FUNDS, NOTHING)
        self.main_basic = None
        self.parts = [part for part in self.split_parts() if part.lines]
        for part in self.parts:
            self.price(part)
        if bill.kind.startswith("21") or bill.kind == "28":
            self.add("admissions/year", 1)

    def read_lines(self, asked, listed):
        fees = asked.get("feedetail")
        if not isinstance(fees, list) or not fees:
            raise Refused("missing", "a bill has lines", "feedetail")
        codes = [str(fee.get("med_list_codg")) if isinstance(fee, dict) else "" for fee in fees]
        self.bill.about["item"] = tuple(set(codes))
        lines = []
        for place, (fee, code) in enumerate(zip(fees, codes)):
            lines.append(Line(fee, in_force(listed, code, self.bill.on), self.usual_share,
                              f"feedetail[{place}]"))
        return lines

    def usual_share(self):
        share = self.number("common", "own_share_class_b", None)
        if share is None:
            raise Refused("missing", "common/own_share_class_b is not there", "feedetail")
        return share

    def number(self, folder, name, missing):
        return self.rules.folder(folder).number(name, self.bill.on, self.bill.about, missing)

    def split_parts(self):
        """The main part, then the consult fee where the region prices it by itself."""
        bill, scheme = self.bill, self.bill.scheme
        benefit = self.rules.folder(scheme).word(
            "benefit", bill.on, bill.about, BENEFITS.get(bill.kind, bill.kind))
        main = self.rules.folder(f"{scheme}/{benefit}")
        consult = self.rules.folder(f"{scheme}/consult_fee")
        apart = bool(consult.files)
        rest = [line for line in self.lines if not (apart and line.type == CONSULT)]
        fees = [line for line in self.lines if apart and line.type == CONSULT]
        self.main = Part(rest, main, bill.about)
        self.consult = Part(fees, consult, bill.about)
        return self.main, self.consult

    def price(self, part):
        on, bill = self.bill.on, self.bill
        name = part.folder.place.rpartition("/")[2]
        limit = steps.household_limit(part.folder, on, part.about)
        if limit is not None:
            of = part.folder.word("household_counter", on, part.about, name)
            if bill.counters.get(f"household/{of}", NOTHING) >= limit:
                part.about = {**part.about, "household": ("reached",)}
        charge = part.folder.number("charge_limit", on, part.about)
        if charge is not None:
            part.hospital = min(max(NOTHING, part.total - charge), part.scope)
            part.scope -= part.hospital
            part.total -= part.hospital
        basic = Layer(bill, part, part.folder, name, True)
        self.work_out(part, basic, "hifp_pay")
        part.basic_deductible = basic.due
        if part is not self.main:
            return
        self.main_basic = basic
        for name in part.folder.words("layers", on, part.about, ()):
            folder = self.rules.folder(f"{bill.scheme}/layers/{name}")
            self.work_out(part, Layer(bill, part, folder, name, False), None)

    def work_out(self, part, layer, usual_fund):
        fund = layer.word("fund", usual_fund)
        if fund not in FUNDS:
            raise Refused("badRule", f"{layer.folder.place}/fund: {fund}", "med_type")
        if fund in self.settled:
            layer.pay = min(self.settled.pop(fund), part.owed())
            part.handled += layer.pay
            self.count_payment(layer)
        else:
            if not steps.applies(layer):
                return
            if steps.within_visits(layer):
                layer.entering = steps.enters(layer)
            else:
                layer.entering = NOTHING
            steps.take_cost_limits(layer)
            steps.take_deductible(layer)
            steps.take_payment(layer)
            steps.take_payment_limits(layer)
            part.handled += steps.handled(layer)
            layer.pay = min(layer.pay, part.owed())
            part.deductibles += layer.due
            self.count(layer)
        part.paid += layer.pay
        self.payments[fund] += layer.pay

    def add(self, name, amount):
        """§5: later layers of the bill see what earlier ones added."""
        if name is not None and amount:
            counters = self.bill.counters
            counters[name] = counters[name] + amount if name in counters else amount
            self.use[name] = self.use.get(name, 0) + amount

    def count_payment(self, layer):
        if not layer.pay:
            return
        day = self.bill.day
        name = layer.word("limit_counter", layer.name)
        periods = {"year"} | layer.limited("payout")
        for period in periods:
            self.add(counter("paid", name, period, day), layer.pay)
        if layer.number("limit_pool_year") is not None:
            self.add("paid/" + layer.word("pool_counter", "pool"), layer.pay)
        if steps.household_limit(layer.folder, self.bill.on, layer.about) is not None:
            self.add("household/" + layer.word("household_counter", layer.name), layer.pay)

    def count(self, layer):
        day = self.bill.day
        if layer.due:
            self.add(counter("deductible", layer.word("deductible_counter", layer.name),
                             layer.word("deductible_period", "year"), day), layer.due)
        self.count_payment(layer)
        periods = layer.limited("cost")
        if layer.bands is not None and layer.word("band_basis", "year") == "year":
            periods.add("year")
        for period in periods:
            self.add(counter("cost", layer.word("cost_counter", layer.name), period, day),
                     layer.entering)
        if layer.refused:
            return
        counts = layer.word("visits_counted", "paid") == "all" or layer.pay > 0
        for period in steps.PERIODS[2:] if counts else ():
            if "visits_" + period in layer.folder.files:
                self.add(counter("visits", layer.name, period, day), 1)

    # §6

    def payable(self, part):
        """What accounts may pay of the person's share of a part."""
        folder = self.rules.folder(f"{self.bill.scheme}/account")
        on, about = self.bill.on, self.bill.about
        if part is self.consult and folder.word("consult_fee", on, about, "yes") == "no":
            return NOTHING
        allowed = folder.words("pays_for", on, about, SHARES)
        amounts = (sum((line.outside for line in part.lines), NOTHING),
                   sum((line.over for line in part.lines), NOTHING),
                   sum((line.own_first for line in part.lines), NOTHING),
                   part.basic_deductible, part.total)
        left, payable = part.owed(), NOTHING
        for share, amount in zip(SHARES, amounts):
            given = min(amount, left)
            left -= given
            payable += given if share in allowed else NOTHING
        return payable

    def accounts(self):
        """What the own account pays, and what the family's accounts pay after it."""
        payable = sum((self.payable(part) for part in self.parts), NOTHING)
        own = min(self.bill.balance, payable)
        account = f"{self.bill.scheme}/account"
        keeps = self.number(account, "family_keeps", NOTHING)
        most = self.number(account, "family_accounts", len(self.bill.family))
        family = NOTHING
        for balance in self.bill.family[:int(most)]:
            family += min(max(NOTHING, balance - keeps), payable - own - family)
        return own, family

    def pool_share(self):
        basic = self.main_basic
        if basic is None:
            return Decimal(0)
        if basic.rate is not None:
            return basic.rate
        if not basic.base:
            return Decimal(0)
        tenthousandths = Fraction(basic.uncut) / Fraction(basic.base) * 10000
        return Decimal((2 * tenthousandths + 1).__floor__() // 2) / 10000

    def cash_due(self, cash):
        """To the unit of cash, a half upwards; counted in fen, which are whole."""
        unit = int(self.number("common", "cash_rounding", FEN) * 100) or 1
        return Decimal((2 * int(cash * 100) + unit) // (2 * unit) * unit) / 100

    def setlinfo(self):
        lines = self.lines
        total = sum((line.amount for line in lines), NOTHING)
        if total > LARGEST:
            raise Refused("malformed", "the bill is too large", "feedetail")
        fund = sum(self.payments.values(), NOTHING)
        hospital = sum((part.hospital for part in self.parts), NOTHING)
        person = total - fund - hospital
        own, family = self.accounts()
        cash = person - own - family
        amounts = {
            "medfee_sumamt": total,
            "fulamt_ownpay_amt": sum((line.outside for line in lines), NOTHING),
            "overlmt_selfpay": sum((line.over for line in lines), NOTHING),
            "preselfpay_amt": sum((line.own_first for line in lines), NOTHING),
            "inscp_scp_amt": sum((line.left for line in lines), NOTHING),
            "act_pay_dedc": sum((part.basic_deductible for part in self.parts), NOTHING),
            **self.payments, "fund_pay_sumamt": fund, "hosp_part_amt": hospital,
            "psn_part_amt": person, "acct_pay": own + family, "acct_mulaid_pay": family,
            "psn_cash_pay": cash, "balc": self.bill.balance - own,
            "cash_due": self.cash_due(cash)}
        shown = {field: str(amount.quantize(FEN)) for field, amount in amounts.items()}
        shown["pool_prop_selfpay"] = f"{self.pool_share().normalize():f}"
        return shown

    def answer(self):
        counters = {name: str(value if isinstance(value, int) else value.quantize(FEN))
                    for name, value in sorted(self.bill.counters.items())}
        return {"setlinfo": self.setlinfo(), "feedetail": [line.split() for line in self.lines],
                "standing": {"year": self.bill.day.year, "counters": counters}}


def year_of(asked):
    """The year of the bill, before anything else about it is known to be right."""
    on = asked.get("on") if isinstance(asked, dict) else None
    return int(on[:4]) if isinstance(on, str) and on[:4].isdecimal() else 0


def price(rules, bill, listed=None):
    """The answer to one bill, or `Refused`."""
    return Quote(rules, listed or {}, bill).answer()


def line_of(rules, listed, text):
    """One line out for one line in, and whether it is an answer."""
    try:
        try:
            asked = json.loads(text, parse_float=Decimal)
        except ValueError:
            raise Refused("malformed", "this line is not JSON") from None
        return price(rules, asked, listed), True
    except Refused as fault:
        return {"error": {"code": fault.code, "message": fault.message, "path": fault.path}}, False


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--rules", required=True)
    words.add_argument("--catalogue")
    asked = words.parse_args()
    rules, listed, status = Rules(asked.rules), catalogue(asked.catalogue), 0
    for text in sys.stdin:
        answer, good = line_of(rules, listed, text)
        status = status if good else 1
        print(json.dumps(answer, ensure_ascii=False))
    return status


if __name__ == "__main__":
    sys.exit(main())
