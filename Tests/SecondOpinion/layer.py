"""One layer of one part of a bill (docs/pricing.md §4): what enters, what it pays, what it counts.

Each step is a function named after its section; they pass a `Layer` along.
"""

from decimal import Decimal
from fractions import Fraction

from bill import NOTHING, cut_down, half_up
from rules import Bands, Refused, figure, resolve

PERIODS = ("session", "visit", "day", "month", "quarter", "year")
ONE = Decimal(1)


class Part:
    """The main part of a bill, or its consult fee, while its layers are priced."""

    def __init__(self, lines, folder, about):
        self.lines, self.folder, self.about = lines, folder, about
        self.total = sum((line.amount for line in lines), NOTHING)
        self.scope = sum((line.left for line in lines), NOTHING)
        self.hospital = self.paid = self.deductibles = self.handled = NOTHING
        self.basic_deductible = NOTHING
        self.basic_rate = None
        self.by_fund = []

    def owed(self):
        """What the person bears of it so far."""
        return self.total - self.paid


class Layer:
    """A layer while it is worked out; the amounts are filled in from §4.2 to §4.8."""

    def __init__(self, bill, part, folder, name, basic):
        self.bill, self.part, self.folder = bill, part, folder
        self.name, self.basic = name, basic
        self.about, self.refused, self.rate, self.bands = part.about, False, None, None
        self.entering = self.due = self.base = self.uncut = self.pay = NOTHING

    def number(self, name, missing=None):
        return self.folder.number(name, self.bill.on, self.about, missing)

    def word(self, name, missing):
        return self.folder.word(name, self.bill.on, self.about, missing)

    def counted(self, measure, name, period):
        return self.bill.counters.get(counter(measure, name, period, self.bill.day), NOTHING)

    def limits(self, base):
        """[(period, limit)] of the limits on `cost` or on `payout`, in their order."""
        found = []
        for period in PERIODS:
            limit = self.number("limit_" + period)
            if limit is None:
                continue
            if self.limit_base(period) == base:
                found.append((period, limit * self.bill.sessions if period == "session" else limit))
        return found

    def limit_base(self, period):
        stated = self.folder.value("limit_base", self.bill.on, self.about, period)
        return "cost" if stated == "cost" else "payout"

    def limited(self, base):
        """The periods that are counted: those of every limit the folder has, even where it sets
        none for this bill, or a later bill would not know of this one."""
        return {period for period in PERIODS if "limit_" + period in self.folder.files
                and self.limit_base(period) == base}

    def deductible_used(self):
        return self.counted("deductible", self.word("deductible_counter", self.name),
                            self.word("deductible_period", "year"))


def counter(measure, name, period, day):
    """The name of a counter (§5); None where nothing is counted over a session or a visit."""
    if period == "year":
        return f"{measure}/{name}"
    if period == "day":
        return f"{measure}/{name}@D{day.isoformat()}"
    if period == "month":
        return f"{measure}/{name}@M{day.month:02}"
    if period == "quarter":
        return f"{measure}/{name}@Q{(day.month + 2) // 3}"
    return None


def enters(layer):
    """§4.2"""
    part = layer.part
    word = layer.word("enters", "scope" if layer.basic else "remaining")
    if word == "scope":
        return part.scope
    if word == "total":
        return part.total
    if word == "remaining":
        return max(NOTHING, part.scope - part.paid)
    if word == "remaining_after_deductible":
        return max(NOTHING, part.scope - part.deductibles - part.paid)
    if word == "beyond_limit":
        return max(NOTHING, part.scope - part.handled)
    if word == "nothing":
        return NOTHING
    raise Refused("badRule", f"{layer.folder.place}/enters: {word}")


def within_visits(layer):
    """§4.3"""
    for period in PERIODS[2:]:
        most = layer.number("visits_" + period)
        if most is not None and layer.counted("visits", layer.name, period) >= most:
            layer.refused = True
            break
    return not layer.refused


def take_cost_limits(layer):
    """§4.4"""
    name = layer.word("cost_counter", layer.name)
    for period, limit in layer.limits("cost"):
        left = max(NOTHING, limit - layer.counted("cost", name, period))
        layer.entering = min(layer.entering, left)


def take_deductible(layer):
    """§4.5"""
    deductible = layer.number("deductible")
    if deductible is not None:
        unmet = max(NOTHING, deductible - layer.deductible_used())
        layer.due = min(unmet, layer.entering)
    layer.base = layer.entering - layer.due


def take_payment(layer):
    """§4.6"""
    for name in ("fixed_fund", "fixed_person"):
        fixed = layer.number(name)
        if fixed is not None:
            fixed *= layer.bill.sessions
            layer.pay = (min(layer.base, fixed) if name == "fixed_fund"
                         else max(NOTHING, layer.base - fixed))
            return
    asked = layer.folder.files["rate"].on(layer.bill.on)
    if len(classes(layer)) > 1:
        return pay_by_class(layer, asked)
    rate = resolve(asked, layer.about)
    if isinstance(rate, Bands):
        layer.bands = rate.bands
        layer.pay = rounded(layer, layer.base, banded(layer))
    else:
        layer.rate = adjusted(layer, figure(rate, layer.folder.place + "/rate"))
        layer.pay = rounded(layer, layer.base, layer.base * layer.rate)


def classes(layer):
    """What is known of a line when its rate is asked for: its class, where a rate asks for that."""
    if "item_class" not in layer.folder.files["rate"].asks_on(layer.bill.on):
        return [layer.about]
    return [{**layer.about, "item_class": (level,)} for level in ("01", "02")]


def applies(layer):
    """§4.1: a layer without any way to pay asks for nothing else; of a benefit that is a fault."""
    if any(layer.number(name) is not None for name in ("fixed_fund", "fixed_person")):
        return True
    parameter = layer.folder.files.get("rate")
    if parameter is not None:
        asked = parameter.on(layer.bill.on)
        if all(resolve(asked, about) is not None for about in classes(layer)):
            return True
    if layer.basic:
        raise Refused("missing", f"{layer.folder.place} has no rate for this bill", "med_type")
    return False


def adjusted(layer, rate):
    plus = layer.number("rate_plus", 0)
    return min(ONE, max(Decimal(0), rate + plus - layer.number("rate_minus", 0)))


def rounded(layer, base, payment):
    mode = layer.word("rounding", "fund")
    if mode == "person":
        return base - half_up(base - payment)
    return cut_down(payment) if mode == "down" else half_up(payment)


def pay_by_class(layer, asked):
    """What does not enter is taken from class 01 first, then from 02."""
    lines = layer.part.lines
    first = sum((line.left for line in lines if line.level == "01"), NOTHING)
    second = sum((line.left for line in lines if line.level == "02"), NOTHING)
    cut = first + second - layer.base
    from_first = min(cut, first)
    for level, base in (("01", first - from_first), ("02", second - (cut - from_first))):
        rate = resolve(asked, {**layer.about, "item_class": (level,)})
        rate = adjusted(layer, figure(rate, layer.folder.place + "/rate"))
        layer.pay += rounded(layer, base, base * rate)


def banded(layer):
    """The exact payment by bands."""
    by_year = layer.word("band_basis", "year") == "year"
    before = NOTHING
    if by_year:
        before = layer.counted("cost", layer.word("cost_counter", layer.name), "year")
    if layer.word("band_from", "zero") == "zero":
        start = before + layer.due
    else:
        start = max(NOTHING, before - (layer.deductible_used() if by_year else 0))
    end = start + layer.base
    whole = layer.word("band_method", "marginal") == "whole"
    paid, low = NOTHING, NOTHING
    for up_to, rate in layer.bands:
        rate = adjusted(layer, rate)
        if whole and (up_to is None or end <= up_to):
            return layer.base * rate
        high = end if up_to is None else min(end, up_to)
        if not whole:
            paid += max(NOTHING, high - max(start, low)) * rate
        low = up_to
    return paid


def take_payment_limits(layer):
    """§4.7, and the bound of §6"""
    layer.uncut = layer.pay
    for period, limit in layer.limits("payout"):
        if period == "year":
            if layer.word("limit_adds_incentive", "no") == "yes":
                limit += layer.bill.incentive
            limit += carried(layer)
        used = NOTHING
        if period in PERIODS[2:]:
            used = layer.counted("paid", layer.word("limit_counter", layer.name), period)
        left = max(NOTHING, limit - used)
        layer.pay = min(layer.pay, left)
    pool = layer.number("limit_pool_year")
    if pool is not None:
        used = layer.counted("paid", layer.word("pool_counter", "pool"), "year")
        layer.pay = min(layer.pay, max(NOTHING, pool - used))
    household = household_limit(layer.folder, layer.bill.on, layer.about)
    if household is not None:
        used = layer.counted(
            "household", layer.word("household_counter", layer.name), "year")
        layer.pay = min(layer.pay, max(NOTHING, household - used))


def household_limit(folder, on, about):
    """The limit itself is read as if it had not been reached."""
    if "limit_household_year" not in folder.files:
        return None
    return folder.number("limit_household_year", on, {**about, "household": ("open",)})


def carried(layer):
    """§4.9: nothing where last year is not known at all."""
    benefit, counters = layer.word("carried_from", None), layer.bill.counters
    if benefit is None or not any(name.startswith("lastPaid/") for name in counters):
        return NOTHING
    folder = layer.bill.rules.folder(f"{layer.bill.scheme}/{benefit}")
    last_day = f"{layer.bill.day.year - 1:04}-12-31"
    limit = folder.number("limit_year", last_day, layer.about, NOTHING)
    return max(NOTHING, limit - counters.get(f"lastPaid/{benefit}", NOTHING))


def handled(layer):
    """§4.8"""
    if layer.pay == layer.uncut:
        return layer.due + layer.base
    share = Fraction(layer.pay) / Fraction(layer.uncut)
    fen = Fraction(layer.base) * share * 100
    return layer.due + Decimal((2 * fen + 1).__floor__() // 2) / 100
