"""What `score` keeps of each scan: used again for the same inputs, made anew for others, and never read as evidence."""

import shutil

import pytest

from observatory import Dataset, content, manifest, program, replace, snapshot

KEPT = "scan_indicators.csv.gz"


@pytest.fixture()
def series(tmp_path):
    """Two scans of a small network, derived up to the clusters."""
    scenario = tmp_path / "scenario.json"
    made = program("simnet", "generate", "--servers", 12, "--seed", 5, "--output", scenario)
    assert made.returncode == 0, made.stderr
    made = program("simnet", "write", "--scenario", scenario, "--output", tmp_path / "raw", "--epochs", 2,
                   "--directory", tmp_path / "simnet", "--quiet")
    assert made.returncode == 0, made.stderr
    dataset = Dataset(tmp_path, tuple(sorted((tmp_path / "simnet").glob("*.mmdb"))))
    for stage in ("normalize", "featurize", "cluster"):
        result = dataset.run(stage)
        assert result.returncode == 0, result.stderr
    return dataset


def score(dataset):
    return dataset.run("score")


def exchanges(dataset, scan):
    return dataset.path / "normalized" / scan / "exchanges.csv.gz"


def test_a_scan_that_was_summarised_is_not_read_again(series):
    assert score(series).returncode == 0
    before = snapshot(series.folder("score"))
    first = series.scans()[0]
    assert f"{first}/{KEPT}" in before
    exchanges(series, first).write_bytes(b"nobody reads this")
    assert score(series).returncode == 0
    assert snapshot(series.folder("score")) == before
    # Without the summary the scan is read, and found to be damaged.
    shutil.rmtree(series.folder("score") / first)
    assert score(series).returncode != 0


def test_other_inputs_or_a_damaged_summary_are_read_anew(series):
    assert score(series).returncode == 0
    before = snapshot(series.folder("score"))
    first = series.scans()[0]
    kept = series.folder("score") / first / KEPT
    kept.write_bytes(b"damaged")
    assert score(series).returncode == 0
    assert snapshot(series.folder("score")) == before
    # A summary that was written over, with a manifest that agrees, is used: it is an artifact like any other.
    # One whose input changed is not.
    table = exchanges(series, first)
    lines = content(table).splitlines(keepends=True)
    replace(table, b"".join(lines[:-1]), rows=len(lines) - 2)
    assert score(series).returncode == 0
    inputs = {x["name"]: x["content_sha256"] for x in manifest(kept)["inputs"]}
    assert inputs[f"{first}/exchanges.csv.gz"] == manifest(table)["content_sha256"]
    assert f"{first}/operators" in inputs


def test_fresh_and_kept_summaries_give_equal_bytes_whatever_the_threads(series, tmp_path):
    assert score(series).returncode == 0
    assert series.run("score", "--threads", 2).returncode == 0
    fresh = tmp_path / "fresh"
    assert series.run("score", "--threads", 1, output=fresh).returncode == 0
    assert snapshot(fresh) == snapshot(series.folder("score"))
