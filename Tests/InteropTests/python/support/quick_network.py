"""A simulated network of servers that do not pad their traffic, so that a scan takes a second."""

import json
import subprocess
from contextlib import contextmanager

from observatory import PROGRAMS

SOFTWARE = ["ElectrumX 1.16.0", "Fulcrum 2.1.1"]


def write_scenario(path, servers, seed, change):
    made = subprocess.run(
        [PROGRAMS / "simnet", "generate", "--servers", str(servers), "--seed", str(seed), "--output", path],
        capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    scenario = json.loads(path.read_text())
    scenario["outages"], scenario["releases"] = [], []
    number = 0
    for operator in scenario["operators"]:
        for key in ("uptime", "upgrades"):
            operator.pop(key, None)
        operator["software"] = SOFTWARE[0]
        for server in operator["servers"]:
            server.update(software=SOFTWARE[number % 2], delay_ms=5, jitter_ms=0)
            number += 1
    change(scenario)
    path.write_text(json.dumps(scenario))


@contextmanager
def quick_network(folder, servers, seed, offset, seconds, change=lambda scenario: None):
    """Runs it, its scenario changed as said; yields its descriptor. Requests are logged in
    `folder`/requests.jsonl.
    """
    folder.mkdir(exist_ok=True)
    write_scenario(folder / "scenario.json", servers, seed, change)
    for attempt in range(19):
        # Other networks stand on this machine, those of the Swift tests among them.
        free = 30 + (offset - 30 + 8 * attempt) % 150
        with open(folder / "simnet.log", "w") as log:
            process = subprocess.Popen(
                [PROGRAMS / "simnet", "run", "--scenario", folder / "scenario.json", "--directory", folder / "simnet",
                 "--offset", str(free), "--duration", str(seconds), "--log-requests", folder / "requests.jsonl"],
                stdout=subprocess.PIPE, stderr=log, text=True)
        line = process.stdout.readline()
        if line or "simnet.address-in-use" not in (folder / "simnet.log").read_text():
            break
        process.wait(20)
    try:
        yield json.loads(line)
    finally:
        process.terminate()
        process.wait(20)
