"""Artifacts judged by gzip, sha256sum, jq, jsonschema and openssl (R-5, R-6, R-17)."""

import base64
import csv
import io
import json
import subprocess

import jsonschema
import pytest

from observatory import SCHEMAS, content, content_digest, manifest, manifest_path, program


@pytest.fixture(scope="session", params=["demo", "original"])
def dataset(request):
    return request.getfixturevalue(request.param)


def test_gzip_accepts_every_artifact(dataset):
    files = dataset.artifacts()
    assert len(files) > 20
    subprocess.run(["gzip", "--test", *files], check=True)


def test_the_digests_are_those_of_the_manifests(dataset):
    for artifact in dataset.artifacts():
        if not manifest_path(artifact).exists():
            assert dataset.published in artifact.parents, f"{artifact} has no manifest"
            continue
        record = manifest(artifact)
        data = content(artifact)
        assert content_digest(artifact) == record["content_sha256"], artifact
        assert len(data) == record["content_bytes"], artifact
        assert artifact.stat().st_size == record["file_bytes"], artifact
        total = subprocess.run(["sha256sum", artifact], capture_output=True, text=True, check=True)
        assert total.stdout.split()[0] == record["file_sha256"], artifact


def test_our_own_check_agrees(dataset):
    files = [p for p in dataset.artifacts() if manifest_path(p).exists()]
    assert program("normalize", "--verify", *files).returncode == 0


def test_jq_parses_every_line(dataset):
    for artifact in dataset.artifacts(".jsonl.gz"):
        data = content(artifact)
        parsed = subprocess.run(["jq", "--compact-output", "type"], input=data, capture_output=True, check=True)
        assert parsed.stdout.splitlines() == [b'"object"'] * data.count(b"\n"), artifact


def test_python_writes_the_same_canonical_lines(dataset):
    """R-7, on real rows: sorted keys, no white space, shortest numbers, raw Unicode."""
    for artifact in dataset.artifacts(".jsonl.gz"):
        for line in content(artifact).decode().splitlines():
            again = json.dumps(json.loads(line), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            assert again == line, artifact


def typed(cell, column):
    """A CSV cell as the JSON value that the schema's `type` describes."""
    kinds = column.get("type", "string")
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds == ["array"]:
        return cell.split(";") if cell else []
    if cell == "" and ("null" in kinds or None in column.get("enum", [])):
        return None
    if "integer" in kinds:
        return int(cell)
    if "number" in kinds:
        return float(cell)
    if "boolean" in kinds:
        return {"true": True, "false": False}[cell]
    return cell


def rows(artifact, schema):
    text = content(artifact).decode()
    if artifact.name.endswith(".jsonl.gz"):
        yield from map(json.loads, text.split("\n")[:-1])
        return
    reader = csv.DictReader(io.StringIO(text, newline=""))
    assert reader.fieldnames == list(schema["properties"]) or set(reader.fieldnames) == set(schema["properties"])
    for row in reader:
        yield {name: typed(cell, schema["properties"][name]) for name, cell in row.items()}


def test_every_row_agrees_with_its_json_schema(dataset):
    seen = set()
    for artifact in dataset.artifacts():
        if not manifest_path(artifact).exists():
            continue
        identifier = manifest(artifact)["schema"]
        schema = json.loads((SCHEMAS / identifier.split(".")[0] / f"{identifier}.schema.json").read_text())
        validator = jsonschema.validators.validator_for(schema)(schema)
        count = 0
        for row in rows(artifact, schema):
            # Validating in Python is slow: the first rows in full, then a sample of the rest.
            if count < 200 or count % 20 == 0:
                validator.validate(row)
            count += 1
        assert count == manifest(artifact)["rows"], artifact
        seen.add(identifier)
    assert len(seen) >= 18


def test_every_schema_is_a_valid_json_schema():
    files = sorted(SCHEMAS.glob("*/*.schema.json"))
    assert files
    for file in files:
        schema = json.loads(file.read_text())
        jsonschema.validators.validator_for(schema).check_schema(schema)


def openssl_fields(der):
    """What the openssl command says of a certificate."""
    def ask(*options, data=der, command="x509", form=("-inform", "DER")):
        run = subprocess.run(["openssl", command, *form, *options], input=data, capture_output=True, check=True)
        return run.stdout
    text = ask("-noout", "-serial", "-startdate", "-enddate", "-fingerprint", "-sha256", "-dateopt", "iso_8601").decode()
    fields = dict(line.split("=", 1) for line in text.splitlines())
    key = ask("-noout", "-pubkey")
    spki = ask("-pubin", "-outform", "DER", data=key, command="pkey", form=())
    return fields, spki


def test_openssl_agrees_with_our_certificate_fields(demo):
    """R-17: digest, serial, validity and public key of every certificate of the simulated network."""
    import hashlib
    compared = 0
    for scan in demo.scans():
        raw = demo.raw / scan / "certificates.jsonl.gz"
        der = {row["sha256"]: base64.b64decode(row["der_base64"]) for row in
               map(json.loads, content(raw).decode().splitlines()) if row["der_base64"]}
        table = demo.folder("normalize") / scan / "certificates.csv.gz"
        ours = {row["sha256"]: row for row in csv.DictReader(io.StringIO(content(table).decode(), newline=""))}
        assert set(der) <= set(ours)
        for digest, data in der.items():
            fields, spki = openssl_fields(data)
            row = ours[digest]
            assert hashlib.sha256(data).hexdigest() == digest
            assert fields["sha256 Fingerprint"].replace(":", "").lower() == digest
            assert hashlib.sha256(spki).hexdigest() == row["spki_sha256"]
            assert int(fields["serial"], 16) == int(row["serial"], 16)
            assert fields["notBefore"].replace(" ", "T") == row["not_before"]
            assert fields["notAfter"].replace(" ", "T") == row["not_after"]
            compared += 1
    assert compared > 10
