#!/usr/bin/env python3
"""Runs the day, the quotes and the screens against real binaries: run.py BINARIES"""

import sys

import custody
import day
import family
import offline
import owed
import questions
import quote
import restored
import review
import screens
import trouble
import twice
from county import Checks, County


def main():
    check = Checks()
    with County(sys.argv[1]) as county:
        quote.walk(county, check)
        day.walk(county, check)
        offline.walk(county, check)
        custody.walk(county, check)
    with County(sys.argv[1]) as county:
        screens.walk(county, check)
        review.walk(county, check)
        questions.walk(county, check)
    with County(sys.argv[1]) as county:
        county.start("office")
        county.kiosk("clinic", "sync")
        county.start("clinic")
        twice.walk(county, check)
        owed.walk(county, check)
        family.walk(county, check)
        restored.walk(county, check)
        trouble.walk(county, check)
    check.end()


if __name__ == "__main__":
    main()
