"""Vantage points: onion services through a SOCKS5 proxy (R-27), a proxy of others, source addresses."""

import gzip
import json
import subprocess

import pytest

from observatory import PROGRAMS
from quick_network import quick_network
from real_servers import Unavailable, microsocks

VANTAGES = [
    {"name": "local"},
    {"name": "tor", "families": ["onion"], "proxy": "127.0.0.1:9050"},
    {"name": "exit", "families": ["ipv4", "onion"], "proxy": "127.0.0.1:9050", "proxied": ["ipv4"]},
    {"name": "relay", "families": ["ipv4"], "proxy": "127.0.0.1:9050", "proxied": ["ipv4"]},
    {"name": "second", "families": ["ipv4"], "source_ipv4": "127.0.0.99"},
]


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    """A running simulated network: its folder and descriptor."""
    folder = tmp_path_factory.mktemp("vantages")
    with quick_network(folder, servers=25, seed=3, offset=90, seconds=200) as descriptor:
        yield folder, descriptor


def scan(folder, raw, vantage, descriptor=None, **parameters):
    file = raw.parent / f"{raw.name}.json"
    file.write_text(json.dumps({"vantages": VANTAGES, "simulated_reply_timeout_ms": 1_000, **parameters}))
    done = subprocess.run(
        [PROGRAMS / "collect", "scan", "--quiet", "--output", raw, "--parameters", file, "--vantage", vantage,
         "--simulated-network", descriptor or folder / "simnet" / "simnet.json"],
        capture_output=True, text=True, timeout=90)
    assert done.returncode == 0, done.stderr
    [path] = [path for path in raw.iterdir() if path.is_dir()]
    with gzip.open(path / "connections.jsonl.gz", "rt") as lines:
        rows = [json.loads(line) for line in lines]
    return rows, json.loads((path / "collect.manifest.json").read_text())["observation"], path


def test_onion_services_are_measured_through_the_proxy_and_the_proxys_part_is_told(network, tmp_path):
    folder, descriptor = network
    rows, told, _ = scan(folder, tmp_path / "raw", "exit")
    assert told["via_proxy"] == ["ipv4", "onion"]
    answered = [row for row in rows if row["outcome"] == "answered"]
    assert {row["network"] for row in answered} == {"ipv4", "onion"}
    for row in answered:
        assert row["socks_us"] is not None and row["connect_us"] is not None
    down = [row for row in rows if row["outcome"].startswith(("socks.", "connect."))]
    assert down and all("proxy" in row["detail"] for row in down)
    # What the servers saw: circuits of their own.
    with open(folder / "requests.jsonl") as lines:
        users = {json.loads(line).get("proxy_user") for line in lines}
    assert len(users) > 20

    # From there on onion names alone are enough, and nothing else is contacted.
    onions = {row["host"] for row in answered if row["network"] == "onion"}
    file = tmp_path / "onions.json"
    file.write_text(json.dumps(dict(descriptor, bootstrap=[
        {"host": row["host"], f"{row['transport']}_port": row["port"]}
        for row in answered if row["network"] == "onion"])))
    alone, told, path = scan(folder, tmp_path / "alone", "tor", descriptor=file)
    assert told["vantage"] == "tor" and told["via_proxy"] == ["onion"] and path.name.endswith("-tor")
    assert {row["host"] for row in alone if row["outcome"] == "answered"} == onions
    assert all(row["network"] == "onion" or row["outcome"] == "untested.no-route" for row in alone)


def test_debians_proxy_leads_to_the_servers(network, tmp_path):
    folder, descriptor = network
    try:
        with microsocks() as proxy:
            file = tmp_path / "simnet.json"
            file.write_text(json.dumps(dict(descriptor, socks5=f"{proxy.host}:{proxy.port}")))
            rows, told, _ = scan(folder, tmp_path / "raw", "relay", descriptor=file)
    except Unavailable as reason:
        pytest.skip(str(reason))
    assert told["via_proxy"] == ["ipv4"]
    answered = {row["address"] for row in rows if row["outcome"] == "answered"}
    direct, _, _ = scan(folder, tmp_path / "direct", "local")
    assert answered == {row["address"] for row in direct if row["outcome"] == "answered"}
    assert all(row["socks_us"] is not None for row in rows if row["outcome"] == "answered")
    assert {row["outcome"] for row in rows if row["network"] == "onion"} == {"untested.no-route"}


def test_a_proxy_that_is_down_leaves_its_families_untested(network, tmp_path):
    folder, descriptor = network
    file = tmp_path / "simnet.json"
    file.write_text(json.dumps(dict(descriptor, socks5="127.0.0.1:1")))
    rows, _, _ = scan(folder, tmp_path / "raw", "exit", descriptor=file)
    assert rows and {row["outcome"] for row in rows} <= {"untested.no-route", "untested.transport"}
    assert any("the proxy 127.0.0.1:1" in row["detail"] for row in rows)


def test_connections_come_from_the_source_address_that_the_vantage_names(network, tmp_path):
    folder, _ = network
    before = sum(1 for _ in open(folder / "requests.jsonl"))
    rows, _, _ = scan(folder, tmp_path / "raw", "second")
    assert any(row["outcome"] == "answered" for row in rows)
    with open(folder / "requests.jsonl") as lines:
        clients = {json.loads(line).get("client") for line in list(lines)[before:]}
    assert clients - {None} == {"127.0.0.99"}


def test_a_ticket_is_offered_again_and_ten_hellos_differ(network, tmp_path):
    folder, _ = network
    rows, told, _ = scan(folder, tmp_path / "raw", "local", tls_resumption=True, tls_hellos=True)
    assert told["plan"] == "light.v2+resumption+hellos"
    resumed = [row["tls"] for row in rows if row["session"] == "tls.resume" and row["tls"]]
    assert any(facts["resumed"] for facts in resumed)
    assert all(facts["ticket_from"] for facts in resumed if facts["resumed"] is not None)
    hellos = {}
    for row in rows:
        if row["session"].startswith("tls.hello."):
            facts = row["tls"] or {}
            hellos.setdefault((row["address"], row["port"]), {})[row["session"]] = (
                row["outcome"], facts.get("version"), facts.get("cipher"))
    full = [vector for vector in hellos.values() if len(vector) == 10]
    assert full
    assert any(vector["tls.hello.1"][1] == "TLSv1.2" and vector["tls.hello.7"][1] == "TLSv1.3" for vector in full)
    assert all(row["transport"] == "ssl" for row in rows if row["session"].startswith("tls."))
