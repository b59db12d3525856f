"""The package's metadata judged by the tools of those who read it, and damaged so that they must refuse it."""

import gzip
import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from datacite import schema45
from rocrate.rocrate import ROCrate

import frictionless
import mlcroissant

from observatory import ROOT

SCHEMAS = ROOT / "Tests" / "InteropTests" / "python" / "support" / "schemas"
BIN = Path(sys.executable).parent
SECTIONS = ["1 Motivation", "2 Composition", "3 Collection", "4 Preprocessing", "5 Uses, and what it cannot tell",
            "6 Distribution", "7 Maintenance"]


@pytest.fixture(scope="session", params=["demo", "original"])
def package(request):
    return request.getfixturevalue(request.param).published


@pytest.fixture
def damaged(demo, tmp_path):
    return shutil.copytree(demo.published, tmp_path / "package")


def rows(path):
    text = gzip.decompress(path.read_bytes()).decode()
    if path.name.endswith(".jsonl.gz"):
        return text.count("\n")
    import csv
    return sum(1 for _ in csv.reader(text.splitlines())) - 1


def records(package, table):
    dataset = mlcroissant.Dataset(jsonld=str(package / "croissant.json"))
    assert not dataset.metadata.ctx.issues.errors
    return list(dataset.records(record_set=table))


@pytest.mark.parametrize("table", ["servers", "endpoints", "operators", "links", "indicators", "rules"])
def test_mlcroissant_reads_every_record(package, table):
    path, = (package / "data").glob(f"{table}.*.gz")
    if not rows(path):
        pytest.skip("an empty table is no record set")
    found = records(package, table)
    assert len(found) == rows(path)
    ids = {key: value for key, value in found[0].items() if key.endswith("id")}
    assert all(value not in (None, b"") for value in ids.values())


def test_mlcroissant_refuses_a_record_of_other_bytes(damaged):
    path = damaged / "data" / "operators.csv.gz"
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(b"single", b"likely", 1)))
    with pytest.raises(Exception, match="Download"):
        records(damaged, "operators")


def validate(command, path):
    return subprocess.run([*command, str(path)], capture_output=True, text=True)


def test_cffconvert_accepts_the_citation_and_refuses_one_without_authors(package, tmp_path):
    command = [ROOT / ".venv-cff" / "bin" / "cffconvert", "--validate", "--infile"]
    accepted = validate(command, package / "CITATION.cff")
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr
    text = (package / "CITATION.cff").read_text()
    (tmp_path / "CITATION.cff").write_text(text.replace("authors:", "writers:"))
    assert validate(command, tmp_path / "CITATION.cff").returncode != 0


def test_zenodo_metadata_keep_the_schema_and_an_unknown_key_does_not(package, tmp_path):
    command = [BIN / "check-jsonschema", "--schemafile", SCHEMAS / "zenodo.schema.json"]
    accepted = validate(command, package / ".zenodo.json")
    assert accepted.returncode == 0, accepted.stdout
    wrong = json.loads((package / ".zenodo.json").read_text()) | {"uploadtype": "dataset"}
    (tmp_path / "zenodo.json").write_text(json.dumps(wrong))
    assert validate(command, tmp_path / "zenodo.json").returncode != 0


def test_each_in_toto_statement_keeps_the_schema_and_names_digests_of_what_is_there(package, tmp_path):
    lines = (package / "provenance.intoto.jsonl").read_text().splitlines()
    files = []
    for number, line in enumerate(lines):
        files.append(tmp_path / f"{number}.json")
        files[-1].write_text(line)
    command = [BIN / "check-jsonschema", "--schemafile", SCHEMAS / "intoto.schema.json"]
    accepted = subprocess.run([*command, *files], capture_output=True, text=True)
    assert accepted.returncode == 0, accepted.stdout
    statements = [json.loads(line) for line in lines]
    stages = {s["predicate"]["buildDefinition"]["buildType"].split(":")[-2] for s in statements}
    assert stages == {"collect", "normalize", "featurize", "cluster", "score"}
    subjects = {s["name"]: s["digest"]["sha256"] for statement in statements for s in statement["subject"]}
    # The package puts the names of the header in quotes; all else is as the stage wrote it.
    header, rows = gzip.decompress((package / "data" / "operators.csv.gz").read_bytes()).split(b"\n", 1)
    content = hashlib.sha256(header.replace(b'"', b"") + b"\n" + rows).hexdigest()
    assert subjects["cluster/operators.csv.gz"] == content
    wrong = statements[0]
    wrong["subject"][0]["digest"]["sha256"] = "0" * 63
    (tmp_path / "wrong.json").write_text(json.dumps(wrong))
    assert validate(command, tmp_path / "wrong.json").returncode != 0


def test_datacite_accepts_the_record_and_refuses_one_without_titles(package):
    record = json.loads((package / "datacite.json").read_text())
    if "publicationYear" not in record:
        # No scan tells its time, and no clock is read: who registers the data says the year.
        assert "datePublished" not in json.loads((package / "croissant.json").read_text())
        record["publicationYear"] = "2026"
    schema45.validator.validate(record)
    del record["titles"]
    assert not schema45.validate(record)


def test_rocrate_loads_the_crate_and_every_file_has_the_digest_that_it_says(package):
    crate = ROCrate(str(package))
    files = [entity for entity in crate.get_entities() if entity.type == "File"]
    assert len(files) > 60
    for entity in files:
        data = (package / entity.id).read_bytes()
        assert hashlib.sha256(data).hexdigest() == entity["sha256"], entity.id
        assert len(data) == int(entity["contentSize"])
    for entity in crate.get_entities():
        if entity.type == "Dataset":
            assert (package / entity.id).is_dir()
    named = {entity.id for entity in files}
    there = {p.relative_to(package).as_posix() for p in package.rglob("*") if p.is_file() and p.suffix == ".gz"}
    assert there <= named
    actions = [entity for entity in crate.get_entities() if entity.type == "CreateAction"]
    assert {action["instrument"]["name"] for action in actions} >= {"collect", "normalize", "score"}


def test_the_datasheet_has_its_seven_sections(package):
    text = (package / "DATASHEET.md").read_text()
    assert [line[3:] for line in text.splitlines() if line.startswith("## ")] == SECTIONS


def test_the_first_page_holds_the_dataset_for_search_engines(package):
    html = (package / "index.html").read_text()
    found = html.split('<script type="application/ld+json">')[1].split("</script>")[0]
    dataset = json.loads(found)
    assert dataset["@type"] == "Dataset" and 50 <= len(dataset["description"]) <= 5000
    sums = dict(reversed(line.split("  ", 1)) for line in (package / "SHA256SUMS").read_text().splitlines())
    for download in dataset["distribution"]:
        assert sums[download["contentUrl"]] == download["sha256"]


def test_frictionless_refuses_a_flipped_byte_and_a_dropped_column(damaged):
    path = damaged / "data" / "operators.csv.gz"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    resource = frictionless.Package(str(damaged / "datapackage.json")).get_resource("operators")
    assert not resource.validate().valid
    text = gzip.decompress((damaged / "data" / "scans.csv.gz").read_bytes()).decode().splitlines()
    (damaged / "data" / "scans.csv.gz").write_bytes(
        gzip.compress("".join(line.rsplit(",", 1)[0] + "\n" for line in text).encode()))
    resource = frictionless.Package(str(damaged / "datapackage.json")).get_resource("scans")
    assert not resource.validate().valid
