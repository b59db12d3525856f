"""Behaviour families against what was planted, on generated networks that no default was chosen by (`make evaluate`).

Variants are the releases of the servers' software. Beside the families stand what the servers say they are and
HDBSCAN on plain Gower distances. In each network a server of each kind of oddity is planted, each at another operator:
how many are classed, listed as outliers, and listed with a probe in which the oddity shows and no other, is printed by
kind. The rule for small classes was found on seeds 41001 to 41012 and the first kind; these seeds are fresh, and nothing
was chosen by them.
"""

import csv
import gzip
import json
import math
import statistics

import pytest

from observatory import Dataset, program

SEEDS = range(42001, 42013)
SERVERS = 200
LEAST_AGREEMENT = 0.90
# What is planted, and how the ids of the probes begin in which it shows.
ODD = {
    "has no transaction that it lists": ({"kind": "missing-transactions", "share": 1}, ("transaction.get.",)),
    "lists no transaction": (
        {"kind": "history-omission", "share": 1},
        ("history.", "status.", "wallet.status.", "alone.", "transaction.", "block.header.newest",
         "block.header.oldest", "block.header.drawn", "client.wallet.history.")),
    "errors with a stranger's words": (
        {"kind": "phishing-errors", "text": "Your wallet is out of date. Download: https://wallet-update.example/now"},
        ("malformed.", "removed.", "wallet.balance.xpub", "block.header.above-tip", "transaction.id_from_pos",
         "server.version.second")),
    # All its replies are written anew, so that any probe may show it.
    "a proxy writes its replies anew": ({"kind": "reserialises"}, ("",)),
    # Shows in service times, which are no probe's answers.
    "answers late": ({"kind": "slow", "delay_ms": 400}, ()),
}
# Of those of the first kind that are classed, at least this share has to be listed with its probes.
LEAST_NAMED = 0.75
# Rules of conduct keep a scan from nothing here: the questions that errors answer are those of a full plan.
COLLECT = {"plan": "full"}

pytestmark = pytest.mark.evaluate


def rows(path):
    with gzip.open(path, "rt") as file:
        return [json.loads(line) for line in file]


def table(path):
    with gzip.open(path, "rt") as file:
        return list(csv.DictReader(file))


def planted(scenario, seed):
    """Plants each kind at a server of popular software that stands alone at its operator; names by kind."""
    # Servers of the onion network alone are not asked everything.
    alone = [operator["servers"][0] for operator in scenario["operators"]
             if len(operator["servers"]) == 1 and operator.get("software", "").startswith("ElectrumX")
             and operator["servers"][0].get("names")]
    chosen = {}
    for place, (kind, (deviation, _)) in enumerate(ODD.items()):
        server = alone[(seed + place * (len(alone) // len(ODD))) % len(alone)]
        server["deviations"] = [deviation]
        chosen[kind] = server["id"]
    assert len(set(chosen.values())) == len(ODD)
    return chosen


@pytest.fixture(scope="module")
def networks(tmp_path_factory):
    made = []
    for seed in SEEDS:
        folder = tmp_path_factory.mktemp(f"families-{seed}")
        scenario = folder / "scenario.json"
        result = program("simnet", "generate", "--seed", seed, "--servers", SERVERS, "--output", scenario)
        assert result.returncode == 0, result.stderr
        text = json.loads(scenario.read_text())
        chosen = planted(text, seed)
        scenario.write_text(json.dumps(text))
        parameters = folder / "collect.json"
        parameters.write_text(json.dumps(COLLECT))
        result = program("simnet", "write", "--scenario", scenario, "--output", folder / "raw", "--epochs", 1,
                         "--directory", folder / "simnet", "--parameters", parameters, "--quiet")
        assert result.returncode == 0, result.stderr
        dataset = Dataset(folder, tuple(sorted((folder / "simnet").glob("*.mmdb"))))
        for stage in ["normalize", "featurize", "cluster", "score"]:
            result = dataset.run(stage)
            assert result.returncode == 0, result.stderr
        report = folder / "evaluation.json"
        result = program("simnet", "evaluate", "--truth", folder / "simnet" / "truth.jsonl.gz", "--dataset", folder,
                         "--output", report)
        assert result.returncode == 0, result.stderr
        made.append((seed, dataset, json.loads(report.read_text()), chosen))
    return made


def test_families_are_the_planted_variants(networks):
    tasks = {"families": "behaviour-families", "exact classes": "behaviour-classes",
             "what they say": "behaviour-classes.baseline-identification",
             "Gower + HDBSCAN": "behaviour-families.baseline-gower"}
    found = {name: [report[task]["adjusted-rand"] for _, _, report, _ in networks] for name, task in tasks.items()}
    print(f"\n{len(networks)} networks of {SERVERS} servers, adjusted Rand index against planted variants:")
    for name, values in found.items():
        error = statistics.stdev(values) / math.sqrt(len(values))
        print(f"  {name}: mean {statistics.mean(values):.3f} (standard error {error:.3f}), least {min(values):.3f}")
    assert statistics.mean(found["families"]) >= LEAST_AGREEMENT
    assert statistics.mean(found["families"]) >= statistics.mean(found["Gower + HDBSCAN"]) - 0.01


def test_planted_odd_behaviours_are_outliers_and_their_probes_are_named(networks):
    counts = {kind: {"classed": 0, "listed": 0, "named": 0} for kind in ODD}
    listed = []
    for seed, dataset, _, chosen in networks:
        [scan] = dataset.scans()
        reached = {(row["address"], row["port"], row["transport"]): row["server_id"]
                   for row in table(dataset.path / "normalized" / scan / "endpoints.csv.gz")}
        truth = rows(dataset.path / "simnet" / "truth.jsonl.gz")
        classed = {row["server_id"] for row in table(dataset.path / "clusters" / "behaviour_classes.csv.gz")
                   if row["class_id"]}
        outliers = rows(dataset.path / "clusters" / "behaviour_outliers.jsonl.gz")
        listed.append(len(outliers))
        for kind, (_, beginnings) in ODD.items():
            places = [(row["address"], str(row["port"]), row["transport"])
                      for row in truth if row["server"] == chosen[kind]]
            for server in sorted({reached[place] for place in places if place in reached} & classed):
                counts[kind]["classed"] += 1
                row = next((row for row in outliers if server in row["servers"]), None)
                if row is None:
                    print(f"  {seed}: not listed: {kind}")
                    continue
                counts[kind]["listed"] += 1
                if row["differing_probes"] and all(
                        probe.startswith(beginnings) for probe in row["differing_probes"]):
                    counts[kind]["named"] += 1
                else:
                    print(f"  {seed}: listed for other probes: {kind}: {row['differing_probes'][:6]}")
    print(f"\n{len(networks)} networks, {statistics.mean(listed):.1f} outliers a network; planted:")
    for kind, count in counts.items():
        print(f"  {kind}: {count['classed']} classed, {count['listed']} listed as outliers, {count['named']} of them for "
              "the probes in which it shows alone")
    first = counts[next(iter(ODD))]
    assert first["classed"] >= len(networks) * 3 // 4
    assert first["named"] >= LEAST_NAMED * first["classed"]
