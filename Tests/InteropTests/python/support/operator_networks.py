"""Simulated networks through the stages up to `cluster`, and likely operators against their truth."""

import csv
import gzip
import json
import shutil
from collections import Counter, defaultdict

import kept as results
from observatory import ROOT, Dataset, program

#: Where networks are worked on.
KEPT = results.FOLDER / "operators"
SCENARIOS = ROOT / "datasets" / "scenarios"
PARTITIONS = ["identity_id", "operator_id", "declared_id", "cohort_id"]
LABELS = ["confirmed", "probable", "likely"]
#: What anybody would try first: servers with a value in common are one operator's.
BASELINES = {"certificate": ["certificate_sha256s"], "certificate-or-banner": ["certificate_sha256s", "banner"],
             "rules-of-0.1.0": ["spki_sha256s", "banner", "registrable_domains", "tenant_prefixes", "donation_custom"]}
csv.field_size_limit(1 << 30)


def kept(name, scenario, make, *what):
    """The result of `make()` under a name; made once for one scenario, one set of programs and one version of the judge."""
    return results.kept(
        f"operators/{name}", make, json.dumps(scenario, sort_keys=True), *what,
        programs=("simnet", "normalize", "featurize", "cluster"), sources=(__file__,))


def shipped(name, seed):
    """A shipped scenario with another seed; 0 is its own."""
    scenario = json.loads((SCENARIOS / f"{name}.json").read_text())
    if "generate" in scenario:
        options = scenario["generate"]
        return generated(options.pop("seed") + 1000 * seed, **options)
    scenario["seed"] += 1000 * seed
    return scenario


def generated(seed, servers=120, **options):
    """A generated network, of which a crawl starts at servers of several owners that tell of others."""
    arguments = [part for key, value in options.items() for part in (f"--{key.replace('_', '-')}", value)]
    result = program("simnet", "generate", "--seed", seed, "--servers", servers, *arguments)
    assert result.returncode == 0, result.stderr
    scenario = json.loads(result.stdout)
    telling = [owner["servers"][0]["id"] for owner in scenario["operators"] if not owner["software"].startswith("electrs")]
    scenario["bootstrap"] = telling[::max(1, len(telling) // 8)][:8]
    return scenario


def derived(scenario, folder, epochs=1):
    """The dataset of a scenario's scans, up to `cluster`."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "scenario.json").write_text(json.dumps(scenario))
    result = program("simnet", "write", "--scenario", folder / "scenario.json", "--output", folder / "raw", "--epochs", epochs,
                     "--directory", folder / "simnet", "--quiet", timeout=1200)
    assert result.returncode == 0, result.stderr
    dataset = Dataset(folder, tuple(sorted((folder / "simnet").glob("*.mmdb"))))
    for stage in ["normalize", "featurize", "cluster"]:
        result = dataset.run(stage, timeout=1200)
        assert result.returncode == 0, result.stderr
    return dataset


def rows(path):
    with gzip.open(path, "rt", newline="") as file:
        yield from csv.DictReader(file)


def json_rows(path):
    with gzip.open(path, "rt") as file:
        yield from map(json.loads, file)


def owners(dataset):
    """Server id -> true operator, of each server that was reached."""
    server = {}
    for scan in dataset.scans():
        for row in rows(dataset.path / "normalized" / scan / "endpoints.csv.gz"):
            if row["reached"] == "true":
                server[row["address"], int(row["port"]), row["transport"]] = row["server_id"]
    votes = defaultdict(Counter)
    for row in json_rows(dataset.path / "simnet" / "truth.jsonl.gz"):
        found = server.get((row["address"], row["port"], row["transport"]))
        if found:
            votes[found][row["operator"]] += 1
    return {name: min(count, key=lambda owner: (-count[owner], owner)) for name, count in votes.items()}


def platform(owner):
    """The service whose customer an operator is, if it is one's."""
    return owner.rsplit("-", 1)[0] if owner.startswith("platform-") else None


def compared(owner, label):
    """Pairs and B-cubed of a partition against the truth; pairs of two customers of one platform are counted apart."""
    servers = sorted(owner)
    cells, truth, found = Counter(), Counter(), Counter()
    services = Counter()
    for server in servers:
        mine = label(server)
        cells[owner[server], mine] += 1
        truth[owner[server]] += 1
        found[mine] += 1
        if platform(owner[server]):
            services[platform(owner[server]), mine] += 1

    def pairs(counts):
        return sum(n * (n - 1) // 2 for n in counts)
    both, true, joined = pairs(cells.values()), pairs(truth.values()), pairs(found.values())
    customers = pairs(services.values()) - pairs(n for (who, _), n in cells.items() if platform(who))
    total = pairs([len(servers)])
    expected = true * joined / total if total else 0
    n = len(servers)
    bcubed = [sum(k * k / by[key[side]] for key, k in cells.items()) / n if n else None
              for side, by in ((1, found), (0, truth))]
    return {"true": true, "found": joined, "right": both, "customers": customers,
            "precision": both / (joined - customers) if joined > customers else None,
            "recall": both / true if true else None,
            "ari": (both - expected) / ((true + joined) / 2 - expected) if true + joined > 2 * expected else None,
            "bcubed_precision": bcubed[0], "bcubed_recall": bcubed[1]}


def components(servers, values):
    """The label of each server where a value in common joins."""
    leader, first = {name: name for name in servers}, {}

    def find(one):
        while leader[one] != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one
    for name in sorted(servers):
        for value in values(name):
            leader[find(name)] = find(first.setdefault(value, name))
    return {name: find(name) for name in servers}


def judged(dataset):
    """All figures about likely operators of one dataset."""
    owner = owners(dataset)
    folder = dataset.folder("cluster")
    member = {row["server_id"]: row for row in rows(folder / "operators.csv.gz")}
    result = {"servers": len(owner), "operators": len(set(owner.values()))}
    for column in PARTITIONS:
        result[column] = compared(owner, lambda name, column=column: member[name][column] or name)
    bands = defaultdict(dict)
    for row in rows(folder / "operator_bands.csv.gz"):
        bands[row["variant"]][row["server_id"]] = row["operator_id"]
    result["bands"] = {name: compared(owner, lambda server, band=band: band.get(server, server)) for name, band in sorted(bands.items())}
    features = {row["server_id"]: row for row in rows(dataset.folder("featurize") / "profiles.csv.gz")}

    def values(name, columns):
        row = features.get(name, {})
        for column in columns:
            if column == "banner":
                if row.get("banner_is_default") == "false" and row.get("banner_mask_sha256"):
                    yield column, row["banner_mask_sha256"]
            else:
                for value in filter(None, row.get(column, "").split(";")):
                    yield column, value
    for name, columns in BASELINES.items():
        label = components(owner, lambda server, columns=columns: values(server, columns))
        result[f"baseline {name}"] = compared(owner, label.__getitem__)
    result["labels"] = labels(owner, member)
    result["recipes"] = recipes(owner, folder)
    result["calibration"] = calibration(owner, folder)
    result["quality"] = {row["metric"]: float(row["value"]) for row in rows(folder / "quality.csv.gz") if row["value"]}
    return result


def labels(owner, member):
    """By label: clusters, and every impure one with what is in it; customers of one platform alone are marked so."""
    found = {}
    for label in LABELS:
        clusters = defaultdict(list)
        for server, who in owner.items():
            if member[server]["label"] == label:
                clusters[member[server]["operator_id"]].append((server, who))
        impure = []
        for identifier, servers in sorted(clusters.items()):
            inside = Counter(who for _, who in servers)
            if len(inside) > 1:
                services = {platform(who) for who in inside}
                impure.append({"operator_id": identifier, "owners": dict(sorted(inside.items())),
                               "one_platform": len(services) == 1 and None not in services})
        found[label] = {"clusters": len(clusters), "impure": impure}
    return found


def recipes(owner, folder):
    """Each recipe: its servers, the share of its most frequent owner, and whether a product or a platform explains it."""
    found = []
    for row in rows(folder / "recipes.csv.gz"):
        inside = Counter(owner.get(server, "?") for server in row["servers"].split(";"))
        services = {platform(who) for who in inside}
        found.append({"values": row["values"], "servers": sum(inside.values()), "largest": max(inside.values()),
                      "product": row["product"], "one_platform": len(services) == 1 and None not in services,
                      "owners": len(inside)})
    return found


#: Bounds of posteriors that are told apart.
POSTERIORS = [0, .01, .1, .5, .9, .99, 1.001]


def calibration(owner, folder):
    """Listed pairs by their posterior: [pairs, sum of posteriors, pairs of one owner]; one platform's customers are left out."""
    bins = [[0, 0., 0] for _ in POSTERIORS[1:]]
    for link in json_rows(folder / "links.jsonl.gz"):
        a, b = owner.get(link["server_a"]), owner.get(link["server_b"])
        if a is None or b is None or a != b and platform(a) and platform(a) == platform(b):
            continue
        place = next(place for place, bound in enumerate(POSTERIORS[1:]) if link["posterior"] < bound)
        bins[place][0] += 1
        bins[place][1] += link["posterior"]
        bins[place][2] += a == b
    return bins


def evaluated(name, scenario, epochs=1):
    """`judged` of a scenario; the dataset is not kept."""
    def make():
        folder = KEPT / "work" / name
        try:
            return judged(derived(scenario, folder, epochs))
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return kept(name, scenario, make, epochs)
