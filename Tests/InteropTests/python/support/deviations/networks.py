"""Networks with planted deviations: made by `simnet generate`, planted here, scanned by `simnet write`, judged by the stages."""

import csv
import gzip
import json
import random
import re
import shutil
from collections import defaultdict
from dataclasses import dataclass, field

from observatory import Dataset, content, manifest, program, replace

FULL = {"plan": "full"}
#: With the malformed broadcast, which a scan asks only where it opted in.
BROADCAST = {"plan": "full", "extra_probes": ["broadcast"]}

BANNERS = [
    "Your Electrum wallet is out of date. Download the update: https://electrum-update.example/electrum.exe",
    "SECURITY UPDATE REQUIRED: your wallet is out of date.\nDownload the new version now: https://wallet-update.example/electrum-4.9",
    "Electrum 3.x is vulnerable! Please upgrade: https://electrum-secure.example/"]
ERRORS = [
    "<b>Your wallet is out of date.</b> Update at https://wallet-update.example/ to send.",
    "Security update required, download it from https://electrum-fix.example/win.exe",
    "Your wallet is vulnerable.<br>Please upgrade"]


@dataclass(frozen=True)
class Kind:
    """A deviation as it is planted, and what is to show it."""

    name: str
    #: Indicators of which one is to fire; none: nothing may be said of such a server.
    indicators: tuple
    #: Scans that it takes.
    scans: int
    #: What is planted, drawn for each server: its deviations, and settings of the server.
    plant: object


def deviation(kind, **members):
    """A planting whose members are values, or lists of which one is drawn."""
    def drawn(draw):
        return {"deviations": [{"kind": kind} | {
            key: draw.choice(value) if isinstance(value, list) else value for key, value in members.items()}]}
    return drawn


def claim(draw):
    """Another program than the one that answers."""
    one, other = draw.choice([
        ("Fulcrum 2.1.1", "ElectrumX 1.18.0"), ("ElectrumX 1.18.0", "Fulcrum 2.1.1"), ("ElectrumX 1.16.0", "electrs/0.11.1")])
    return {"software": one, "claims": other}


def by_client(draw):
    other = draw.choice([
        {"kind": "history-omission", "share": .5}, {"kind": "false-fees", "factor": 20},
        {"kind": "other-banner", "text": "Welcome, friend.\n"}])
    return {"deviations": [{"kind": "differs-by-client", "client": "electrum/", "deviations": [other]}]}


#: What the full plan can see.
VISIBLE = [
    Kind("history-omission", ("I1.history-omission",), 1, deviation("history-omission", share=[.3, .5, .8])),
    Kind("corrupt-proof", ("I2.invented-transaction",), 1, deviation("corrupt-proof")),
    Kind("false-tip", ("I3.invalid-header",), 1, deviation("false-tip")),
    Kind("false-status", ("I5.status-mismatch",), 1, deviation("false-status")),
    Kind("false-fees", ("I7.fee-manipulation",), 1, deviation("false-fees", factor=[5, 10, 30])),
    Kind("phishing-errors", ("I11.phishing-error-text",), 1, deviation("phishing-errors", text=ERRORS)),
    Kind("phishing-banner", ("I12.banner-wallet-download",), 1, deviation("phishing-banner", text=BANNERS)),
    Kind("false-software", ("I19.shape-contradicts-claim",), 1, claim),
    Kind("false-fee-of-one-target", ("I7.fee-manipulation",), 2, deviation("false-fees", factor=[5, 10, 30], blocks=[2, 5, 25])),
    Kind("stale-tip", ("I4.stale-tip",), 2, deviation("stale-tip", blocks=[8, 12, 40])),
    Kind("missing-transactions", ("I6.missing-transaction",), 2, deviation("missing-transactions", share=[.7, .9])),
    Kind("invented-transaction", ("I2.invented-transaction",), 2, deviation("invented-transaction")),
    Kind("differs-by-client", ("I9.content-by-client",), 2, by_client),
    Kind("throttles-by-depth", ("I25.throttling-by-depth",), 2, deviation("throttles-by-depth", requests=[20, 40], delay_ms=[1600, 1900])),
]

#: Visible to a scan that opted in to the malformed broadcast.
OPTED_IN = [Kind("phishing-broadcast", ("I11.phishing-error-text",), 1, deviation("phishing-broadcast", text=ERRORS))]

#: What the plan does not see, and the question that would show it.
UNSEEN = {
    "refuses-broadcast, false-transaction-id": "a valid transaction of our own, which conduct forbids",
    "throttles-selectively, slow for some clients": "the experiment with clients of several names in blocks",
    "differs-by-client for a name that no session uses": "a session under that name",
    "differs-by-origin": "a scan from a second vantage",
    "false-peers, name-flood": "shown without a score: such lists are fed by strangers",
    "false-relay-fee": "shown without a score: policies differ",
}

#: Honest servers with something odd about them.
ODDITIES = [
    Kind("warns", (), 1, deviation("other-banner", text=[
        "WARNING: update your Electrum, old versions are under attack! Only use https://electrum.org/",
        "News: Sparrow 2.0 released, download https://sparrowwallet.com/download",
        "Server updated on 2026-01-02. More at https://status.example/"])),
    Kind("odd port", (), 1, lambda draw: {"tcp_port": draw.randrange(20000, 40000), "ssl_port": None}),
    Kind("poisoned peers", (), 1, deviation("false-peers", peers="junk", count=40)),
    Kind("old release", (), 1, lambda draw: {"software": draw.choice(["ElectrumX 1.10.0", "ElectrumX 1.13.0", "Fulcrum 1.9.1"])}),
    Kind("limits everybody", (), 1, deviation("throttles", requests=[6, 15, 40])),
    Kind("slow", (), 1, deviation("slow", delay_ms=[300, 900, 2500])),
    Kind("a block behind", (), 1, deviation("stale-tip", blocks=[1, 2])),
    Kind("proxy", (), 1, deviation("reserialises")),
    Kind("cost limit", (), 1, deviation("slows-everything", requests=[20, 40], delay_ms=[700, 2000])),
    Kind("restarts", (), 1, lambda draw: {"faults": [{"methods": [draw.choice(["blockchain.", "server."])], "share": .5}]}),
    Kind("lossy", (), 1, lambda draw: {"loss": .3, "delay_ms": 400, "jitter_ms": 300}),
    Kind("another chain", (), 1, deviation("foreign-genesis", network="testnet3")),
    Kind("replicas", (), 1, deviation("replicas", count=[2, 3, 5], behind=[0, 1])),
    Kind("a block in the midst", (), 1, deviation("block-in-midst", requests=[3, 12, 40])),
    Kind("no histogram worth the name", (), 1, lambda draw: {"backend": {
        "relay_fee": draw.choice([5000, 20000]), "mempool_mb": 5, "estimates": "unready"}}),
]

#: Greetings of honest operators.
GREETINGS = [
    "Welcome! This server was updated on 2026-01-02, see https://electrum.{name}.example/ for its status.",
    "WARNING: fake Electrum programs are about. Download only from https://electrum.org/#download",
    "Donations keep this server up. News of Sparrow and BlueWallet at https://news.{name}.example/wallets",
    "Please be kind: 60 requests a minute. Questions to admin@{name}.example",
    "Running Bitcoin Knots. Upgrade your wallet now and then!",
    "Server moved: use {name}.example:50002 from now on (ssl).",
]
#: Releases that somebody still runs.
OLD_RELEASES = [
    "ElectrumX 1.9.2", "ElectrumX 1.10.0", "ElectrumX 1.13.0", "ElectrumX 1.15.0", "ElectrumX 1.16.0", "Fulcrum 1.6.0",
    "Fulcrum 1.9.1", "Fulcrum 1.11.1", "electrs/0.9.14", "electrs/0.10.2", "electrs-esplora 0.4.1"]


def vary(scenario, seed):
    """Makes an honest network as uneven as a real one: nodes, ways and programs differ, and some servers are odd.

    Nodes of before Bitcoin Core 28 estimate conservatively, others economically; some are a block late; lines are long, or lose
    connections; old releases, proxies and balancers are about; a block comes in the midst of a connection.
    """
    draw = random.Random(f"varied|{seed}")
    # How many estimate conservatively is not known, and differs from network to network.
    conservative = draw.choice([.05, .15, .3, .5, .8])
    nodes = {}

    def node(name):
        nodes.setdefault(name, {
            "id": name, "relay_fee": draw.choices([100, 1000, 500, 3000], [55, 35, 5, 5])[0],
            "mempool_mb": draw.choices([300, 50, 1000], [70, 10, 20])[0],
            "estimates": draw.choices(["economical", "conservative", "unready"], [.95 - conservative, conservative, .05])[0],
            "estimate_percent": draw.choices([100, 85, 120, 70, 150], [60, 12, 12, 8, 8])[0],
            "poll_seconds": draw.choice([5, 10, 30, 60]), "lag_blocks": draw.choices([0, 1, 2], [90, 8, 2])[0],
            "mean_restart_epochs": draw.choice([10, 60, 200])})
        return name

    def odd(server):
        planted = server.setdefault("deviations", [])
        if draw.random() < .08:
            planted.append({"kind": "block-in-midst", "requests": draw.randint(2, 50)})
        elif draw.random() < .05:
            planted.append({"kind": "replicas", "count": draw.randint(2, 4), "behind": draw.randint(0, 1)})
        if draw.random() < .05:
            planted.append({"kind": "reserialises"})
        elif draw.random() < .03:
            planted.append({"kind": "slows-everything", "requests": draw.randint(5, 60), "delay_ms": draw.randint(200, 2500)})
        if draw.random() < .03:
            planted.append({"kind": "throttles", "requests": draw.randint(5, 80)})
        if draw.random() < .06:
            planted.append({"kind": "slow", "delay_ms": draw.randint(200, 3000)})
        if draw.random() < .1:
            planted.append({"kind": "other-banner", "text": draw.choice(GREETINGS).format(name=f"op{draw.randrange(1000)}")})
        if draw.random() < .03:
            planted.append({"kind": "false-peers", "peers": draw.choice(["cohort", "asker"])})
        if not planted:
            del server["deviations"]

    for owner in scenario["operators"]:
        shares = owner.get("kind") in ("farm", "stealth") or draw.random() < .1
        for server in owner["servers"]:
            server.setdefault("backend", node(f"node {owner['id'] if shares else server['id']}"))
            if draw.random() < .12:
                server["software"] = draw.choice(OLD_RELEASES)
            if draw.random() < .35:
                server |= {"delay_ms": draw.randint(60, 450), "jitter_ms": draw.randint(0, 150)}
            if draw.random() < .04:
                server |= {"delay_ms": draw.randint(600, 2500), "jitter_ms": draw.randint(0, 900)}
            if draw.random() < .05:
                server["loss"] = round(draw.uniform(.02, .3), 2)
            if draw.random() < .04:
                server.setdefault("faults", []).append(
                    {"methods": [draw.choice(["blockchain.", "server.", "mempool.", "blockchain.transaction."])],
                     "share": round(draw.uniform(.1, .6), 2)})
            odd(server)
    scenario["nodes"] = scenario.get("nodes", []) + list(nodes.values())


@dataclass
class Network:
    """One simulated network, its truth and what was derived."""

    dataset: Dataset
    #: Name of the kind, by name of the true server.
    planted: dict = field(default_factory=dict)
    #: Derived id of each true server that was reached.
    ids: dict = field(default_factory=dict)

    def rows(self, name):
        return table(self.dataset.path / "scores" / f"{name}.csv.gz")


def table(path):
    csv.field_size_limit(1 << 30)
    with gzip.open(path, "rt", newline="") as file:
        return list(csv.DictReader(file))


def generate(path, seed, servers, options=()):
    made = program("simnet", "generate", "--servers", servers, "--seed", seed, "--output", path, *options)
    assert made.returncode == 0, made.stderr
    return json.loads(path.read_text())


def plant(scenario, kinds, seed):
    """One server of each kind, drawn among all: there at every epoch, of one release.

    A server of a release that ends a connection at the first question it does not know is not drawn: little is seen of it.
    """
    draw = random.Random(f"planted|{seed}")
    places = [(owner, server) for owner in scenario["operators"] for server in owner["servers"]
              if "esplora" not in server.get("software", owner.get("software", ""))]
    chosen = draw.sample(places, len(kinds))
    planted = {}
    for kind, (owner, server) in zip(kinds, chosen):
        for key in ("uptime", "upgrades", "move_epochs"):
            if key in owner or key in server:
                owner.pop(key, None)
                server.pop(key, None)
        settings = kind.plant(draw)
        if isinstance(settings.get("backend"), dict):
            node = {"id": f"node of {server['id']}"} | settings["backend"]
            scenario.setdefault("nodes", []).append(node)
            settings["backend"] = node["id"]
        server["deviations"] = server.get("deviations", []) + settings.pop("deviations", [])
        server.update(settings)
        planted[server["id"]] = kind.name
    return planted


def write(folder, scenario, epochs, collect=FULL):
    """Scans of the scenario, as artifacts of raw evidence."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "scenario.json").write_text(json.dumps(scenario))
    (folder / "collect.json").write_text(json.dumps(collect))
    result = program(
        "simnet", "write", "--scenario", folder / "scenario.json", "--output", folder / "raw", "--epochs", epochs,
        "--directory", folder / "simnet", "--parameters", folder / "collect.json", "--threads", 1, "--quiet", timeout=1800)
    assert result.returncode == 0, result.stderr
    return Dataset(folder, tuple(sorted((folder / "simnet").glob("*.mmdb"))))


def derive(dataset):
    # How many wallets are simulated is nothing to deviations, and takes most of the time of score.
    (dataset.path / "score.json").write_text(json.dumps({"wallets": 20, "sybil_wallets": 0, "replicates": 100}))
    for stage in ("normalize", "featurize", "cluster", "score"):
        more = ("--parameters", dataset.path / "score.json") if stage == "score" else ()
        result = dataset.run(stage, "--threads", 1, *more, timeout=1800)
        assert result.returncode == 0, f"{stage}: {result.stderr}"


def servers(dataset):
    """Derived id of each true server that any scan reached: of several the one of most endpoints."""
    place = defaultdict(lambda: defaultdict(int))
    truth = {}
    with gzip.open(dataset.path / "simnet" / "truth.jsonl.gz", "rt") as file:
        for row in map(json.loads, file):
            truth[row["address"], str(row["port"]), row["transport"]] = row["server"]
    for scan in dataset.scans():
        for row in table(dataset.path / "normalized" / scan / "endpoints.csv.gz"):
            name = truth.get((row["address"], row["port"], row["transport"]))
            if name and row["reached"] == "true":
                place[name][row["server_id"]] += 1
    return {name: min(ids, key=lambda x: (-ids[x], x)) for name, ids in place.items()}


def network(folder, seed, size, kinds, epochs=2, collect=FULL, options=(), varied=False):
    folder.mkdir(parents=True, exist_ok=True)
    scenario = generate(folder / "generated.json", seed, size, options)
    # Lists of known servers name many people's: those of one, whose program tells of no peers, would end the crawl.
    ids = [server["id"] for owner in scenario["operators"] for server in owner["servers"]]
    scenario["bootstrap"] = sorted(random.Random(f"known|{seed}").sample(ids, min(20, len(ids))))
    if varied:
        vary(scenario, seed)
    planted = plant(scenario, kinds, seed)
    dataset = write(folder, scenario, epochs, collect)
    derive(dataset)
    return Network(dataset, planted, servers(dataset))


def masked(network, folder, share, seed):
    """The same network as it is derived where a share of all exchanges, drawn at random, was never made."""
    draw = random.Random(f"masked|{seed}")

    def hide(found):
        if draw.random() >= share:
            return found.group()
        exchange = json.loads(found.group())
        return json.dumps({key: None for key in exchange} | {
            "id": exchange["id"], "outcome": "untested.skipped", "probe": exchange["probe"]}, separators=(",", ":"))
    for part in ("raw", "simnet"):
        shutil.copytree(network.dataset.path / part, folder / part)
    dataset = Dataset(folder, network.dataset.geoip)
    for scan in dataset.scans():
        artifact = dataset.raw / scan / "connections.jsonl.gz"
        before = manifest(artifact)["content_sha256"]
        replace(artifact, re.sub(r'\{"delay":[^{}]*\}', hide, content(artifact).decode()).encode())
        stage = dataset.raw / scan / "collect.manifest.json"
        stage.write_text(stage.read_text().replace(before, manifest(artifact)["content_sha256"]))
    derive(dataset)
    return Network(dataset, network.planted, servers(dataset))


def remove(network):
    """Frees the disk of a network of which all that is wanted was read."""
    shutil.rmtree(network.dataset.path)
