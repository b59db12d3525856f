"""Figures for people, of evaluations over many networks."""

import os
import statistics

#: Seeds of each network; OBSERVATORY_EVALUATE_SEEDS takes fewer.
SEEDS = int(os.environ.get("OBSERVATORY_EVALUATE_SEEDS", 10))


def mean(values):
    values = [value for value in values if value is not None]
    return statistics.fmean(values) if values else None


def text(value):
    return "   –" if value is None else f"{value:4.2f}"


def show(title, table):
    print(f"\n{title}")
    for name, cells in table:
        print(f"  {name:44} {cells}")
