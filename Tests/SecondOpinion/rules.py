"""Reads a region's rule files for the second opinion, figures as the text that stands there.

Written from docs/pricing.md alone. A value is kept as one of the shapes that page names: a word, a
list of words, a table by level, rows with conditions, or bands.
"""

import bisect
import collections
import os
from decimal import Decimal, InvalidOperation

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
RANGES = ("age", "admission", "gap_years", "paid_years")

Rows = collections.namedtuple("Rows", "rows pick")        # [(conditions, value)]
Bands = collections.namedtuple("Bands", "bands")          # [(upper bound or None, share)]
Table = collections.namedtuple("Table", "cells")          # word -> value
Words = tuple


class Refused(Exception):
    """A bill or a rule that cannot be priced: a code, a sentence, and the place in the bill."""

    def __init__(self, code, message, path=""):
        super().__init__(message)
        self.code, self.message, self.path = code, message, path


def plain(node):
    """The YAML tree with every figure left as text: `no` is the word no, 0.10 keeps its nought."""
    if isinstance(node, yaml.ScalarNode):
        return None if node.tag == "tag:yaml.org,2002:null" else node.value
    if isinstance(node, yaml.SequenceNode):
        return [plain(item) for item in node.value]
    return {plain(key): plain(value) for key, value in node.value}


def figure(text, place):
    try:
        return Decimal(text)
    except (InvalidOperation, TypeError, ValueError):
        raise Refused("badRule", f"{place}: {text!r} is no figure") from None


def shape(value, pick, place):
    """The shape of a value as written."""
    if isinstance(value, dict):
        return Table({key: shape(cell, pick, place) for key, cell in value.items()})
    if not isinstance(value, list):
        return value
    if not all(isinstance(item, dict) for item in value):
        return Words(value)
    if any("when" in item for item in value):
        return Rows([(conditions(item.get("when")), shape(item["value"], pick, place))
                     for item in value], pick)
    return Bands([(figure(item["up_to"], place) if item.get("up_to") is not None else None,
                   figure(item["value"], place)) for item in value])


def conditions(when):
    """[(subject, test)] of one row; the test takes what the bill says about the subject."""
    return [(subject, one_of(wanted, subject in RANGES))
            for subject, wanted in (when or {}).items()]


def one_of(wanted, is_range):
    wanted = wanted if isinstance(wanted, list) else [wanted]
    if is_range:
        spans = [span(text) for text in wanted]
        return lambda said: any(low <= number <= high for low, high in spans for number in said)
    whole = frozenset(word for word in wanted if not word.endswith("*"))
    starts = tuple(word[:-1] for word in wanted if word.endswith("*"))
    return lambda said: any(word in whole or word.startswith(starts) for word in said)


def span(text):
    low, dots, high = text.partition("..")
    if not dots:
        return int(low), int(low)
    return (int(low) if low else -10**9), (int(high) if high else 10**9)


def resolve(value, about, column=None):
    """The value as it stands for a bill, or None where no cell or row fits. A table is read at
    the level of the institution, or at the column asked for (`limit_base` has periods)."""
    kind = type(value)
    if kind is Table:
        column, cells = column or about["level"][0], value.cells
        return resolve(cells[column] if column in cells else cells.get("default"), about, column)
    if kind is not Rows:
        return value
    fitting = (resolve(inner, about, column) for when, inner in value.rows
               if all(test(about.get(subject, ())) for subject, test in when))
    if value.pick == "first":
        return next(fitting, None)
    there = [one for one in fitting if one is not None]
    choose = max if value.pick == "highest" else min
    return choose(there, key=lambda one: figure(one, "pick")) if there else None


class Parameter:
    """One file: its values by the day from which they hold."""

    def __init__(self, place, text):
        tree = plain(yaml.compose(text, Loader=LOADER))
        values = sorted(((one["from"], shape(one["value"], tree.get("pick", "first"), place))
                         for one in tree["values"]), key=lambda one: one[0])
        self.place = place
        self.starts = [start for start, _ in values]
        self.values = [value for _, value in values]
        self.asked = [frozenset(subjects(value)) for value in self.values]

    def place_of(self, day):
        at = bisect.bisect_right(self.starts, day)
        if at == 0:
            raise Refused("beforeFirst", f"{self.place} begins on {self.starts[0]}", "on")
        return at - 1

    def on(self, day):
        return self.values[self.place_of(day)]

    def asks_on(self, day):
        """The subjects that the day's value asks about."""
        return self.asked[self.place_of(day)]


def subjects(value):
    """Everything a value asks about."""
    if isinstance(value, Table):
        for cell in value.cells.values():
            yield from subjects(cell)
    elif isinstance(value, Rows):
        for when, inner in value.rows:
            yield from (subject for subject, _ in when)
            yield from subjects(inner)


class Folder:
    """The parameters of one folder, read with typed questions."""

    def __init__(self, place):
        self.place = place
        self.files = {}

    def value(self, name, day, about, column=None):
        parameter = self.files.get(name)
        return None if parameter is None else resolve(parameter.on(day), about, column)

    def number(self, name, day, about, missing=None):
        if name not in self.files:
            return missing
        value = self.value(name, day, about)
        return missing if value is None else figure(value, f"{self.place}/{name}")

    def word(self, name, day, about, missing):
        if name not in self.files:
            return missing
        value = self.value(name, day, about)
        return missing if value is None else value

    def words(self, name, day, about, missing):
        value = self.word(name, day, about, missing)
        return (value,) if isinstance(value, str) else value


class Rules:
    """A region: folders by their path under the region's own."""

    def __init__(self, directory):
        self.folders = {}
        for where, _, names in sorted(os.walk(directory)):
            place = os.path.relpath(where, directory)
            folder = Folder(place)
            for name in names:
                stem, ending = os.path.splitext(name)
                if ending == ".yaml":
                    with open(os.path.join(where, name), encoding="utf-8") as file:
                        folder.files[stem] = Parameter(f"{place}/{stem}", file.read())
            if folder.files:
                self.folders[place] = folder

    def folder(self, place):
        """The folder at a path; one without files where the region has none."""
        found = self.folders.get(place)
        if found is None:
            found = self.folders[place] = Folder(place)
        return found
