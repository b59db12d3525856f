"""The published data package judged by sha256sum, frictionless and pandas (R-15, R-16)."""

import gzip
import json
import os
import pathlib
import re
import shutil
import subprocess

import frictionless
import pandas as pd
import pytest

@pytest.fixture(scope="session", params=["demo", "original"])
def package(request):
    return request.getfixturevalue(request.param).published


@pytest.fixture
def damaged(demo, tmp_path):
    """A copy of the package that a test may damage."""
    return shutil.copytree(demo.published, tmp_path / "package")


def validate(package):
    return frictionless.validate(str(package / "datapackage.json"))


def descriptor(package):
    return json.loads((package / "datapackage.json").read_text())


def tables(package):
    return [r for r in descriptor(package)["resources"] if r["path"].endswith(".csv.gz")]


def test_sha256sum_accepts_the_checksums(package):
    subprocess.run(["sha256sum", "--check", "--quiet", "--strict", "SHA256SUMS"], cwd=package, check=True)


def test_the_checksums_name_every_file(package):
    named = {line.split("  ", 1)[1] for line in (package / "SHA256SUMS").read_text().splitlines()}
    there = {str(p.relative_to(package)) for p in package.rglob("*") if p.is_file()}
    assert there - named <= {"SHA256SUMS", ".lock", "publish.manifest.json"}
    assert named <= there


def test_frictionless_accepts_the_package(package):
    report = validate(package)
    wrong = [(task.place, error.type, error.note) for task in report.tasks for error in task.errors]
    assert not wrong, wrong[:5]
    assert report.valid
    assert len(report.tasks) >= 15


def test_frictionless_notices_a_flipped_byte(damaged):
    path = damaged / tables(damaged)[0]["path"]
    data = bytearray(gzip.decompress(path.read_bytes()))
    data[-2] ^= 1
    path.write_bytes(gzip.compress(bytes(data), mtime=0))
    assert not validate(damaged).valid


def test_frictionless_notices_a_dropped_column(damaged):
    """Even where bytes and hash are said to be those of the shorter table."""
    record = descriptor(damaged)
    resource = next(r for r in record["resources"] if r["path"].endswith("operators.csv.gz"))
    path = damaged / resource["path"]
    pd.read_csv(path, dtype="string").iloc[:, :-1].to_csv(path, index=False)
    del resource["hash"], resource["bytes"]
    (damaged / "datapackage.json").write_text(json.dumps(record))
    assert "missing-label" in [t for t, in validate(damaged).flatten(["type"])]


def test_frictionless_notices_a_wrong_hash(damaged):
    record = descriptor(damaged)
    record["resources"][0]["hash"] = "sha256:" + "0" * 64
    (damaged / "datapackage.json").write_text(json.dumps(record))
    assert "hash-count" in [t for t, in validate(damaged).flatten(["type"])]


def dictionary(package):
    """Table -> column -> pandas dtype, as DATA-DICTIONARY.md states them to a reader."""
    stated, table = {}, None
    for line in (package / "DATA-DICTIONARY.md").read_text().splitlines():
        if line.startswith("## "):
            table = stated.setdefault(line[3:], {})
        elif column := re.match(r"\| `(\w+)` \| [^|]*\| `(\w+)` \|", line):
            table[column[1]] = column[2]
    return stated


def test_pandas_reads_every_table_with_the_dtypes_the_dictionary_states(package):
    stated = dictionary(package)
    assert len(tables(package)) >= 15
    for resource in tables(package):
        dtypes = stated[resource["name"]]
        fields = resource["schema"]["fields"]
        assert list(dtypes) == [f["name"] for f in fields], resource["path"]
        dates = [name for name, dtype in dtypes.items() if dtype.startswith("datetime")]
        frame = pd.read_csv(
            package / resource["path"], dtype={n: d for n, d in dtypes.items() if n not in dates},
            keep_default_na=False, na_values=[""], true_values=["true"], false_values=["false"])
        assert list(frame.columns) == list(dtypes), resource["path"]
        for field in fields:
            if field.get("type") == "datetime":
                pd.to_datetime(frame[field["name"]], format="ISO8601", utc=True)
            if field.get("constraints", {}).get("required"):
                assert frame[field["name"]].notna().all(), (resource["path"], field["name"])
        key = resource["schema"]["primaryKey"]
        assert not frame.duplicated(key).any(), resource["path"]


def test_the_line_that_the_package_gives_to_load_it_works(package):
    code = re.search(r"```python\n(.*?)```", (package / "README.md").read_text(), re.S)[1]
    names = {}
    before = pathlib.Path.cwd()
    try:
        os.chdir(package)
        exec(code, names)  # the package is ours, made a moment ago
    finally:
        os.chdir(before)
    assert len(names["servers"]) > 50


def test_pandas_reads_every_jsonl_resource(package):
    for resource in descriptor(package)["resources"]:
        if resource["path"].endswith(".jsonl.gz"):
            frame = pd.read_json(package / resource["path"], lines=True, dtype=False)
            assert set(frame.columns) <= {f["name"] for f in resource["schema"]["fields"]}


def test_the_columns_other_tools_rely_on_are_there(demo):
    expected = {
        "endpoints": "endpoint_id server_id network host address port transport outcome tested",
        "servers": "server_id names addresses software software_version protocol_min protocol_max "
                   "country asn as_name",
        "operators": "server_id identity_id operator_id cohort_id label",
        "behaviour_classes": "server_id class_id family_id",
        "deviation": "server_id score verdict coverage",
        "concentration": "unit weighting index value low high"}
    places = {"endpoints": demo.folder("normalize") / demo.scans()[0], "operators": demo.folder("cluster"),
              "behaviour_classes": demo.folder("cluster"), "deviation": demo.folder("score"),
              "concentration": demo.folder("score"), "servers": demo.folder("normalize") / demo.scans()[0]}
    for name, columns in expected.items():
        header = pd.read_csv(places[name] / f"{name}.csv.gz", nrows=0).columns
        assert set(columns.split()) <= set(header), name


def test_the_package_names_its_sources_and_licences(package):
    record = descriptor(package)
    for key in ("name", "title", "description", "version", "licenses", "sources", "contributors"):
        assert record.get(key), key
    for name in ("CITATION.cff", "LICENSE-DATA", "index.html"):
        assert (package / name).stat().st_size > 0
