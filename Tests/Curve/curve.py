#!/usr/bin/env python3
"""Draws overspend and fallback against days offline from what the simulation measured.

    curve.py POINTS.csv OUT.svg

One panel for what funds pay beyond the yearly limits, one for what people pay first and get back
later; a colour for every share of visits away from home, a dash pattern for every policy. Days are
drawn by their logarithm, since most of them are few.
"""

import collections
import csv
import math
import sys

COLOURS = ["#1b6ca8", "#3f9142", "#c77d0a", "#b3261e", "#6b3fa0"]
DASHES = {"optimistic": "", "strict": "6 4", "floor": "2 3"}
WIDTH, HEIGHT, LEFT, TOP, GAP = 400, 300, 70, 60, 80


def read(path):
    """{(policy, away): [(days offline, overspend in percent, fallback in percent)]}"""
    lines = collections.defaultdict(list)
    with open(path, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            due = max(1, int(row["due"]))
            # At desks, and afterwards to those who had paid first.
            paid = int(row["settled"]) + int(row["provisional"])
            lines[row["policy"], int(row["away_percent"])].append(
                (int(row["days_offline"]), 100 * (paid - due) / due,
                 100 * int(row["provisional"]) / due))
    return lines


def across(day, longest):
    """Where a number of days stands in a panel."""
    return WIDTH * (0.03 + 0.94 * math.log(day) / math.log(longest))


def step(most):
    """The round distance of lines that a scale up to there needs."""
    return next(size for size in (1, 2, 5, 10, 20, 25, 50, 100) if most <= 5 * size)


def panel(lines, which, left, title):
    longest = max(point[0] for points in lines.values() for point in points)
    size = step(max(point[which] for points in lines.values() for point in points))
    most = 5 * size
    out = [f'<text x="{left}" y="{TOP - 20}" class="title">{title}</text>']
    for value in range(0, most + 1, size):
        y = TOP + HEIGHT * (1 - value / most)
        out.append(f'<line x1="{left}" y1="{y:.1f}" x2="{left + WIDTH}" y2="{y:.1f}" class="grid"/>'
                   f'<text x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{value} %</text>')
    for day in sorted({point[0] for points in lines.values() for point in points}):
        out.append(f'<text x="{left + across(day, longest):.1f}" y="{TOP + HEIGHT + 18}" '
                   f'text-anchor="middle">{day}</text>')
    out.append(f'<text x="{left + WIDTH / 2}" y="{TOP + HEIGHT + 38}" text-anchor="middle">'
               "days between two syncs</text>")
    for (policy, away), points in sorted(lines.items()):
        path = " ".join(
            f"{left + across(point[0], longest):.1f},{TOP + HEIGHT * (1 - point[which] / most):.1f}"
            for point in sorted(points))
        out.append(f'<polyline points="{path}" {stroke(lines, policy, away)}/>')
    return out


def stroke(lines, policy, away):
    shares = sorted({share for _, share in lines})
    colour = COLOURS[shares.index(away) % len(COLOURS)] if away in shares else "#444"
    return (f'fill="none" stroke-width="2" stroke="{colour}" '
            f'stroke-dasharray="{DASHES.get(policy, "")}"')


def legend(lines, left):
    """What the colours say, then what the dashes say."""
    shares = sorted({away for _, away in lines})
    policies = [policy for policy in DASHES if any(policy == other for other, _ in lines)]
    rows = [("", away, f"{away} % of visits away") for away in shares]
    rows += [None] + [(policy, None, policy) for policy in policies]
    out = []
    for place, row in enumerate(rows):
        if row:
            y = TOP + 10 + 22 * place
            out.append(f'<path d="M{left} {y}h36" {stroke(lines, *row[:2])}/>'
                       f'<text x="{left + 44}" y="{y + 4}">{row[2]}</text>')
    return out


def draw(lines):
    right = LEFT + WIDTH + GAP
    width, height = right + WIDTH + 200, TOP + HEIGHT + 60
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        'font-family="sans-serif" font-size="13"><style>.grid{stroke:#ddd}'
        ".title{font-size:15px;font-weight:bold}</style>"
        f'<rect width="{width}" height="{height}" fill="white"/>',
        *panel(lines, 1, LEFT, "Paid beyond the limits, of what is due"),
        *panel(lines, 2, right, "Paid by people first, of what is due"),
        *legend(lines, right + WIDTH + 20), "</svg>"]) + "\n"


def main():
    points, target = sys.argv[1:3]
    with open(target, "w", encoding="utf-8") as file:
        file.write(draw(read(points)))


if __name__ == "__main__":
    main()
