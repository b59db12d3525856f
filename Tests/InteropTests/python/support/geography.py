"""Where normalize says that addresses are, and what a database says by the rules of its columns."""

import csv
import gzip
import io
import ipaddress
import json
import math
import re
import subprocess
import sys
import tarfile

from observatory import content, program
from untrusted_text import unescaped

MAXMINDDB = ("maxminddb==3.2.0 "
             "--hash=sha256:d28e0073fd1dd637c8b95947bc864b5625eca9f8f2db1538145e33b2a1cd4b92")


def located(folder, addresses, databases):
    """Canonical address -> its endpoint's row, by the programs: an imported scan, normalized."""
    folder.mkdir()
    scan = folder / "scan.jsonl"
    with scan.open("w") as out:
        for address in addresses:
            print(json.dumps({"host": address, "port": 50001, "transport": "tcp",
                              "outcome": "connect.timed-out", "asked_at": "2026-01-02T03:04:05Z"}), file=out)
    result = program("collect", "import", scan, "--format", "jsonl", "--output", folder / "raw", "--quiet")
    assert result.returncode == 0, result.stderr
    options = [part for database in databases for part in ("--geoip", database)]
    result = program("normalize", "--raw", folder / "raw", "--output", folder / "normalized", "--quiet", *options)
    assert result.returncode == 0, result.stderr
    rows = {}
    for artifact in (folder / "normalized").glob("*/endpoints.csv.gz"):
        for row in csv.DictReader(io.StringIO(content(artifact).decode())):
            rows[ipaddress.ip_address(row["address"])] = row
    assert len(rows) == len({ipaddress.ip_address(a) for a in addresses})
    return rows


def host(address):
    """The address of the host itself, where an IPv6 address carries one of IPv4."""
    if address.version == 4:
        return address
    number = int(address)
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address.sixtofour:
        return address.sixtofour
    if address.teredo:
        return address.teredo[1]
    if address in ipaddress.ip_network("64:ff9b::/96") or 1 << 24 <= number < 1 << 32:
        return ipaddress.ip_address(number & 0xFFFFFFFF)
    return address


def expected(record):
    """Country, AS number, organisation and coordinates of one database's record; None: not said."""
    record = record if isinstance(record, dict) else {}
    inner = {key: record[key] if isinstance(record.get(key), dict) else {}
             for key in ("country", "location", "traits")}
    country = inner["country"].get("iso_code") or record.get("country_code") or record.get("country")
    if not isinstance(country, str) or not re.fullmatch("[A-Z]{2}", country) or country in ("AP", "EU", "XX", "ZZ"):
        country = None
    number = record.get("autonomous_system_number", record.get("asn", inner["traits"].get("autonomous_system_number")))
    if isinstance(number, str):
        number = int(number.removeprefix("AS"))
    name = record.get("autonomous_system_organization") or record.get("as_name") \
        or inner["traits"].get("autonomous_system_organization")
    place = inner["location"].get("latitude"), inner["location"].get("longitude")
    return country, number or None, name or None, None if None in place else place


def disagreements(rows, record_of):
    """What rows say otherwise than a database; `record_of` gives the record of an address."""
    found = []
    for address, row in sorted(rows.items(), key=lambda item: (item[0].version, item[0])):
        country, number, name, place = expected(record_of(host(address)))
        ours = row["country"] or None, int(row["asn"]) if row["asn"] else None
        if ours != (country, number) or (number and unescaped(row["as_name"]) != (name or "")):
            found.append((str(address), ours, row["as_name"], (country, number, name)))
        if place:
            right = row["location_precision"] == "coordinates" and all(
                math.isclose(float(row[key]), value, rel_tol=1e-5, abs_tol=1e-5)
                for key, value in zip(("latitude", "longitude"), place))
        else:
            right = row["location_precision"] in (("country-centroid", "") if country else ("",))
        if not right:
            found.append((str(address), row["location_precision"], row["latitude"], row["longitude"], place))
    return found


def ends(network):
    """First, middle and last address of a network; of IPv4 where it lies in ::/96."""
    network = ipaddress.ip_network(network, strict=False)
    first, last = int(network.network_address), int(network.broadcast_address)
    numbers = {first, (first + last) // 2, last}
    if network.version == 6 and last < 1 << 32:
        return [ipaddress.IPv4Address(number) for number in numbers]
    return [type(network.network_address)(number) for number in numbers]


def test_databases(folder):
    """MaxMind's own test databases, as the source distribution of maxminddb carries them; None
    where it cannot be fetched."""
    wanted = folder / "wanted.txt"
    wanted.write_text(MAXMINDDB + "\n")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:",
               "--require-hashes", "--dest", folder, "--requirement", wanted]
    try:
        subprocess.run(command, capture_output=True, timeout=180)
    except subprocess.TimeoutExpired:
        pass
    archives = list(folder.glob("maxminddb-*.tar.gz"))
    if not archives:
        return None
    with tarfile.open(archives[0]) as archive:
        archive.extractall(folder, filter="data")
    return next(folder.glob("maxminddb-*/tests/data"))


test_databases.__test__ = False


def source(data, name):
    """The source of a test database: networks with their records, and the record of an address."""
    entries = [(ipaddress.ip_network(network if ":" in network else network, strict=False), record)
               for part in json.loads((data / "source-data" / f"{name}.json").read_text())
               for network, record in part.items()]
    table = {}
    for network, record in entries:
        if network.version == 4:
            network = ipaddress.ip_network(f"::{network.network_address}/{96 + network.prefixlen}")
        table[int(network.network_address), network.prefixlen] = record

    def record_of(address):
        number = int(address)
        for length in range(128, -1, -1):
            found = table.get((number >> (128 - length) << (128 - length), length))
            if found is not None:
                return found
        return None
    return [network for network, _ in entries], record_of


def unpacked(path, folder):
    """A database that may be packed, unpacked."""
    if path.suffix != ".gz":
        return path
    target = folder / path.stem
    target.write_bytes(gzip.decompress(path.read_bytes()))
    return target
