"""Servers that want to exhaust, confuse or misuse the observatory: every scan ends, in bounded time
and memory, the others are measured all the same, and what was said stays text up to the report (R-25)."""

import base64
import csv
import gzip
import json
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd
import pytest

import hostile_servers as hostile
from hostile_servers import answering, closing, first, second, serving
from observatory import PROGRAMS, ROOT, STAGES, Dataset, content
from raw_evidence import chunk_bytes, connections, last_scan
from real_servers import make_certificate
from untrusted_text import faults, unescaped

MEASURE = ROOT / "Tests" / "Benchmarks" / "measure.py"
SHIPPED = json.loads((ROOT / "datasets" / "scenarios" / "hostile.json").read_text())
SHORT = {"simulated_reply_timeout_ms": 1500, "attempt_timeout_ms": 6000, "tls_timeout_ms": 1500,
         "connect_timeout_ms": 1500}
PEAK_KIB = 150 << 10
# A server has two ports, asked one after the other; an attempt lasts six seconds at most.
SECONDS = 2 * 6 + 4
HONEST = [{"id": f"honest-{number}", "software": software, "names": [f"honest-{number}.example"]}
          for number, software in enumerate(("ElectrumX 1.16.0", "Fulcrum 2.1.1", "ElectrumX 1.16.0"), 1)]


@dataclass(frozen=True)
class Hostility:
    """What a scan of hostile servers came to."""

    dataset: Dataset
    folder: Path
    output: str
    failed: tuple = ()

    @cached_property
    def cost(self):
        return json.loads((self.folder / "cost.json").read_text())

    @cached_property
    def connections(self):
        return connections(last_scan(self.dataset.raw))

    @cached_property
    def observation(self):
        return json.loads((last_scan(self.dataset.raw) / "collect.manifest.json").read_text())["observation"]

    def at(self, host):
        return {connection.transport: connection for connection in self.connections if connection.host == host}

    def check(self, seconds=SECONDS):
        assert not self.failed, self.failed
        assert self.observation["complete"]
        assert self.cost["wall"] < seconds and self.cost["peak"] < PEAK_KIB, self.cost
        if self.dataset.published.exists():
            assert faults(self.dataset.path) == {}
        assert not any(ord(letter) < 32 and letter != "\n" for letter in self.output)


def scan(folder, network, stages=STAGES, **parameters):
    """One scan, measured, and what the stages make of it. `network` gives the options before it."""
    file, dataset = folder / "parameters.json", Dataset(folder / "data", tuple(folder.glob("*/*.mmdb")))
    file.write_text(json.dumps(SHORT | parameters))
    measure = [sys.executable, MEASURE, folder / "cost.json"]
    collect = [PROGRAMS / "collect", "scan", "--output", dataset.raw, "--parameters", file, "--simulated-network"]
    result = subprocess.run([str(part) for part in network(measure, collect)], cwd=ROOT, stdin=subprocess.DEVNULL,
                            capture_output=True, text=True, timeout=120, check=False)
    failed = [("collect", result.returncode, result.stderr)] if result.returncode else []
    output, dataset = result.stderr, Dataset(dataset.path, tuple(folder.glob("simnet/*.mmdb")))
    for stage in [] if failed else stages:
        result = dataset.run(stage)
        output += result.stdout + result.stderr
        failed += [(stage, result.returncode, result.stderr)] if result.returncode else []
    return Hostility(dataset, folder, output, tuple(failed))


def scan_scenario(folder, scenario, stages=STAGES, offset=0, **parameters):
    folder.mkdir(parents=True)
    if isinstance(scenario, dict):
        path = folder / "scenario.json"
        path.write_text(json.dumps(scenario))
        scenario = path

    def network(measure, collect):
        return [PROGRAMS / "simnet", "run", "--scenario", scenario, "--directory", folder / "simnet",
                "--offset", str(offset), "--", *measure, *collect, "{}"]
    return scan(folder, network, stages, **parameters)


def scan_places(folder, places, names=None, stages=STAGES, **parameters):
    descriptor = hostile.describe(places, folder / "net", names)
    return scan(folder, lambda measure, collect: [*measure, *collect, descriptor], stages, **parameters)


# What the simulator can do, one abuse at a time among three honest servers.

ALL_ANSWERED = {"answered", "untested.not-applicable"}
# Outcome of the attempt, and outcomes of the questions that were put.
CLOSED, SILENT = {"answered", "closed.no-reply"}, {"answered", "reply.timed-out"}
BROKEN = {"answered", "reply.malformed"}
EXPECTED = {
    "abuse-byte-by-second": ("reply.timed-out", {"reply.timed-out"}),
    "abuse-many-peers": ("answered", {"answered", "reply.too-large"}),
    "abuse-deep-json": ("answered", BROKEN),
    "abuse-invalid-utf8": ("answered", BROKEN),
    "abuse-extreme-numbers": ("answered", BROKEN),
    # An error without id answers the one request under way.
    "abuse-unknown-ids": ("reply.error", {"reply.error"}),
    "abuse-notifications": ("answered", SILENT),
    "abuse-closes-before-answer": ("closed.no-reply", {"closed.no-reply"}),
    "abuse-closes-in-answer": ("reply.malformed", {"reply.malformed"}),
    "abuse-closes-after-first": ("answered", CLOSED),
    "abuse-falls-silent": ("answered", SILENT),
    "break-garbage": ("reply.malformed", {"reply.malformed"}),
    "break-silent": ("reply.timed-out", {"reply.timed-out"}),
    **dict.fromkeys(("abuse-terminal-escapes", "abuse-markup", "abuse-formulae", "banner-escapes", "banner-html",
                     "banner-csv", "points-at-asker", "points-at-victim", "points-at-nobody", "chain-100",
                     "subject-16k", "expired", "inspected"), ("answered", {"answered"})),
}
EXPECTED_TLS = {"handshake-alert": "tls.failed", "handshake-garbage": "tls.failed",
                "handshake-short-record": "tls.timed-out", "handshake-garbage-certificate": "tls.failed",
                "handshake-closes": "tls.closed", "handshake-silent": "tls.timed-out", "break-closes": "tls.closed"}
# Reset by the simulator before they come to anything; test_an_endless_line… has them.
NEVER_SENT = ("abuse-endless-line", "abuse-huge-reply")
PAINTERS = ("abuse-terminal-escapes", "abuse-markup", "abuse-formulae", "banner-escapes", "banner-html", "banner-csv")


def hostile_servers():
    """Each hostile server of the scenario that ships, by id."""
    hostile_operators = ("abuser", "shaker", "breaker", "pointer", "painter")
    return {server["id"]: server for operator in SHIPPED["operators"] if operator["id"] in hostile_operators
            for server in operator["servers"]}


def among_honest(name, number):
    """A scenario of one hostile server and three honest ones."""
    server = json.loads(json.dumps(hostile_servers()[name]).replace("amber-1", "honest-1"))
    return {"schema": "scenario.v1", "name": "among-honest", "description": f"{name} among three honest servers.",
            "seed": 7, "network": "regtest", "chain": SHIPPED["chain"],
            "sites": [SHIPPED["sites"][0] | {"prefix": f"127.{130 + number}.0.0/16"}],
            "operators": [{"id": f"operator-{each['id']}", "kind": "vps", "software": "ElectrumX 1.16.0", "site": "fra",
                           "servers": [each]} for each in (*HONEST, server)],
            "bootstrap": [each["id"] for each in (*HONEST, server)]}


def test_every_abuse_that_is_simulated_is_judged():
    assert set(hostile_servers()) == {*EXPECTED, *EXPECTED_TLS, *NEVER_SENT}


# What they say and show reaches the stages and the report; of the others little more than the outcome does, and
# the scan of all at once has that too.
TELLING = {*PAINTERS, "chain-100", "subject-16k", "abuse-extreme-numbers", "abuse-many-peers"}


def scan_each(folder, stages):
    """The scan of each hostile server, by id, four under way at a time; `stages` gives what follows it."""
    with ThreadPoolExecutor(4) as pool:
        scans = {name: pool.submit(scan_scenario, folder / name, among_honest(name, number), stages(name))
                 for number, name in enumerate(hostile_servers())}
        return {name: scan.result() for name, scan in scans.items()}


@pytest.fixture(scope="session")
def abuses(tmp_path_factory):
    """The scan of each hostile server, by id; then of all of them at once, through all stages."""
    folder = tmp_path_factory.mktemp("hostile")
    found = scan_each(folder, lambda name: STAGES if name in TELLING else [])
    # Honest ElectrumX 1.18 takes six seconds an endpoint. Out of the way of the demo, which may run beside this.
    return found | {"all": scan_scenario(folder / "all", "hostile", offset=160, simulated_reply_timeout_ms=4000,
                                         attempt_timeout_ms=12_000)}


def put(connection):
    return {outcome for outcome in connection.outcomes().values() if not outcome.startswith("untested.")}


@pytest.mark.parametrize("name", [*EXPECTED, *EXPECTED_TLS, *NEVER_SENT])
def test_one_hostile_server_is_measured_as_what_it_is_and_harms_nobody(abuses, name):
    scanned = abuses[name]
    scanned.check()
    for server in HONEST:
        [honest] = server["names"]
        assert set(scanned.at(honest)) == {"tcp", "ssl"}
        for connection in scanned.at(honest).values():
            assert connection.outcome == "answered" and set(connection.outcomes().values()) <= ALL_ANSWERED
    [host] = hostile_servers()[name]["names"]
    if name in EXPECTED:
        for connection in scanned.at(host).values():
            told = connection.outcome, put(connection)
            # A close that comes with the answer is seen before the next question leaves.
            assert told == EXPECTED[name] or (name, told) == ("abuse-closes-after-first", ("answered", {"answered"}))
    elif name in EXPECTED_TLS:
        assert scanned.at(host)["ssl"].outcome == EXPECTED_TLS[name]
        assert scanned.at(host)["tcp"].outcome == ("closed.no-reply" if name == "break-closes" else "answered")


@pytest.mark.soak
def test_every_stage_copes_with_each_hostile_server_alone(tmp_path):
    for scanned in scan_each(tmp_path, lambda name: STAGES).values():
        scanned.check()


def test_all_abuses_at_once_leave_the_honest_servers_measured(abuses):
    scanned = abuses["all"]
    scanned.check(seconds=2 * 12 + 6)
    servers = [server for operator in SHIPPED["operators"][:8] for server in operator["servers"]]
    names = [name for server in servers for name in server["names"]]
    assert len(names) == 8
    for name in names:
        assert [set(connection.outcomes().values()) for connection in scanned.at(name).values()] == [ALL_ANSWERED] * 2
    tested = {connection.host for connection in scanned.connections if connection.outcome == "answered"}
    assert {"subject.handshake.invalid", "csv.painter.invalid", "victim.pointer.invalid"} <= tested


@pytest.mark.parametrize("name", PAINTERS)
def test_what_a_server_paints_is_kept_and_never_acts(abuses, name):
    """The raw evidence has every byte; whatever shows it has it escaped. `check` looks for the rest."""
    scanned = abuses[name]
    [host] = hostile_servers()[name]["names"]
    told = scanned.at(host)["tcp"].replies()["server.banner"]["result"]
    sign = {"escapes": "\x1b[2J", "html": "<script>", "markup": "<script>", "csv": "=HYPERLINK",
            "formulae": "=HYPERLINK"}
    [painted] = [text for word, text in sign.items() if word in name]
    assert painted in told
    page = (scanned.dataset.published / "index.html").read_text()
    assert painted not in page or painted == "=HYPERLINK"


def test_long_chains_and_subjects_are_kept_whole(abuses):
    chain = abuses["chain-100"].at("chain.handshake.invalid")["ssl"].tls["chain"]
    assert len(chain) == 100 == len(set(chain))
    [subject] = abuses["subject-16k"].at("subject.handshake.invalid")["ssl"].tls["chain"]
    folder = abuses["subject-16k"].dataset.folder("normalize")
    [table] = folder.glob("*/certificates.csv.gz")
    [row] = [line for line in hostile_rows(table) if line["sha256"] == subject]
    assert len(row["subject"]) >= 16_000


def hostile_rows(path):
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        csv.field_size_limit(1 << 24)
        return list(csv.DictReader(file))


def test_the_simulated_endless_line_and_huge_reply_reach_the_limit_of_a_connection(abuses):
    for name, host in zip(NEVER_SENT, ("endless-line.abuse.invalid", "huge-reply.abuse.invalid")):
        for connection in abuses[name].at(host).values():
            assert connection.truncated and "reply.too-large" in connection.outcomes().values()


# What the simulator cannot do.

MIB = 1 << 20
NOTE = b'{"jsonrpc":"2.0","method":"blockchain.headers.subscribe","params":[]}\n'
RESULT = b'{"jsonrpc":"2.0","id":ID,"result":'
PEERS = [[f"127.77.250.{number % 250 + 1}", f"p{number}.x", ["t"]] for number in range(100_000)]
FORBIDDEN = ["127.0.0.1", "::1", "::ffff:127.0.0.1", "0.0.0.0", "localhost", "127.1", "0x7f.0.0.1", "2130706433",
             "me.hostile.test", "10.0.0.1", "169.254.169.254", "224.0.0.1", "fe80::1", "[::1]", "127.0.0.1%lo"]


# A formula, ends of lines, controls, marks that turn the reading order, separators of cells and lists.
PAINT = ("=cmd|' /C calc'!A0\r\n+1,\"x\";-2\t\0\x1b[2J\x7f\x9b \u202egpj.exe\u2066 \ufeff\u200b\u2028\u2029\x85"
         "\\u0041 \\= \U000e0041 e\u0301\u00e9 NA me@example.org")
# What no UTF-8 text can hold.
HALF = "tip \ud800 jar"


def served():
    """Behaviours by name: the last words of the test below say what is expected of each."""
    closes = {f"close-{count}": closing(count) for count in range(28)}
    halves = {f"half-{count}": closing(count, half=True) for count in (0, 1, 5)}
    resets = {f"reset-{count}": closing(count, reset=True) for count in (0, 1, 5)}
    return {
        "honest": hostile.honest, "honest-tls": (hostile.honest, {"tls": True}),
        "paint": answering(server__banner=PAINT, server__donation_address=PAINT[::-1]),
        "half-pair": answering(server__banner=HALF),
        "new": answering(blockchain__scripthash__get_history=[]),
        "endless-first": first(b"a" * 65536, after=b"a" * 65536, repeat=True),
        "endless-second": second(RESULT + b'"', after=b"a" * MIB, times=64),
        "deep": second(RESULT + b"[" * 1_000_000 + b"]" * 1_000_000 + b"}\n"),
        "blank-lines": second(b"\n" * MIB), "empty-objects": second(b"{}\n" * (MIB // 4)),
        "notes": second(NOTE * 1000, after=NOTE * 1000, times=5000), "slow": hostile.noise(NOTE, 1.2),
        "stray": hostile.stray, "slivers": hostile.slivers,
        "dribble": hostile.dribble(RESULT + b'["x","1.4"]}\n', 0.4),
        "not-text": second(RESULT + b'"\xc0\xaf\x80\xed\xa0\x80\xff"}\n'),
        "twice": first(RESULT + b'["x","1.4"],"result":["y","1.4"],"id":ID}\n'),
        "http": first(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"),
        "nan": answering(server__features={"hosts": {}, "pruning": float("nan")}),
        "text-error": second(b'{"jsonrpc":"2.0","id":ID,"error":"\\u001b[31mno"}\n'),
        "tls-close": (closing(0), {"tls": True}), "tls-reset": (closing(3, reset=True), {"tls": True}),
        "victim": (hostile.honest, {"ports": 40}),
    } | closes | halves | resets


CLOSES = {"half": "reply.malformed", "close": "closed.no-reply", "reset": "closed.no-reply"}
OUTCOMES = {
    **dict.fromkeys(("honest", "honest-tls", "new", "paint", "half-pair", "close-27"), ("answered", {"answered"})),
    "endless-first": ("reply.too-large", {"reply.too-large"}),
    "endless-second": ("answered", {"answered", "reply.too-large"}), "deep": ("answered", BROKEN),
    "blank-lines": ("answered", BROKEN), "empty-objects": ("answered", BROKEN),
    "slow": ("answered", SILENT), "stray": ("answered", {"answered"}),
    "slivers": ("answered", SILENT), "dribble": ("reply.timed-out", {"reply.timed-out"}),
    # To a ping, any result is an answer.
    "not-text": ("answered", SILENT),
    "http": ("reply.malformed", {"reply.malformed"}),
    "text-error": ("answered", {"answered", "reply.error", "reply.timed-out"}),
    "tls-close": ("closed.no-reply", {"closed.no-reply"}), "tls-reset": ("answered", CLOSED),
    "victim": ("answered", {"answered"}), "rekeying": ("answered", {"answered"}),
    "renegotiating": ("answered", CLOSED),
    **{f"{kind}-0": (outcome, {outcome}) for kind, outcome in CLOSES.items()},
    **{f"{kind}-{count}": ("answered", {"answered", CLOSES[kind]}) for kind in ("half", "reset") for count in (1, 5)},
    **{f"close-{count}": ("answered", CLOSED) for count in range(1, 27)},
}


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("certificate")
    make_certificate(folder, "hostile.test", "ec")
    return folder


@pytest.fixture(scope="session")
def crowd(certificate, tmp_path_factory):
    """All of them in one scan."""
    with serving(served(), certificate) as places, hostile.renegotiating(
            "renegotiating", 240, certificate, "r") as renegotiating, hostile.renegotiating(
            "rekeying", 241, certificate, "K") as rekeying:
        places |= {"renegotiating": renegotiating, "rekeying": rekeying}
        # All of them are one thread of Python, which needs its time.
        return scan_places(tmp_path_factory.mktemp("crowd"), places.values(), simulated_reply_timeout_ms=3_000,
                           attempt_timeout_ms=8_000)


def test_a_crowd_of_hostile_servers_is_scanned_in_seconds(crowd):
    """No attempt outlasts its eight seconds, and no stage minds what was said."""
    crowd.check(seconds=14)
    assert max(connection.duration_us for connection in crowd.connections) < 9_000_000


@pytest.mark.parametrize("name", [*OUTCOMES, "notes", "nan", "twice"])
def test_a_hostile_server_gets_the_outcome_that_fits(crowd, name):
    [connection] = crowd.at(f"{name}.hostile.test").values()
    told = (connection.outcome, put(connection))
    if name == "notes":  # Whether time or bytes run out first depends on the machine.
        assert told in (("answered", SILENT), ("answered", {"answered", "reply.too-large"}))
    elif name in ("nan", "twice"):  # No JSON, strictly; a reader may take the one or the other.
        assert connection.outcome in ("answered", "reply.malformed")
        assert put(connection) <= {"answered", "reply.malformed", "reply.timed-out"}
    else:
        assert told == OUTCOMES[name]
    assert connection.bytes_received == sum(len(chunk_bytes(chunk)) for chunk in connection.received) <= 4 * MIB
    assert connection.truncated == ("reply.too-large" in told[1])
    assert len(connection.received) <= 4096


def test_bytes_that_are_no_text_are_kept_as_they_came(crowd):
    [connection] = crowd.at("not-text.hostile.test").values()
    assert b'"\xc0\xaf\x80\xed\xa0\x80\xff"' in b"".join(map(chunk_bytes, connection.received))


def texts_of(dataset, host):
    """The server of a host by pandas, and its texts by json."""
    [servers] = dataset.folder("normalize").glob("*/servers.csv.gz")
    frame = pd.read_csv(servers, dtype="string", keep_default_na=False)
    [server] = [row for _, row in frame.iterrows() if host in row["names"].split(";")]
    [lines] = dataset.folder("normalize").glob("*/texts.jsonl.gz")
    texts = [json.loads(line) for line in content(lines).decode().split("\n")[:-1]]
    return server, {text["kind"]: text for text in texts if text["server_id"] == server["server_id"]}


def test_hostile_texts_are_exact_in_jsonl_and_come_through_pandas(crowd):
    server, texts = texts_of(crowd.dataset, "paint.hostile.test")
    assert (texts["banner"]["text"], texts["banner"]["line_base64"]) == (PAINT, None)
    assert texts["donation-address"]["text"] == PAINT[::-1]
    assert unescaped(server["banner"]) == PAINT
    assert unescaped(server["donation_address"]) == PAINT[::-1]
    assert {anomaly.split()[0] for anomaly in server["banner_anomalies"].split(";")} == {
        "bidi-control", "control-code", "invisible"}
    [table] = crowd.dataset.folder("normalize").glob("*/contacts.csv.gz")
    contacts = pd.read_csv(table, dtype="string", keep_default_na=False)
    tokens = contacts[(contacts["server_id"] == server["server_id"]) & (contacts["source"] == "banner")]
    assert list(tokens["token"]) == ["me@example.org"]


def test_a_text_that_utf_8_cannot_hold_is_kept_with_its_line(crowd):
    _, texts = texts_of(crowd.dataset, "half-pair.hostile.test")
    assert texts["banner"]["text"] == HALF.replace("\ud800", "\ufffd")
    assert json.loads(base64.b64decode(texts["banner"]["line_base64"]))["result"] == HALF


def test_replies_to_what_nobody_asked_are_no_answers(crowd):
    [connection] = crowd.at("stray.hostile.test").values()
    for probe, message in connection.replies().items():
        [exchange] = [exchange for exchange in connection.exchanges if exchange["probe"] == probe]
        assert message["id"] == exchange["id"]


def test_a_conversation_ends_with_its_last_answer(crowd):
    """A server without a history is not asked for the transactions in it."""
    [connection] = crowd.at("new.hostile.test").values()
    last = max(exchange["last_byte_us"] or 0 for exchange in connection.exchanges)
    assert connection.duration_us - last < 1_000_000


# One subject at a time.

def test_a_reply_of_64_megabytes_ends_at_the_limit_of_a_connection(tmp_path):
    huge = second(RESULT + b'"', after=b"b" * MIB, times=64)
    with serving({"honest": hostile.honest, "huge": huge}) as places:
        scanned = scan_places(tmp_path, places.values(), None, [], simulated_reply_timeout_ms=10_000,
                              attempt_bytes=2 * MIB)
        [connection] = scanned.at("huge.hostile.test").values()
    assert scanned.cost["peak"] < PEAK_KIB
    assert put(connection) == {"answered", "reply.too-large"} and connection.bytes_received == 2 * MIB


@pytest.fixture(scope="module")
def flood(tmp_path_factory):
    """One server that tells of 100,000 peers, in fewer bytes than a connection may have."""
    with serving({"honest": hostile.honest, "flood": answering(server__peers__subscribe=PEERS)}) as places:
        return scan_places(tmp_path_factory.mktemp("flood"), places.values(), simulated_reply_timeout_ms=3_000)


def test_of_100_000_peers_a_source_may_name_2_000(flood):
    flood.check(seconds=20)
    [connection] = flood.at("flood.hostile.test").values()
    assert len(connection.replies()["server.peers.subscribe"]["result"]) == 100_000 and not connection.truncated
    assert flood.observation["dropped"]["over_source_limit"] == 98_000
    # 2,000 peers at 250 addresses with one port.
    assert len(flood.connections) == 2 + 250


def test_peers_that_point_at_one_victim_bring_it_no_more_than_the_ports_of_an_address(tmp_path):
    with serving({"victim": (hostile.honest, {"ports": 40}), "quiet": hostile.honest}) as places:
        address, ports = places["victim"].address, places["victim"].ports
        listed = [[address, f"v{number}.x", [f"t{port}"]] for number, port in enumerate(ports * 50)]
        listed += [[address, f"w{number}.x", [f"t{1024 + number}"]] for number in range(2000)]
        named = {f"n{number}.hostile.test": address for number in range(40)}
        listed += [[f"n{number}.hostile.test", f"n{number}.hostile.test", [f"t{port}"]]
                   for number, port in enumerate(ports)]
        with serving_pointer(listed) as pointer:
            scanned = scan_places(tmp_path, [places["quiet"], pointer], named, [])
    visits = places["victim"].visits
    assert 0 < len(visits) <= 16 and max(visits.values()) == 1
    assert sum(connection.address == address for connection in scanned.connections) <= 16
    assert scanned.observation["dropped"]["over_address_limit"] > 1000


def test_peers_cannot_lead_us_to_ourselves_or_to_where_nobody_may_go(tmp_path):
    """Listens on 127.0.0.1 and ::1; addresses come in every spelling, as peers and as own hosts."""
    with serving({"quiet": hostile.honest}) as places, listening_to_ourselves() as (port, visits):
        listed = [[address, host, [f"t{port}", f"s{port}"]] for address in FORBIDDEN for host in FORBIDDEN]
        hosts = {host: {"tcp_port": port, "ssl_port": port} for host in FORBIDDEN}
        with serving_pointer(listed, hosts) as pointer:
            scanned = scan_places(tmp_path, [places["quiet"], pointer], {"me.hostile.test": "127.0.0.1"}, [])
    assert visits == []
    told = {(connection.address, connection.outcome) for connection in scanned.connections}
    assert {address for address, outcome in told if not outcome.startswith(("untested.", "resolve."))} == {
        places["quiet"].address, pointer.address}
    assert ("127.0.0.1", "untested.not-contactable") in told


class serving_pointer:
    """A second set of servers, at other addresses than the first: tells of these peers and hosts."""

    def __init__(self, peers, hosts=None):
        features = {"hosts": hosts or {}, "protocol_max": "1.4"}
        behaviours = {f"unused-{number}": hostile.honest for number in range(5)}
        self.serving = serving(behaviours | {
            "pointer": answering(server__peers__subscribe=peers, server__features=features)})

    def __enter__(self):
        return self.serving.__enter__()["pointer"]

    def __exit__(self, *error):
        return self.serving.__exit__(*error)


class listening_to_ourselves:
    """Counts who comes to 127.0.0.1 and ::1 at one port."""

    def __enter__(self):
        self.sockets, visits = [], []
        port = 0
        for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
            listener = socket.socket(family)
            try:
                listener.bind((address, port))
            except OSError:
                continue
            listener.listen()
            port = listener.getsockname()[1]
            self.sockets.append(listener)

            def accept(listener=listener):
                try:
                    while True:
                        visits.append(listener.accept()[1])
                except OSError:
                    return
            threading.Thread(target=accept, daemon=True).start()
        return port, visits

    def __exit__(self, *_):
        for listener in self.sockets:
            listener.close()


def test_floods_at_once_need_no_more_memory_than_one(tmp_path):
    flood = answering(server__peers__subscribe=PEERS)
    with serving({f"flood-{number}": flood for number in range(8)}) as places:
        cost = scan_places(tmp_path, places.values(), None, [], simulated_reply_timeout_ms=3_000).cost
    # Two of them at a time are read beyond what any connection may take; the rest waits its turn.
    assert cost["peak"] < 1.75 * PEAK_KIB


def test_an_answer_that_pings_overtake_belongs_to_its_question(tmp_path):
    with serving({"overtaken": hostile.overtaken}) as places:
        scanned = scan_places(tmp_path, places.values(), None, [], plan="full")
    [odd] = [connection for connection in scanned.connections if connection.session == "odd"]
    outcomes = odd.outcomes()
    assert outcomes["malformed.named"] == "answered" and outcomes["malformed.id-null"] == "reply.none"
