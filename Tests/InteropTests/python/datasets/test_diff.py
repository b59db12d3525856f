"""Two scans of one simulated network with planted changes: each is found, and none is invented."""

import csv
import gzip
import json
import shutil
import xml.etree.ElementTree as xml

import pytest

from observatory import Dataset, program

SITES = [{"id": f"site-{n}", "prefix": f"127.{60 + n}.0.0/16", "asn": 64496 + n, "organization": f"Hoster {n}",
          "country": country, "latitude": 50.0 - n, "longitude": 8.0 + n}
         for n, country in enumerate(["DE", "FR", "NL", "US", "GB", "CH", "SE", "JP", "SG", "AU", "BR", "CA"])]


def server(number, name, software="ElectrumX 1.20.0", **more):
    return {"id": name, "software": software, "site": f"site-{number}", "names": [f"electrum.{name}.example"],
            "address": f"127.{60 + number}.1.1"} | more


def scenario(operators):
    return {"schema": "scenario.v1", "name": "planted", "description": "A network of which a few things change.",
            "seed": 7, "network": "regtest", "chain": {"blocks": 200, "tip_time": 1767312000}, "peer_knowledge": 1.0,
            "sites": SITES, "operators": operators, "bootstrap": [s["id"] for o in operators for s in o["servers"]]}


def operator(name, *servers, **more):
    return {"id": name, "kind": "vps", "servers": list(servers)} | more


SAME = [operator("ann", server(0, "ann")), operator("bea", server(1, "bea", "Fulcrum 2.1.1")),
        operator("cid", server(2, "cid"), donation_address="bcrt1qhuk38syu57tkuntshhct69kk5f4r09u6zf9ls6")]
BEFORE = scenario(SAME + [
    operator("gone", server(3, "gone")), operator("upgraded", server(4, "upgraded", "ElectrumX 1.19.0")),
    operator("one", server(5, "one")), operator("two", server(6, "two")),
    operator("pair", server(7, "pair-a"), server(8, "pair-b"), certificate={"key": "pair"})])
AFTER = scenario(SAME + [
    operator("new", server(9, "new")), operator("upgraded", server(4, "upgraded", "ElectrumX 2.0.0")),
    operator("joined", server(5, "one"), server(6, "two"), certificate={"key": "joined"}),
    operator("pair", server(7, "pair-a"), server(8, "pair-b"), certificate={"key": "pair"})])


# Few wallets: how many there are decides nothing that is compared.
FEW = {"wallets": 8, "sybil_wallets": 0, "replicates": 100}


def derive(folder, raw, version, previous=None, parameters={}):
    dataset = Dataset(folder)
    shutil.copytree(raw, dataset.raw)
    for stage in ["normalize", "featurize", "cluster", "score"]:
        file = folder / f"{stage}.json"
        file.write_text(json.dumps(FEW if stage == "score" else parameters.get(stage, {})))
        result = dataset.run(stage, "--parameters", file)
        assert result.returncode == 0, result.stderr
    output = folder / "published" / version
    more = ["--previous", previous] if previous else []
    result = program("publish", *dataset.inputs("publish")[:-1], "planted", "--output", output, "--quiet", *more)
    assert result.returncode == 0, result.stderr
    return output


@pytest.fixture(scope="module")
def releases(tmp_path_factory):
    """1.0.0 of one scan; 1.1.0 of it and one after the changes; 1.2.0 of both, by another parameter of ours."""
    folder = tmp_path_factory.mktemp("planted")
    raws = {}
    for name, world, epochs in [("before", BEFORE, 1), ("after", AFTER, 2)]:
        (folder / f"{name}.json").write_text(json.dumps(world))
        raws[name] = folder / name / "raw"
        result = program("simnet", "write", "--scenario", folder / f"{name}.json", "--output", raws[name],
                         "--epochs", epochs, "--directory", folder / name / "simnet", "--quiet")
        assert result.returncode == 0, result.stderr
    first, = Dataset(folder / "before").scans()
    second = Dataset(folder / "after").scans()[-1]
    both = folder / "both"
    both.mkdir()
    shutil.copytree(raws["before"] / first, both / first)
    shutil.copytree(raws["after"] / second, both / second)
    series = json.loads((raws["before"] / "series.json").read_text())
    (both / "series.json").write_text(json.dumps(series | {"scans": [first, second]}))
    one = derive(folder / "one", raws["before"], "1.0.0")
    two = derive(folder / "two", both, "1.1.0", previous=one)
    shared = shared_key(two)
    three = derive(folder / "three", both, "1.2.0", previous=two, parameters={"cluster": {"copied_keys": [shared]}})
    return one, two, three


def rows(package, table):
    return list(csv.DictReader(gzip.open(package / "data" / f"{table}.csv.gz", "rt", newline="")))


def ids(*packages):
    """The planted name of each server."""
    return {row["server_id"]: row["names"].removeprefix("electrum.").removesuffix(".example")
            for package in packages for row in rows(package, "servers")}


def shared_key(package):
    """Digest of the key that the pair has."""
    found = {}
    for row in rows(package, "servers"):
        if row["names"] in ("electrum.pair-a.example", "electrum.pair-b.example"):
            found.setdefault(row["names"], set()).update(row["spki_sha256s"].split(";"))
    key, = set.intersection(*found.values())
    return key


def told(package, names):
    """What a package says is otherwise than before: kind, planted names, aspect, causes."""
    return {(row["kind"], frozenset(names.get(word, word) for word in
                                    (row["after"] if row["kind"] == "group-merged" else
                                     row["before"] if row["kind"] == "group-split" else row["subject"]).split()),
             row["aspect"], row["causes"]) for row in rows(package, "differences")}


def test_each_planted_change_of_the_world_is_found_and_none_is_invented(releases):
    one, two, _ = releases
    found = told(two, ids(one, two))
    servers = {row for row in found if row[0].startswith(("server", "group", "version", "table", "column"))}
    assert ("server-new", frozenset({"new"}), "", "world") in servers
    assert ("server-gone", frozenset({"gone"}), "", "world") in servers
    assert ("server-changed", frozenset({"upgraded"}), "software_version", "world") in servers
    assert ("group-merged", frozenset({"one", "two"}), "", "world") in servers
    changed = {next(iter(row[1])) for row in servers if row[0] == "server-changed"}
    assert changed == {"upgraded", "one", "two"}
    assert {row[2] for row in servers if row[1] <= {"one", "two"} and row[0] == "server-changed"} == {"spki_sha256s"}
    versions = {row for row in servers if row[0] == "version-first-seen"}
    assert len(versions) == 1 and all(row[3] == "world" for row in servers)
    kinds = sorted(row[0] for row in servers if row[0] not in ("server-changed",))
    assert kinds == ["group-merged", "server-gone", "server-new", "version-first-seen"]
    assert {row[0] for row in found - servers} <= {"number-moved", "verdict-changed"}


def test_a_change_of_our_rules_is_told_as_ours(releases):
    _, two, three = releases
    found = told(three, ids(two, three))
    assert ("group-split", frozenset({"pair-a", "pair-b"}), "", "rules") in found
    assert all(row[3] == "rules" for row in found)
    assert not any(row[0].startswith("server") for row in found)
    events = [row for row in rows(three, "network_events") if row["kind"] == "rules-changed"]
    assert [row["subject"] for row in events] == ["release 1.2.0"]


def test_a_release_differs_in_nothing_from_itself(releases):
    result = program("publish", "diff", releases[0], releases[0])
    assert result.returncode == 0 and "nothing that is compared is otherwise" in result.stdout


def test_the_package_has_table_page_and_feed_and_its_manifest_names_the_release_before(releases):
    one, two, _ = releases
    page = (two / "changes.html").read_text()
    assert "Servers that are gone" in page and "Likely operators that were joined" in page
    feed = xml.parse(two / "feed.atom").getroot()
    entries = feed.findall("{http://www.w3.org/2005/Atom}entry")
    assert len(entries) == len(rows(two, "differences"))
    manifest = json.loads((two / "publish.manifest.json").read_text())
    assert "previous/datapackage.json" in [source["name"] for source in manifest["inputs"]]
    assert not (one / "changes.html").exists() and not (one / "feed.atom").exists()
    told = program("publish", "diff", one, two, "--output", two.parent / "diff")
    assert told.returncode == 0, told.stderr
    again = list(csv.DictReader(gzip.open(two.parent / "diff" / "differences.csv.gz", "rt", newline="")))
    assert again == rows(two, "differences")
    assert (two.parent / "diff" / "feed.atom").read_text() == (two / "feed.atom").read_text()


@pytest.mark.parametrize("broken, said", [
    ("descriptor", "datapackage.json"), ("provenance", "provenance.json"), ("table", "servers"), ("bytes", "servers"),
])
def test_a_broken_release_before_ends_publish_with_its_file(releases, tmp_path, broken, said):
    before = shutil.copytree(releases[0], tmp_path / "before")
    table = before / "data" / "servers.csv.gz"
    if broken == "table":
        table.unlink()
    elif broken == "bytes":
        table.write_bytes(gzip.compress(gzip.decompress(table.read_bytes()).replace(b"ann", b"eve")))
    else:
        (before / f"{'datapackage' if broken == 'descriptor' else 'provenance'}.json").write_text("{")
    result = program("publish", "diff", before, releases[1])
    assert result.returncode in (65, 66) and said in result.stderr
