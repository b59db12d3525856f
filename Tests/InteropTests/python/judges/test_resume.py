"""A scan that is killed, at any moment, goes on where it was: nothing that was answered is asked again (R-24)."""

import gzip
import json
import os
import random
import signal
import subprocess
import time
from collections import Counter

import pytest

from observatory import PROGRAMS
from quick_network import quick_network

PARAMETERS = {
    "simulated_pause_ms": 2, "simulated_peer_spacing_ms": 2, "simulated_peer_answers": 2,
    "simulated_reply_timeout_ms": 1500, "concurrency": 8, "plan": "full",
}


class Network:
    """Simulated servers that answer after a few milliseconds, and a log of all they are asked."""

    def __init__(self, folder):
        self.folder = folder
        self.parameters = folder / "parameters.json"
        self.parameters.write_text(json.dumps(PARAMETERS))

    def command(self, raw, *more):
        return [str(part) for part in (
            PROGRAMS / "collect", "scan", "--output", raw, "--simulated-network", self.folder / "simnet" / "simnet.json",
            "--parameters", self.parameters, "--quiet", *more)]

    def scan(self, raw, *more):
        done = subprocess.run(self.command(raw, *more), capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    folder = tmp_path_factory.mktemp("resume")
    with quick_network(folder, servers=8, seed=7, offset=60, seconds=400):
        yield Network(folder)


def scans(raw):
    return sorted(path for path in raw.iterdir() if path.is_dir() and not path.name.startswith("."))


def rows(scan):
    with gzip.open(scan / "connections.jsonl.gz", "rt") as lines:
        return [json.loads(line) for line in lines]


def place(row):
    return row["address"], row["port"], row["transport"]


def answered(connections):
    """Endpoint, session and probe of every answer, but for the openings that each connection needs."""
    return Counter(
        (*place(row), row["session"], exchange["probe"])
        for row in connections for exchange in row["exchanges"]
        if exchange["outcome"] in ("answered", "reply.error", "reply.none")
        and "server.version" not in exchange["probe"])


def asked_twice_at_an_address(connections):
    """What is asked once an address is not asked again at another of its ports."""
    once = Counter(
        (row["address"], row["session"], exchange["probe"])
        for row in connections if row["session"] not in ("main", "peers")
        for exchange in row["exchanges"] if exchange["outcome"] in ("answered", "reply.error", "reply.none")
        and "server.version" not in exchange["probe"])
    return {key for key, count in once.items() if count > 1}


def endpoints(connections):
    found = {}
    for row in connections:
        if found.get(place(row)) != "answered":
            found[place(row)] = row["outcome"]
    return found


def observation(scan):
    return json.loads((scan / "collect.manifest.json").read_text())["observation"]


@pytest.fixture(scope="module")
def undisturbed(network, tmp_path_factory):
    raw = tmp_path_factory.mktemp("undisturbed") / "raw"
    begin = time.monotonic()
    network.scan(raw)
    taken = time.monotonic() - begin
    [scan] = scans(raw)
    return rows(scan), taken


def lookups(scan):
    with gzip.open(scan / "resolutions.jsonl.gz", "rt") as lines:
        return {row["name"]: row["addresses"] for row in map(json.loads, lines)}


@pytest.mark.parametrize("kills", [10, pytest.param(50, marks=pytest.mark.soak)])
def test_kills_at_random_moments_lose_and_repeat_nothing(network, undisturbed, tmp_path, kills):
    """Each scan is killed once, some a second time while they go on; all end like one left alone."""
    reference, taken = undisturbed
    generator = random.Random(20261125)
    resumed = cut = 0
    for number in range(kills):
        raw = tmp_path / f"raw-{number}"
        for _ in range(1 + number % 2):
            process = subprocess.Popen(network.command(raw), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                process.wait(generator.uniform(0.01, 1.0) * taken)
                break
            except subprocess.TimeoutExpired:
                os.kill(process.pid, signal.SIGKILL)
                process.wait()
            # Killed between its scan's appearance and its own end: one more run would begin another scan.
            if raw.exists() and scans(raw):
                break
        if not raw.exists() or not scans(raw):
            network.scan(raw)
        [scan] = scans(raw)
        connections = rows(scan)
        again = {key: count for key, count in answered(connections).items() if count > 1}
        assert not again, (number, again)
        assert endpoints(connections) == endpoints(reference), number
        missing = set(answered(reference)) - set(answered(connections))
        assert not {key for key in missing if key[3] != "peers"}, (number, missing)
        assert not asked_twice_at_an_address(connections), number
        keys = [(row["network"], row["address"], row["host"], row["port"], row["transport"], row["attempt"])
                for row in connections]
        assert len(keys) == len(set(keys)), number
        assert not [path for path in raw.iterdir() if path.name.startswith(".partial")], number
        assert not list(scan.glob("journal*")) and not (scan / "under-way").exists(), number
        told = observation(scan)
        assert told["complete"] is True and told["cause"] is None
        resumed += told["resumed"] > 0
        cut += any(row["detail"] == "the scan was killed meanwhile" for row in connections)
    # Otherwise the moments were not what they are meant to be.
    assert resumed >= kills // 2, resumed
    assert cut >= kills // 5, cut


def await_middle(raw, process, reference):
    """Returns when a third of what a whole scan sees is in the journal."""
    while process.poll() is None:
        for journal in raw.glob(".*/journal.jsonl"):
            if journal.read_bytes().count(b"\n") >= len(reference) // 3:
                return
        time.sleep(0.005)
    raise RuntimeError(f"the scan ended before its middle: {process.returncode}")


def test_a_signal_keeps_the_scan_for_the_next_run_and_says_how_to_settle_it(network, undisturbed, tmp_path):
    raw = tmp_path / "raw"
    process = subprocess.Popen(network.command(raw), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    await_middle(raw, process, undisturbed[0])
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130, errors
    assert "run the same command again" in errors and "--unfinished" in errors
    assert not scans(raw)
    network.scan(raw)
    [scan] = scans(raw)
    assert endpoints(rows(scan)) == endpoints(undisturbed[0])
    assert observation(scan)["resumed"] == 1


@pytest.fixture
def interrupted(network, undisturbed, tmp_path):
    raw = tmp_path / "raw"
    process = subprocess.Popen(network.command(raw), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    await_middle(raw, process, undisturbed[0])
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    return raw


def test_an_unfinished_scan_can_be_published_as_it_is(network, undisturbed, interrupted):
    network.scan(interrupted, "--unfinished", "publish", "--count", "0")
    [scan] = scans(interrupted)
    told = observation(scan)
    assert told["complete"] is False and "interrupted" in told["cause"]
    connections = rows(scan)
    outcomes = endpoints(connections)
    assert any(outcome == "answered" for outcome in outcomes.values())
    reference = endpoints(undisturbed[0])
    for key, outcome in outcomes.items():
        assert outcome in (reference[key], "untested.skipped", "aborted"), (key, outcome)


def test_an_unfinished_scan_can_be_discarded(network, interrupted):
    network.scan(interrupted, "--unfinished", "discard", "--count", "0")
    assert not scans(interrupted)
    assert not [path for path in interrupted.iterdir() if path.name.startswith(".partial")]


def test_a_series_takes_its_scans_by_the_clock(network, tmp_path):
    raw = tmp_path / "raw"
    done = network.scan(raw, "--every", "4s", "--count", "2", "--summary")
    starts = [observation(scan)["started_at"] for scan in scans(raw)]
    first, second = (
        time.mktime(time.strptime(start[:19], "%Y-%m-%dT%H:%M:%S")) + float("0" + start[19:-1]) for start in starts)
    assert 3.5 <= second - first <= 5.5
    assert done.stdout.count("answered") == 2 and "ipv4 tcp" in done.stdout


def test_a_full_disk_ends_the_scan_and_room_lets_it_go_on(network, undisturbed, tmp_path):
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=160k", "tmpfs", place], capture_output=True, text=True)
    if mounted.returncode != 0:
        pytest.skip(f"cannot mount here: {mounted.stderr.strip()}")
    try:
        raw = place / "raw"
        done = subprocess.run(network.command(raw), capture_output=True, text=True, timeout=60)
        assert done.returncode == 74, done.stderr
        assert "space" in done.stderr
        assert not scans(raw)
        subprocess.run(["mount", "-o", "remount,size=64m", place], check=True)
        network.scan(raw)
        [scan] = scans(raw)
        assert endpoints(rows(scan)) == endpoints(undisturbed[0])
        again = {key: count for key, count in answered(rows(scan)).items() if count > 1}
        assert not again
    finally:
        subprocess.run(["umount", place], capture_output=True)
