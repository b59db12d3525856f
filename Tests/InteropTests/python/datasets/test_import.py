"""Foreign scans: hostile and broken files, and the true counts of a real one (R-4, R-12)."""

import base64
import csv
import hashlib
import io
import json
import subprocess
import sys

import pandas as pd
import pytest

from foreign import rows, write_foreign_scan
from observatory import PROGRAMS, ROOT, STAGES, Dataset, content, make, program, snapshot


def importing(folder, output, *more, **options):
    return program("collect", "import", folder, "--output", output, "--quiet", *more, **options)


def lines(output, name):
    artifact = next(output.rglob(name))
    return [json.loads(line) for line in content(artifact).decode().splitlines()]


def test_a_sound_scan_is_imported(tmp_path):
    write_foreign_scan(tmp_path / "f")
    result = importing(tmp_path / "f", tmp_path / "raw")
    assert result.returncode == 0, result.stderr
    assert len(lines(tmp_path / "raw", "listings.jsonl.gz")) == 4


def test_a_gzipped_scan_gives_the_same_rows(tmp_path):
    write_foreign_scan(tmp_path / "f")
    importing(tmp_path / "f", tmp_path / "plain", "--scan", "20251207T000000Z-x")
    subprocess.run(["gzip", "--recursive", tmp_path / "f"], check=True)
    result = importing(tmp_path / "f", tmp_path / "packed", "--scan", "20251207T000000Z-x")
    assert result.returncode == 0, result.stderr
    for name in ("listings", "connections", "certificates"):
        assert lines(tmp_path / "plain", f"{name}.jsonl.gz") == lines(tmp_path / "packed", f"{name}.jsonl.gz")


def remove(file, key):
    def change(files):
        del files[file][0][key]
    return change


def put(file, key, value):
    def change(files):
        files[file][0][key] = value
    return change


CHANGES = {
    "missing-raw": remove("peers", "raw"), "missing-host": remove("online_peers", "host"),
    "missing-port": remove("online_peers", "port"), "missing-reply": remove("online_peers", "version_raw"),
    "missing-fingerprint": remove("tls_certs", "fingerprint_sha256"),
    "raw-is-text": put("peers", "raw", "203.0.113.10"), "raw-is-empty": put("peers", "raw", []),
    "features-are-numbers": put("peers", "raw", ["203.0.113.10", "a.example", [1, 2]]),
    "port-is-text": put("online_peers", "port", "many"), "port-is-huge": put("online_peers", "port", 10 ** 30),
    "port-is-negative": put("online_peers", "port", -1), "host-is-list": put("online_peers", "host", ["x"]),
    "reply-is-number": put("online_peers", "version_raw", 7),
    "digest-is-short": put("tls_certs", "fingerprint_sha256", "abc"),
    "latency-is-text": put("fingerprints", "latency_version", "fast"),
    "row-is-number": lambda files: files["peers"].insert(0, 7),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_broken_row_is_refused_or_recorded_and_nothing_traps(tmp_path, change):
    write_foreign_scan(tmp_path / "f", change)
    result = importing(tmp_path / "f", tmp_path / "raw")
    if result.returncode == 0:
        assert len(lines(tmp_path / "raw", "listings.jsonl.gz")) >= 3, "the sound rows are kept"
    else:
        assert result.returncode == 65, result.stderr
        assert ".json" in result.stderr and "expected" in result.stderr
        assert snapshot(tmp_path / "raw") == {}


@pytest.mark.parametrize("name", ["peers", "online_peers", "fingerprints", "tls_certs"])
@pytest.mark.parametrize("data", [b"", b"[", b'[{"host":"\xff\xfe"}]', b"\x00" * 64, b"{}", b"[" * 100_000, b"\x1f\x8b\x08"],
                         ids=["empty", "cut", "not-utf-8", "zeros", "an-object", "deep", "cut-gzip"])
def test_a_broken_file_is_named(tmp_path, name, data):
    write_foreign_scan(tmp_path / "f")
    (tmp_path / "f" / f"{name}.json").write_bytes(data)
    result = importing(tmp_path / "f", tmp_path / "raw")
    if result.returncode == 0 and b"\xff" in data:
        return  # the row was left out and counted
    assert result.returncode == 65, result.stderr
    assert f"{name}.json" in result.stderr
    assert snapshot(tmp_path / "raw") == {}


def test_a_line_of_a_gigabyte_is_refused_in_little_memory(tmp_path):
    """Sparse zeros after an opening quote: one line, a gigabyte long."""
    write_foreign_scan(tmp_path / "f")
    with open(tmp_path / "f" / "peers.json", "wb") as file:
        file.write(b'[{"host":"')
        file.truncate(1 << 30)
    # Started from a small process: a fork of this one would count its memory.
    measured = subprocess.run(
        [sys.executable, "-I", "-S", ROOT / "Tests/Benchmarks/measure.py", tmp_path / "cost",
         PROGRAMS / "collect", "import", tmp_path / "f", "--output", tmp_path / "raw"], capture_output=True, text=True)
    assert measured.returncode == 65, measured.stderr
    assert "peers.json" in measured.stderr
    assert json.loads((tmp_path / "cost").read_text())["peak"] < 256 << 10, "kilobytes"
    assert snapshot(tmp_path / "raw") == {}


def test_an_unknown_folder_says_which_formats_there_are(tmp_path):
    (tmp_path / "f").mkdir()
    result = importing(tmp_path / "f", tmp_path / "raw")
    assert result.returncode in (65, 66)
    assert "original" in result.stderr
    assert importing(tmp_path / "none", tmp_path / "raw").returncode == 66
    assert importing(tmp_path / "f", tmp_path / "raw", "--format", "fruit").returncode == 64


@pytest.fixture
def tables(original):
    def read(stage, name):
        folder = original.raw if stage == "raw" else original.folder(stage)
        artifact = next(folder.rglob(name))
        if name.endswith(".jsonl.gz"):
            return [json.loads(line) for line in content(artifact).decode().splitlines()]
        return list(csv.DictReader(io.StringIO(content(artifact).decode(), newline="")))
    return read


def test_the_true_counts_of_the_december_2025_scan(tables):
    """R-4: what the scan shows once every peer is counted once."""
    listings = tables("raw", "listings.jsonl.gz")
    valid = [r for r in tables("normalize", "advertisements.csv.gz")]
    endpoints = tables("normalize", "endpoints.csv.gz")
    servers = tables("normalize", "servers.csv.gz")
    assert len(listings) == 323
    assert len({(r["address"], r["host"]) for r in listings}) == 294
    assert len({r["address"] for r in listings}) == 291
    assert len(valid) == 323
    families = {"ipv4": set(), "ipv6": set(), "onion": set()}
    for row in listings:
        address = row["address"]
        families["onion" if address.endswith(".onion") else "ipv6" if ":" in address else "ipv4"].add(address)
    assert {k: len(v) for k, v in families.items()} == {"ipv4": 197, "ipv6": 60, "onion": 34}
    reached = {r["address"] for r in endpoints if r["outcome"] in
               ("answered", "throttled") or r["outcome"].startswith(("reply.", "closed."))}
    assert len(reached) == 100
    for row in endpoints:
        assert row["network"] == "ipv4" or row["outcome"].startswith("untested."), row
        assert row["address"] not in ("127.0.0.1", "127.0.1.1", "0.0.0.0")
    assert not any(a in row["addresses"].split(";") for row in servers for a in ("127.0.0.1", "127.0.1.1", "0.0.0.0"))


def test_the_true_certificates_of_the_december_2025_scan(tables):
    certificates = tables("normalize", "certificates.csv.gz")
    assert len(certificates) == 22
    assert all(row["endpoints"] == "1" for row in certificates), "none is shared"


def test_the_true_software_of_the_december_2025_scan(tables):
    """By host: an address with two ports counts once."""
    endpoints = tables("normalize", "endpoints.csv.gz")
    servers = {r["server_id"]: r for r in tables("normalize", "servers.csv.gz")}
    software = {}
    for row in endpoints:
        if row["tested"] == "true" and not row["outcome"].startswith(("connect.", "tls.", "resolve.")):
            known = servers[row["server_id"]]["software"]
            software[row["address"]] = known or software.get(row["address"], "")
    counts = {}
    for name in software.values():
        counts[name.lower()] = counts.get(name.lower(), 0) + 1
    assert counts.pop("electrumx") == 82
    assert counts.pop("fulcrum") == 14
    assert sum(n for name, n in counts.items() if "electrs" in name) == 2
    assert sum(n for name, n in counts.items() if "electrs" not in name) == 2


def test_the_true_transports_of_the_december_2025_scan(tables):
    pairs = {}
    for row in tables("raw", "listings.jsonl.gz"):
        letters = {f[0] for f in row["features"] if f and f[0] in "st"}
        pairs.setdefault((row["address"], row["host"]), set()).update(letters)
    assert sum("s" in letters for letters in pairs.values()) == 276


def frame():
    """A foreign scan as a table; pandas leaves gaps as nothing."""
    return pd.DataFrame([
        {"host": "a.example", "address": "8.8.4.10", "port": 50002, "transport": "ssl",
         "asked_at": pd.Timestamp("2026-01-02T03:04:05Z"), "outcome": "answered",
         "server_version": ["ElectrumX 1.16.0", "1.4"], "banner": "Welcome", "donation_address": "",
         "features": {"genesis_hash": GENESIS, "hosts": {"a.example": {"ssl_port": 50002}}, "protocol_max": "1.4.3",
                      "protocol_min": "1.4", "pruning": None, "server_version": "ElectrumX 1.16.0"},
         "peers": [["8.8.4.20", "b.example", ["v1.4.2", "s50002", "t"]], ["10.0.0.1", "c.example", ["t"]]],
         "certificate_der": CERTIFICATE},
        {"host": "b.example", "address": "8.8.4.20", "port": 50001, "transport": "tcp",
         "asked_at": pd.Timestamp("2026-01-02T03:05:00Z"), "server_version": ["Fulcrum 2.1.0", "1.5"]},
        {"host": "9.9.9.30", "outcome": "connect.timed-out"},
        {"host": "gone.example", "outcome": "resolve.failed"},
        {"host": "only.example"},
    ])  # nobody is contacted: an import opens no connection


# Self-signed, of a key that nobody has.
CERTIFICATE = (
    "MIIBfDCCASOgAwIBAgIUVaAtPX64sHSQLtt8UiNM4vDnSaEwCgYIKoZIzj0EAwIwFDESMBAGA1UEAwwJYS5leGFtcGxlMB4XDTI2"
    "MTEyMjIwMzIwNVoXDTM2MTExOTIwMzIwNVowFDESMBAGA1UEAwwJYS5leGFtcGxlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE"
    "dDOPhc6/VfU1x+EweC0XDI01utJ5/ZcNasYPr+N1aHr/AgObh9dThV43ujR706QNygSt/Awnxudxqk8WAlAPcKNTMFEwHQYDVR0O"
    "BBYEFHFOb7eMNXg7fZaZHHRanZI6VN40MB8GA1UdIwQYMBaAFHFOb7eMNXg7fZaZHHRanZI6VN40MA8GA1UdEwEB/wQFMAMBAf8w"
    "CgYIKoZIzj0EAwIDRwAwRAIgGYD4tQ+IjwF82nfoRQwaluOBAgzTrUTotpVrkIQm1a0CIBcLMBmK4kV179FfChTSuY6p24K7dVUp"
    "drUzXpAUPdDw")
GENESIS = "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f"


@pytest.fixture
def table(tmp_path):
    """A table of the generic format, as pandas writes it."""
    path = tmp_path / "scan.jsonl"
    frame().to_json(path, orient="records", lines=True, date_format="iso")
    return path


def staged(dataset):
    for stage in STAGES:
        result = dataset.run(stage)
        assert result.returncode == 0, result.stderr
    return {name: list(csv.DictReader(io.StringIO(content(next(dataset.path.rglob(f"{name}.csv.gz"))).decode(), newline="")))
            for name in ("endpoints", "servers", "exchanges", "certificates", "advertisements")}


def test_a_table_of_pandas_goes_through_all_stages(tmp_path, table):
    dataset = Dataset(tmp_path / "d")
    result = importing(table, dataset.raw)
    assert result.returncode == 0, result.stderr
    assert dataset.scans() == ["20260102T030405Z-imported"]
    tables = staged(dataset)
    endpoints = {(r["host"], r["port"]): r for r in tables["endpoints"]}
    assert endpoints["a.example", "50002"]["outcome"] == "answered"
    assert endpoints["b.example", "50002"]["tested"] == "false", "advertised by the first, asked by nobody"
    assert endpoints["9.9.9.30", "50001"]["outcome"] == "connect.timed-out"
    assert endpoints["only.example", "50001"]["outcome"] == "untested.not-imported"
    servers = {r["names"]: r for r in tables["servers"]}
    assert servers["a.example"]["software"].lower() == "electrumx"
    assert servers["a.example"]["donation_status"] == "absent"
    assert servers["b.example"]["donation_status"] == "unknown"
    assert [r["sha256"] for r in tables["certificates"]] == [hashlib.sha256(base64.b64decode(CERTIFICATE)).hexdigest()]
    told = [r for r in tables["advertisements"] if r["source_kind"] == "peers"]
    assert len(told) == 2 and all(r["heard_at"] == "2026-01-02T03:04:05Z" for r in told)
    assert all(r["valid"] == "true" for r in told), "the name beside a private address is one to resolve"
    assert (dataset.published / "index.html").exists()


def test_no_form_of_a_reply_is_invented(tmp_path, table):
    dataset = Dataset(tmp_path / "d")
    importing(table, dataset.raw)
    tables = staged(dataset)
    assert len(tables["exchanges"]) == 10
    for row in tables["exchanges"]:
        assert not any(row[c] for c in ("key_order", "separators", "line_end", "padding_bytes", "reply_bytes"))
    signatures = content(next(dataset.folder("featurize").rglob("signatures.csv.gz"))).decode()
    for row in csv.DictReader(io.StringIO(signatures, newline="")):
        assert row["key_order"] == row["separators"] == row["line_end"] == row["padded"] == ""


def test_gzip_and_the_order_of_rows_change_nothing(tmp_path, table):
    turned = tmp_path / "turned.jsonl"
    turned.write_text("".join(reversed(table.read_text().splitlines(keepends=True))))
    subprocess.run(["gzip", turned], check=True)
    importing(table, tmp_path / "one")
    result = importing(f"{turned}.gz", tmp_path / "two", "--format", "jsonl")
    assert result.returncode == 0, result.stderr
    for name in ("connections", "listings", "certificates", "resolutions"):
        assert lines(tmp_path / "one", f"{name}.jsonl.gz") == lines(tmp_path / "two", f"{name}.jsonl.gz")


@pytest.mark.parametrize("column, value", [
    ("port", "many"), ("port", 0), ("host", ""), ("host", 7), ("peers", "none"), ("features", "{}"),
    ("certificate_der", "!"), ("asked_at", "yesterday"), ("outcome", "up"), ("software", "ElectrumX")])
def test_a_bad_cell_is_named_by_row_and_field(tmp_path, table, column, value):
    rows = [json.loads(line) for line in table.read_text().splitlines()]
    rows[1][column] = value
    table.write_text("\n".join(map(json.dumps, rows)))
    result = importing(table, tmp_path / "raw")
    assert result.returncode == 65
    assert f"scan.jsonl, row 2, field {column}: expected" in result.stderr and ", found" in result.stderr
    assert snapshot(tmp_path / "raw") == {}


def test_a_history_of_lists_goes_through_all_stages(tmp_path):
    rows = [{"commit_date": f"20{year}-05-01T00:00:00Z", "network": "mainnet", "host": host, "tcp_port": 50001,
             "ssl_port": None, "version": "1.4", "pruning": "-"}
            for year in (19, 20, 21) for host in ("a.example", "8.8.8.8", f"only{year}.example")]
    (tmp_path / "panel.jsonl").write_text("\n".join(map(json.dumps, rows)))
    dataset = Dataset(tmp_path / "d")
    result = importing(tmp_path / "panel.jsonl", dataset.raw)
    assert result.returncode == 0, result.stderr
    assert dataset.scans() == [f"20{year}0501T000000Z-imported" for year in (19, 20, 21)]
    tables = staged(dataset)
    assert {r["outcome"] for r in tables["endpoints"]} == {"untested.not-imported"}
    timelines = content(next(dataset.folder("featurize").rglob("timelines.csv.gz"))).decode()
    seen = {}
    for row in csv.DictReader(io.StringIO(timelines, newline="")):
        seen.setdefault(row["server_id"], []).append(row["scan"][:4])
    assert sorted(seen.values()) == [["2019"], ["2019", "2020", "2021"], ["2019", "2020", "2021"], ["2020"], ["2021"]]
    assert (dataset.published / "index.html").exists()


NEW_FEATURES = ["issuing_keys", "certificate_shape", "certificate_name_form", "certificate_words",
                "certificate_created_at", "hosts_ports", "hosts_kinds", "open_ports"]
FACTS = ["headers", "commitments", "history_answers", "histories", "proofs", "transactions", "statuses",
         "asked_alone", "fee_states", "client_answers"]


def test_what_a_real_scan_of_an_earlier_time_did_not_ask_is_unknown_for_a_reason(original):
    """Each new feature of each server has a value, or is absent, or says why it is not known."""
    path = next(original.folder("featurize").rglob("profiles.csv.gz"))
    rows = list(csv.DictReader(io.StringIO(content(path).decode(), newline="")))
    told = dict.fromkeys(NEW_FEATURES, 0)
    for row in rows:
        absent, unknown = row["absent"].split(";"), dict(
            entry.split("=", 1) for entry in row["unknown"].split(";") if entry)
        for feature in NEW_FEATURES:
            told[feature] += row[feature] != ""
            assert (row[feature] != "") + (feature in absent) + (feature in unknown) == 1, (row["server_id"], feature)
            assert unknown.get(feature, "unknown.not-sent").startswith(("unknown.", "untested.", "connect.", "tls.",
                                                                         "resolve.", "closed.", "reply.", "socks."))
    # Ports were tried; nobody asked for features or kept certificates.
    assert told.pop("open_ports") > 0 and not any(told.values())
    for table in FACTS:
        [path] = original.folder("normalize").rglob(f"{table}.csv.gz")
        assert len(content(path).decode().splitlines()) == 1, f"{table}: an import whose requests nobody kept"


def test_make_imports_a_file(tmp_path, table):
    result = make(tmp_path / "store", "DATASET=mine", f"IMPORT={table}", "FORMAT=jsonl", "VERSION=0.1.0")
    assert result.returncode == 0, result.stdout + result.stderr
    assert (tmp_path / "store" / "mine" / "published" / "0.1.0" / "index.html").exists()
