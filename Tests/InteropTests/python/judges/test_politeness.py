"""Whom a scan leaves alone, and what it never blames a server for (R-29)."""

import gzip
import json
import resource
import signal
import subprocess
import time

import pytest

from observatory import PROGRAMS
from quick_network import quick_network

JUNK_PORTS = [21, 22, 25, 80, 3306, 6379, 8333]
PARAMETERS = {"simulated_pause_ms": 1, "simulated_reply_timeout_ms": 1000, "plan": "light"}


def scan(folder, limit=None):
    """The scan's process and its rows, taken under a limit of open files as bash sets it."""
    raw = folder / (f"raw{limit or ''}".replace(" ", ""))
    (folder / "parameters.json").write_text(json.dumps(PARAMETERS))
    command = [PROGRAMS / "collect", "scan", "--output", raw, "--simulated-network", folder / "simnet" / "simnet.json",
               "--parameters", folder / "parameters.json", "--log-level", "notice"]
    if limit:
        command = ["bash", "-c", f'ulimit {limit}; exec "$@"', "bash", *command]
    result = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=300)
    files = sorted(raw.glob("*/connections.jsonl.gz"))
    rows = [json.loads(line) for line in gzip.open(files[0], "rt")] if files else []
    return result, rows


def change(scenario):
    """Peers at ports of other services, at an address of nobody; one server has such a port of its own."""
    site = scenario["sites"][0]["id"]
    server = scenario["operators"][0]["servers"][0]
    server.update(tcp_port=8333)
    scenario.setdefault("phantoms", []).extend(
        {"site": site, "host": f"junk{port}.example", "features": ["v1.4.2", f"t{port}"]} for port in JUNK_PORTS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("politeness")
    with quick_network(folder, servers=30, seed=11, offset=120, seconds=120, change=change):
        yield folder


@pytest.fixture(scope="module")
def usual(folder):
    result, rows = scan(folder)
    assert result.returncode == 0, result.stderr
    return rows


def test_ports_of_other_services_that_only_strangers_name_are_not_contacted(usual):
    junk = [row for row in usual if row["host"].startswith("junk")]
    assert {row["port"] for row in junk} == set(JUNK_PORTS)
    for row in junk:
        assert row["outcome"] == "untested.not-contactable"
        assert row["detail"].startswith(f"port {row['port']} belongs to ") and "strangers" in row["detail"]
        assert row.get("connect_us") is None and row["bytes_sent"] == 0


def test_a_server_that_names_such_a_port_of_its_own_is_asked_there(usual):
    own = [row for row in usual if row["port"] == 8333 and not row["host"].startswith("junk")]
    assert own and all(row["outcome"] == "answered" for row in own)


def test_the_plan_tells_which_ports_it_stays_away_from(tmp_path):
    result = subprocess.run([PROGRAMS / "collect", "scan", "--live", "--dry-run", "--output", tmp_path / "raw"],
                            capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    line = next(line for line in result.stdout.splitlines() if line.startswith("stays away"))
    ports = {word for word in line.split() if word.isdigit()}
    assert {"22", "25", "80", "110", "8333"} <= ports and "443" not in ports


def dry_run(folder, parameters, *options):
    (folder / "own.json").write_text(json.dumps(parameters))
    return subprocess.run([PROGRAMS / "collect", "scan", "--live", "--output", folder / "raw", "--parameters",
                           folder / "own.json", *options], capture_output=True, text=True)


def test_every_connection_says_who_asks_and_where_to_complain(tmp_path):
    contact = "https://observatory.example/contact"
    told = dry_run(tmp_path, {"contact": contact}, "--dry-run")
    line = next(line for line in told.stdout.splitlines() if line.startswith("says it is"))
    assert line.endswith(f" (+{contact})") and "electr" not in line.lower()
    nameless = dry_run(tmp_path, {"contact": ""})
    assert nameless.returncode != 0 and "contact" in nameless.stderr
    assert [path.name for path in (tmp_path / "raw").glob("*")] in ([], [".lock"])


@pytest.mark.parametrize("name", ["Electrum-observer/1", "electrum/4.8.1", "BlueWallet", "sparrow-like"])
def test_no_name_that_begins_as_a_wallets_is_taken(tmp_path, name):
    result = dry_run(tmp_path, {"client_name": name, "contact": "https://observatory.example/"}, "--dry-run")
    assert result.returncode != 0 and "client_name" in result.stderr


def test_the_dry_run_prints_every_question_with_its_cost(tmp_path):
    result = dry_run(tmp_path, {"plan": "full"}, "--dry-run")
    costs = {line.split()[0]: float(line.split()[2]) for line in result.stdout.splitlines() if line.startswith("  ")
             and len(line.split()) > 3}
    assert len(costs) > 150 and all(cost > 0 for cost in costs.values())
    assert {"main", "further", "client.wallet", "odd", "second", "third"} <= {
        line.split()[1].rstrip(",") for line in result.stdout.splitlines() if line.startswith("connection ")}


def outcomes(rows):
    return sorted((row["address"], row["host"], row["port"], row["transport"], row["outcome"]) for row in rows
                  if row["attempt"] == 1)


@pytest.mark.parametrize("limit", ["-n 24", "-Sn 24", "-n 40"])
def test_few_open_files_change_no_outcome(folder, usual, limit):
    result, rows = scan(folder, limit)
    assert result.returncode == 0, result.stderr
    assert outcomes(rows) == outcomes(usual)
    assert not [row for row in rows if "open files" in row["detail"] or "shortage" in row["detail"]]
    assert ("at most" in result.stderr) == (not limit.startswith("-Sn"))


@pytest.mark.parametrize("seconds", [1, 6])
def test_files_that_run_out_in_the_middle_blame_no_server(folder, usual, seconds):
    raw = folder / f"shortage{seconds}"
    process = subprocess.Popen(
        [PROGRAMS / "collect", "scan", "--output", raw, "--simulated-network", folder / "simnet" / "simnet.json",
         "--parameters", folder / "parameters.json", "--quiet"], stderr=subprocess.PIPE, text=True)
    while process.poll() is None and not any(p.stat().st_size for p in raw.glob("*/journal.jsonl")):
        time.sleep(0.001)
    soft, hard = resource.prlimit(process.pid, resource.RLIMIT_NOFILE)
    resource.prlimit(process.pid, resource.RLIMIT_NOFILE, (3, hard))
    time.sleep(seconds)
    resource.prlimit(process.pid, resource.RLIMIT_NOFILE, (soft, hard))
    code = process.wait(120)
    # Where processors are short too, libdispatch looks after its threads through /proc once a second, and ends
    # the program when it cannot open that: a killed scan, which goes on where it was.
    killed = code == -signal.SIGILL
    if killed:
        code = subprocess.run(process.args, stderr=subprocess.DEVNULL, timeout=120).returncode
    assert code == 0, process.stderr.read()
    rows = [json.loads(line) for line in gzip.open(next(raw.glob("*/connections.jsonl.gz")), "rt")]
    known = {row[:4]: row[4] for row in outcomes(usual)}
    short = [row for row in rows if "shortage of our own machine" in row["detail"]]
    assert all(row["outcome"] == "untested.skipped" for row in short)
    for row in outcomes([row for row in rows if row not in short]):
        assert known[row[:4]] == row[4], row
    assert killed or bool(short) == (seconds == 6)


def test_too_few_open_files_for_one_connection_are_told(folder):
    result, rows = scan(folder, "-n 15")
    assert result.returncode == 69, result.stderr
    assert "limit of open files" in result.stderr and "ulimit -n" in result.stderr
    assert rows == []
