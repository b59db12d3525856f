"""`cluster` against an independent implementation of the linkage: bits of every pair, partitions and labels."""

import csv
import gzip
import json
import sys
from pathlib import Path

import pytest

from observatory import Dataset, program

JUDGE = Path(__file__).parents[1] / "support" / "linkage"
GROUPS = {"config": "texts", "backend": "node"}
#: Seeds of generated networks, one of them with every habit that looks like another; the shipped scenarios beside them.
NETWORKS = ["generated-1", "generated-2", "habits-11", "demo", "framing", "farms", "platform-clones",
            *(pytest.param(name, marks=pytest.mark.soak)
              for name in (*(f"generated-{seed}" for seed in range(3, 11)), "honest-300"))]


@pytest.fixture(scope="module")
def judge():
    sys.path.insert(0, str(JUDGE))
    try:
        import data
        import model
        yield data, model
    finally:
        sys.path.remove(str(JUDGE))


@pytest.fixture(scope="module", params=NETWORKS)
def network(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    scenario = request.param
    kind, _, seed = request.param.partition("-")
    if kind in ("generated", "habits"):
        scenario = folder / "scenario.json"
        habits = ["--habits", "all"] if kind == "habits" else []
        result = program("simnet", "generate", "--seed", seed, "--servers", 120, *habits, "--output", scenario)
        assert result.returncode == 0, result.stderr
    result = program("simnet", "write", "--scenario", scenario, "--output", folder / "raw", "--epochs", 1,
                     "--directory", folder / "simnet", "--quiet")
    assert result.returncode == 0, result.stderr
    dataset = Dataset(folder, tuple(sorted((folder / "simnet").glob("*.mmdb"))))
    parameters = folder / "cluster.json"
    parameters.write_text(json.dumps({"links_per_value": 100000}))
    for stage, options in [("normalize", ()), ("featurize", ()), ("cluster", ("--parameters", parameters))]:
        result = dataset.run(stage, *options)
        assert result.returncode == 0, result.stderr
    return dataset


def operators(dataset):
    with gzip.open(dataset.folder("cluster") / "operators.csv.gz", "rt", newline="") as file:
        return {row["server_id"]: row for row in csv.DictReader(file)}


def links(dataset):
    with gzip.open(dataset.folder("cluster") / "links.jsonl.gz", "rt") as file:
        return [json.loads(line) for line in file]


def test_bits_partitions_and_labels_are_the_judges(network, judge):
    data, model = judge
    servers, scans = data.load(str(network.path))
    assert len(servers) > 10
    expected = model.fit(servers, scans)
    ids = [server["id"] for server in servers]
    place = {name: index for index, name in enumerate(ids)}
    bits = {}
    for link in links(network):
        assert abs(link["prior"] + sum(a["bits"] for a in link["agreements"]) - link["bits"]) < 1e-9
        assert link["prior"] == pytest.approx(expected.prior, abs=1e-9)
        bits[place[link["server_a"]], place[link["server_b"]]] = {a["group"]: a["bits"] for a in link["agreements"]}
    for i in range(len(ids)):
        for j in range(i + 1, len(ids)):
            ours = bits.get((i, j), {})
            for group in model.GROUPS:
                # The judge notes an agreement of no worth as 1e-9 bits.
                assert ours.get(GROUPS.get(group, group), 0.0) == pytest.approx(float(expected.bits[group][i, j]), abs=2e-9), \
                    (ids[i], ids[j], group)
    found = operators(network)
    for column, partition in [("operator_id", expected.operator), ("identity_id", expected.identity),
                              ("declared_id", expected.declared)]:
        assert same([found[name][column] for name in ids], partition), column
    assert [found[name]["label"] for name in ids] == list(expected.label)


def same(one, other):
    pairs = set(zip(one, other))
    return len(pairs) == len(set(one)) == len(set(other))
