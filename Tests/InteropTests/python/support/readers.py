"""Published tables by the readers that people use, through the lines of code that our texts print."""

import csv
import gzip
import json
import os
import re
from pathlib import Path

import duckdb
import frictionless
import pandas as pd
import polars as pl

from observatory import ROOT

READERS = {"pandas": "pd.", "polars": "pl.", "duckdb": "duckdb."}


def blocks(path):
    """The Python that a text prints."""
    return re.findall(r"^ *```python\n(.*?)^ *```", Path(path).read_text(), re.S | re.M)


def run(code, folder, names=None):
    """Runs printed code in a folder, as a reader would."""
    names = {} if names is None else names
    before = os.getcwd()
    os.chdir(folder)
    try:
        exec(code, names)  # the package and its texts are ours, made a moment ago
        return names
    finally:
        os.chdir(before)


def resources(package):
    return json.loads((package / "datapackage.json").read_text())["resources"]


def tables(package):
    """The CSV tables by name."""
    return {r["name"]: package / r["path"] for r in resources(package) if r["path"].endswith(".csv.gz")}


def cells(path):
    """Header and rows as Python's own csv reads them, with its defaults."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def line_of(reader):
    """The line of the project's README that loads a table as text."""
    line, = [line for line in blocks(ROOT / "README.md")[0].splitlines() if line.startswith(f"servers = {READERS[reader]}")]
    return line


def as_text(package, name, reader):
    """A table, loaded by the README's line for another one."""
    names = {"pd": pd, "pl": pl, "duckdb": duckdb, "data": f"{package}/data/"}
    exec(line_of(reader).replace("servers.csv", f"{name}.csv"), names)
    return names["servers"]


def of_all(frame):
    """The rows of any reader's table, with None for an empty cell."""
    if isinstance(frame, pd.DataFrame):
        return [tuple(None if value is pd.NA else value for value in row) for row in frame.itertuples(index=False, name=None)]
    return frame.rows() if isinstance(frame, pl.DataFrame) else frame.fetchall()


def faults(package):
    """What a reader cannot read, or reads otherwise than Python's csv; what frictionless complains of."""
    report = frictionless.validate(str(package / "datapackage.json"))
    found = [(task.place, error.type, error.note) for task in report.tasks for error in task.errors]
    found += [error.note for error in report.errors]
    for name, path in tables(package).items():
        header, *rows = cells(path)
        expected = [tuple(cell or None for cell in row) for row in rows]
        for reader in READERS:
            frame = as_text(package, name, reader)
            if list(frame.columns) != header or of_all(frame) != expected:
                found.append((name, reader))
    names = run(blocks(package / "README.md")[0], package)
    for resource in resources(package):
        frame = run(f"frame = table({resource['name']!r})", package, names)["frame"]
        if list(frame.columns) != [field["name"] for field in resource["schema"]["fields"]] or len(frame) != resource["row_count"]:
            found.append((resource["name"], "the package's own code"))
    return found
