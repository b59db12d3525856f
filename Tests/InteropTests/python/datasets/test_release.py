"""What a release promises: it stays as it is, and its number says what changed."""

import csv
import gzip
import hashlib
import io
import json
import shutil
import subprocess

import pytest

from observatory import ROOT, make


def release(folder, version):
    return subprocess.run([ROOT / "tools" / "release", folder, version], capture_output=True, text=True)


@pytest.fixture
def published(demo, tmp_path):
    here = tmp_path / "published" / "1.2.0"
    shutil.copytree(demo.published, here)
    rewrite(here, "1.2.0")
    return tmp_path / "published"


def rewrite(here, version, change=lambda rows: rows):
    """Gives a package another version and its table of quality other rows, digests and sums with them."""
    descriptor = here / "datapackage.json"
    package = json.loads(descriptor.read_text())
    package["version"] = version
    resource, = [resource for resource in package["resources"] if resource["name"] == "quality"]
    table = here / resource["path"]
    rows = change(list(csv.reader(io.StringIO(gzip.decompress(table.read_bytes()).decode()))))
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    table.write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))
    resource["schema"]["fields"] = [field for field in resource["schema"]["fields"] if field["name"] in rows[0]]
    resource["content_sha256"] = hashlib.sha256(text.getvalue().encode()).hexdigest()
    descriptor.write_text(json.dumps(package))
    sums = [line for line in (here / "SHA256SUMS").read_text().splitlines(True)
            if line[66:].strip() not in ("datapackage.json", resource["path"])]
    for path in ("datapackage.json", resource["path"]):
        sums.append(f"{hashlib.sha256((here / path).read_bytes()).hexdigest()}  {path}\n")
    (here / "SHA256SUMS").write_text("".join(sums))


def again(published, version, change=lambda rows: rows):
    """Version 1.2.0 once more under another number, a table of it as `change` leaves it."""
    here = shutil.copytree(published / "1.2.0", published / version, ignore=shutil.ignore_patterns("RELEASED"))
    rewrite(here, version, change)
    return release(published, version)


def drop(rows):
    return [row[:-1] for row in rows]


def edit(rows):
    return rows[:-1]


def test_a_release_is_marked_once_and_only_whole(published):
    (published / "1.2.0" / "README.md").write_text("another")
    assert release(published, "1.2.0").returncode == 65
    shutil.rmtree(published / "1.2.0")
    assert release(published, "1.2.0").returncode == 66
    assert release(published, "latest").returncode == 64


def test_the_number_says_what_changed(published):
    assert release(published, "1.2.0").returncode == 0
    assert (published / "1.2.0" / "RELEASED").read_text().startswith("version 1.2.0\nsha256sums ")
    assert release(published, "1.2.0").returncode == 64
    refused = again(published, "1.9.0", drop)
    assert refused.returncode == 65 and "2.0.0" in refused.stderr
    assert again(published, "1.2.1", edit).returncode == 65
    assert again(published, "1.2.2").returncode == 0
    assert again(published, "1.3.0", edit).returncode == 0
    assert again(published, "1.1.0").returncode == 64, "below what is released"
    assert again(published, "2.0.0", drop).returncode == 0


def test_publish_refuses_to_overwrite_a_release(demo, copy_of):
    copy = copy_of(demo)
    (copy.published / "RELEASED").write_text("version 0.1.0\n")
    before = (copy.published / "index.html").read_bytes()
    result = copy.run("publish")
    assert result.returncode == 73 and "released" in result.stderr, result.stderr
    assert (copy.published / "index.html").read_bytes() == before


def test_make_neither_makes_a_release_again_nor_cleans_it_away(tmp_path):
    published = tmp_path / "mine" / "published"
    for version in ["1.0.0", "1.1.0"]:
        (published / version).mkdir(parents=True)
        (published / version / "publish.manifest.json").write_text("{}")
    (published / "1.0.0" / "RELEASED").write_text("version 1.0.0\n")
    told = make(tmp_path, "DATASET=mine", "VERSION=1.0.0", "-n", "publish")
    assert told.returncode == 0 and "publish --raw" not in told.stdout, told.stderr
    cleaned = make(tmp_path, "DATASET=mine", "clean")
    assert cleaned.returncode == 0, cleaned.stderr
    assert sorted(path.name for path in published.iterdir()) == ["1.0.0"]
    assert (published / "1.0.0" / "RELEASED").exists()


def test_make_tells_publish_of_the_release_before_only_where_it_is_named(tmp_path):
    words = ("DATASET=demo", "-n", "-o", ".build/release/programs.stamp", "publish")
    assert "--previous" not in make(tmp_path, *words).stdout
    told = make(tmp_path, f"PREVIOUS={tmp_path}/the one before", *words)
    assert '--previous "$OBSERVATORY_PREVIOUS"' in told.stdout, told.stderr
    assert make(tmp_path, "PREVIOUS=-x", *words).returncode == 2
