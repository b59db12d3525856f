"""Lifetimes in lists, counted again from the list's own rows, and survival by SciPy (R-8)."""

import csv
import gzip
import io
import json
import statistics
from collections import defaultdict
from datetime import datetime, timezone

import pytest
from scipy.stats import CensoredData, ecdf

from observatory import ROOT, SHARED, Dataset, content, make

INVENTED = ROOT / "Tests" / "PipelineTests" / "Listings" / "invented-panel.jsonl"
ELECTRUM = SHARED / "data" / "server-lists" / "electrum_default_servers_panel.jsonl.gz"
DAY = 86400


@pytest.fixture(params=[INVENTED, ELECTRUM], ids=["invented", "electrum"], scope="module")
def panel(request, tmp_path_factory):
    """The list's rows, and what Make makes of them."""
    if not request.param.exists():
        pytest.skip("the history of Electrum's list is not here")
    store = tmp_path_factory.mktemp("store")
    result = make(store, "DATASET=panel", f"IMPORT={request.param}", "VERSION=0.1.0")
    assert result.returncode == 0, result.stdout + result.stderr
    opening = gzip.open if request.param.suffix == ".gz" else open
    with opening(request.param, "rt") as file:
        rows = [json.loads(line) for line in file]
    rows = [r for r in rows if r["network"] == "mainnet" and r.get("mainline") is not False]
    return rows, Dataset(store / "panel")


def table(path):
    return list(csv.DictReader(io.StringIO(content(path).decode(), newline="")))


def lives(rows):
    """(list, host) -> spells as [came, gone or None], and the last state of the list, in seconds."""
    states = defaultdict(lambda: defaultdict(set))
    for row in rows:
        name = row.get("list") or row.get("source_repo") or "servers.json"
        time = int(datetime.fromisoformat(row["commit_date"]).astimezone(timezone.utc).timestamp())
        states[name][time].add(row["host"].lower())
    found = {}
    for name, at in states.items():
        times = sorted(at)
        for host in set().union(*at.values()):
            present = [host in at[t] for t in times]
            spells = [[times[i], None] for i in range(len(times)) if present[i] and (i == 0 or not present[i - 1])]
            for spell in spells:
                spell[1] = next((t for t, p in zip(times, present) if t > spell[0] and not p), None)
            found[name, host] = spells, times[-1], sum(present)
    return found


def test_lifetimes_are_those_of_the_rows(panel):
    rows, dataset = panel
    expected = lives(rows)
    written = table(dataset.folder("featurize") / "listings.csv.gz")
    assert {(r["source"], r["host"]) for r in written} == set(expected)
    for row in written:
        spells, end, states = expected[row["source"], row["host"]]
        days = sum((gone or end) - came for came, gone in spells) / DAY
        assert float(row["days_listed"]) == pytest.approx(days, rel=1e-8)
        assert (int(row["spells"]), int(row["states_listed"])) == (len(spells), states)
        assert row["still_listed"] == ("true" if spells[-1][1] is None else "false")
        assert (row["gone_at"] == "") == (spells[-1][1] is None)


@pytest.mark.parametrize("departure", ["first", "last"])
def test_survival_is_that_of_scipy(panel, departure):
    rows, dataset = panel
    by_list = defaultdict(lambda: ([], []))
    for (name, _), (spells, end, _) in lives(rows).items():
        gone = spells[0 if departure == "first" else -1][1]
        by_list[name][gone is None].append(((gone or end) - spells[0][0]) / DAY)
    written = table(dataset.folder("featurize") / "listing_survival.csv.gz")
    assert {r["source"] for r in written} == set(by_list)
    for name, (left, censored) in by_list.items():
        steps = [r for r in written if r["source"] == name and r["departure"] == departure]
        curve = ecdf(CensoredData(uncensored=left, right=censored)).sf
        interval = curve.confidence_interval(confidence_level=0.95, method="log-log")
        assert [float(r["days"]) for r in steps] == pytest.approx(list(curve.quantiles), rel=1e-8)
        assert [float(r["survival"]) for r in steps] == pytest.approx(list(curve.probabilities), rel=1e-7, abs=1e-12)
        for index, row in enumerate(steps):
            if 0 < curve.probabilities[index] < 1:
                assert float(row["low"]) == pytest.approx(interval.low.probabilities[index], rel=1e-6)
                assert float(row["high"]) == pytest.approx(interval.high.probabilities[index], rel=1e-6)
            else:
                assert row["low"] == row["high"] == ""


def test_both_tables_are_published(panel):
    _, dataset = panel
    for name in ("listings", "listing_survival"):
        published = content(dataset.published / "data" / f"{name}.csv.gz")
        header, rows = content(dataset.folder("featurize") / f"{name}.csv.gz").split(b"\n", 1)
        assert published == b'"' + header.replace(b",", b'","') + b'"\n' + rows
        assert name in (dataset.published / "DATA-DICTIONARY.md").read_text()


def test_half_of_electrums_hosts_stayed_1173_days(panel):
    rows, dataset = panel
    if len(rows) < 1000:
        pytest.skip("this is the invented panel")
    written = table(dataset.folder("featurize") / "listings.csv.gz")
    assert round(statistics.median(float(r["days_listed"]) for r in written)) == 1173
