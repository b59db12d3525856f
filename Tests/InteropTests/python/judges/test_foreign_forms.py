"""What other programs write, in the forms in which they write it: the same value is read the same (R-12)."""

import base64
import csv
import gzip
import hashlib
import io
import ipaddress
import json
import subprocess

import pytest
from mmdb_writer import MMDBWriter, MmdbF32, MmdbF64, MmdbI32, MmdbU16, MmdbU32, MmdbU64, MmdbU128
from netaddr import IPSet

from observatory import Dataset, content, program

GENESIS = "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f"


def row(number, **more):
    return {"host": f"h{number:02d}.d{number:02d}.example", "address": f"{20 + number}.1.1.1", "port": 50001,
            "transport": "tcp", "asked_at": "2026-03-04T05:06:07Z", "server_version": ["ElectrumX 1.16.0", "1.4"], **more}


def features(**more):
    return {"genesis_hash": GENESIS, "hash_function": "sha256", "hosts": {}, "protocol_max": "1.4.3", "protocol_min": "1.4",
            "pruning": None, "server_version": "ElectrumX 1.16.0", **more}


def table(dataset, name):
    artifact, = dataset.folder("normalize").glob(f"*/{name}.csv.gz")
    return list(csv.DictReader(io.StringIO(content(artifact).decode())))


def derived(folder, rows, geoip=()):
    """The servers of these rows in their order, and the dataset; a row that is refused is None."""
    (folder / "scan.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    dataset = Dataset(folder / "data", tuple(geoip))
    result = program("collect", "import", folder / "scan.jsonl", "--output", dataset.raw, "--rejects", folder / "rejects.jsonl")
    assert result.returncode == 0, result.stderr
    result = dataset.run("normalize")
    assert result.returncode == 0, result.stderr
    servers = {server["names"] or server["addresses"]: server for server in table(dataset, "servers")}
    return [servers.get(row["host"]) for row in rows], dataset


def forms(dataset):
    return {row["form"]: int(row["count"]) for row in table(dataset, "forms")}


# server.features

PORTS = ["50001", 50001, 50001.0, " 50001 ", "50001.0", "t50001", ":50001", "50001\n"]
NO_PORTS = ["0050001", 50001.5, True, [50001], -1, 65536, "65536", "null", "\uff15\uff10\uff10\uff10\uff11", "5e4"]


def test_a_port_is_the_same_in_every_form(tmp_path):
    rows = [row(n, features=features(hosts={f"h{n:02d}.d{n:02d}.example": {"tcp_port": port}}))
            for n, port in enumerate(PORTS + NO_PORTS)]
    servers, dataset = derived(tmp_path, rows)
    result = dataset.run("featurize")
    assert result.returncode == 0, result.stderr
    artifact, = dataset.folder("featurize").glob("features.csv.gz")
    ports = {line["server_id"]: line["ports"] for line in csv.DictReader(io.StringIO(content(artifact).decode()))}
    told = [ports[server["server_id"]] for server in servers]
    assert len(set(told[:len(PORTS)])) == 1 and "50001" in told[0], told
    assert forms(dataset) == {"features.port-text": 6, "features.port-unreadable": len(NO_PORTS)}


def test_pruning_is_the_same_in_every_form(tmp_path):
    known = ["10000", 10000, 10000.0, " 10000 ", "10000.0"]
    nothing = [None, "-", "", False]
    unread = ["p10000", -1, 1.5, True, [], {}, "1e4"]
    servers, dataset = derived(tmp_path, [row(n, features=features(pruning=value))
                                          for n, value in enumerate(known + nothing + unread)])
    assert [server["pruning"] for server in servers] == len(known) * ["10000"] + (len(nothing) + len(unread)) * [""]
    assert forms(dataset) == {"features.pruning-text": 4, "features.pruning-unreadable": len(unread)}


@pytest.mark.parametrize("hosts, claimed, form", [
    ({"a.example": {"tcp_port": 1}}, "a.example", None), ({"A.Example.": {}}, "a.example", None),
    ({"[2600:1f18::7]": {"ssl_port": 2}}, "2600:1f18::7", None), (["a.example", "b.example"], "a.example;b.example", "list"),
    ([{"host": "a.example", "tcp_port": "50001"}], "a.example", "list"), ({"tcp_port": 50001}, "", "flat"),
    ({"tcp_port": "50001", "ssl_port": None}, "", "flat"), ({"a.example": {}, "tcp_port": 1}, "a.example", "flat"),
    ({"hosts": {"a.example": {"tcp_port": 1}}}, "a.example", "nested"),
    ({"clearnet": {"a.example": {"ssl_port": "2"}}, "b.example": {"tcp_port": 1}}, "a.example;b.example", "nested"),
    ({"a.example": {"tor": {}}}, "a.example", None), (None, "", None), ([], "", None), ({}, "", None), ("a.example", "", "unreadable"),
    (12, "", "unreadable"), ({"a.example": None}, "a.example", None), ({"ssl://a.example": {}}, "", "host-name"),
    ({"a.example:50001": {}}, "", "host-name"), ({"fe80::1%eth0": {}}, "", "host-name"), ({"": {}}, "", "host-name")])
def test_hosts_are_read_in_every_form(tmp_path, hosts, claimed, form):
    (server,), dataset = derived(tmp_path, [row(0, features=features(hosts=hosts))])
    assert server["hosts_claimed"] == claimed
    told = {name for name in forms(dataset) if "host" in name}
    assert told == ({f"features.hosts-{form}"} if form and form != "host-name" else {"features.host-name"} if form else set())


def test_a_hash_is_the_same_in_every_spelling(tmp_path):
    same = [GENESIS, GENESIS.upper(), "0x" + GENESIS, "0X" + GENESIS.upper(), f" {GENESIS}\n"]
    none = [GENESIS[:-1], GENESIS + "00", 64 * "z", "0x", base64.b64encode(bytes.fromhex(GENESIS)).decode(), 12, [GENESIS]]
    servers, dataset = derived(tmp_path, [row(n, features=features(genesis_hash=value)) for n, value in enumerate(same + none)])
    assert [server["genesis_hash"] for server in servers] == len(same) * [GENESIS] + len(none) * [""]
    assert [server["chain"] for server in servers] == len(same) * ["mainnet"] + len(none) * [""]
    assert forms(dataset) == {"features.genesis-spelling": 4, "features.genesis-unreadable": len(none)}


# Places

PEERS = {  # address, host -> the place that is followed, or nothing
    ("[2600:1f18::7]", "[2600:1f18::7]"): "2600:1f18::7", ("2600:1F18::0008", "2600:1F18::0008"): "2600:1f18::8",
    ("91.2.3.4.", "91.2.3.4."): "91.2.3.4", ("91.2.3.5", "A.Example."): "a.example",
    ("127.0.0.1", "b.example"): "b.example", ("fe80::1", "c.example"): "c.example", ("10.0.0.1", "91.2.3.6"): "91.2.3.6",
    ("[2600:1f18::9]:50002", "[2600:1f18::9]:50002"): None, ("91.2.3.7:50002", "91.2.3.7:50002"): None,
    ("ssl://d.example", "ssl://d.example"): None, ("user:pw@e.example", "user:pw@e.example"): None,
    ("fe80::1%eth0", "fe80::1%eth0"): None, ("2600:1f18::a%eth0", "2600:1f18::a%eth0"): None, ("0x5b020304", "0x5b020304"): None,
    ("91.2.3.004", "91.2.3.004"): None, ("f.example/", "f.example/"): None, ("zyxwvutsrq765432.onion", "zyxwvutsrq765432.onion"): None,
    ("[]", "[]"): None, ("[91.2.3.8", "[91.2.3.8"): None}


def test_a_peer_is_the_same_place_in_every_form_and_nobody_s_password_is_told(tmp_path):
    peers = [[address, host, ["v1.4", "s50002"]] for address, host in PEERS]
    _, dataset = derived(tmp_path, [row(0, peers=peers)])
    found = {endpoint["host"] for endpoint in table(dataset, "endpoints")} - {"h00.d00.example"}
    assert found == {place for place in PEERS.values() if place}
    rows = {(line["address"], line["host"]): line for line in table(dataset, "advertisements") if line["source_kind"] == "peers"
            or "s50002" in line["features"]}
    for (address, host), place in PEERS.items():
        if place is None and "@" not in address:
            line = rows[address, host]
            assert line["valid"] == "false" and line["reason"], (address, line)
    for artifact in dataset.folder("normalize").rglob("*.gz"):
        assert b"user:pw" not in content(artifact), artifact


@pytest.mark.parametrize("host, place", [
    ("[2600:1f18::7]", "2600:1f18::7"), ("A.Example.", "a.example"), ("91.2.3.4.", "91.2.3.4"), ("[2600:1f18::7]:50002", None),
    ("a.example:50002", None), ("ssl://a.example", None), ("user:pw@a.example", None), ("fe80::1%eth0", None),
    ("91.2.3.004", None), ("0x5b020304", None), ("", None)])
def test_a_host_that_was_asked_is_a_place_or_refused_with_its_reason(tmp_path, host, place):
    (tmp_path / "scan.jsonl").write_text(json.dumps({"host": host, "port": 50001, "transport": "tcp"}) + "\n")
    result = program("collect", "import", tmp_path / "scan.jsonl", "--output", tmp_path / "raw")
    assert (result.returncode == 0) == (place is not None)
    assert "user:pw" not in result.stderr
    if place:
        dataset = Dataset(tmp_path)
        assert dataset.run("normalize").returncode == 0
        assert {line["host"] for line in table(dataset, "endpoints")} == {place}
    else:
        assert "place." in result.stderr and "field host" in result.stderr


# Encodings

LINE = json.dumps(row(0, banner="Grüße ☃"), ensure_ascii=False)
OTHER = json.dumps(row(1), ensure_ascii=False)
MARK = b"\xef\xbb\xbf"
LIST = json.dumps({"a.example": {"s": "50002", "version": "1.4"}})
STATE = json.dumps({"commit_date": "2020-05-01T00:00:00Z", "network": "mainnet", "host": "a.example", "ssl_port": "50002"})


@pytest.mark.parametrize("data, rows", {
    "plain": (LINE.encode(), 1), "mark": (MARK + LINE.encode(), 1), "crlf": (f"{LINE}\r\n{OTHER}\r\n".encode(), 2),
    "mark and crlf": (MARK + f"{LINE}\r\n{OTHER}\r\n".encode(), 2), "joined files": (LINE.encode() + b"\n" + MARK + OTHER.encode(), 2),
    "blank lines": (f"\n{LINE}\n\n{OTHER}\n\n".encode(), 2), "packed mark": (gzip.compress(MARK + LINE.encode()), 1),
    "list with mark": (MARK + LIST.encode(), 1), "list in lines": (MARK + LIST.replace(",", ",\r\n").encode(), 1),
    "state with mark": (MARK + STATE.encode() + b"\r\n", 1), "not utf-8": (LINE.replace(" ☃", "").encode("latin-1"), 1)}.values(),
    ids=lambda value: None)
def test_marks_and_line_ends_make_no_difference(tmp_path, data, rows):
    (tmp_path / "scan").write_bytes(data)
    result = program("collect", "import", tmp_path / "scan", "--output", tmp_path / "raw")
    assert result.returncode == 0, result.stderr
    assert f"{rows} rows imported" in result.stderr


@pytest.mark.parametrize("text", [LINE, LIST, STATE], ids=["jsonl", "servers", "history"])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_another_encoding_is_named(tmp_path, text, encoding, pack):
    (tmp_path / "scan").write_bytes(pack(text.encode(encoding)))
    result = program("collect", "import", tmp_path / "scan", "--output", tmp_path / "raw")
    assert result.returncode == 65 and encoding[:6].upper() in result.stderr and "write the file as UTF-8" in result.stderr


# Certificates


@pytest.fixture(scope="module")
def der(tmp_path_factory):
    folder = tmp_path_factory.mktemp("certificate")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ed25519", "-nodes", "-days", "99", "-subj", "/CN=a.example",
                    "-keyout", "key.pem", "-outform", "DER", "-out", "a.der"], cwd=folder, check=True, capture_output=True)
    return (folder / "a.der").read_bytes()


def spellings(der):
    base = base64.b64encode(der).decode()
    lines = [base[n:n + 64] for n in range(0, len(base), 64)]
    pem = "\n".join(["-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----", ""])
    url = base64.urlsafe_b64encode(der).decode()
    key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"
    colons = ":".join(f"{byte:02X}" for byte in der)
    read = {"base64": base, "lines": "\n".join(lines) + "\n", "crlf": "\r\n".join(lines), "url": url, "unpadded": base.rstrip("="),
            "url unpadded": url.rstrip("="), "spaces": f"  {base} ", "list": [base], "chain": [base, base], "pem": pem,
            "pem crlf": pem.replace("\n", "\r\n"), "text before": "subject=/CN=a.example\n" + pem, "two": pem + pem,
            "two with text": f"0 s:CN\n{pem}1 s:CN\n{pem}", "key before": key + pem, "one line": pem.replace("\n", " "),
            "escaped lines": pem.replace("\n", "\\n"), "escaped crlf": pem.replace("\n", "\\r\\n"),
            "older label": pem.replace("CERTIFICATE", "X509 CERTIFICATE"), "list of pem": [pem], "hex": der.hex(),
            "upper hex": der.hex().upper(), "hex with colons": colons, "0x": "0x" + der.hex(), "hex lines": "\n".join(
                colons[n:n + 48] for n in range(0, len(colons), 48))}
    refused = {"no end": pem.split("-----END")[0], "second without end": pem + pem.split("-----END")[0], "a key alone": key, "empty": "",
               "no base64": "!!!", "no der": "AAAA", "odd hex": der.hex()[:-1], "a trusted one": pem.replace(
                   "CERTIFICATE", "TRUSTED CERTIFICATE")}
    return read, refused


def test_a_certificate_is_the_same_in_every_spelling_and_half_a_one_is_none(tmp_path, der):
    read, refused = spellings(der)
    rows = [row(n, port=50002, transport="ssl", certificate_der=value) for n, value in enumerate([*read.values(), *refused.values()])]
    servers, dataset = derived(tmp_path, rows)
    digest = hashlib.sha256(der).hexdigest()
    told = dict(zip([*read, *refused], [server and server["certificate_sha256s"] for server in servers]))
    assert told == {name: digest for name in read} | {name: None for name in refused}
    rejects = [json.loads(line) for line in (tmp_path / "rejects.jsonl").read_text().splitlines()]
    assert [line["column"] for line in rejects] == len(refused) * ["certificate_der"]


# GeoIP databases of other makers

DE = {"country": {"iso_code": "DE"}}
NOWHERE = ("", "", "", " ")


def number(value, told="13335", name="", key="asn"):
    return {key: value}, ("", told, name, " ")


def country(record, told="DE"):
    return record, (told, "", "", "51.0 10.0" if told else " ")


def place(record):
    return record, ("", "", "", "52.0 13.0")


RECORDS = [
    *[number(value) for value in (13335, "13335", "AS13335", "as13335", " ASN13335 ", 13335.0)],
    *[number(width(13335), key="autonomous_system_number") for width in (MmdbI32, MmdbU16, MmdbU32, MmdbU64, MmdbU128, MmdbF32, MmdbF64)],
    number("AS13335 Cloudflare", name="Cloudflare"), number("13335 Cloudflare", name="Cloudflare"),
    number("AS13335 Cloudflare", name="Cloudflare", key="as"), number("AS13335 Cloudflare", name="Cloudflare", key="org"),
    number({"number": "13335", "name": "Cloudflare"}, name="Cloudflare"), number(4294967295, "4294967295"),
    *[number(value, "") for value in (MmdbI32(-1), MmdbU64(1 << 33), 1.5, "Cloudflare", [13335], 0, "-", "")],
    country(DE | {"city": {"names": {"en": "Berlin", "de": "Berlin"}}}), country({"country_code": "DE", "city": "Berlin"}),
    country({"country": "DE"}), country({"country": "de"}), country({"country": " De "}), country("DE"), country({"country": {"code": "DE"}}),
    country({"country": "Germany", "country_code": "DE"}), country(DE | {"registered_country": {"iso_code": "US"}}),
    *[country(record, "") for record in (
        {"registered_country": {"iso_code": "DE"}}, {"country": "Germany"}, {"country": "EU"}, {"country": {"names": {"en": "Germany"}}},
        {"continent": {"code": "EU"}}, {"x": {"country": "DE"}}, ["DE"])],
    *[place({"location": {"latitude": width(52), "longitude": width(13)}})
      for width in (MmdbI32, MmdbU16, MmdbU64, MmdbU128, MmdbF32, MmdbF64, str, " {}.0 ".format)],
    place({"latitude": 52.0, "longitude": 13}), place({"lat": "52", "lng": "13"}), place({"loc": "52,13"}),
    place({"location": {"lat": 52.0, "lon": 13.0}}),
    ({"country": {"iso_code": "NA"}, "asn": 64501, "as_name": "NA"}, ("NA", "64501", "NA", "-22.0 17.0"))]
TOLD = ["AS number -1", "AS number 8589934592", "AS number 1.5", "AS number \"Cloudflare\" 2", "AS number a list",
        "country \"DE\" of the registration alone 2", "country \"Germany\" 2", "country \"EU\" 2",
        "record without country, coordinates and AS 6", "record that is no map 2"]


def geography(folder, records, addresses, ip_version=6):
    """Country, AS number, AS name and coordinates of addresses by a database of records by network, and what is told of it."""
    writer = MMDBWriter(ip_version=ip_version, database_type="Made", ipv4_compatible=ip_version == 6)
    for network, record in records:
        writer.insert_network(IPSet([network]), record)
    writer.to_db_file(str(folder / "made.mmdb"))
    rows = [row(n) | {"host": str(ipaddress.ip_address(address)), "address": None} for n, address in enumerate(addresses)]
    servers, dataset = derived(folder, rows, [folder / "made.mmdb"])
    use, = table(dataset, "databases")
    return [(s["country"], s["asn"], s["as_name"], s["latitude"] + " " + s["longitude"]) for s in servers], use


def test_what_a_database_says_is_the_same_in_every_type_and_place_of_other_makers(tmp_path):
    records = [(network, record) for n, (record, _) in enumerate(RECORDS) for network in (f"8.8.{n}.0/24", f"2600:{n:x}::/32")]
    told, use = geography(tmp_path, records, [f"8.8.{n}.9" for n in range(len(RECORDS))] + [f"2600:{n:x}::9" for n in range(len(RECORDS))])
    for (record, expected), *found in zip(RECORDS, told, told[len(RECORDS):]):
        assert found == [expected, expected], record
    assert int(use["asked"]) == len(told) and int(use["known"]) == 2 * sum(expected != NOWHERE for _, expected in RECORDS)
    for words in TOLD:
        assert words in use["unread"], use["unread"]


def test_a_database_of_ipv4_alone_knows_no_ipv6_address(tmp_path):
    told, use = geography(tmp_path, [("8.8.4.0/24", {"country": "DE", "asn": 13335})], ["8.8.4.10", "2600:1f18::10"], ip_version=4)
    assert [line[0] for line in told] == ["DE", ""] and use["known"] == "1"


@pytest.mark.parametrize("networks", [["0.0.0.0/0"], ["0.0.0.0/1", "2000::/3"], ["8.0.0.0/7"]])
def test_a_catch_all_gives_no_place(tmp_path, networks):
    told, use = geography(tmp_path, [(network, DE | {"asn": 64500}) for network in networks], ["8.8.4.10", "2600:1f18::10"])
    assert told == 2 * [NOWHERE] and use["known"] == "0" and "shorter than /8" in use["unread"]


# What is nobody's to tell


def test_no_table_holds_a_password_wherever_it_stood(tmp_path):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ed25519", "-nodes", "-days", "99", "-keyout", "key.pem", "-outform", "DER", "-out", "a.der",
         "-subj", "/CN=rpc:hunter2@a.example:8332/O=https:\\/\\/u:hunter2@a.example\\/x",
         "-addext", "subjectAltName=URI:https://u:hunter2@a.example/?token=hunter2,DNS:a.example"],
        cwd=tmp_path, check=True, capture_output=True)
    text = "rpc:hunter2@a.example:8332 https://a.example/?x=1&password=hunter2 https://u:hunter2@a.example/ mail:me@a.example"
    (server,), dataset = derived(tmp_path, [row(
        0, banner=text, donation_address=text, server_version=[text, "1.4"], port=50002, transport="ssl",
        certificate_der=base64.b64encode((tmp_path / "a.der").read_bytes()).decode(), features=features(server_version=text))])
    assert server["banner"] == ("[redacted 11 bytes]@a.example:8332 https://a.example/?x=1&password=[redacted 7 bytes] "
                                "https://[redacted 9 bytes]@a.example/ mail:me@a.example")
    assert {"banner", "donation_address", "server_version_text"} <= set(server["redacted"].split(";"))
    certificate, = table(dataset, "certificates")
    assert "[redacted 11 bytes]@a.example:8332" in certificate["subject"]
    for artifact in dataset.folder("normalize").rglob("*.gz"):
        assert b"hunter2" not in content(artifact), artifact
