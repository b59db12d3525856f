"""Make: what is redone when, and what says so (R-1, R-2, R-3, R-9)."""

import json
import os
import time

import pytest

from observatory import ROOT, make


@pytest.fixture
def again(demo):
    """Runs Make on the demo dataset of this test run."""
    def run(*arguments):
        return make(demo.path.parent, "DATASET=demo", "EPOCHS=2", "VERSION=0.1.0", *arguments)
    return run


def ran(result):
    """The stages that Make ran."""
    return [word for word in ("simnet", "normalize", "featurize", "cluster", "score", "publish")
            if f".build/release/{word} " in result.stdout]


def test_a_second_make_does_nothing_quickly_and_says_so(again):
    again()
    began = time.monotonic()
    result = again()
    assert time.monotonic() - began < 2
    assert result.returncode == 0
    assert result.stdout.startswith("nothing to do; report at ")


def test_the_report_and_the_data_are_where_make_says(again):
    line = again().stdout.strip()
    report = line.split("report at ")[1].split(",")[0]
    assert os.path.getsize(report) > 1000
    assert os.path.isdir(line.split("data in ")[1])


def test_a_changed_parameter_redoes_its_stage_and_what_follows(again, demo, tmp_path):
    pipeline = json.loads((ROOT / "pipeline.json").read_text())
    copy = tmp_path / "pipeline.json"
    copy.write_text(json.dumps(pipeline))
    again(f"PIPELINE={copy}", "publish")
    assert ran(again(f"PIPELINE={copy}", "publish")) == []
    key, value = next((k, v) for k, v in pipeline["score"].items() if type(v) in (int, float))
    pipeline["score"][key] = value + 1 if type(value) is int else value * 0.9
    copy.write_text(json.dumps(pipeline))
    result = again(f"PIPELINE={copy}", "publish", "-j2")
    assert result.returncode == 0, result.stderr
    assert ran(result) == ["score", "publish"]
    os.utime(ROOT / "pipeline.json")
    assert ran(again("publish")) == ["score", "publish"]


def test_a_crawl_is_never_repeated(again):
    os.utime(ROOT / ".build/release/collect")
    os.utime(ROOT / ".build/release/simnet")
    assert ran(again("publish")) == []


def test_one_more_scan_is_added_to_those_there(tmp_path):
    options = [tmp_path, "DATASET=demo", "EPOCHS=1"]
    for target in ("collect", "scan"):
        result = make(*options, target)
        assert result.returncode == 0, result.stderr
    scans = json.loads((tmp_path / "demo" / "raw" / "series.json").read_text())["scans"]
    assert len(scans) == 2 and scans == sorted(scans)


def test_a_newer_scan_redoes_all_that_follows(again, demo):
    os.utime(demo.raw / "series.json")
    result = again("publish")
    assert ran(result) == ["normalize", "featurize", "cluster", "score", "publish"]


def test_one_stage_can_be_asked_for(again, demo):
    (demo.folder("cluster") / "cluster.manifest.json").unlink()
    assert ran(again("cluster")) == ["cluster"]
    again("publish")


def test_what_is_missing_is_made_again(again, demo):
    again()
    (demo.folder("publish") / "publish.manifest.json").unlink()
    assert ran(again()) == ["publish"]


def test_verify_finds_no_difference_where_there_is_none(again):
    result = again("verify")
    assert result.returncode == 0, result.stdout + result.stderr
    assert ", 0 different" in result.stdout


def test_verify_finds_a_difference_where_there_is_one(again, copy_of, demo):
    import gzip
    other = copy_of(demo)
    for part in ("simnet", "geoip"):
        if (demo.path / part).exists():
            (other.path / part).symlink_to(demo.path / part)
    table = other.folder("cluster") / "operators.csv.gz"
    data = gzip.decompress(table.read_bytes())
    table.write_bytes(gzip.compress(data.replace(b"single", b"likely", 1), mtime=0))
    result = make(other.path.parent, "DATASET=demo", "VERSION=0.1.0", "verify")
    assert result.returncode != 0
    assert "DIFFERENT" in result.stdout


def test_a_dataset_without_evidence_says_what_is_missing(tmp_path):
    result = make(tmp_path, "DATASET=nowhere")
    assert result.returncode != 0
    assert "IMPORT=PATH" in result.stderr and "LIVE=1" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_distclean_asks_first(tmp_path):
    (tmp_path / "x").mkdir()
    result = make(tmp_path, "DATASET=x", "distclean")
    assert result.returncode != 0
    assert "CONFIRM=1" in result.stderr
    assert (tmp_path / "x").exists()


def test_help_lists_every_target(again):
    text = make("unused", "help").stdout
    for line in (ROOT / "Makefile").read_text().splitlines():
        if line.startswith(".PHONY:"):
            for target in line.split()[1:]:
                assert target == "missing-evidence" or f"  {target} " in text, target
