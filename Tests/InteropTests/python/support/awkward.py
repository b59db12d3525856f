"""A foreign scan of texts and sizes that readers of tables stumble over, of invented names."""

import base64
import json
import subprocess

from mmdb_writer import MMDBWriter
from netaddr import IPSet

from observatory import Dataset, STAGES, program

# What readers that guess take for something else.
TEXTS = ["000123", "null", "nan", "NA", "1e5", "=1+1", "True", "2020-01-02", "#1", "\\[cut to 1 of 2 characters: sha256 "
         + 64 * "0" + "]", "caf\u00e9 \u202e;=2+2", "a\\b\n\tc", " x ", "'", "\u2028"]
QUOTED = 'a "quoted" text, with a comma'
PLAIN = 2_100
LONG_BANNER = "=\u202e\\\u00e9;" * 28_000 + "end"
CLAIMED = sorted(f"claimed-{number:04d}.of-one-server.example" for number in range(4_000))
NAMED = sorted(f"{60 * 'n'}.{number:03d}{50 * 'm'}.{60 * 'o'}.example" for number in range(700))
CERTIFIED = sorted(f"name-{number:04d}.of-one-certificate.example" for number in range(4_500))


def row(host, address, **more):
    return {"host": host, "address": address, "port": 50001, "transport": "tcp", "asked_at": "2026-03-04T05:06:07Z",
            "server_version": ["ElectrumX 1.16.0", "1.4"], "banner": "Welcome", **more}


def certificate(folder):
    """The DER bytes of a certificate with 4,500 names."""
    names = "".join(f"DNS.{number} = {name}\n" for number, name in enumerate(CERTIFIED))
    (folder / "names.cnf").write_text(
        f"[req]\ndistinguished_name = dn\nprompt = no\nx509_extensions = x\n[dn]\nCN = {CERTIFIED[0]}\n"
        f"[x]\nsubjectAltName = @names\n[names]\n{names}")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ed25519", "-nodes", "-days", "99", "-config", "names.cnf", "-keyout", "key.pem",
         "-outform", "DER", "-out", "names.der"], cwd=folder, check=True, capture_output=True)
    return (folder / "names.der").read_bytes()


def plain_rows():
    return [row(f"h{n:04d}.d{n:04d}.example", f"20.0.{n // 256}.{n % 256}") for n in range(PLAIN)]


def text_rows():
    return [row(f"t{n}.text{n}.example", f"200.1.{n}.1", banner=text, donation_address=text, server_version=[text, "1.4"])
            for n, text in enumerate(TEXTS)]


def long_rows(folder):
    yield row("long.one.example", "201.1.1.1", banner=LONG_BANNER,
              features={"hosts": {name: {"tcp_port": 50001} for name in CLAIMED}})
    yield row("certified.two.example", "201.1.2.1", port=50002, transport="ssl",
              certificate_der=base64.b64encode(certificate(folder)).decode())
    yield from (row(name, "202.1.1.1") for name in NAMED)


def namibia(path):
    """A database that has the text hosts in Namibia, in a network that is called NA."""
    writer = MMDBWriter(ip_version=6, database_type="Test-Country-ASN", ipv4_compatible=True)
    writer.insert_network(IPSet(["200.1.0.0/16"]), {
        "country": {"iso_code": "NA"}, "autonomous_system_number": 64501, "autonomous_system_organization": "NA"})
    writer.to_db_file(str(path))


def derive(folder, rows, geoip=(), stages=STAGES):
    """A dataset of these rows, imported, through the stages."""
    scan = folder.with_suffix(".jsonl")
    scan.parent.mkdir(parents=True, exist_ok=True)
    scan.write_text("".join(json.dumps(line) + "\n" for line in rows))
    dataset = Dataset(folder, tuple(geoip))
    result = program("collect", "import", scan, "--output", dataset.raw, "--quiet")
    assert result.returncode == 0, result.stderr
    for stage in stages:
        result = dataset.run(stage)
        assert result.returncode == 0, result.stderr
    return dataset
