"""Random rule sets: every parameter of docs/pricing.md with plausible and with edge values.

A rule set is a dictionary {"390/outpatient/rate": (unit, pick, [(from, value)])}; `write` puts it
into a folder as YAML. A value is text, None, a list of words, a dictionary (a table) or a list of
dictionaries (rows or bands), as in the files.
"""

import os

LEVELS = ("village", "township", "1", "2", "3")
TITLES = ("subsistence", "destitute", "lowIncome", "disabled")
DISEASES = ("I10", "I10.x02", "E11", "M07800", "N18")
PERSONS = ("active", "retired", "student")
ROUTES = ("none", "intramuscular", "infusion")
REMOTES = ("none", "longTerm", "longTermNotDirect", "referral", "notFiled", "emergency")
ITEMS = ("MED-A", "MED-B", "MED-C", "FEE-1", "FEE-2")
PERIODS = ("session", "visit", "day", "month", "quarter", "year")
FUNDS = ("hifp_pay", "cvlserv_pay", "hifes_pay", "hifmi_pay", "hifob_pay", "maf_pay", "oth_pay")
BENEFITS = ("outpatient", "chronic", "two_diseases", "inpatient", "clinic", "28", "9105")
NUMBERS = ("age", "admission")
LAYERS = {"large": "hifob_pay", "serious": "hifmi_pay", "assistance": "maf_pay",
          "civil": "cvlserv_pay", "extra": "hifp_pay"}
STARTS = ("2025-03-01", "2025-07-01", "2025-12-31", "2026-01-01", "2026-02-15")
SHARES = ("0", "0.05", "0.1", "0.3333", "0.5", "0.55", "0.6", "0.666667", "0.7", "0.85", "0.9",
          "0.95", "1", "1.00", "0.01", "0.125")


class RuleSet:
    """Draws one rule set. `scale` sets the size of its figures, and so of its bills."""

    def __init__(self, rng):
        self.rng = rng
        self.scale = rng.choice((20, 20, 300, 300, 3000, 60000))
        self.files = {}
        self.household = self.complete = False
        for scheme in ("390", "310"):
            self.scheme(scheme)
        self.put("common/own_share_class_b", "share", self.share)
        if self.chance(.7):
            self.put("common/cash_rounding", "yuan", lambda: rng.choice(
                ("0.01", "0.01", "0.10", "0.50", "0.05", "1.00", "5.00")))

    def chance(self, share):
        return self.rng.random() < share

    # Figures

    def share(self):
        if self.chance(.3):
            return f"{self.rng.randrange(0, 10001) / 10000:.4f}"
        return self.rng.choice(SHARES)

    def points(self):
        return self.rng.choice(("0", "0.05", "0.1", "0.02", "0.6", "1"))

    def money(self, low=0.0, high=3.0):
        rng = self.rng
        if self.chance(.06):
            return rng.choice(("0.00", "0.01", "0.02"))
        amount = self.scale * rng.uniform(low, high)
        if self.chance(.7):
            amount = max(1, round(amount, -1 if amount > 50 else 0))
        return f"{amount:.2f}"

    def count(self):
        return self.rng.choice(("0", "1", "1", "2", "3", "5"))

    # Shapes

    def put(self, path, unit, draw, varies=True):
        """A parameter with one value, or with more by day and by circumstances. A basic layer's
        rate is nearly always there, or most bills would be refused."""
        rng = self.rng
        self.complete = path.endswith("/rate") and self.chance(.97)
        first = "2025-03-01" if self.chance(.001) else "2023-01-01"
        values = [(first, self.shaped(draw) if varies else draw())]
        if self.chance(.15):
            again = None if varies and not self.complete and self.chance(.1) else (
                self.shaped(draw) if varies else draw())
            values.append((rng.choice([day for day in STARTS if day > first]), again))
        pick = rng.choice(("first", "highest", "lowest")) if unit in ("yuan", "share", "count") \
            and varies and draw != self.bands_or_share and self.chance(.3) else None
        self.files[path] = (unit, pick, values)

    def shaped(self, draw):
        drawn = self.rng.random()
        if drawn < .68:
            return draw()
        if drawn < .82:
            levels = self.rng.sample(LEVELS, self.rng.randrange(1, 5))
            table = {level: draw() for level in levels}
            return {**table, "default": draw()} if self.complete or self.chance(.8) else table
        return self.rows(draw)

    def rows(self, draw):
        rows = [{"when": self.conditions(), "value": draw() if self.chance(.9) else {
                    "village": draw(), "3": draw(), "default": draw()}}
                for _ in range(self.rng.randrange(1, 4))]
        if self.complete or self.chance(.85):
            rows.append({"when": {"level": list(LEVELS)}, "value": draw()})
        return rows

    def conditions(self):
        rng = self.rng
        choices = {
            "level": LEVELS, "title": TITLES, "sex": ("1", "2"), "person": PERSONS,
            "kind": ("11", "14", "21*", "2101", "9901"), "family_doctor": ("yes", "no"),
            "disease": ("I10", "I10*", "E11*", "M078*", "N18"), "route": ROUTES,
            "remote": REMOTES, "claim": ("direct", "manual"), "tier": ("low", "high"),
            "item": ITEMS + ("MED*",), "age": ("60..", "..17", "18..59", "..6", "65"),
            "admission": ("1", "2..", "..2", "3")}
        if self.household:
            choices["household"] = ("reached", "open")
        when = {}
        for subject in rng.sample(sorted(choices), rng.choice((1, 1, 1, 2))):
            words = choices[subject]
            when[subject] = (rng.sample(words, 2) if subject not in NUMBERS and self.chance(.2)
                             else rng.choice(words))
        return when

    def bands(self):
        rng = self.rng
        bounds = sorted({self.money(.2, 6) for _ in range(rng.randrange(1, 4))}, key=float)
        bounds = [bound for bound in bounds if float(bound) > 0] or ["0.01"]
        bands = [{"up_to": bound, "value": self.share()} for bound in bounds]
        return bands if self.chance(.05) else bands + [{"value": self.share()}]

    def bands_or_share(self):
        return self.bands() if self.chance(.5) else self.share()

    def class_rates(self):
        rows = [{"when": {"item_class": level}, "value": self.share()} for level in ("01", "02")]
        if self.chance(.3):
            rows.insert(0, {"when": {"title": "destitute"}, "value": self.share()})
        return rows

    # Folders

    def scheme(self, scheme):
        rng = self.rng
        if self.chance(.3):
            self.put(f"{scheme}/benefit", "word", lambda: [
                {"when": self.conditions(), "value": rng.choice(BENEFITS)},
                {"when": {"kind": rng.choice(("9901", "14"))}, "value": rng.choice(BENEFITS)}],
                varies=False)
        used = []
        for benefit in BENEFITS:
            self.folder(f"{scheme}/{benefit}", benefit, True)
            layers = rng.sample(sorted(LAYERS), rng.choice((0, 0, 1, 2, 3)))
            used += layers
            if layers:
                self.put(f"{scheme}/{benefit}/layers", "word", lambda: list(layers), False)
        if self.chance(.6):
            self.folder(f"{scheme}/consult_fee", "consult_fee", True)
        for layer in sorted(set(used)):
            self.folder(f"{scheme}/layers/{layer}", layer, False)
            self.put(f"{scheme}/layers/{layer}/fund", "word", lambda: LAYERS[layer], False)
        self.account(f"{scheme}/account")

    def account(self, path):
        rng = self.rng
        if self.chance(.4):
            parts = ("outside", "overLimit", "ownShareFirst", "deductible", "share")
            self.put(path + "/pays_for", "word",
                     lambda: rng.sample(parts, rng.randrange(1, 6)), False)
        if self.chance(.3):
            self.put(path + "/family_keeps", "yuan", self.money)
        if self.chance(.3):
            self.put(path + "/family_accounts", "count", self.count)
        if self.chance(.3):
            self.put(path + "/consult_fee", "word", lambda: rng.choice(("yes", "no")), False)

    def folder(self, path, name, basic):
        rng = self.rng
        self.household = basic and self.chance(.15)
        if self.household:
            self.put(path + "/limit_household_year", "yuan", self.money)
            if self.chance(.5):
                self.put(path + "/household_counter", "word", lambda: "home", False)
        self.entry(path, basic)
        self.deductible(path, name)
        self.payment(path, basic)
        self.limits(path, name)
        if self.chance(.2):
            if self.chance(.5):
                self.put(path + "/visits_counted", "word",
                         lambda: rng.choice(("paid", "all")), False)
            for period in rng.sample(PERIODS[2:], rng.choice((1, 1, 2))):
                self.put(f"{path}/visits_{period}", "count", self.count)

    def entry(self, path, basic):
        rng = self.rng
        if basic and self.chance(.1):
            self.put(path + "/charge_limit", "yuan", self.money)
        words = (("scope", "scope", "total", "nothing") if basic else
                 ("remaining", "remaining_after_deductible", "beyond_limit", "total", "scope"))
        if self.chance(.12 if basic else .75):
            self.put(path + "/enters", "word", lambda: rng.choice(words), False)

    def deductible(self, path, name):
        rng = self.rng
        if self.chance(.7):
            self.put(path + "/deductible", "yuan", lambda: self.money(0, 1))
        if self.chance(.4):
            self.put(path + "/deductible_period", "word",
                     lambda: rng.choice(("year", "quarter", "month", "visit")), False)
        if self.chance(.25):
            self.put(path + "/deductible_counter", "word",
                     lambda: rng.choice(("outpatient", "shared")), False)

    def payment(self, path, basic):
        rng = self.rng
        if self.chance(.08):
            self.put(f"{path}/{rng.choice(('fixed_fund', 'fixed_person'))}", "yuan",
                     lambda: self.money(0, 1))
        entering = self.files.get(path + "/enters")
        drawn = rng.random()
        if drawn < .12 and basic and entering is None:
            self.put(path + "/rate", "share", self.class_rates, False)
        elif drawn < .45:
            varies = self.chance(.25)
            self.put(path + "/rate", "share", self.bands_or_share if varies else self.bands, varies)
            for name, words in (("band_basis", ("year", "claim")),
                                ("band_from", ("zero", "deductible")),
                                ("band_method", ("marginal", "whole"))):
                if self.chance(.6):
                    self.put(f"{path}/{name}", "word", lambda: rng.choice(words), False)
        elif basic or drawn < .97:
            self.put(path + "/rate", "share", self.share)
        for name in ("rate_plus", "rate_minus"):
            if self.chance(.1):
                self.put(f"{path}/{name}", "share", self.points)
        if self.chance(.35):
            self.put(path + "/rounding", "word",
                     lambda: rng.choice(("fund", "person", "down")), False)

    def limits(self, path, name):
        rng = self.rng
        periods = rng.sample(PERIODS, rng.choice((0, 1, 1, 2, 2, 3, 6)))
        for period in periods:
            size = {"session": .6, "visit": .8, "day": 1, "month": 2, "quarter": 3}.get(period, 4)
            self.put(f"{path}/limit_{period}", "yuan", lambda: self.money(.1, size))
        if self.chance(.4):
            self.put(path + "/limit_base", "word", lambda: (
                rng.choice(("cost", "payout")) if self.chance(.5) else
                {period: rng.choice(("cost", "payout")) for period in periods or ("year",)}),
                False)
        for parameter in ("cost_counter", "limit_counter"):
            if self.chance(.15):
                self.put(f"{path}/{parameter}", "word",
                         lambda: rng.choice(("outpatient", "joint")), False)
        if self.chance(.15):
            self.put(path + "/limit_pool_year", "yuan", lambda: self.money(.5, 4))
            if self.chance(.5):
                self.put(path + "/pool_counter", "word",
                         lambda: rng.choice(("together", "joint")), False)
        if "year" in periods and self.chance(.3):
            self.put(path + "/carried_from", "word", lambda: rng.choice(BENEFITS), False)
        if "year" in periods and self.chance(.3):
            self.put(path + "/limit_adds_incentive", "word",
                     lambda: rng.choice(("yes", "no")), False)


def scalar(text):
    return f'"{text}"' if text.isdigit() and len(text) == 1 or "*" in text else text


def flow(value, words=False):
    """A value in YAML's flow style: figures plain, words of conditions quoted where needed."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return scalar(value) if words else value
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key)}: {flow(cell, words or key == 'when')}"
                               for key, cell in value.items()) + "}"
    return "[" + ", ".join(flow(item, words) for item in value) + "]"


def write(files, directory):
    """The rule set as YAML files, each value with its source as the format asks."""
    for path, (unit, pick, values) in files.items():
        lines = ["description: drawn from a seed", f"unit: {unit}", "reviewed_on: 2026-11-20"]
        lines += [f"pick: {pick}"] if pick else []
        lines.append("values:")
        for start, value in values:
            lines += [f"  - from: {start}", f"    value: {flow(value)}",
                      "    source: drawn from a seed, no policy of any place"]
        place = os.path.join(directory, path + ".yaml")
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
