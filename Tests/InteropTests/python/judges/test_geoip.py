"""`make geoip`: tells where a database is to be had, checks one and keeps it; fetches nothing by itself."""

import gzip
import hashlib
import io
import tarfile

import maxminddb
import pytest

from conftest import GEOIP
from observatory import ROOT, make

CAPTURE = ROOT / "Tests" / "PipelineTests" / "Capture" / "address-plan.mmdb"


def kept(store):
    return sorted(p.name for p in (store / "geoip").glob("*")) if (store / "geoip").exists() else []


def test_the_options_are_told_with_their_licences_and_nothing_is_kept(tmp_path, monkeypatch):
    monkeypatch.setenv("URL", "https://127.0.0.1:9/from-the-environment")
    monkeypatch.setenv("FILE", str(CAPTURE))
    result = make(tmp_path, "geoip")
    assert result.returncode == 0, result.stderr
    for words in ("DB-IP Lite", "CC BY 4.0", "GeoLite2", "End User License Agreement", "IP2Location LITE",
                  "IPinfo Lite", "CC BY-SA 4.0", "curl ", "make GEOIP="):
        assert words in result.stdout
    assert kept(tmp_path) == []


def forms(tmp_path):
    data = CAPTURE.read_bytes()
    (tmp_path / "plain.mmdb").write_bytes(data)
    (tmp_path / "packed.mmdb.gz").write_bytes(gzip.compress(data))
    with tarfile.open(tmp_path / "archive.tar.gz", "w:gz") as archive:
        for name, content in (("x/db.mmdb", data), ("x/LICENSE.txt", b"Terms of the maker.\n")):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return [tmp_path / name for name in ("plain.mmdb", "packed.mmdb.gz", "archive.tar.gz")]


def test_a_database_is_kept_with_its_digest_in_whichever_form_it_comes(tmp_path):
    data = CAPTURE.read_bytes()
    for number, path in enumerate(forms(tmp_path)):
        store = tmp_path / f"store {number}".replace(" ", "-")
        result = make(store, "geoip", f"FILE={path}")
        assert result.returncode == 0, result.stderr
        name, digest_name = kept(store)
        assert digest_name == name + ".sha256"
        assert (store / "geoip" / name).read_bytes() == data
        digest = hashlib.sha256(data).hexdigest()
        assert (store / "geoip" / digest_name).read_text() == f"{digest}  {name}\n"
        assert digest in result.stdout and f"make GEOIP={store}/geoip/{name}" in result.stdout
        assert ("Terms of the maker." in result.stdout) == path.name.startswith("archive")
        assert make(store, "geoip", f"FILE={path}").returncode == 0, "again"


def shown(result, path, database):
    """Compares what is shown with what MaxMind's reader counts."""
    assert result.returncode == 0, result.stderr
    with maxminddb.open_database(path) as reader:
        counts = {4: 0, 6: 0}
        for network, _ in reader:
            counts[network.version] += 1
        assert f"type        {reader.metadata().database_type}\n" in result.stdout
    assert f"IPv4 {counts[4]:,}, IPv6 {counts[6]:,}; " in result.stdout, database


def test_networks_are_counted_as_maxminds_reader_counts_them(tmp_path):
    shown(make(tmp_path, "geoip", f"FILE={CAPTURE}"), CAPTURE, "the address plan")


def test_a_real_database_is_counted_right(tmp_path):
    if not GEOIP.exists():
        pytest.skip("no real database is here")
    path = tmp_path / "real.mmdb"
    path.write_bytes(gzip.decompress(GEOIP.read_bytes()))
    result = make(tmp_path, "geoip", f"FILE={path}")
    shown(result, path, "IPFire")
    assert "holds       AS number, AS organisation, country (" in result.stdout


@pytest.mark.parametrize("damage", ["text", "empty", "cut", "no-tree", "cut-gzip"])
def test_what_is_no_intact_database_is_refused_and_nothing_is_kept(tmp_path, damage):
    data = CAPTURE.read_bytes()
    path = tmp_path / "given"
    path.write_bytes({"text": b"certainly no database", "empty": b"", "cut": data[:-40], "no-tree": data[-400:],
                      "cut-gzip": gzip.compress(data)[:-20]}[damage])
    result = make(tmp_path, "geoip", f"FILE={path}")
    assert result.returncode == 2 and "Error 65" in result.stderr, result.stderr
    assert "geoip: " in result.stderr and "Traceback" not in result.stderr
    assert kept(tmp_path) == []


def test_a_missing_file_another_edition_and_a_url_without_tls_are_refused(tmp_path):
    assert "Error 66" in make(tmp_path, "geoip", "FILE=/nowhere/x.mmdb").stderr
    assert "Error 64" in make(tmp_path, "geoip", "URL=http://127.0.0.1:9/x.mmdb").stderr
    make(tmp_path, "geoip", f"FILE={CAPTURE}")
    name = next(n for n in kept(tmp_path) if n.endswith(".mmdb"))
    (tmp_path / "geoip" / name).write_bytes(b"another")
    assert "Error 73" in make(tmp_path, "geoip", f"FILE={CAPTURE}").stderr
    assert (tmp_path / "geoip" / name).read_bytes() == b"another"


def test_a_url_is_fetched_only_when_it_is_given_and_a_failure_keeps_its_secret(tmp_path):
    result = make(tmp_path, "geoip", "URL=https://127.0.0.1:9/x.mmdb?token=hidden")
    assert "Error 69" in result.stderr
    assert "hidden" not in result.stderr + result.stdout
