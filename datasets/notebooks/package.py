"""A published package as pandas tables, with the types that its datapackage.json states.

Every notebook of this folder begins with it. The package is found by OBSERVATORY_PACKAGE, or in the
folder above the notebook, or it is the demo of the clone; nothing else is read, and nothing is fetched.
"""

import gzip
import html
import json
import os
from pathlib import Path

import pandas as pd

KINDS = {"integer": "Int64", "number": "float64", "boolean": "boolean", "string": "str", "datetime": "str"}

# What a published cell escapes, but for `;` in a list: there `;` separates.
ESCAPE = r"\\(?:u(?!003b)([0-9a-f]{4})|U([0-9a-f]{8})|([^uU]))"


def unescaped(found):
    return found[3] or chr(int(found[1] or found[2], 16))


class Package:
    """The tables of one package. `package["servers"]` loads one, as often as it is asked for it."""

    def __init__(self, folder=None):
        self.folder = Path(folder) if folder else found()
        descriptor = self.folder / "datapackage.json"
        if not descriptor.exists():
            raise FileNotFoundError(
                f"{self.folder} is no published package: it has no datapackage.json. Make one with `make`, or "
                "set OBSERVATORY_PACKAGE to the folder of a package that you downloaded.")
        self.about = json.loads(descriptor.read_text(encoding="utf-8"))
        self.resources = {resource["name"]: resource for resource in self.about["resources"]}

    def __getitem__(self, name):
        if name not in self.resources:
            raise KeyError(
                f"the package {self.about.get('title', self.folder)} (version {self.about.get('version', '?')}) has no "
                f"table {name}; it has {', '.join(sorted(self.resources))}. Tables differ between versions of the data.")
        resource = self.resources[name]
        path = self.folder / resource["path"]
        if not path.exists():
            raise FileNotFoundError(f"{path} is missing: the package was not downloaded whole (sha256sum -c SHA256SUMS)")
        fields = resource["schema"]["fields"]
        if ".jsonl" in path.name:
            table = pd.read_json(path, lines=True, convert_dates=False, dtype=False)
            return table.reindex(columns=[field["name"] for field in fields])
        types = {field["name"]: KINDS[field["type"]] for field in fields}
        table = pd.read_csv(path, dtype=types, keep_default_na=False, na_values=[""])
        self.restore(name, table)
        for field in fields:
            column = field["name"]
            if field["type"] == "datetime":
                table[column] = pd.to_datetime(table[column], utc=True, format="ISO8601")
            elif field["type"] == "string":
                table[column] = table[column].str.replace(ESCAPE, unescaped, regex=True)
        return table

    def restore(self, name, table):
        """Puts cells that were cut for spreadsheets back whole."""
        path = self.folder / "data" / "long_values.jsonl.gz"
        if not path.exists():
            return
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for cell in map(json.loads, lines):
                if cell["table"] == name:
                    table.loc[cell["row"], cell["column"]] = cell["value"]

    def last_scan(self, name):
        """The rows of the last scan, of a table that has rows of every scan."""
        scans = self["scans"].sort_values("started_at")
        return self[name][lambda rows: rows["scan"] == scans["scan"].iloc[-1]].copy()

    def answers(self, question):
        """What the package answers to a research question, a row an answer."""
        rows = self["answers"]
        return rows[rows["question"].astype(str) == str(question)]

    def __repr__(self):
        scans = self["scans"]
        simulated = " of a simulated network: test data" if scans["simulated"].fillna(False).all() else ""
        return (f"{self.about.get('title', self.folder.name)}, version {self.about.get('version', '?')}: "
                f"{len(scans)} scans{simulated}, {len(self.resources)} tables")


def found():
    if "OBSERVATORY_PACKAGE" in os.environ:
        return Path(os.environ["OBSERVATORY_PACKAGE"])
    if (Path.cwd().parent / "datapackage.json").exists():
        return Path.cwd().parent
    published = Path.cwd().parent / "demo" / "published"
    versions = sorted(published.glob("*/datapackage.json"), key=lambda path: path.stat().st_mtime)
    return versions[-1].parent if versions else published / "0.1.0"


def plain(text):
    """A text of a stranger as a picture may show it: one line, no control, no direction mark, no markup."""
    shown = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in str(text))
    shown = shown.replace("$", "\N{FULLWIDTH DOLLAR SIGN}")
    return shown if len(shown) <= 60 else shown[:59] + "\N{HORIZONTAL ELLIPSIS}"


def shown(table, rows=20):
    """A table as a notebook may show it: texts of strangers escaped, so that none of them is markup."""
    from IPython.display import HTML
    head = table.head(rows)
    cells = [[html.escape(plain("unknown" if missing(cell) else cell)) for cell in row]
             for row in head.itertuples(index=False)]
    lines = ["<tr>" + "".join(f"<th>{html.escape(str(name))}</th>" for name in head.columns) + "</tr>"]
    lines += ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in cells]
    rest = f"<p>{len(table) - len(head)} more rows</p>" if len(table) > len(head) else ""
    return HTML("<table>" + "".join(lines) + "</table>" + rest)


def missing(cell):
    return not isinstance(cell, (list, dict)) and bool(pd.isna(cell))
