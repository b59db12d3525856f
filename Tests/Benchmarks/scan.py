"""`make bench`: scans of simulated servers that are as far away as round trips make them.

(a) 300 servers, one endpoint each, nothing that conduct would make us wait for: wall time beside the
longest chain of round trips that the plan needs, processor time beside `python_scanner.py` with the same
questions. (b) 2,000 servers at once. (c) the round-trip estimate beside the planted delay. Numbers are
medians. The simulator runs on the same cores: its processor time is told, and not ours. It delays what
servers send, their handshakes too; connecting itself takes no time on loopback.
"""

import argparse
import gzip
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from measure import cost, table

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ROOT / ".build" / "release"
SCANNER = Path(__file__).with_name("python_scanner.py")
SITES = [{"id": f"s{n}", "prefix": f"127.{80 + n}.0.0/16", "asn": 64500 + n, "organization": f"Bench {n}",
          "country": "DE", "latitude": 50, "longitude": 8} for n in range(8)]
# What nobody simulated is disturbed by.
HASTE = {"simulated_pause_ms": 0, "concurrency": 4096}
# Asked one at a time, and then so many at a time (`ProbeSession.main`).
ALONE, WINDOW = 5, 8


def server(number, software, **more):
    """Alone in its /24: neighbours wait for each other."""
    return {"id": f"server-{number}", "software": software, "site": f"s{number // 250}",
            "address": f"127.{80 + number // 250}.{number % 250}.1", "names": [f"e{number}.example.test"], **more}


def scenario(servers, name):
    operators = [{"id": f"op-{each['id']}", "kind": "vps", "servers": [each]} for each in servers]
    return {"schema": "scenario.v1", "name": name, "seed": 7, "network": "regtest",
            "chain": {"blocks": 420, "tip_time": 1767225600}, "peer_knowledge": 0, "sites": SITES,
            "operators": operators, "bootstrap": [each["id"] for each in servers]}


@contextmanager
def simulated(folder, servers, name):
    """Yields the descriptor of a running network, and the truth."""
    path = folder / f"{name}.json"
    path.write_text(json.dumps(scenario(servers, name)))
    process = subprocess.Popen(
        [PROGRAMS / "simnet", "run", "--directory", folder / name, "--scenario", path], stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, cwd=ROOT)
    try:
        assert process.stdout.readline(), "simnet did not start"
        yield folder / name / "simnet.json", process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def processor(pid):
    """Seconds of processor time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def scan(folder, descriptor, **parameters):
    """(cost, connections) of one scan by `collect`."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        raw, file = Path(name) / "raw", Path(name) / "parameters.json"
        file.write_text(json.dumps(HASTE | parameters))
        run = cost([PROGRAMS / "collect", "scan", "--output", raw, "--parameters", file, "--simulated-network",
                    descriptor, "--quiet"], cwd=ROOT)
        [path] = raw.glob("*/connections.jsonl.gz")
        with gzip.open(path) as rows:
            return run, [json.loads(row) for row in rows]


def timed_out(rows):
    """Outcomes that are no answer, and should not be here."""
    outcomes = Counter(exchange["outcome"] for row in rows for exchange in row["exchanges"])
    outcomes += Counter(row["outcome"] for row in rows)
    return {word: count for word, count in outcomes.items() if word not in ("answered", "untested.not-applicable",
                                                                            "reply.error")}


def needed_rounds(row):
    """Round trips that a connection of the plan needs, were each of them equally long: TLS, then the
    questions that stand alone, then a window of questions; a question that is made of an answer waits."""
    bases = {"block.header.tip-6": "blockchain.headers.subscribe", "block.header.proof": "blockchain.headers.subscribe",
             "transaction.get_merkle.first": "history.p2wpkh", "transaction.get.first": "history.p2wpkh"}
    time, ends = (1 if row["tls"] else 0), {}

    def may_leave(number, probe):
        under_way = sum(end > time for end in ends.values())
        if number < ALONE:
            return not under_way
        return under_way < WINDOW and ends.get(bases.get(probe), 0) <= time
    put = (exchange["probe"] for exchange in row["exchanges"] if exchange["sent_us"] is not None)
    for number, probe in enumerate(put):
        while not may_leave(number, probe):
            time = min(end for end in ends.values() if end > time)
        ends[probe] = time + 1
    return max(ends.values())


def questions(row):
    """The requests of one connection, as a plan for the peer."""
    sent = "".join(chunk["data"] for chunk in row["sent"]).splitlines()
    return [{key: json.loads(line)[key] for key in ("method", "params")} for line in sent]


def far(count, milliseconds, transport):
    """Servers that never hold a reply back, so that only the way to them takes time."""
    other = {"tcp_port": None} if transport == "TLS" else {"ssl_port": None}
    return [server(n, "ElectrumX 1.16.0" if n % 2 else "Fulcrum 2.1.1", delay_ms=milliseconds, **other)
            for n in range(count)]


def wall(folder, cases, rounds):
    """Table (a), wall time. The chain: what one server needs whose round trips are all of the planted
    length, by the plan; and what the longest connection of the scan took."""
    lines = []
    for count, milliseconds in cases:
        walls, longests, loads, cpus = [], [], [], []
        with simulated(folder, far(count, milliseconds, "TLS"), f"far-{count}-{milliseconds}") as (descriptor, pid):
            for _ in range(rounds):
                before = processor(pid)
                run, rows = scan(folder, descriptor)
                assert len(rows) == count and not timed_out(rows), timed_out(rows)
                walls.append(run.wall)
                cpus.append(run.cpu)
                loads.append(processor(pid) - before)
                longests.append(max(row["duration_us"] for row in rows) / 1e6)
        needed = max(map(needed_rounds, rows))
        chain, spent = needed * milliseconds / 1e3, median(walls)
        lines.append((f"{count} servers, {milliseconds} ms", needed, f"{chain:.2f}", f"{median(longests):.2f}",
                      f"{spent:.2f}", f"{spent / chain:.2f}", f"{spent / median(longests):.2f}", f"{median(cpus):.2f}",
                      f"{median(loads):.2f}"))
    print("Wall time of a scan beside its longest chain of round trips; goal: 1.25\n")
    table(("light plan over TLS", "round trips", "chain s", "longest s", "wall s", "of the chain", "of the longest",
           "cpu s", "simnet cpu s"), lines)


def processor_time(folder, count, milliseconds, rounds):
    """Table (a), processor time: runs take turns, and the peer asks the same questions as we do."""
    for transport in ("TLS", "TCP"):
        runs = {"collect": [], "python_scanner": []}
        with simulated(folder, far(count, milliseconds, transport), f"peer-{transport}") as (descriptor, _):
            for _ in range(rounds):
                run, rows = scan(folder, descriptor)
                runs["collect"].append(run)
                command = [sys.executable, SCANNER, descriptor, json.dumps(questions(rows[0])), "--window", WINDOW,
                           "--concurrent", count, "--output", folder / "peer.gz"]
                runs["python_scanner"].append(cost(command))
        answers = sum(exchange["line"] is not None for row in rows for exchange in row["exchanges"])
        assert {json.loads(run.output)["answered"] for run in runs["python_scanner"]} == {answers}
        ours = median(run.cpu for run in runs["collect"])
        table((f"{count} servers, {transport}, {answers} answers", "wall s", "cpu s", "peak MB", "cpu a server, ms",
               "collect is cheaper by; goal: 3"), [
            (name, f"{median(run.wall for run in each):.2f}", f"{median(run.cpu for run in each):.2f}",
             f"{max(run.peak for run in each) / 1024:.0f}", f"{1e3 * median(run.cpu for run in each) / count:.2f}",
             f"{median(run.cpu for run in each) / ours:.2f}") for name, each in runs.items()])


def crowd(folder, count, rounds):
    """Table (b)."""
    servers = [server(n, ("ElectrumX 1.16.0", "Fulcrum 2.1.1", "ElectrumX 1.18.0", "electrs/0.11.1")[n % 4],
                      tcp_port=None if n % 2 else 50001, ssl_port=50002 if n % 2 else None, delay_ms=50)
               for n in range(count)]
    lines = []
    with simulated(folder, servers, "crowd") as (descriptor, _):
        for _ in range(rounds):
            run, rows = scan(folder, descriptor)
            outcomes = Counter(row["outcome"] for row in rows)
            lines.append(run.row(f"{count} at once", f"{outcomes['answered']}/{count}", timed_out(rows) or "none"))
    table(("", "wall s", "cpu s", "peak MB", "answered", "timeouts and the like"), lines)


def round_trips(folder, rounds):
    """Table (c). Far servers beside near ones of the same software, which give the base; a few at a
    time, because a scan that keeps both cores busy adds its own waiting."""
    delays, softwares = (0, 5, 10, 20, 50, 100, 200), ("Fulcrum 2.1.1", "ElectrumX 1.16.0", "ElectrumX 1.18.0",
                                                       "ElectrumX 1.19.0", "ElectrumX 2.0.0")
    pairs = [(software, delay) for software in softwares for delay in delays
             for _ in range(1 if software.endswith("1.18.0") else 2)]
    servers = [server(n, software, delay_ms=delay) for n, (software, delay) in enumerate(pairs)]
    planted = {each["address"]: (each["software"], each["delay_ms"]) for each in servers}
    measured = {}
    with simulated(folder, servers, "delays") as (descriptor, _):
        for _ in range(rounds):
            for row in scan(folder, descriptor, concurrency=8)[1]:
                measured.setdefault(planted[row["address"]], []).append(row["round_trip_us"])
    lines, everything = [], []
    for software in softwares:
        known = {delay: [value / 1e3 for value in measured[software, delay] if value is not None] for delay in delays}
        count = sum(len(measured[software, delay]) for delay in delays)
        cells = [software, f"{sum(map(len, known.values()))}/{count}", "-", "-", "-"]
        if known[0]:
            base = median(known[0])
            errors = [100 * abs(value - base - delay) / delay for delay in delays[1:] for value in known[delay]]
            cells[2:] = f"{base:.2f}", f"{median(errors):.2f} %", f"{max(errors):.1f} %"
            everything += errors
        lines.append(cells)
    lines.append(("all", "", "", f"{median(everything):.2f} %", f"{max(everything):.1f} %"))
    print(f"Round trip beside planted delays of {', '.join(map(str, delays[1:]))} ms, less the base at 0 ms\n")
    table(("", "connections with one", "base ms", "median error", "largest error"), lines)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--servers", type=int, default=300)
    options.add_argument("--crowd", type=int, default=2000)
    options.add_argument("--only", choices=["scan", "crowd", "delays"])
    options = options.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    print(f"Load before the scans: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
    with tempfile.TemporaryDirectory(prefix="observatory-scan-") as name:
        folder = Path(name)
        if options.only in (None, "scan"):
            few, count = max(1, options.servers // 10), options.servers
            wall(folder, [(1, 50), (few, 50), (count, 50), (count, 250), (count, 1000)], options.rounds)
            processor_time(folder, count, 50, options.rounds)
        if options.only in (None, "crowd"):
            crowd(folder, options.crowd, max(1, options.rounds // 2))
        if options.only in (None, "delays"):
            round_trips(folder, max(1, options.rounds // 2))


if __name__ == "__main__":
    main()
