"""Datasets made once a run by the real programs, and judged by tools that are not ours."""

import shutil
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

from observatory import PROGRAMS, SHARED, STAGES, Dataset, make, program
from real_servers import (  # noqa: F401  fixtures
    bitcoind, changing, electrumx_environments, guarded_socks5, servers, socks5, strict)

ORIGINAL = SHARED / "data" / "original-scan-2025-12"
GEOIP = SHARED / "data" / "geo" / "ipfire-country-asn-2026-08-22.mmdb.gz"


# Folders whose tests share what takes long to make; of any other, a file's tests share something at most.
GROUPS = {"datasets", "lab"}


class GroupScheduling(LoadScopeScheduling):
    """One process runs all tests that share a dataset or a server, so that each is made once."""

    def _split_scope(self, nodeid):
        file = Path(nodeid.split("::")[0])
        return file.parent.name if file.parent.name in GROUPS else file.name


def pytest_xdist_make_scheduler(config, log):
    return GroupScheduling(config, log)


def pytest_collection_modifyitems(config, items):
    if all(item.get_closest_marker("lab") for item in items):
        return
    if not (PROGRAMS / "publish").exists():
        raise pytest.UsageError("the programs are not built: run `make build` first")


@pytest.fixture(scope="session")
def store(tmp_path_factory):
    return tmp_path_factory.mktemp("datasets")


@pytest.fixture(scope="session")
def demo(store):
    """Two scans of the simulated network, through all stages, by Make."""
    result = make(store, "DATASET=demo", "EPOCHS=2", "VERSION=0.1.0", "publish")
    assert result.returncode == 0, result.stdout + result.stderr
    geoip = tuple(sorted((store / "demo" / "simnet").glob("*.mmdb")))
    return Dataset(store / "demo", geoip)


@pytest.fixture(scope="session")
def original(store):
    """The original project's scan of December 2025, through all stages, by Make."""
    if not ORIGINAL.exists():
        pytest.skip("the original project's scan is not here")
    result = make(store, "DATASET=original-2025-12", f"IMPORT={ORIGINAL}", f"GEOIP={GEOIP}",
                  "VERSION=0.1.0", "publish")
    assert result.returncode == 0, result.stdout + result.stderr
    folder = store / "original-2025-12"
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
