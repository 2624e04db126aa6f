#!/usr/bin/env python3
"""Random cases for both programs: rule sets, and bills with the second opinion's answers.

    cases.py --seed 1 --count 2000 --into DIR [--rules PACK]

writes DIR/<set>/rules, DIR/<set>/bills.jsonl and DIR/<set>/answers.jsonl; the same seed gives the
same cases. With --rules the histories are drawn for that region's own rules.
"""

import argparse
import json
import os
import random
import sys

import histories
import rulesets
from price import Quote
from rules import Refused, Rules

PER_SET = 500
KINDS = ("11", "11", "11", "14", "9901", "2101", "2101", "28", "9105")


def rule_set(seed, number, directory):
    """Writes the rule set of a number and returns its files."""
    files = rulesets.RuleSet(random.Random(f"{seed}/rules/{number}")).files
    rulesets.write(files, directory)
    return files


def kinds_of(interest, pack):
    """The kinds of visit to draw; of a region, those that it has folders or words for."""
    if not pack:
        return KINDS
    own = [kind for kind in interest.words["kind"]
           if interest.folders & {kind, histories.KINDS.get(kind)} or kind in interest.asked_kinds]
    return tuple(kind for kind in own if kind.isdigit()) or KINDS


def cases(seed, number, directory, count, pack=False, listed=None):
    """Yields (bill, answer or None where it is refused) for a rule set in a folder. A region prices
    few kinds and levels, so most of the bills that it refuses are drawn again."""
    rng = random.Random(f"{seed}/visits/{number}/{directory if pack else ''}")
    rules, interest = Rules(directory), histories.Interest(directory)
    kinds = kinds_of(interest, pack)
    codes, made, again = sorted(listed or ()), 0, 20 * count if pack else 0
    while made < count:
        person = histories.History(rng, interest, kinds, codes)
        for _ in range(min(rng.choice((1, 2, 4, 6, 10)), count - made)):
            bill = person.next()
            if rng.random() < .01:
                bill = histories.spoil(rng, bill)
            try:
                answer = Quote(rules, listed or {}, bill).answer()
                person.standing = answer["standing"]
            except Refused:
                answer = None
                if again > 0 and rng.random() < .95:
                    again -= 1
                    continue
            made += 1
            yield bill, answer


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--count", type=int, default=2000)
    words.add_argument("--into", required=True)
    words.add_argument("--rules")
    asked = words.parse_args()
    for number in range(-(-asked.count // PER_SET)):
        place = os.path.join(asked.into, str(number))
        rules = asked.rules or os.path.join(place, "rules")
        os.makedirs(place, exist_ok=True)
        if not asked.rules:
            rule_set(asked.seed, number, rules)
        count = min(PER_SET, asked.count - number * PER_SET)
        with open(os.path.join(place, "bills.jsonl"), "w", encoding="utf-8") as bills, \
                open(os.path.join(place, "answers.jsonl"), "w", encoding="utf-8") as answers:
            for bill, answer in cases(asked.seed, number, rules, count, bool(asked.rules)):
                print(json.dumps(bill, ensure_ascii=False), file=bills)
                print(json.dumps(answer, ensure_ascii=False), file=answers)


if __name__ == "__main__":
    sys.exit(main())
