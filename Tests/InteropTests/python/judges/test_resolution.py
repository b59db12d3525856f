"""Server resolution on simulated networks, judged from the artifacts and the planted truth alone: pairs of
endpoints that are one server, pairs that are called one, and what strangers' claims came to."""

import csv
import gzip
import io
import json
from collections import Counter

import pytest

from observatory import Dataset, content, program

# 120 to 300 servers; every other network with planted deviations and operators in hiding.
GENERATED = [pytest.param(seed, id=f"seed-{seed}", marks=[pytest.mark.soak] if seed in range(3, 10) else [])
             for seed in range(1, 11)]
SHIPPED = ["demo", "farms", "platform-clones",
           *(pytest.param(name, marks=pytest.mark.soak) for name in ("framing", "stealth-sweep", "subdomain-flood-2019"))]


def pairs(counts):
    return sum(n * (n - 1) // 2 for n in counts.values())


def derive(folder, scenario, epochs=1):
    """Writes a network's scans, makes their facts, and gives the dataset with its truth."""
    result = program("simnet", "write", "--scenario", scenario, "--output", folder / "raw", "--epochs", epochs,
                     "--directory", folder / "simnet", "--quiet")
    assert result.returncode == 0, result.stderr
    dataset = Dataset(folder, tuple(sorted((folder / "simnet").glob("*.mmdb"))))
    result = dataset.run("normalize")
    assert result.returncode == 0, result.stderr
    with gzip.open(folder / "simnet" / "truth.jsonl.gz", "rt") as file:
        return dataset, [json.loads(line) for line in file]


def table(dataset, scan, name):
    text = content(dataset.folder("normalize") / scan / f"{name}.csv.gz").decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def reached(dataset, scan, truth):
    """(true server, resolved server) of each endpoint that was reached."""
    ids = {(row["address"], int(row["port"]), row["transport"]): row["server_id"]
           for row in table(dataset, scan, "endpoints") if row["reached"] == "true"}
    places = [(row["server"], (row["address"], row["port"], row["transport"])) for row in truth]
    return [(server, ids[place]) for server, place in places if place in ids]


def judge(found):
    both, true, called = (pairs(Counter(found)), pairs(Counter(server for server, _ in found)),
                          pairs(Counter(identifier for _, identifier in found)))
    assert true > 20 and called > 20, "a network with something to find"
    return both / called, both / true


@pytest.mark.parametrize("seed", GENERATED)
def test_a_generated_networks_servers_are_found(tmp_path, seed):
    hidden = ["--deviant-share", "0.3", "--randomised", "0.5"] if seed % 2 else []
    scenario = tmp_path / "network.json"
    result = program("simnet", "generate", "--seed", seed, "--servers", 100 + 20 * seed, *hidden,
                     "--output", scenario)
    assert result.returncode == 0, result.stderr
    dataset, truth = derive(tmp_path, scenario)
    precision, recall = judge(reached(dataset, dataset.scans()[0], truth))
    assert precision >= 0.999
    assert recall >= 0.95


@pytest.fixture(scope="module", params=SHIPPED)
def shipped(request, tmp_path_factory):
    return request.param, *derive(tmp_path_factory.mktemp(request.param), request.param, epochs=3)


def test_no_two_servers_of_a_shipped_scenario_are_taken_for_one(shipped):
    _, dataset, truth = shipped
    for scan in dataset.scans():
        precision, recall = judge(reached(dataset, scan, truth))
        assert precision == 1
        assert recall >= 0.95


def test_an_id_stays_with_its_server_and_goes_to_no_other(shipped):
    _, dataset, truth = shipped
    owner = {}
    for scan in dataset.scans():
        found = reached(dataset, scan, truth)
        for server, identifier in found:
            assert owner.setdefault(identifier, server) == server
    kept = Counter()
    for first, second in zip(dataset.scans(), dataset.scans()[1:]):
        before, after = (dict(reached(dataset, scan, truth)) for scan in (first, second))
        kept.update(before[server] == after[server] for server in before.keys() & after.keys())
    assert kept[True] / kept.total() > 0.99


def test_every_server_of_every_scan_has_its_line_of_descent(shipped):
    _, dataset, _ = shipped
    seen = set()
    for number, scan in enumerate(dataset.scans()):
        servers = {row["server_id"] for row in table(dataset, scan, "servers")}
        kinds = Counter()
        for row in table(dataset, scan, "lineage"):
            assert row["server_id"] in servers
            if row["kind"] in ("carried", "new", "returned"):
                kinds[row["server_id"]] += 1
                assert (row["kind"] == "new") == (row["server_id"] not in seen)
                assert (row["kind"] == "new") == (row["overlap"] == "")
            else:
                assert number > 0 and set(row["others"].split(";")) <= seen
        assert kinds == Counter(servers), "one each"
        seen |= servers


def test_the_audits_joins_are_the_servers(shipped):
    _, dataset, _ = shipped
    for scan in dataset.scans():
        endpoints = {row["endpoint_id"]: row["server_id"] for row in table(dataset, scan, "endpoints")}
        leader = {endpoint: endpoint for endpoint in endpoints}

        def find(one):
            while leader[one] != one:
                one = leader[one]
            return one
        for row in table(dataset, scan, "resolution"):
            if row["decision"] == "merged":
                leader[find(row["endpoint_a"])] = find(row["endpoint_b"])
        servers = {}
        for endpoint, server in endpoints.items():
            assert servers.setdefault(find(endpoint), server) == server
        assert len(servers) == len(set(servers.values()))


def test_who_claims_a_victim_stays_a_claim(tmp_path):
    dataset, truth = derive(tmp_path, "framing")
    victims = {row["address"] for row in truth if row["operator"] == "victim"}
    copies = {row["address"] for row in truth if row["server"].startswith("copy")}
    for scan in dataset.scans():
        address = {row["endpoint_id"]: row["address"] for row in table(dataset, scan, "endpoints")}
        rows = table(dataset, scan, "resolution")
        between = [row for row in rows
                   if {address[row["endpoint_a"]], address[row["endpoint_b"]]} & victims
                   and {address[row["endpoint_a"]], address[row["endpoint_b"]]} & copies]
        assert between, "the claims were made"
        assert {row["decision"] for row in between} == {"claimed"}
