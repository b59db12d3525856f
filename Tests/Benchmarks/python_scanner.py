"""The peer of `collect` in `make bench`: a scanner of Electrum servers with asyncio, standard library only.

    python_scanner.py DESCRIPTOR PLAN [--concurrent 64] [--window 1] [--timeout 10] [--output FILE.jsonl.gz]

DESCRIPTOR is the `simnet.json` of a simulated network; PLAN a JSON list of {"method", "params"},
`server.version` first. Every advertised endpoint is connected to once, an address to one connection
at a time. Prints wall and processor seconds, connections and answers as one JSON line.
"""

import argparse
import asyncio
import gzip
import ipaddress
import json
import re
import ssl
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

LINE_LIMIT = 4 << 20
DEFAULT_PORTS = {"t": 50001, "s": 50002}
FEATURE = re.compile(r"([ts])(\d*)")


@dataclass(frozen=True)
class Endpoint:
    host: str
    address: str
    port: int
    tls: bool


@dataclass(frozen=True)
class Target:
    """The network to scan: what may be contacted, what names mean, where to begin."""

    ranges: tuple
    hosts: dict
    bootstrap: tuple

    @classmethod
    def read(cls, path):
        descriptor = json.loads(Path(path).read_text())
        hosts = defaultdict(list)
        for line in Path(descriptor["hosts_file"]).read_text().splitlines():
            address, *names = line.partition("#")[0].split()
            for name in names:
                hosts[name.lower()].append(address)
        bootstrap = [(item["host"], port, tls) for item in descriptor["bootstrap"]
                     for port, tls in ((item.get("tcp_port"), False), (item.get("ssl_port"), True)) if port]
        return cls(tuple(map(ipaddress.ip_network, descriptor["allowed_ranges"])), dict(hosts), tuple(bootstrap))

    def allows(self, address):
        parsed = ipaddress.ip_address(address)
        return any(parsed in each for each in self.ranges if each.version == parsed.version)

    def endpoints(self, host, port, tls):
        """The endpoints that a name and a port mean and that may be contacted."""
        try:
            addresses = [str(ipaddress.ip_address(host))]
        except ValueError:
            addresses = self.hosts.get(host.lower(), [])
        return [Endpoint(host, address, port, tls) for address in addresses if self.allows(address)]


def advertised(peers):
    """(host, port, tls) of a `server.peers.subscribe` answer, whatever is in it."""
    for peer in peers if isinstance(peers, list) else ():
        if not (isinstance(peer, list) and len(peer) > 2 and isinstance(peer[1], str) and isinstance(peer[2], list)):
            continue
        for feature in peer[2]:
            match = FEATURE.fullmatch(feature) if isinstance(feature, str) else None
            if match:
                port = int(match[2] or DEFAULT_PORTS[match[1]])
                if 0 < port < 65536:
                    yield peer[1], port, match[1] == "s"


class Scanner:
    def __init__(self, target, plan, options):
        self.target, self.plan, self.options = target, plan, options
        self.requests = [json.dumps({"jsonrpc": "2.0", "id": number} | probe, separators=(",", ":")).encode() + b"\n"
                         for number, probe in enumerate(plan)]
        self.peer_probes = {number for number, probe in enumerate(plan) if probe["method"] == "server.peers.subscribe"}
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.tls.check_hostname = False
        self.tls.verify_mode = ssl.CERT_NONE
        self.slots = asyncio.Semaphore(options.concurrent)
        self.addresses = defaultdict(asyncio.Lock)
        self.seen, self.counts, self.rows = set(), Counter(), []

    async def scan(self):
        async with asyncio.TaskGroup() as group:
            for item in self.target.bootstrap:
                self.found(group, *item)

    def found(self, group, host, port, tls):
        for endpoint in self.target.endpoints(host, port, tls):
            key = endpoint.address, port, tls
            if key not in self.seen:
                self.seen.add(key)
                group.create_task(self.attempt(group, endpoint))

    async def attempt(self, group, endpoint):
        async with self.addresses[endpoint.address], self.slots:
            row = {"host": endpoint.host, "address": endpoint.address, "port": endpoint.port, "tls": endpoint.tls,
                   "outcome": "answered", "replies": []}
            self.counts["attempts"] += 1
            began = time.monotonic()
            try:
                await self.connect(endpoint, row, began)
            except (OSError, ssl.SSLError, asyncio.IncompleteReadError, ValueError, TimeoutError) as error:
                row["outcome"] = type(error).__name__
                self.counts["failed"] += 1
            row["seconds"] = time.monotonic() - began
            self.rows.append(row)
        for number, _, message in row["replies"]:
            if number in self.peer_probes:
                for item in advertised(message.get("result")):
                    self.found(group, *item)

    async def connect(self, endpoint, row, began):
        name = endpoint.host if endpoint.tls else None
        async with asyncio.timeout(self.options.timeout):
            reader, writer = await asyncio.open_connection(
                endpoint.address, endpoint.port, limit=LINE_LIMIT, ssl=self.tls if endpoint.tls else None,
                server_hostname=name)
        row["connected"] = time.monotonic() - began
        self.counts["connections"] += 1
        try:
            if endpoint.tls:
                row["certificate"] = writer.get_extra_info("ssl_object").getpeercert(binary_form=True).hex()
                row["cipher"] = writer.get_extra_info("cipher")
            await self.converse(reader, writer, row["replies"], began)
        finally:
            writer.transport.abort()

    async def converse(self, reader, writer, replies, began):
        """Asks the plan with at most `window` requests under way, `server.version` alone."""
        waiting, following = set(), 0
        while following < len(self.requests) or waiting:
            window = self.options.window if replies else 1
            while following < len(self.requests) and len(waiting) < window:
                writer.write(self.requests[following])
                waiting.add(following)
                following += 1
                self.counts["requests"] += 1
            async with asyncio.timeout(self.options.timeout):
                line = await reader.readuntil(b"\n")
            message = json.loads(line)
            number = message.get("id") if isinstance(message, dict) else None
            if isinstance(number, int) and number in waiting:
                waiting.remove(number)
                replies.append((number, time.monotonic() - began, message))
                self.counts["answered"] += 1


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("descriptor")
    parser.add_argument("plan", type=json.loads)
    parser.add_argument("--concurrent", type=int, default=64, help="connections at once")
    parser.add_argument("--window", type=int, default=1, help="requests under way on a connection")
    parser.add_argument("--timeout", type=float, default=10, help="seconds for connecting, and for each reply")
    parser.add_argument("--output", help="keep every answer in this file")
    return parser.parse_args()


def main():
    options = arguments()
    began = time.monotonic()
    target = Target.read(options.descriptor)

    async def scan():
        scanner = Scanner(target, options.plan, options)
        await scanner.scan()
        return scanner
    scanner = asyncio.run(scan())
    if options.output:
        with gzip.open(options.output, "wt", compresslevel=6) as file:
            for row in sorted(scanner.rows, key=lambda row: (row["address"], row["port"], row["tls"])):
                file.write(json.dumps(row, separators=(",", ":")) + "\n")
    print(json.dumps({"wall_s": round(time.monotonic() - began, 3), "cpu_s": round(time.process_time(), 3),
                      "endpoints": len(scanner.seen),
                      **{key: scanner.counts[key] for key in ("attempts", "connections", "failed", "requests",
                                                              "answered")}}))


if __name__ == "__main__":
    sys.exit(main())
