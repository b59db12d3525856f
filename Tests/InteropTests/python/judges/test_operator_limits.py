"""What likely operators cannot find, what else might, and what a real scan shows (`make evaluate`)."""

import itertools
import math
import random
import shutil
from collections import defaultdict

import pytest

from figures import SEEDS, mean, show, text
from observatory import SHARED, Dataset, content, program
from operator_networks import KEPT, LABELS, derived, generated, json_rows, kept, owners, rows

ORIGINAL = SHARED / "data" / "original-scan-2025-12"
GEOIP = SHARED / "data" / "geo" / "ipfire-country-asn-2026-08-22.mmdb.gz"
pytestmark = pytest.mark.evaluate


# MARK: Hiding

def test_detection_limit_of_an_operator_that_hides():
    """Share of the pairs of one hiding operator that are found, by its size and by how much it makes random."""
    table = []
    shares = [0, .25, .5, .75, .9, 1]
    for size in [5, 15, 40]:
        cells = []
        for share in shares:
            found = [hidden(size, share, seed) for seed in range(1, 1 + max(1, SEEDS * 3 // 10))]
            cells.append(mean([one["operator"] for one in found]))
        table.append((f"{size} servers", "  ".join(text(cell) for cell in cells)))
        assert cells[-1] <= .1, "who makes everything random is not found"
    show(f"share of a hiding operator's pairs in one likely operator, by the part of its fields that it makes random: {shares}", table)


def hidden(size, share, seed):
    scenario = generated(9000 + seed, 260, mix="appliance=.35,vps=.35,pro=.15,farm=.1,platform=.05")
    chance = random.Random(seed)
    sites = [site["id"] for site in scenario["sites"]]
    scenario["operators"].append({
        "id": "hidden", "kind": "stealth", "software": "ElectrumX 1.18.0", "randomised": share,
        "certificate": {"batch": "hidden", "age_days": 300}, "donation_address": "bcrt1qhuk38syu57tkuntshhct69kk5f4r09u6zf9ls6",
        "servers": [{"id": f"hidden-{number}", "site": chance.choice(sites)} for number in range(1, size + 1)]})
    name = f"hidden-{size}-{share}-{seed}"

    def make():
        folder = KEPT / "work" / name
        try:
            dataset = derived(scenario, folder)
            owner = owners(dataset)
            mine = sorted(server for server, who in owner.items() if who == "hidden")
            member = {row["server_id"]: row for row in rows(dataset.folder("cluster") / "operators.csv.gz")}
            pairs = [(a, b) for i, a in enumerate(mine) for b in mine[i + 1:]]
            return {column.split("_")[0]: sum(member[a][column] == member[b][column] for a, b in pairs) / max(1, len(pairs))
                    for column in ["operator_id", "cohort_id"]}
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return kept(name, scenario, make)


# MARK: Nodes

@pytest.mark.parametrize("across_block", [False, True], ids=["without a block", "across a block"])
def test_one_node_is_seen_though_each_server_asks_it_at_its_own_second(across_block):
    """Groups of table `nodes` against the nodes that the scenario says, where answers are cached for a time of each server's own."""
    found, true, right = 0, 0, 0
    for seed in range(1, 1 + max(1, SEEDS // 3)):
        result = nodes(seed, across_block)
        found, true, right = found + result["found"], true + result["true"], right + result["right"]
    show(f"pairs with one node, {'across a block' if across_block else 'without a block'}", [
        ("true, found, right", f"{true}, {found}, {right}"),
        ("precision, recall", f"{text(right / found if found else None)}  {text(right / true if true else None)}")])
    assert right >= .95 * found


def nodes(seed, across_block):
    scenario = generated(11_000 + seed, 100, mix="appliance=.4,vps=.6")
    sites = [site["id"] for site in scenario["sites"]]
    chance = random.Random(seed)
    scenario["nodes"] = [{"id": f"node-{number}", "poll_seconds": chance.choice([5, 30, 60])} for number in range(1, 6)]
    for number in range(1, 6):
        scenario["operators"].append({
            "id": f"shared-{number}", "kind": "pro", "software": chance.choice(["ElectrumX 1.18.0", "Fulcrum 1.12.0"]),
            "backend": f"node-{number}",
            "servers": [{"id": f"shared-{number}-{k}", "site": chance.choice(sites)} for k in range(1, 5)]})
    for owner in scenario["operators"]:
        for server in owner["servers"]:
            if "backend" not in owner:
                # What nodes saw of the market differs; a draw of some hundred values would make strangers' estimates equal.
                scenario["nodes"].append({"id": f"node of {server['id']}", "estimate_percent": chance.randint(80, 125)})
                server["backend"] = f"node of {server['id']}"
            if across_block:
                # A block comes, and each server asks its node for what it has cached at a moment of its own.
                server["deviations"] = server.get("deviations", []) + [{"kind": "block-in-midst", "requests": chance.randint(1, 150)}]
    name = f"nodes-{seed}-{across_block}"

    def make():
        folder = KEPT / "work" / name
        try:
            dataset = derived(scenario, folder)
            owner = owners(dataset)
            groups = {}
            for row in rows(dataset.folder("cluster") / "nodes.csv.gz"):
                groups.setdefault((row["scan"], row["node_id"]), []).append(row["server_id"])
            found = {tuple(sorted((a, b))) for members in groups.values() for a in members for b in members if a < b}
            pairs = {tuple(sorted((a, b))) for a in owner for b in owner
                     if a < b and owner[a] == owner[b] and owner[a].startswith("shared-")}
            # An onion service that is not known to be its clearnet twin's is a server of its own, with the twin's node.
            strangers = {pair for pair in found if owner.get(pair[0]) != owner.get(pair[1])}
            return {"found": len(found & pairs | strangers), "true": len(pairs), "right": len(found & pairs)}
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return kept(name, scenario, make)


# MARK: Rhythm

def test_what_sixty_epochs_of_ups_and_downs_are_worth():
    """The Bayes factor of common outages and changes of version (no weight of the method): is it greater for pairs of one owner?"""
    scenario = generated(12_001, 80, mix="vps=.4,pro=.4,farm=.2")

    def make():
        folder = KEPT / "work" / "rhythm"
        try:
            dataset = derived(scenario, folder, epochs=60)
            owner = owners(dataset)
            member = {row["server_id"]: row for row in rows(dataset.folder("cluster") / "operators.csv.gz")}
            factors = rhythm(dataset, owner)
            one = sorted(value for (a, b), value in factors.items() if owner[a] == owner[b])
            two = sorted(value for (a, b), value in factors.items() if owner[a] != owner[b])
            missed = [value for (a, b), value in factors.items()
                      if owner[a] == owner[b] and member[a]["operator_id"] != member[b]["operator_id"]]
            greater = sum(sum(x > y for y in two) + .5 * sum(x == y for y in two) for x in one)
            return {"auc": greater / (len(one) * len(two)), "one": len(one), "two": len(two), "missed": len(missed),
                    "missed_over_5_bits": sum(value > 5 for value in missed), "false_over_5_bits": sum(value > 5 for value in two)}
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    result = kept("rhythm", scenario, make, 60)
    show("rhythm over 60 epochs", [(name, text(value) if isinstance(value, float) else value) for name, value in result.items()])
    assert result["one"] > 0 and result["two"] > 0


def rhythm(dataset, owner, kappa=.85):
    """log2 of the Bayes factor of each pair: onsets of down and version changes by scan, against their rate among the others."""
    scans = dataset.scans()
    place = {scan: number for number, scan in enumerate(scans)}
    told = defaultdict(dict)
    for row in rows(dataset.folder("featurize") / "timelines.csv.gz"):
        if row["server_id"] in owner:
            told[row["server_id"]][place[row["scan"]]] = (row["state"], row["software_version"])
    events = {}
    for server, states in told.items():
        events[server] = {}
        version = None
        for now in range(len(scans)):
            state, said = states.get(now, ("unknown", ""))
            before = states.get(now - 1, ("unknown", ""))[0]
            if state in ("up", "down") and before in ("up", "down"):
                events[server][now] = before == "up" and state == "down" or bool(version and said and said != version)
            version = said or version
    servers = sorted(events)
    holders, known = [0] * len(scans), [0] * len(scans)
    for server in servers:
        for now, is_event in events[server].items():
            known[now] += 1
            holders[now] += is_event
    overall = (sum(holders) + .5) / (sum(known) + 1)
    factors = {}
    for a, b in itertools.combinations(servers, 2):
        common = sorted(events[a].keys() & events[b].keys())
        logs = []
        for rho, weight in zip((.003, .01, .03, .1), (.4, .3, .2, .1)):
            total = math.log2(weight)
            for now in common:
                x, y = events[a][now], events[b][now]
                r = (holders[now] - x - y + 2 * overall) / (known[now] - 2 + 2)
                r = min(.999, max(1e-6, r))
                null = (r * r, r * (1 - r), (1 - r) ** 2)[2 - x - y]
                both = (kappa * kappa, kappa * (1 - kappa), (1 - kappa) ** 2)[2 - x - y]
                total += math.log2((rho * both + (1 - rho) * null) / null)
            logs.append(total)
        most = max(logs)
        factors[a, b] = most + math.log2(sum(2 ** (value - most) for value in logs))
    return factors


# MARK: The scan of December 2025

def test_pairs_of_one_domain_are_found_without_their_names(tmp_path):
    """A check that needs no truth: leave the name group out, and see what the other groups find of the servers of one domain."""
    if not ORIGINAL.exists():
        pytest.skip("the original project's scan is not here")
    database = tmp_path / "geoip.mmdb"
    database.write_bytes(content(GEOIP))
    dataset = Dataset(tmp_path / "original", (database,))
    result = program("collect", "import", ORIGINAL, "--output", dataset.raw, "--quiet", timeout=600)
    assert result.returncode == 0, result.stderr
    for stage in ["normalize", "featurize", "cluster"]:
        result = dataset.run(stage, timeout=600)
        assert result.returncode == 0, result.stderr
    folder = dataset.folder("cluster")
    member = {row["server_id"]: row for row in rows(folder / "operators.csv.gz")}
    without = {row["server_id"]: row["operator_id"] for row in rows(folder / "operator_bands.csv.gz")
               if row["variant"] == "without-name"}
    named = {row["value"] for row in rows(folder / "shared_values.csv.gz") if row["rule"] == "operator.same-domain"}
    domains = {row["server_id"]: set(filter(None, row["registrable_domains"].split(";"))) & named
               for row in rows(dataset.folder("featurize") / "profiles.csv.gz") if row["server_id"] in without}
    pairs = list(itertools.combinations(sorted(without), 2))
    same = [(a, b) for a, b in pairs if domains[a] & domains[b]]
    found = [(a, b) for a, b in same if without[a] == without[b]]
    across = [(a, b) for a, b in pairs if member[a]["operator_id"] == member[b]["operator_id"] and not domains[a] & domains[b]]
    links = {(link["server_a"], link["server_b"]): link for link in json_rows(folder / "links.jsonl.gz")}
    show("the scan of December 2025", [
        ("pairs of one domain, no provider's", len(same)), ("of them one operator without names", len(found)),
        ("pairs across domains in one operator", len(across)),
        ("clusters by label", {label: len({row["operator_id"] for row in member.values() if row["label"] == label}) for label in LABELS})])
    show("pairs across domains, with their evidence", [
        (f"{a} {b}", f"{member[a]['label']}: " + ("; ".join(
            f"{one['rule']} {one['value'][:50]} {one['bits']:.1f}" for one in links[a, b]["agreements"]) if (a, b) in links
            else "by others of its cluster")) for a, b in across[:60]])
    # Whatever is called an operator has a spanning set of listed links, each with evidence above nothing.
    clusters = defaultdict(set)
    for server, row in member.items():
        if row["label"] in LABELS:
            clusters[row["operator_id"]].add(server)
    for servers in clusters.values():
        spanning = [pair for pair, link in links.items() if link["spanning"] and set(pair) <= servers]
        assert len(spanning) == len(servers) - 1
        assert all(any(one["bits"] > 0 for one in links[pair]["agreements"]) for pair in spanning)
    # A cohort alone makes no operator.
    for row in member.values():
        if row["label"] == "single":
            assert row["operator_servers"] == "1"
