"""A bill as it comes in (docs/pricing.md §1) and its lines split (§2), in yuan.

Amounts are decimals of yuan in a context that traps every inexact step, so that nothing can be
rounded but by `half_up` and `cut_down`.
"""

import csv
import datetime
import decimal
import re
from decimal import Decimal

from rules import Refused

decimal.setcontext(decimal.Context(prec=60, traps=[
    decimal.Inexact, decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow]))
ROUNDING = decimal.Context(prec=60, traps=[decimal.InvalidOperation])
FEN = Decimal("0.01")
NOTHING = Decimal("0.00")
LARGEST = Decimal("99999999999.99")
FUNDS = ("hifp_pay", "cvlserv_pay", "hifes_pay", "hifmi_pay", "hifob_pay", "maf_pay", "oth_pay")
LEVELS = frozenset(("village", "township", "1", "2", "3"))
SCHEMES = frozenset(("390", "310"))
MEASURES = frozenset(("deductible", "paid", "cost", "visits", "household", "lastPaid"))
MONEY = re.compile(r"\d{1,12}(\.\d{1,2})?")
NUMBER = re.compile(r"\d{1,9}(\.\d{1,6})?")
WHOLE = re.compile(r"\d{1,9}")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def half_up(amount, unit=FEN):
    return amount.quantize(unit, decimal.ROUND_HALF_UP, ROUNDING)


def cut_down(amount):
    return amount.quantize(FEN, decimal.ROUND_DOWN, ROUNDING)


def read(pattern, value, path):
    text = value if isinstance(value, str) else str(value)
    if isinstance(value, bool) or not pattern.fullmatch(text):
        raise Refused("malformed", f"{text} is not what is expected here", path)
    return Decimal(text)


def money(value, path):
    amount = read(MONEY, value, path).quantize(FEN)
    if amount > LARGEST:
        raise Refused("malformed", f"{amount} is too large", path)
    return amount


def day(value, path):
    try:
        if not DAY.fullmatch(value):
            raise ValueError
        return datetime.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise Refused("malformed", f"{value} is no day", path) from None


def needed(object, name, allowed=None):
    value = object.get(name)
    if value is None:
        raise Refused("missing", f"{name} is not stated", name)
    value = str(value)
    if allowed is not None and value not in allowed:
        raise Refused("malformed", f"{value} is not known", name)
    return value


def inner(asked, name, kind=dict):
    """An object or a list inside the bill, empty where it is left out."""
    value = asked.get(name)
    if value is None:
        return kind()
    if not isinstance(value, kind):
        raise Refused("malformed", f"{name} has another shape", name)
    return value


def several(value):
    if value is None:
        return ()
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


class Bill:
    """The bill's own facts; what rules may ask is in `about`, each subject a tuple of answers."""

    def __init__(self, asked, standing):
        if not isinstance(asked, dict):
            raise Refused("malformed", "a bill is an object")
        self.day = day(needed(asked, "on"), "on")
        self.on = self.day.isoformat()
        self.scheme = needed(asked, "insutype", SCHEMES)
        self.kind = needed(asked, "med_type")
        self.level = needed(asked, "hosp_lv", LEVELS)
        self.member = inner(asked, "member")
        self.sessions = int(read(WHOLE, asked.get("sessions", 1), "sessions"))
        if self.sessions == 0:
            raise Refused("malformed", "a bill has at least one session", "sessions")
        self.counters = standing
        self.settled = {}
        for field, amount in inner(asked, "settled").items():
            if field not in FUNDS:
                raise Refused("malformed", f"{field} is no payer", f"settled.{field}")
            self.settled[field] = money(amount, f"settled.{field}")
        accounts = inner(asked, "accounts")
        self.balance = money(accounts.get("balc", "0"), "accounts.balc")
        self.family = [money(each, f"accounts.family[{place}]")
                       for place, each in enumerate(inner(accounts, "family", list))]
        self.incentive = money(self.member.get("incentive", "0"), "member.incentive")
        self.about = self.answers(asked)

    def answers(self, asked):
        member, about = self.member, {
            "level": (self.level,), "kind": (self.kind,), "household": ("open",),
            "remote": (str(asked.get("remote") or "none"),),
            "claim": (str(asked.get("claim") or "direct"),)}
        about["family_doctor"] = ("yes" if member.get("family_doctor") in (True, "yes") else "no",)
        for subject, field in (("title", "titles"), ("disease", "diseases"), ("sex", "sex"),
                               ("person", "person"), ("tier", "tier")):
            about[subject] = several(member.get(field))
        about["route"] = several(asked.get("route"))
        if member.get("birth") is not None:
            birth = day(member["birth"], "member.birth")
            had_birthday = (self.day.month, self.day.day) >= (birth.month, birth.day)
            about["age"] = (self.day.year - birth.year - (0 if had_birthday else 1),)
        number = asked.get("admission")
        about["admission"] = (self.counters.get("admissions/year", 0) + 1 if number is None
                              else int(read(WHOLE, number, "admission")),)
        return about


def standing_of(asked, year):
    """The counters at the start of this visit: last year's payments are kept under `lastPaid`."""
    standing = inner(asked, "standing") if isinstance(asked, dict) else None
    if not standing:
        return {}
    stood = int(read(WHOLE, standing.get("year"), "standing.year"))
    counters = {}
    for name, value in inner(standing, "counters").items():
        measure, path = name.partition("/")[0], f"standing.counters.{name}"
        if measure not in MEASURES and name != "admissions/year":
            raise Refused("malformed", f"nothing is counted as {name}", path)
        whole = measure in ("visits", "admissions")
        counters[name] = int(read(WHOLE, value, path)) if whole else money(value, path)
    if stood == year:
        return counters
    if stood != year - 1:
        return {}
    return {"lastPaid/" + name[5:]: value for name, value in counters.items()
            if name.startswith("paid/") and "@" not in name}


class Line:
    """One line and its split."""

    __slots__ = ("code", "level", "type", "amount", "outside", "over", "own_first", "left")

    def __init__(self, asked, listed, usual_share, path):
        if not isinstance(asked, dict):
            raise Refused("malformed", "a line is an object", path)
        self.code = asked.get("med_list_codg")
        if not isinstance(self.code, str) or not self.code:
            raise Refused("missing", "a line names its item", path + ".med_list_codg")
        facts = listed or asked
        self.level = facts.get("chrgitm_lv")
        if self.level not in ("01", "02", "03"):
            raise Refused("missing", "no class 01, 02 or 03", path + ".chrgitm_lv")
        self.type = str(facts.get("med_chrgitm_type") or "14")
        count, price = self.priced(asked, path)
        self.amount = half_up(price * count)
        if self.amount > LARGEST:
            raise Refused("malformed", "the line is too large", path + ".pric")
        self.outside = self.over = self.own_first = NOTHING
        self.left = self.amount
        if self.level == "03":
            self.outside, self.left = self.amount, NOTHING
            return
        limit = facts.get("pric_uplmt_amt")
        if limit not in (None, ""):
            limit = money(limit, path + ".pric_uplmt_amt")
            if price > limit:
                self.over = self.amount - half_up(limit * count)
                self.left -= self.over
        if self.level == "02":
            share = facts.get("selfpay_prop")
            share = usual_share() if share in (None, "") else read(
                NUMBER, share, path + ".selfpay_prop")
            if share > 1:
                raise Refused("malformed", "a share is at most 1", path + ".selfpay_prop")
            self.own_first = half_up(self.left * share)
            self.left -= self.own_first

    @staticmethod
    def priced(asked, path):
        if asked.get("pric") is None:
            return Decimal(1), money(asked.get("det_item_fee_sumamt"), path + ".pric")
        return (read(NUMBER, asked.get("cnt", 1), path + ".cnt"),
                money(asked["pric"], path + ".pric"))

    def split(self):
        return {"med_list_codg": self.code, "det_item_fee_sumamt": str(self.amount),
                "fulamt_ownpay_amt": str(self.outside), "overlmt_amt": str(self.over),
                "preselfpay_amt": str(self.own_first), "inscp_scp_amt": str(self.left)}


def catalogue(path):
    """The listed items by code: each a list of its rows, the newest first."""
    listed = {}
    if path:
        with open(path, encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                listed.setdefault(row["med_list_codg"], []).append(row)
    for rows in listed.values():
        rows.sort(key=lambda row: row["valid_from"], reverse=True)
    return listed


def in_force(listed, code, on):
    """What the catalogue says of an item on a day, or None."""
    return next((row for row in listed.get(code, ()) if row["valid_from"] <= on), None)
