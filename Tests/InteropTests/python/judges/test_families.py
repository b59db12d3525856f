"""Behaviour families against what was planted, on generated networks that no default was chosen by (`make evaluate`).

Variants are the releases of the servers' software. Beside the families stand what the servers say they are and
HDBSCAN on plain Gower distances. In each network one server is planted that does not have the transactions it lists:
it must be an outlier, with the probe in which that shows, and only that, named. (What changes the value of an answer
and not its form, as most planted deviations do, is for the indicators of `score`.)
"""

import csv
import gzip
import json
import math
import statistics

import pytest

from observatory import Dataset, program

SEEDS = range(41001, 41013)
SERVERS = 200
LEAST_AGREEMENT = 0.90
ODD = {"kind": "missing-transactions", "share": 1}
ODD_PROBE = "transaction.get."

pytestmark = pytest.mark.evaluate


def rows(path):
    with gzip.open(path, "rt") as file:
        return [json.loads(line) for line in file]


def table(path):
    with gzip.open(path, "rt") as file:
        return list(csv.DictReader(file))


def planted(scenario, seed):
    """Plants what is odd at a server of popular software that stands alone at its operator; the server's name."""
    # Servers of the onion network alone are not asked everything.
    alone = [operator["servers"][0] for operator in scenario["operators"]
             if len(operator["servers"]) == 1 and operator.get("software", "").startswith("ElectrumX")
             and operator["servers"][0].get("names")]
    server = alone[seed % len(alone)]
    server["deviations"] = [ODD]
    return server["id"]


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
        result = program("simnet", "write", "--scenario", scenario, "--output", folder / "raw", "--epochs", 1,
                         "--directory", folder / "simnet", "--quiet")
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


def test_a_planted_odd_behaviour_is_an_outlier_and_its_probes_are_named(networks):
    missed, named, listed = [], 0, []
    for seed, dataset, _, chosen in networks:
        [scan] = dataset.scans()
        reached = {(row["address"], row["port"], row["transport"]): row["server_id"]
                   for row in table(dataset.path / "normalized" / scan / "endpoints.csv.gz")}
        places = [(row["address"], str(row["port"]), row["transport"])
                  for row in rows(dataset.path / "simnet" / "truth.jsonl.gz") if row["server"] == chosen]
        servers = {reached[place] for place in places if place in reached}
        classed = {row["server_id"] for row in table(dataset.path / "clusters" / "behaviour_classes.csv.gz")
                   if row["class_id"]}
        outliers = rows(dataset.path / "clusters" / "behaviour_outliers.jsonl.gz")
        listed.append(len(outliers))
        for server in sorted(servers & classed):
            named += 1
            row = next((row for row in outliers if server in row["servers"]), None)
            if row is None or not row["differing_probes"] or not all(
                    probe.startswith(ODD_PROBE) for probe in row["differing_probes"]):
                missed.append((seed, server, row))
    print(f"\n{named} planted servers were classed, {named - len(missed)} are outliers with their probes named; "
          f"{statistics.mean(listed):.1f} outliers a network")
    for each in missed:
        print("  missed:", *each)
    assert named >= len(networks) * 3 // 4
    assert not missed
