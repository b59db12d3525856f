"""Inputs that people reported such programs to stumble over, through all stages, and what is to come of each."""

import csv
import io
import json

import pytest

from observatory import Dataset, SHARED, STAGES, content, manifest, program
from readers import faults

INPUTS = SHARED / "field-cases" / "inputs"
DATABASES = ["F26-asn-int32", "F26-asn-text", "F26-ipinfo-asn", "F27-integer-coordinates", "F28-labels", "F28-lower-case",
             "F29-catch-all", "F29-older-writer", "F30-namibia"]
pytestmark = pytest.mark.skipif(not INPUTS.exists(), reason="the field's cases are not here")

# Rows that are taken; a word of the refusal where none are by default.
TAKEN = {
    "F01-placeholder-donation.jsonl": 9, "F02-default-donation-other-coins.jsonl": 8, "F03-flat-hosts.jsonl": 7,
    "F04-ports-as-texts.jsonl": 4, "F06-fork-coins-one-genesis.jsonl": 8, "F07-genesis-spelling.jsonl": 9,
    "F08-peers-behind-proxy-address.jsonl": 1, "F09-places-in-other-forms.jsonl": 1, "F11-onion-v2.jsonl": 4,
    "F12-version-is-software.servers.json": 4, "F16-utf8-bom.jsonl": 1, "F17-lone-surrogates.jsonl": 4,
    "F18-zero-padded.jsonl.gz": 3, "F19-one-unreadable-certificate.jsonl": 3, "F25-base64-with-line-ends.jsonl": 2,
    "F26-places.jsonl": 3, "F31-numeric-evidence.jsonl": 2, "F34-chain-of-copied-texts.jsonl": 4, "F39 it's a scan.jsonl": 1}
REFUSED = {
    "F13-double-key.servers.json": "line 3, column 5", "F13-missing-comma.servers.json": "a comma or }",
    "F13-trailing-comma.servers.json": "line 12, column 1", "F14-nested-by-coin.servers.json": "by coin or by network",
    "F14-nested-by-network.servers.json": "by coin or by network",
    "F18-trailing-newline.jsonl.gz": "other bytes behind the last member", "F41-times-at-the-ends.jsonl": "row 1, field asked_at"}


def imported(folder, name, *options):
    return Dataset(folder, (INPUTS / "mmdb" / "F26-asn-int32.mmdb", INPUTS / "mmdb" / "F27-integer-coordinates.mmdb")), program(
        "collect", "import", INPUTS / name, "--output", folder / "raw", *options)


def normalized(folder, name, *options):
    dataset, result = imported(folder, name, *options)
    assert result.returncode == 0, result.stderr
    result = dataset.run("normalize")
    assert result.returncode == 0, result.stderr
    return dataset


def table(dataset, name, stage="normalize"):
    artifact, = dataset.folder(stage).rglob(f"{name}.csv.gz")
    return list(csv.DictReader(io.StringIO(content(artifact).decode())))


def servers(dataset, key="names"):
    return {row[key]: row for row in table(dataset, "servers")}


def test_every_input_has_a_verdict():
    assert {path.name for path in INPUTS.glob("*.*")} == set(TAKEN) | set(REFUSED)
    assert {path.stem for path in (INPUTS / "mmdb").iterdir()} == set(DATABASES)


@pytest.mark.parametrize("name", TAKEN)
def test_what_can_be_read_is_imported(tmp_path, name):
    _, result = imported(tmp_path, name)
    assert result.returncode == 0 and f"{TAKEN[name]} rows imported" in result.stderr, result.stderr


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_is_refused_with_its_place(tmp_path, name):
    _, result = imported(tmp_path, name)
    assert result.returncode == 65 and REFUSED[name] in result.stderr and name in result.stderr
    assert {path.name for path in (tmp_path / "raw").iterdir()} <= {".lock"}


def test_times_at_the_ends_of_the_calendar_cost_their_rows_alone(tmp_path):
    dataset = normalized(tmp_path, "F41-times-at-the-ends.jsonl", "--rejects", tmp_path / "rejects.jsonl")
    rejects = [json.loads(line) for line in (tmp_path / "rejects.jsonl").read_text().splitlines()]
    assert [(row["row"], row["column"]) for row in rejects] == [(1, "asked_at"), (2, "asked_at"), (3, "asked_at")]
    artifact, = dataset.raw.glob("*/connections.jsonl.gz")
    assert "rows_rejected" in json.dumps(manifest(artifact)) and len(table(dataset, "servers")) == 1


# Section 1


def test_flat_hosts_claim_nothing_and_are_told(tmp_path):
    dataset = normalized(tmp_path, "F03-flat-hosts.jsonl")
    claimed = {name for row in table(dataset, "servers") for name in row["hosts_claimed"].split(";")}
    assert not claimed & {"tcp_port", "ssl_port"}
    assert {row["form"]: row["count"] for row in table(dataset, "forms")} == {
        "features.hosts-flat": "4", "features.hosts-list": "1"}


def test_ports_as_texts_and_as_numbers_make_the_same_server(tmp_path):
    dataset = normalized(tmp_path, "F04-ports-as-texts.jsonl")
    found = [{k: row[k].replace("pint", "pair") for k in ("names", "hosts_claimed", "pruning", "outcome")} for row in table(dataset, "servers")]
    texts, numbers = ([row for row, given in zip(found, table(dataset, "servers")) if word in given["names"]] for word in ("pair", "pint"))
    assert texts and sorted(map(str, texts)) == sorted(map(str, numbers))
    assert {row["pruning"] for row in found} == {"1000"}


def test_a_peer_behind_a_loopback_address_is_followed_by_its_name(tmp_path):
    dataset = normalized(tmp_path, "F08-peers-behind-proxy-address.jsonl")
    hosts = {row["host"] for row in table(dataset, "endpoints")}
    assert {"mooo.realname.example", "raspi.other.example", "81.2.3.4", "fine.example"} <= hosts
    assert not any("127.0.0.1" in host or "onion" in host for host in hosts)


def test_places_in_other_forms_are_addresses_names_or_invalid_with_a_reason(tmp_path):
    dataset = normalized(tmp_path, "F09-places-in-other-forms.jsonl")
    found = {row["host"]: (row["valid"], row["reason"]) for row in table(dataset, "advertisements")}
    for host in ("[2600:1f18::7]", "2600:1f18::8", "91.2.3.4."):
        assert found[host][0] == "true", host
    for host in ("[2600:1f18::9]:50002", "91.2.3.4:50002", "ssl://b.example:50002", "c.example:50002:s", "d.example/",
                 "fe80::1%eth0", "0x5b020304", "91.2.3.004"):
        assert found[host][0] == "false" and found[host][1], host
    for artifact in dataset.folder("normalize").rglob("*.gz"):
        assert b"user:pw" not in content(artifact), artifact


def test_onion_names_that_cannot_exist_are_in_no_denominator(tmp_path):
    dataset = normalized(tmp_path, "F11-onion-v2.jsonl")
    real, = table(dataset, "endpoints")
    assert real["host"].startswith("h7cmz7tulbyofqgzt5y7gd7qmvwi33oudta5pu6to2ynxzuf4lz22kid.onion")
    assert {row["form"]: row["count"] for row in table(dataset, "forms")} == {"attempt.onion": "3"}


PLACES = {  # the database -> country, AS number, AS name of 8.8.4.10
    "F26-asn-int32": ("", "64500", "Example Net"), "F26-asn-text": ("", "64500", "Example Net"),
    "F26-ipinfo-asn": ("", "64500", "Example Net"), "F27-integer-coordinates": ("DE", "", ""), "F28-labels": ("", "", ""),
    "F28-lower-case": ("DE", "", ""), "F29-catch-all": ("", "", ""), "F29-older-writer": ("", "", ""), "F30-namibia": ("", "", "")}


@pytest.mark.parametrize("name", DATABASES)
def test_a_database_of_another_maker_is_read_or_says_what_it_has(tmp_path, name):
    dataset, result = imported(tmp_path, "F26-places.jsonl")
    dataset = Dataset(dataset.path, (INPUTS / "mmdb" / f"{name}.mmdb",))
    result = dataset.run("normalize")
    assert result.returncode == 0, result.stderr
    server = servers(dataset, "addresses")["8.8.4.10"]
    assert (server["country"], server["asn"], server["as_name"]) == PLACES[name]
    if name == "F27-integer-coordinates":
        assert (server["latitude"], server["longitude"], server["location_precision"]) == ("52.0", "13.0", "coordinates")
    use, = table(dataset, "databases")
    assert (use["known"] == "0") == (PLACES[name] == ("", "", "")) and bool(use["unread"]) == (use["known"] == "0")


# Section 2


def test_the_version_of_a_software_is_no_protocol(tmp_path):
    dataset = normalized(tmp_path, "F12-version-is-software.servers.json")
    told = {row["host"]: (row["protocol_max"], row["features"]) for row in table(dataset, "advertisements")}
    assert told["a.example"][0] == "1.4.2" and told["commerce.example"][0] == told["b.example"][0] == ""
    assert "2.0" in told["commerce.example"][1]


def test_a_lone_surrogate_is_inexact_and_ends_no_import(tmp_path):
    dataset = normalized(tmp_path, "F17-lone-surrogates.jsonl")
    artifact, = dataset.folder("normalize").rglob("texts.jsonl.gz")
    texts = [json.loads(line) for line in content(artifact).decode().splitlines()]
    inexact = [row for row in texts if row["line_base64"]]
    assert any(row["text"].startswith("caf\ufffd") for row in inexact) and len(servers(dataset)) == 4


def test_a_certificate_that_openssl_refuses_is_kept_by_its_digest(tmp_path):
    dataset = normalized(tmp_path, "F19-one-unreadable-certificate.jsonl")
    assert all(row["certificate_sha256s"] for row in table(dataset, "servers")) and len(servers(dataset)) == 3
    assert {row["form"]: row["count"] for row in table(dataset, "forms")} == {"certificates.unreadable": "1"}


def test_base64_with_line_ends_and_pem_are_one_certificate(tmp_path):
    dataset = normalized(tmp_path, "F25-base64-with-line-ends.jsonl")
    first, second = (row["certificate_sha256s"] for row in table(dataset, "servers"))
    assert first and first == second


# All of it


def through_all_stages(folder, scan, *options):
    dataset = Dataset(folder, tuple(INPUTS / "mmdb" / f"{name}.mmdb" for name in DATABASES))
    result = program("collect", "import", scan, "--output", dataset.raw, "--quiet", *options)
    assert result.returncode == 0, result.stderr
    for stage in STAGES:
        result = dataset.run(stage)
        assert result.returncode == 0, result.stderr
    assert not list(dataset.published.rglob(".lock"))
    assert faults(dataset.published) == []
    return dataset


def test_all_rows_together_pass_all_stages_and_every_reader(tmp_path):
    lines = [line for name in [*TAKEN, "F41-times-at-the-ends.jsonl"] if ".jsonl" in name
             for line in content(INPUTS / name).removeprefix(b"\xef\xbb\xbf").split(b"\n") if line.strip()]
    (tmp_path / "all.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    dataset = through_all_stages(tmp_path / "all", tmp_path / "all.jsonl", "--rejects", tmp_path / "rejects.jsonl")
    assert len((tmp_path / "rejects.jsonl").read_text().splitlines()) == 3
    texts = {row["donation_address"] for row in table(dataset, "servers", "publish")}
    assert "000123" in texts


@pytest.mark.soak
@pytest.mark.parametrize("name", [*TAKEN, "F41-times-at-the-ends.jsonl"])
def test_each_input_alone_passes_all_stages_and_every_reader(tmp_path, name):
    through_all_stages(tmp_path / "one", INPUTS / name, "--rejects", tmp_path / "rejects.jsonl")
