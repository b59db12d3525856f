"""`make bench`: how many simulated servers two cores and how much memory carry.

Starts a network (default: 2,000 servers, each with a TCP and a TLS port), asks every port a handful
of questions, and prints start-up time, time for all connections and peak memory; the peer is a
Python asyncio server on as many ports that answers every line with one fixed reply.
"""

import argparse
import asyncio
import json
import os
import resource
import signal
import ssl
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure import table

ROOT = Path(__file__).resolve().parents[2]
SIMNET = ROOT / ".build" / "release" / "simnet"
METHODS = [("server.version", ["bench", ["1.4", "1.7"]]), ("server.features", []), ("server.banner", []),
           ("blockchain.headers.subscribe", []), ("server.peers.subscribe", [])]


def scenario(servers):
    """One operator a server, implementations taking turns."""
    software = ["ElectrumX 1.16.0", "Fulcrum 1.11.0", "Fulcrum 2.1.1", "electrs 0.10.5"]
    operators = [{"id": f"op-{n}", "kind": "vps", "servers": [
        {"id": f"server-{n}", "software": software[n % len(software)], "site": "s", "names": [f"e{n}.example.test"]}]}
        for n in range(servers)]
    return {"schema": "scenario.v1", "name": f"bench-{servers}", "seed": 7, "network": "regtest",
            "chain": {"blocks": 420, "tip_time": 1767225600}, "peer_knowledge": 0.05,
            "sites": [{"id": "s", "prefix": "127.112.0.0/16", "asn": 64500, "organization": "Bench",
                       "country": "DE", "latitude": 50, "longitude": 8}],
            "operators": operators, "bootstrap": ["server-0"]}


def peak(pid):
    """Peak resident memory of a process. Unit: MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return 0.0


def processor(pid):
    """Seconds of processor time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def ask(address, port, tls, context):
    reader, writer = await asyncio.open_connection(address, port, ssl=context if tls else None, limit=1 << 24)
    for number, (method, params) in enumerate(METHODS):
        writer.write(json.dumps({"id": number, "method": method, "params": params}).encode() + b"\n")
    answers = 0
    while answers < len(METHODS):
        line = await asyncio.wait_for(reader.readline(), 60)
        if not line:
            break
        answers += b'"id"' in line
    writer.close()
    return answers


async def visit(endpoints, width):
    """Asks every endpoint; the connections stay within `width` at a time."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    gate = asyncio.Semaphore(width)

    async def one(endpoint):
        async with gate:
            try:
                return await ask(*endpoint, context)
            except OSError:
                return 0

    return await asyncio.gather(*(one(endpoint) for endpoint in endpoints))


PEER = """
import asyncio, json, ssl, sys
async def main():
    async def serve(reader, writer):
        while line := await reader.readline():
            writer.write(b'{"jsonrpc":"2.0","id":%d,"result":"Peer"}\\n' % json.loads(line)["id"])
        writer.close()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[2])
    for n in range(int(sys.argv[1])):
        address = f"127.113.{n // 250}.{n % 250 + 1}"
        await asyncio.start_server(serve, address, 50001)
        await asyncio.start_server(serve, address, 50002, ssl=context)
    print("ready", flush=True)
    await asyncio.Event().wait()
asyncio.run(main())
"""


def run(name, command, endpoints, width):
    """One measured network: (name, start-up s, visit s, processor s, peak MB, answered)."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)
    ready = process.stdout.readline()
    begun = time.monotonic() - start
    try:
        assert ready, f"{name} did not start"
        places = endpoints(ready)
        start = time.monotonic()
        answers = asyncio.run(visit(places, width)) if places else []
        took = time.monotonic() - start
        complete = sum(count == len(METHODS) for count in answers)
        return (name, f"{begun:.2f}", f"{took:.1f}", f"{processor(process.pid):.1f}", f"{peak(process.pid):.0f}",
                f"{complete}/{len(places)}")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def truth_endpoints(line):
    import gzip
    rows = [json.loads(row) for row in gzip.open(json.loads(line)["truth"], "rt")]
    return [(row["address"], row["port"], row["transport"] == "ssl") for row in rows if row["address"].startswith("127.")]


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--servers", type=int, default=2000)
    options.add_argument("--scenario", help="a scenario that ships in place of a generated one")
    options.add_argument("--width", type=int, default=200, help="connections at a time")
    options.add_argument("--simnet", default=str(SIMNET))
    options = options.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    with tempfile.TemporaryDirectory(prefix="observatory-wire-") as folder:
        folder = Path(folder)
        given = options.scenario
        if not given:
            given = folder / "bench.json"
            given.write_text(json.dumps(scenario(options.servers)))
        simnet = [options.simnet, "run", "--directory", str(folder / "n"), "--scenario"]
        demo = [run("demo", simnet + ["demo"], lambda line: [], 1)[1] for _ in range(3)]
        certificate = folder / "peer.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-subj", "/CN=peer", "-keyout", certificate, "-out", folder / "c.pem"],
                       check=True, capture_output=True)
        certificate.write_text(certificate.read_text() + (folder / "c.pem").read_text())
        places = [(f"127.113.{n // 250}.{n % 250 + 1}", 50001 + tls, bool(tls))
                  for n in range(options.servers) for tls in (0, 1)]
        rows = [run("simnet", simnet + [str(given)], truth_endpoints, options.width),
                run("asyncio stub", [sys.executable, "-c", PEER, str(options.servers), str(certificate)],
                    lambda line: places, options.width)]
        print(f"demo: descriptor after {', '.join(demo)} s\n")
        table((f"{options.servers} servers", "start s", "visit s", "cpu s", "peak MB", "answered"), rows)


if __name__ == "__main__":
    main()
