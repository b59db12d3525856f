"""Places, judged by MaxMind's own reader and MaxMind's own test databases."""

import ipaddress
import json
import random

import maxminddb
import pytest

from conftest import GEOIP, ORIGINAL
from geography import disagreements, ends, host, located, source, test_databases, unpacked
from observatory import ROOT, program

CAPTURE = ROOT / "Tests" / "PipelineTests" / "Capture" / "address-plan.mmdb"
# Those with fields that normalize reads, and a source to be compared with.
SOURCES = ["GeoIP2-City-Test", "GeoIP2-Country-Test", "GeoIP2-Enterprise-Test", "GeoIP2-ISP-Test",
           "GeoIP2-Precision-Enterprise-Test", "GeoLite2-ASN-Test", "GeoLite2-City-Test", "GeoLite2-Country-Test"]


@pytest.fixture(scope="module")
def maxmind(tmp_path_factory):
    data = test_databases(tmp_path_factory.mktemp("maxmind"))
    if data is None:
        pytest.skip("the source distribution of maxminddb cannot be fetched")
    return data


def carriers(address):
    """IPv6 addresses that carry an IPv4 address."""
    number = int(address)
    return [ipaddress.IPv6Address(value) for value in (
        0xFFFF << 32 | number, 0x2002 << 112 | number << 80 | 1, 0x64FF9B << 96 | number,
        0x20010000 << 96 | 0x41370C2A << 64 | 0x8000 << 48 | (number ^ 0xFFFFFFFF))]


@pytest.mark.parametrize("name", SOURCES)
def test_every_network_of_maxminds_test_databases_is_placed_as_its_source_says(maxmind, tmp_path, name):
    networks, record_of = source(maxmind, name)
    addresses = sorted({a for network in networks for a in ends(network)}, key=lambda a: (a.version, a))
    addresses += [c for a in addresses if a.version == 4 for c in carriers(a)][:400]
    database = maxmind / "test-data" / f"{name}.mmdb"
    rows = located(tmp_path / "scan", [str(a) for a in addresses], [database])
    assert len(rows) >= 100 or len(networks) < 50
    assert disagreements(rows, record_of) == []
    with maxminddb.open_database(database, maxminddb.MODE_MEMORY) as reader:
        assert disagreements(rows, reader.get) == []


def test_no_damaged_database_ends_the_program_otherwise_than_by_an_error(maxmind, small, tmp_path):
    codes = {}
    databases = sorted([*(maxmind / "bad-data").rglob("*.mmdb"), *(maxmind / "test-data").glob("*.mmdb")])
    assert len(databases) > 50
    for database in databases:
        result = program("normalize", "--raw", small.raw, "--output", tmp_path / database.stem, "--geoip", database,
                         "--quiet", timeout=60)
        codes[database.name] = result.returncode
        if result.returncode:
            assert database.name in result.stderr, result.stderr
    assert set(codes.values()) <= {0, 65, 66}, codes
    assert codes["GeoIP2-City-Test-Invalid-Node-Count.mmdb"] != 0
    assert codes["GeoIP2-City-Test.mmdb"] == 0


def sample(reader, count):
    """Addresses of a database: both ends of networks drawn with a fixed seed, and their neighbours."""
    networks = [network for number, (network, _) in enumerate(reader) if number % 97 == 5]
    drawn = random.Random(20261125).sample(networks, min(count, len(networks)))
    addresses = set()
    for network in drawn:
        for address in ends(network):
            addresses.add(address)
            limit = 2 ** (32 if address.version == 4 else 128) - 1
            addresses.add(type(address)(min(int(address) + 1, limit)))
    return addresses


def test_a_real_database_is_read_as_maxminds_reader_reads_it(tmp_path):
    if not GEOIP.exists():
        pytest.skip("no real database is here")
    database = unpacked(GEOIP, tmp_path)
    with maxminddb.open_database(database) as reader:
        addresses = sample(reader, 2500)
        if ORIGINAL.exists():
            import gzip
            peers = json.loads(gzip.decompress((ORIGINAL / "peers.json.gz").read_bytes()))
            for peer in peers:
                try:
                    addresses.add(ipaddress.ip_address(peer["raw"][0]))
                except ValueError:
                    continue
        ordered = sorted(addresses, key=lambda a: (a.version, a))
        ordered += [c for a in ordered[:300] if a.version == 4 for c in carriers(a)]
        rows = located(tmp_path / "scan", [str(a) for a in ordered], [database])
        assert len(rows) > 5000
        # A code that is no country's any more is not told as one.
        assert [each for each in disagreements(rows, reader.get) if "'CS'" not in str(each)] == []
        known = sum(bool(row["country"]) for row in rows.values())
        assert known > len(rows) * 0.9


def test_a_country_without_coordinates_is_placed_in_its_middle_and_says_so(tmp_path):
    if not GEOIP.exists():
        pytest.skip("no real database is here")
    rows = located(tmp_path / "scan", ["8.8.8.8", "9.9.9.9", "127.0.0.1"], [unpacked(GEOIP, tmp_path)])
    google, loopback = rows[ipaddress.ip_address("8.8.8.8")], rows[ipaddress.ip_address("127.0.0.1")]
    assert google["location_precision"] == "country-centroid" and google["latitude"] and google["longitude"]
    assert loopback["location_precision"] == loopback["latitude"] == loopback["country"] == ""


def test_every_database_stands_in_the_manifest_with_its_digest_and_the_first_decides(maxmind, tmp_path):
    import hashlib
    names = ["GeoLite2-Country-Test", "GeoLite2-ASN-Test", "GeoLite2-City-Test"]
    databases = [maxmind / "test-data" / f"{name}.mmdb" for name in names]
    rows = located(tmp_path / "scan", ["81.2.69.160", "1.128.0.1"], databases)
    london, telstra = rows[ipaddress.ip_address("81.2.69.160")], rows[ipaddress.ip_address("1.128.0.1")]
    assert (london["country"], london["location_precision"]) == ("GB", "coordinates")
    assert telstra["asn"] == "1221"
    stated = json.loads((tmp_path / "scan" / "normalized" / "normalize.manifest.json").read_text())
    text = json.dumps(stated)
    for number, database in enumerate(databases, 1):
        assert f"geoip-{number}" in text
        assert hashlib.sha256(database.read_bytes()).hexdigest() in text


def test_the_simulated_address_plan_is_read_alike(tmp_path):
    with maxminddb.open_database(CAPTURE) as reader:
        addresses = {a for network, _ in reader for a in ends(network)}
        addresses |= {c for a in list(addresses) if a.version == 4 for c in carriers(a)}
        rows = located(tmp_path / "scan", sorted(map(str, addresses)), [CAPTURE])
        assert disagreements(rows, reader.get) == []
        assert any(row["location_precision"] == "coordinates" for row in rows.values())


def test_a_carried_address_is_the_hosts():
    address = ipaddress.ip_address("81.2.69.160")
    assert [host(carrier) for carrier in carriers(address)] == [address] * 4
