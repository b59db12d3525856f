"""Datasets made once a run by the real programs, and judged by tools that are not ours."""

import fcntl
import os
import shutil
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

from observatory import PROGRAMS, SHARED, STAGES, Dataset, make, program
from real_servers import (  # noqa: F401  fixtures
    bitcoind, changing, electrumx_environments, guarded_socks5, servers, socks5, strict)

ORIGINAL = SHARED / "data" / "original-scan-2025-12"
GEOIP = SHARED / "data" / "geo" / "ipfire-country-asn-2026-08-22.mmdb.gz"


# What takes longest, or waits most, begins first: else it is what all wait for at the end.
FIRST = ["lab", "test_wallet_choice.py", "test_make.py", "test_hostile_servers.py", "test_resolution.py", "test_readers.py",
         "test_report.py", "test_notebooks.py"]


def group(path):
    """The tests of a file share what takes long to make, and those of the lab its servers."""
    file = Path(path)
    return "lab" if file.parent.name == "lab" else file.name


class GroupScheduling(LoadScopeScheduling):
    """One process runs all tests of a group."""

    def _split_scope(self, nodeid):
        return group(nodeid.split("::")[0])


def pytest_xdist_make_scheduler(config, log):
    return GroupScheduling(config, log)


def pytest_collection_modifyitems(config, items):
    ranks = {name: rank for rank, name in enumerate(FIRST)}
    items.sort(key=lambda item: ranks.get(group(item.path), len(ranks)))
    if all(item.get_closest_marker("lab") for item in items):
        return
    if not (PROGRAMS / "publish").exists():
        raise pytest.UsageError("the programs are not built: run `make build` first")


@pytest.fixture(scope="session")
def store(tmp_path_factory):
    return tmp_path_factory.mktemp("datasets")


def made(tmp_path_factory, store, *arguments):
    """What Make makes of a dataset: one process makes it, and each has a copy for itself, with Make's notes."""
    common = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        common = common.parent
    name = arguments[0].removeprefix("DATASET=")
    first = common / f"made-{name}"
    with open(common / f"made-{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (first / "complete").exists():
            result = make(first, *arguments, "VERSION=0.1.0", "publish")
            assert result.returncode == 0, result.stdout + result.stderr
            (first / "complete").touch()
    shutil.copytree(first, store, symlinks=True, dirs_exist_ok=True)
    return store / name


@pytest.fixture(scope="session")
def demo(tmp_path_factory, store):
    """Two scans of the simulated network, through all stages, by Make."""
    folder = made(tmp_path_factory, store, "DATASET=demo", "EPOCHS=2")
    return Dataset(folder, tuple(sorted((folder / "simnet").glob("*.mmdb"))))


@pytest.fixture(scope="session")
def original(tmp_path_factory, store):
    """The original project's scan of December 2025, through all stages, by Make."""
    if not ORIGINAL.exists():
        pytest.skip("the original project's scan is not here")
    folder = made(tmp_path_factory, store, "DATASET=original-2025-12", f"IMPORT={ORIGINAL}", f"GEOIP={GEOIP}")
    return Dataset(folder, tuple(sorted((folder / "geoip").glob("*.mmdb"))))


@pytest.fixture
def copy_of(tmp_path):
    """A copy of a dataset that a test may damage; the raw evidence of its first scan only."""
    def copying(dataset):
        target = tmp_path / dataset.path.name
        shutil.copytree(dataset.path, target, ignore=shutil.ignore_patterns("simnet", "geoip", ".lock"))
        return Dataset(target, dataset.geoip)
    return copying


@pytest.fixture
def small(tmp_path):
    """A foreign scan of three servers, imported: small, and needs no network."""
    from foreign import write_foreign_scan
    write_foreign_scan(tmp_path / "foreign")
    dataset = Dataset(tmp_path / "small")
    result = program("collect", "import", tmp_path / "foreign", "--output", dataset.raw, "--quiet")
    assert result.returncode == 0, result.stderr
    for stage in STAGES:
        result = dataset.run(stage)
        assert result.returncode == 0, result.stderr
    return dataset
