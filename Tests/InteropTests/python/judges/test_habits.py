"""Habits that look like others, as `simnet generate --habits all` plants them: who is joined, and who must not be."""

import csv
import gzip
import itertools
from collections import defaultdict

import pytest

from operator_networks import derived, generated, owners

#: Owners whose servers are one likely operator.
JOINED = ["over-weeks", "own-issuer", "renewed-keys"]
#: Owners (by how their names begin) of whom no two have servers in one likely operator.
APART = ["authority-stranger-", "first-boot-", "user-group-", "dynamic-", "rented-", "tutorial-", "one-address-"]
#: Owners that may be joined as *likely*, which reads "possibly", and never better.
AT_MOST_LIKELY = ["platform-care-", "domain-", "rela", "many-domains"]


@pytest.fixture(scope="module", params=[1, pytest.param(2, marks=pytest.mark.soak)])
def network(request, tmp_path_factory):
    """Server id -> owner, and each server's row, of a network with every habit over three epochs."""
    scenario = generated(400 + request.param, 60, habits="all")
    dataset = derived(scenario, tmp_path_factory.mktemp("habits") / "network", epochs=3)
    with gzip.open(dataset.folder("cluster") / "operators.csv.gz", "rt", newline="") as file:
        member = {row["server_id"]: row for row in csv.DictReader(file)}
    return owners(dataset), member


def servers(owner, start):
    return sorted(server for server, who in owner.items() if who.startswith(start))


@pytest.mark.parametrize("name", JOINED)
def test_servers_of_one_owner_are_one_operator(network, name):
    owner, member = network
    found = {member[server]["operator_id"] for server in servers(owner, name)}
    assert len(servers(owner, name)) >= 3 and len(found) == 1


def test_a_key_that_issues_for_one_owner_makes_a_probable_operator(network):
    owner, member = network
    assert {member[server]["label"] for server in servers(owner, "own-issuer")} == {"probable"}


@pytest.mark.parametrize("start", APART)
def test_strangers_stay_apart(network, start):
    owner, member = network
    mine = servers(owner, start)
    assert len(mine) >= 2
    for a, b in itertools.combinations(mine, 2):
        assert owner[a] == owner[b] or member[a]["operator_id"] != member[b]["operator_id"], (owner[a], owner[b])


@pytest.mark.parametrize("start", AT_MOST_LIKELY)
def test_what_cannot_be_told_apart_is_possibly_one_at_most(network, start):
    owner, member = network
    mine = servers(owner, start)
    assert len(mine) >= 2
    for a, b in itertools.combinations(mine, 2):
        if member[a]["operator_id"] == member[b]["operator_id"] and owner[a] != owner[b]:
            assert member[a]["label"] == "likely", (owner[a], owner[b])


def test_nobody_else_is_drawn_into_an_operator_of_a_habit(network):
    """No cluster that is confirmed or probable has two owners, whoever they are."""
    owner, member = network
    clusters = defaultdict(set)
    for server, who in owner.items():
        if member[server]["label"] in ("confirmed", "probable"):
            clusters[member[server]["operator_id"]].add(who)
    assert not {name: who for name, who in clusters.items() if len(who) > 1}


def test_texts_that_one_contact_joins_are_declared(network):
    owner, member = network
    assert len({member[server]["declared_id"] for server in servers(owner, "many-domains")}) == 1
