#!/usr/bin/env python3
"""Ordinary outpatient visits of seed-2025 in OpenFisca-Core: the rival of `make bench`.

    openfisca.sh [--bills N] [--seed S]

A line is OpenFisca's person and a bill its group. Each bill has five lines with class, own share
and price limit, and the year's deductible and payments so far. All bills are priced on one day at
once, which is what OpenFisca does best. Amounts are OpenFisca's own floats (32 bits), once in
yuan, as its users write them, once in whole fen, where they are exact up to 167 772 yuan; both are
compared with price.py bill by bill, and the exit status is 1 if the form in fen differs. Speeds are
per second of processor time, the median of five rounds.
"""

import argparse
import os
import random
import statistics
import sys
import time
from decimal import Decimal

import numpy
from openfisca_core.entities import build_entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from price import Quote
from rules import Rules

SEED_RULES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "Fixtures",
                          "rules", "seed-2025")
DAY = "2026-03-01"
LINES, ROUNDS = 5, 5
PARAMETERS = ("deductible", "rate", "limit_year")
LINE_INPUTS = ("price", "pieces", "item_class", "own_share", "price_limit")
BILL_INPUTS = ("deductible_before", "paid_before")
OUTPUTS = ("outside", "over_limit", "own_share_first", "in_scope", "deductible_due", "fund")

LineEntity = build_entity(key="line", plural="lines", label="A line of a bill", is_person=True)
BillEntity = build_entity(key="bill", plural="bills", label="A bill",
                          roles=[{"key": "item", "plural": "items", "label": "An item"}])


def half_up(amount, fen):
    """To whole fen; `fen` is what one is in the unit of the amounts."""
    return numpy.floor(amount / fen + 0.5) * fen


def figure(name, entity, formula=None, value_type=float):
    """An OpenFisca variable; those with a formula are worked out, the others are put in."""
    body = {"value_type": value_type, "entity": entity, "definition_period": DateUnit.DAY}
    if formula:
        body["formula"] = formula
    return type(name, (Variable,), body)


def formulas(fen):
    """The policy, one formula a field."""
    def amount(line, period):
        return half_up(line("price", period) * line("pieces", period), fen)

    def outside(line, period):
        return numpy.where(line("item_class", period) == 3, line("amount", period), 0)

    def over_limit(line, period):
        limit = line("price_limit", period)
        applies = (line("item_class", period) != 3) * (line("price", period) > limit)
        kept = line("amount", period) - limit * line("pieces", period)
        return numpy.where(applies, half_up(kept, fen), 0)

    def own_share_first(line, period):
        left = line("amount", period) - line("over_limit", period)
        return numpy.where(line("item_class", period) == 2,
                           half_up(left * line("own_share", period), fen), 0)

    def line_scope(line, period):
        return (line("amount", period) - line("outside", period) - line("over_limit", period)
                - line("own_share_first", period))

    def in_scope(bill, period):
        return bill.sum(bill.members("line_scope", period))

    def deductible_due(bill, period, parameters):
        unmet = parameters(period).deductible - bill("deductible_before", period)
        return numpy.minimum(numpy.maximum(0, unmet), bill("in_scope", period))

    def fund(bill, period, parameters):
        base = bill("in_scope", period) - bill("deductible_due", period)
        left = numpy.maximum(0, parameters(period).limit_year - bill("paid_before", period))
        return numpy.minimum(half_up(base * parameters(period).rate, fen), left)

    by_line = (amount, outside, over_limit, own_share_first, line_scope)
    return ([figure(one.__name__, LineEntity, one) for one in by_line]
            + [figure(one.__name__, BillEntity, one) for one in (in_scope, deductible_due, fund)])


def system(fen):
    """The policy with its figures taken from seed-2025's files."""
    model = TaxBenefitSystem([LineEntity, BillEntity])
    for name in LINE_INPUTS:
        model.add_variable(figure(name, LineEntity, value_type=int if name == "item_class"
                                  else float))
    for name in BILL_INPUTS:
        model.add_variable(figure(name, BillEntity))
    for variable in formulas(fen):
        model.add_variable(variable)
    folder, values = Rules(SEED_RULES).folder("390/outpatient"), {}
    for name in PARAMETERS:
        scale = 1 if name == "rate" else fen * 100
        parameter = folder.files[name]
        values[name] = {"values": {start: {"value": float(value) * scale} for start, value in
                                   zip(parameter.starts, parameter.values)}}
    model.parameters = ParameterNode("", data=values)
    return model


def simulate(model, columns, count):
    """All bills at once: {output: array}; those of lines are summed over the bill."""
    builder = SimulationBuilder()
    builder.create_entities(model)
    builder.declare_person_entity("line", numpy.arange(count * LINES))
    bills = builder.declare_entity("bill", numpy.arange(count))
    builder.join_with_persons(bills, numpy.repeat(numpy.arange(count), LINES),
                              numpy.repeat("item", count * LINES))
    simulation = builder.build(model)
    for name, values in columns.items():
        simulation.set_input(name, DAY, values)
    found = {}
    for name in OUTPUTS:
        values = simulation.calculate(name, DAY)
        found[name] = values if len(values) == count else values.reshape(count, LINES).sum(axis=1)
    return found


def drawn(rng):
    """A bill as price.py takes it."""
    lines = []
    for _ in range(LINES):
        level, price = rng.choice(("01", "01", "02", "02", "03")), rng.randrange(1, 20000)
        line = {"med_list_codg": "X", "cnt": rng.randrange(1, 5), "chrgitm_lv": level,
                "pric": f"{price // 100}.{price % 100:02}"}
        if level == "02":
            line["selfpay_prop"] = rng.choice(("0.05", "0.10", "0.20"))
        if rng.random() < .3:
            limit = max(1, price - rng.randrange(0, 300))
            line["pric_uplmt_amt"] = f"{limit // 100}.{limit % 100:02}"
        lines.append(line)
    counters = {"deductible/outpatient": f"{rng.choice((0, 150, 299.99, 300)):.2f}",
                "paid/outpatient": f"{rng.choice((0, 100.5, 1950.25, 1999.99, 2000)):.2f}"}
    return {"on": DAY, "insutype": "390", "med_type": "11", "hosp_lv": "village",
            "feedetail": lines, "standing": {"year": 2026, "counters": counters}}


def columns(bills, fen):
    """The bills as OpenFisca takes them: one array an input."""
    lines = [line for bill in bills for line in bill["feedetail"]]
    counters = [bill["standing"]["counters"] for bill in bills]
    money = fen * 100

    def array(values, scale=1.0):
        return numpy.array([round(float(value) * scale, 6) for value in values])

    return {"price": array((line["pric"] for line in lines), money),
            "pieces": array(line["cnt"] for line in lines),
            "item_class": numpy.array([int(line["chrgitm_lv"]) for line in lines]),
            "own_share": array(line.get("selfpay_prop", 0) for line in lines),
            "price_limit": array((line.get("pric_uplmt_amt", 100000) for line in lines), money),
            "deductible_before": array((one["deductible/outpatient"] for one in counters), money),
            "paid_before": array((one["paid/outpatient"] for one in counters), money)}


def differing(found, expected, fen):
    """How many bills differ in some field, and by how many fen at most."""
    wrong, worst = 0, 0
    for place, one in enumerate(expected):
        fields = (one["fulamt_ownpay_amt"], one["overlmt_selfpay"], one["preselfpay_amt"],
                  one["inscp_scp_amt"], one["act_pay_dedc"], one["fund_pay_sumamt"])
        apart = max(abs(round(float(found[name][place]) / fen) - int(Decimal(amount) * 100))
                    for name, amount in zip(OUTPUTS, fields))
        wrong, worst = wrong + (apart > 0), max(worst, apart)
    return wrong, worst


# Quotes a second of the engine, measured in the same run.
ENGINE = []


def speed(count, work):
    """What work gives, and how many bills a second of processor time it priced: the median, and
    how many times as many the engine prices, where its figure is known."""
    rounds = []
    for _ in range(ROUNDS):
        began = time.process_time()
        given = work()
        rounds.append(count / (time.process_time() - began))
    middle = statistics.median(rounds)
    ratio = f", ratio engine to this {ENGINE[0] / middle:.2f}" if ENGINE else ""
    return given, f"{middle:,.0f} quotes/s{ratio}"


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--bills", type=int, default=20000)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--engine", type=float, help="quotes a second of the engine, for the ratio")
    asked = words.parse_args()
    if asked.engine:
        ENGINE.append(asked.engine)
    rng, rules = random.Random(asked.seed), Rules(SEED_RULES)
    bills = [drawn(rng) for _ in range(asked.bills)]
    expected, fast = speed(len(bills), lambda: [
        Quote(rules, {}, bill).setlinfo() for bill in bills])
    print("second opinion, one bill at a time:", fast)
    status = 0
    for name, fen in (("yuan", 0.01), ("whole fen", 1.0)):
        model, whole = system(fen), columns(bills, fen)
        few = [columns([bill], fen) for bill in bills[:200]]
        found, fast = speed(len(bills), lambda: simulate(model, whole, len(bills)))
        _, slow = speed(len(few), lambda: [simulate(model, one, 1) for one in few])
        wrong, worst = differing(found, expected, fen)
        status = 1 if wrong and fen == 1.0 else status
        print(f"OpenFisca in {name}, {len(bills)} bills at once: {fast}; "
              f"{wrong} bills differ, by at most {worst} fen in a field")
        print(f"OpenFisca in {name}, one bill at a time: {slow}")
    return status


if __name__ == "__main__":
    sys.exit(main())
