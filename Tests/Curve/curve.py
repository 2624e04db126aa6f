#!/usr/bin/env python3
"""Draws overspend and fallback against days offline from what the simulation measured.

    curve.py POINTS.csv OUT.svg

One panel for what funds pay beyond the yearly limits, one for what people pay first and get back
later; a line for every share of visits away from home, a dash pattern for every policy.
"""

import collections
import csv
import sys

COLOURS = ["#1b6ca8", "#3f9142", "#c77d0a", "#b3261e", "#6b3fa0"]
DASHES = {"optimistic": "", "strict": "6 4", "floor": "2 3"}
WIDTH, HEIGHT, LEFT, TOP, GAP = 380, 260, 70, 60, 110


def read(path):
    """{(policy, away): [(days offline, overspend in percent, fallback in percent)]}"""
    lines = collections.defaultdict(list)
    with open(path, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            due = max(1, int(row["due"]))
            lines[row["policy"], int(row["away_percent"])].append(
                (int(row["days_offline"]), 100 * int(row["overspent"]) / due,
                 100 * int(row["provisional"]) / due))
    return lines


def panel(lines, which, left, title):
    longest = max(point[0] for points in lines.values() for point in points)
    most = max(5, max(point[which] for points in lines.values() for point in points)) * 1.1
    out = [f'<text x="{left}" y="{TOP - 16}" class="title">{title}</text>']
    for step in range(5):
        value, y = most * step / 4, TOP + HEIGHT * (1 - step / 4)
        out.append(f'<line x1="{left}" y1="{y:.1f}" x2="{left + WIDTH}" y2="{y:.1f}" class="grid"/>'
                   f'<text x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{value:.0f} %</text>')
    for day in sorted({point[0] for points in lines.values() for point in points}):
        x = left + WIDTH * day / longest
        out.append(f'<text x="{x:.1f}" y="{TOP + HEIGHT + 18}" text-anchor="middle">{day}</text>')
    out.append(f'<text x="{left + WIDTH / 2}" y="{TOP + HEIGHT + 38}" text-anchor="middle">'
               "days between two syncs</text>")
    shares = sorted({away for _, away in lines})
    for (policy, away), points in sorted(lines.items()):
        path = " ".join(f"{left + WIDTH * day / longest:.1f},{TOP + HEIGHT * (1 - value / most):.1f}"
                        for day, value in ((p[0], p[which]) for p in sorted(points)))
        out.append(f'<polyline points="{path}" fill="none" stroke-width="2" '
                   f'stroke="{COLOURS[shares.index(away) % len(COLOURS)]}" '
                   f'stroke-dasharray="{DASHES.get(policy, "")}"/>')
    return out


def draw(lines):
    right = LEFT + WIDTH + GAP
    width, height = right + WIDTH + 170, TOP + HEIGHT + 60
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
           'font-family="sans-serif" font-size="12"><style>.grid{stroke:#ddd}'
           ".title{font-size:15px;font-weight:bold}</style>"
           f'<rect width="{width}" height="{height}" fill="white"/>']
    out += panel(lines, 1, LEFT, "Paid beyond the limits, of what is due")
    out += panel(lines, 2, right, "Paid by people first, of what is due")
    for row, (policy, away) in enumerate(sorted(lines)):
        y = TOP + 10 + 20 * row
        shares = sorted({share for _, share in lines})
        out.append(f'<line x1="{right + WIDTH + 16}" y1="{y}" x2="{right + WIDTH + 44}" y2="{y}" '
                   f'stroke="{COLOURS[shares.index(away) % len(COLOURS)]}" stroke-width="2" '
                   f'stroke-dasharray="{DASHES.get(policy, "")}"/>'
                   f'<text x="{right + WIDTH + 50}" y="{y + 4}">{policy}, {away} % away</text>')
    return "\n".join([*out, "</svg>"]) + "\n"


def main():
    points, target = sys.argv[1:3]
    with open(target, "w", encoding="utf-8") as file:
        file.write(draw(read(points)))


if __name__ == "__main__":
    main()
