"""Bad artifacts end a stage with a message that names them, and leave nothing half done (R-10)."""

import gzip
import json

import pytest

from observatory import content, manifest, manifest_path, program, replace, snapshot

# One input of each stage: (stage, folder of the stage that made it, artifact).
INPUTS = [
    ("normalize", "raw", "connections.jsonl.gz"),
    ("featurize", "normalize", "endpoints.csv.gz"),
    ("cluster", "featurize", "profiles.csv.gz"),
    ("score", "cluster", "operators.csv.gz"),
    ("publish", "score", "deviation.csv.gz"),
]


def missing(artifact):
    artifact.unlink()


def manifest_missing(artifact):
    manifest_path(artifact).unlink()


def truncated(artifact):
    artifact.write_bytes(artifact.read_bytes()[:-9])


def cut_in_half(artifact):
    data = artifact.read_bytes()
    artifact.write_bytes(data[: len(data) // 2])


def flipped(artifact):
    data = bytearray(artifact.read_bytes())
    data[len(data) // 2] ^= 0x10
    artifact.write_bytes(data)


def emptied(artifact):
    artifact.write_bytes(b"")


def not_gzip(artifact):
    artifact.write_bytes(content(artifact))


def other_schema(artifact):
    record = manifest(artifact) | {"schema": "normalized.fruit.v1"}
    manifest_path(artifact).write_text(json.dumps(record))


def other_columns(artifact):
    lines = content(artifact).split(b"\n")
    if artifact.name.endswith(".csv.gz"):
        lines[0] = lines[0].replace(b"_id", b"_di", 1)
    else:
        lines[0] = b'{"fruit":1,' + lines[0][1:]
    replace(artifact, b"\n".join(lines))


def misordered(artifact):
    lines = content(artifact).split(b"\n")
    first = 1 if artifact.name.endswith(".csv.gz") else 0
    assert len(lines) > first + 2, "needs two rows"
    lines[first], lines[first + 1] = lines[first + 1], lines[first]
    replace(artifact, b"\n".join(lines))


def row_dropped(artifact):
    lines = content(artifact).split(b"\n")
    del lines[-2]
    artifact.write_bytes(gzip.compress(b"\n".join(lines), mtime=0))


def manifest_garbled(artifact):
    manifest_path(artifact).write_text("{")


DAMAGES = [
    (missing, 66, "artifact.missing"),
    (manifest_missing, 66, "artifact.manifest-missing"),
    (truncated, 65, "artifact."),
    (cut_in_half, 65, "artifact."),
    (flipped, 65, "artifact."),
    (emptied, 65, "artifact.empty"),
    (not_gzip, 65, "artifact.not-gzip"),
    (other_schema, 65, "artifact.wrong-schema"),
    (other_columns, 65, "artifact."),
    (misordered, 65, "artifact.wrong-order"),
    (row_dropped, 65, "artifact.manifest-mismatch"),
    (manifest_garbled, 65, "artifact.manifest-malformed"),
]


@pytest.mark.parametrize("damage,exit_code,code", DAMAGES, ids=[d[0].__name__ for d in DAMAGES])
@pytest.mark.parametrize("stage,maker,name", INPUTS, ids=[i[0] for i in INPUTS])
def test_a_stage_refuses_a_bad_input(small, stage, maker, name, damage, exit_code, code):
    folder = small.raw if maker == "raw" else small.folder(maker)
    artifact = next(folder.rglob(name))
    output = small.folder(stage)
    before = snapshot(output)
    damage(artifact)

    result = small.run(stage)
    assert result.returncode == exit_code, result.stderr
    assert code in result.stderr
    assert name in result.stderr or manifest_path(artifact).name in result.stderr
    assert result.stdout == ""
    assert snapshot(output) == before, "an earlier result is lost or half replaced"

    fresh = small.path / "fresh"
    assert small.run(stage, output=fresh).returncode == exit_code
    assert snapshot(fresh) == {}, "a half file is left"


@pytest.mark.parametrize("damage,exit_code,code", DAMAGES, ids=[d[0].__name__ for d in DAMAGES])
def test_verify_refuses_a_bad_artifact(small, damage, exit_code, code):
    artifact = next(small.raw.rglob("connections.jsonl.gz"))
    damage(artifact)
    result = program("normalize", "--verify", artifact)
    assert result.returncode == exit_code, result.stderr
    assert code in result.stderr
