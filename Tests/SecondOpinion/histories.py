"""Random people and their visits through one or two years, under one rule set.

What a visit says is drawn from the words and figures of the rule set itself, so that its conditions
are met and its limits are hit to the fen. Each visit stands on what the one before put out.
"""

import datetime
import os

import yaml

import rulesets
from price import BENEFITS as KINDS
from rules import LOADER, RANGES, plain

LARGEST_PRICE = 100_000_000  # fen; the text sets no bound, the kiosk refuses more
REST = {"title": rulesets.TITLES, "disease": rulesets.DISEASES, "person": rulesets.PERSONS,
        "route": rulesets.ROUTES, "remote": rulesets.REMOTES, "claim": ("direct", "manual"),
        "tier": ("low", "high"), "item": rulesets.ITEMS, "kind": tuple(KINDS) + ("28",)}


class Interest:
    """What the rules of a folder ask about: the words by subject, and every amount of money."""

    def __init__(self, directory):
        self.words, self.amounts, self.schemes, self.folders = {}, set(), [], set()
        for where, _, names in sorted(os.walk(directory)):
            self.folders.add(os.path.basename(where))
            for name in sorted(names):
                if name.endswith(".yaml"):
                    with open(os.path.join(where, name), encoding="utf-8") as file:
                        tree = plain(yaml.compose(file, Loader=LOADER))
                    for value in tree["values"]:
                        self.look(value["value"], tree["unit"] == "yuan")
        self.asked_kinds = frozenset(self.words.get("kind", ()))
        for subject, words in REST.items():
            self.words[subject] = sorted(self.words.get(subject, set()) | set(words))
        self.amounts = sorted(amount for amount in self.amounts if amount < 10**8) or [300]
        for scheme in ("390", "310"):
            if os.path.isdir(os.path.join(directory, scheme)):
                self.schemes.append(scheme)

    def look(self, value, is_money):
        if isinstance(value, dict):
            for subject, wanted in (value.get("when") or {}).items():
                wanted = wanted if isinstance(wanted, list) else [wanted]
                if subject not in RANGES:
                    self.words.setdefault(subject, set()).update(
                        word[:-1] + "01" if word.endswith("*") else word for word in wanted)
            for key, cell in value.items():
                if key != "when":
                    self.look(cell, is_money or key == "up_to")
        elif isinstance(value, list):
            for item in value:
                self.look(item, is_money)
        elif is_money and value is not None:
            self.amounts.add(round(float(value) * 100))


def yuan(fen):
    return f"{fen // 100}.{fen % 100:02}"


class History:
    """One person. `next` gives the next bill; `standing` is set from its answer."""

    def __init__(self, rng, interest, kinds, codes=()):
        self.rng, self.interest, self.codes = rng, interest, codes
        self.kinds = kinds
        self.scheme = rng.choice(interest.schemes)
        self.levels = rng.sample(rulesets.LEVELS, 2)
        self.day = datetime.date(2025, 1, 1) + datetime.timedelta(
            rng.choice((58, 59, 423, rng.randrange(0, 500), rng.randrange(0, 500))))
        self.standing = None
        self.member = self.person()

    def chance(self, share):
        return self.rng.random() < share

    def person(self):
        rng, words = self.rng, self.interest.words
        member = {}
        if self.chance(.8):
            age = rng.choice((0, 3, 6, 7, 17, 18, 40, 59, 60, 61, 65, 66, 80, 100))
            member["birth"] = (self.day.replace(day=min(self.day.day, 28), year=self.day.year - age)
                               + datetime.timedelta(rng.choice((0, 0, 1, -1, 30)))).isoformat()
        if self.chance(.05):
            member["birth"] = rng.choice(("1960-02-29", "2008-02-29", "1964-02-29"))
        for field, share, draw in (
                ("sex", .7, lambda: rng.choice("12")),
                ("titles", .4, lambda: rng.sample(words["title"], rng.choice((1, 1, 2)))),
                ("person", .5, lambda: rng.choice(words["person"])),
                ("family_doctor", .5, lambda: self.chance(.5)),
                ("tier", .4, lambda: rng.choice(words["tier"])),
                ("incentive", .2, lambda: yuan(rng.randrange(0, 100000))),
                ("diseases", .4, lambda: rng.sample(words["disease"], rng.choice((1, 1, 2))))):
            if self.chance(share):
                member[field] = draw()
        return member

    def next(self):
        rng, words = self.rng, self.interest.words
        self.day += datetime.timedelta(rng.choice((0, 0, 1, 7, 20, 31, 60, 120)))
        bill = {"on": self.day.isoformat(), "insutype": self.scheme,
                "med_type": rng.choice(self.kinds), "hosp_lv": rng.choice(self.levels),
                "feedetail": self.lines()}
        if self.member:
            bill["member"] = self.member
        for field, share, draw in (
                ("route", .3, lambda: rng.choice(words["route"])),
                ("remote", .2, lambda: rng.choice(words["remote"])),
                ("claim", .2, lambda: rng.choice(words["claim"])),
                ("sessions", .2, lambda: rng.randrange(1, 14)),
                ("admission", .1, lambda: rng.randrange(1, 5)),
                ("settled", .05, lambda: {rng.choice(rulesets.FUNDS): yuan(self.amount())}),
                ("accounts", .4, self.accounts)):
            if self.chance(share):
                bill[field] = draw()
        if self.standing:
            bill["standing"] = self.standing
        return bill

    def accounts(self):
        accounts = {"balc": yuan(self.amount())} if self.chance(.9) else {}
        if self.chance(.4):
            accounts["family"] = [yuan(self.amount()) for _ in range(self.rng.randrange(0, 4))]
        return accounts

    def amount(self):
        """An amount in fen: often a figure of the rules, what is left of it, or a fen beside."""
        rng = self.rng
        figure = rng.choice(self.interest.amounts)
        drawn = rng.random()
        if drawn < .45:
            return rng.randrange(0, 2 * figure + 100)
        if drawn < .55:
            return rng.choice((0, 1, 2, 3, 99, 100, 3333))
        if self.standing and drawn < .8:
            counters = [value for name, value in self.standing["counters"].items()
                        if not name.startswith(("visits", "admissions"))]
            if counters:
                figure = abs(figure - round(float(rng.choice(counters)) * 100))
        return max(0, figure + rng.choice((-1, 0, 0, 1)))

    def lines(self):
        rng = self.rng
        count = rng.choice((1, 1, 1, 2, 3, 5, 5, 8)) if self.chance(.98) else 40
        return [self.line() for _ in range(count)]

    def line(self):
        rng = self.rng
        line = {"med_list_codg": rng.choice(self.interest.words["item"]).rstrip("*"),
                "chrgitm_lv": rng.choice(("01", "01", "01", "02", "02", "03"))}
        price = min(self.amount(), LARGEST_PRICE)
        if self.chance(.08):
            line["det_item_fee_sumamt"] = yuan(price)
        else:
            line["pric"] = yuan(price)
            line["cnt"] = 1 if self.chance(.7) else rng.choice(
                (2, 3, "0.5", "1.25", 7, 10, "0.33"))
        if self.codes and self.chance(.2):
            line["med_list_codg"] = rng.choice(self.codes)
            if self.chance(.7):
                del line["chrgitm_lv"]
                return line
        if line["chrgitm_lv"] == "02" and self.chance(.6):
            line["selfpay_prop"] = rng.choice(("0", "0.05", "0.10", "0.2", "0.3", "1", "0.125"))
        if self.chance(.25):
            line["pric_uplmt_amt"] = yuan(max(0, price - rng.choice((0, 1, -1, price // 3, price))))
        if self.chance(.35):
            line["med_chrgitm_type"] = rng.choice(("12", "12", "09", "11", "01"))
        return line


SPOILT = (
    {"on": "2025-02-30"}, {"on": None}, {"insutype": "777"}, {"hosp_lv": "4"},
    {"feedetail": []}, {"feedetail": None}, {"on": "2019-06-01"},
    {"feedetail": [{"med_list_codg": "X", "cnt": 1, "pric": "-1.00", "chrgitm_lv": "01"}]},
    {"feedetail": [{"med_list_codg": "X", "cnt": 1, "pric": "1.00"}]},
    {"feedetail": [{"med_list_codg": "X", "cnt": 1, "pric": "one", "chrgitm_lv": "01"}]})


def spoil(rng, bill):
    """A bill that must be refused."""
    return {**bill, **rng.choice(SPOILT)}
