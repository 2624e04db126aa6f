#!/usr/bin/env python3
"""Holds a quote program to the published settlements, to the fen.

    examples.py PROGRAM [ARGUMENT …]      for instance  examples.py .build/debug/kiosk quote
                                          or            examples.py Tests/SecondOpinion/price.py

The program is started as `PROGRAM … --rules DIR` and answers JSON lines. Of each example in
Fixtures/examples/settlements.json: `expect` holds amounts by field, or by a sum of fields
("psn_part_amt - act_pay_dedc"); `totals` holds sums over all its visits; `never` holds what a
publication got wrong; `reasons` holds amounts by layer and article, checked where the program
gives reasons; `rounded_to` is the unit the publication rounds to. Standing goes from visit to
visit, unless a visit is `fresh`: another person.
"""

import json
import pathlib
import subprocess
import sys
from decimal import ROUND_HALF_UP, Decimal

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "Fixtures" / "examples" / "settlements.json"


def value(expression, fields):
    """The amount of "a - b + 12.00", each word a field or a figure."""
    total, sign = Decimal(0), 1
    for word in expression.split():
        if word in "+-":
            sign = 1 if word == "+" else -1
        else:
            total += sign * Decimal(fields[word] if word[0].isalpha() else word)
    return total


def ask(program, region, bills):
    """One process for all bills of a region that can be asked at the same time."""
    text = "".join(json.dumps(bill, ensure_ascii=False) + "\n" for bill in bills)
    done = subprocess.run([*program, "--rules", ROOT / "Fixtures" / "rules" / region],
                          input=text.encode(), capture_output=True)
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    if len(answers) != len(bills):
        sys.exit(f"{region}: {len(answers)} answers to {len(bills)} bills\n{done.stderr.decode()}")
    return answers


def run(program, examples):
    """Every answer of every example, asked in rounds: first all first visits, and so on."""
    answers = {example["id"]: [] for example in examples}
    for turn in range(max(len(example["visits"]) for example in examples)):
        regions = {}
        for example in examples:
            if turn < len(example["visits"]):
                regions.setdefault(example["region"], []).append(example)
        for region, group in sorted(regions.items()):
            bills = []
            for example in group:
                visit, before = example["visits"][turn], answers[example["id"]]
                bill = dict(visit["bill"])
                if before and not visit.get("fresh") and "standing" in before[-1]:
                    bill.setdefault("standing", before[-1]["standing"])
                bills.append(bill)
            for example, answer in zip(group, ask(program, region, bills)):
                answers[example["id"]].append(answer)
    return answers


def faults(example, answers):
    """What differs, a sentence each."""
    unit = Decimal(example.get("rounded_to", "0.01"))
    everything = []
    for place, (visit, answer) in enumerate(zip(example["visits"], answers), 1):
        where = f"visit {place}: " if len(answers) > 1 else ""
        if "error" in answer:
            yield f"{where}refused: {answer['error']}"
            return
        fields = answer["setlinfo"]
        everything.append(fields)
        yield from differences(where, visit["expect"], fields, unit)
        if answer.get("reasons"):
            yield from missing_reasons(where, visit.get("reasons", {}), answer["reasons"])
    totals = {name: sum((Decimal(fields.get(name) or 0) for fields in everything), Decimal(0))
              for name in everything[0] if name != "pool_prop_selfpay"}
    yield from differences("in all: ", example.get("totals", {}), totals, unit)
    for wrong in example["never"]:
        for fields in [*everything, totals]:
            if all(value(name, fields) == Decimal(amount) for name, amount in wrong.items()):
                yield f"repeats the error of the publication: {wrong}"


def differences(where, expected, fields, unit):
    for name, amount in expected.items():
        exact = value(name, fields)
        found = (exact / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit
        if found != Decimal(amount) or (unit == Decimal("0.01") and found != exact):
            yield f"{where}{name} is {exact}, not {amount}"


def missing_reasons(where, expected, reasons):
    given = [(f"{reason.get('layer')}/{reason['article']}", reason["amount"]) for reason in reasons]
    for name, amount in expected.items():
        if (name, amount) not in given:
            yield f"{where}no reason {name} of {amount}"


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    examples = json.loads(EXAMPLES.read_text())
    answers = run(sys.argv[1:], examples)
    wrong = 0
    for example in examples:
        found = list(faults(example, answers[example["id"]]))
        wrong += bool(found)
        for sentence in found:
            print(f"{example['id']} {example['title']}: {sentence}")
    print(f"{len(examples) - wrong} of {len(examples)} published settlements come out to the fen")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
