"""The benchmark's peer finds and asks what a scanner should, and contacts nobody else."""

import asyncio
import gzip
import json
import subprocess
import sys
from contextlib import contextmanager
from threading import Thread

import pytest

from observatory import ROOT
from real_servers import write_descriptor

pytestmark = pytest.mark.lab
SCANNER = ROOT / "Tests" / "Benchmarks" / "python_scanner.py"
PLAN = [{"method": "server.version", "params": ["bench", ["1.4", "1.6"]]},
        {"method": "server.features", "params": []}, {"method": "server.peers.subscribe", "params": []}]


def scan(descriptor, *options):
    command = [sys.executable, SCANNER, descriptor, json.dumps(PLAN), *map(str, options)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


@contextmanager
def answering(peers, address):
    """A server on `address` that tells of `peers`; gives its port and whom it saw."""
    seen, loop = [], asyncio.new_event_loop()

    async def serve(reader, writer):
        seen.append(writer.get_extra_info("sockname"))
        while line := await reader.readline():
            request = json.loads(line)
            told = peers if request["method"] == "server.peers.subscribe" else []
            writer.write(json.dumps({"jsonrpc": "2.0", "id": request["id"], "result": told}).encode() + b"\n")
        writer.close()

    server = loop.run_until_complete(asyncio.start_server(serve, address, 0))
    thread = Thread(target=loop.run_forever)
    thread.start()
    try:
        yield server.sockets[0].getsockname()[1], seen
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


def test_real_servers_are_asked_over_tcp_and_tls(servers, tmp_path):
    descriptor = write_descriptor([servers[version] for version in ("1.16.0", "2.0.0")], tmp_path)
    told = scan(descriptor, "--output", tmp_path / "rows.gz", "--window", 2)
    assert told | {"attempts": 4, "connections": 4, "failed": 0, "requests": 12, "answered": 12} == told
    rows = [json.loads(line) for line in gzip.open(tmp_path / "rows.gz")]
    assert [row["replies"][0][2]["result"] for row in rows] == [
        ["ElectrumX 1.16.0", "1.4.2"]] * 2 + [["ElectrumX 2.0.0", "1.6"]] * 2
    assert all(("certificate" in row) == row["tls"] for row in rows)


def test_peers_are_followed_within_the_allowed_ranges(tmp_path):
    (tmp_path / "hosts").write_text("127.77.0.1 one.test\n127.77.0.2 two.test\n127.78.0.1 elsewhere.test\n")
    with answering([], "127.77.0.2") as (second, seen), answering([], "127.78.0.1") as (outside, seen_outside):
        peers = [["127.77.0.2", "two.test", ["v1.4", f"t{second}"]], ["x", "two.test", [f"t{second}", "s1"]],
                 ["x", "elsewhere.test", [f"t{outside}"]], ["x", "8.8.8.8", ["t"]], ["x", "unknown.test", ["s"]],
                 [], "junk", ["x", 5, ["t1"]], ["x", "two.test", [5, "t99999"]]]
        with answering(peers, "127.77.0.1") as (first, _):
            (tmp_path / "simnet.json").write_text(json.dumps({
                "allowed_ranges": ["127.77.0.0/16"], "hosts_file": str(tmp_path / "hosts"),
                "bootstrap": [{"host": "one.test", "tcp_port": first, "ssl_port": None}]}))
            told = scan(tmp_path / "simnet.json")
    # The TLS port of the second is advertised, and nobody listens there.
    assert told | {"endpoints": 3, "connections": 2, "failed": 1, "answered": 6} == told
    assert len(seen) == 1 and not seen_outside
