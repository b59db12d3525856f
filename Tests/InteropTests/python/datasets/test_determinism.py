"""The same raw artifacts give the same content (R-8)."""

import json
import os
import random
import shutil
from pathlib import Path

import pytest

from foreign import write_foreign_scan
from observatory import ROOT, STAGES, Dataset, content_digest, program


def derive(dataset, target, *options, **environment):
    """Derives every stage again from the raw artifacts alone."""
    again = Dataset(target / dataset.path.name, dataset.geoip)
    again.path.mkdir(parents=True)
    (again.path / "raw").symlink_to(dataset.raw)
    parameters = Path(environment.pop("parameters", ""))
    cwd = environment.pop("cwd", ROOT)
    for stage in STAGES:
        result = again.run(stage, "--parameters", parameters / f"{stage}.json", *options, cwd=cwd,
                           env=os.environ | environment)
        assert result.returncode == 0, result.stderr
    return again.derived()


@pytest.fixture(scope="session")
def parameters(tmp_path_factory):
    folder = tmp_path_factory.mktemp("parameters")
    for stage in STAGES:
        program(stage, "--extract-parameters", ROOT / "pipeline.json", "--to", folder / f"{stage}.json")
    return folder


@pytest.mark.parametrize("name", ["demo", "original"])
def test_two_processes_and_the_first_run_agree(request, name, tmp_path, parameters):
    dataset = request.getfixturevalue(name)
    one = derive(dataset, tmp_path / "one", "--threads", 1, parameters=parameters)
    # Another folder, from which the reference data has the path that the parameters give it.
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "datasets").symlink_to(ROOT / "datasets")
    two = derive(dataset, tmp_path / "two", "--threads", 2, parameters=parameters, cwd=tmp_path / "elsewhere",
                 LC_ALL="tr_TR.UTF-8", LANG="de_DE.UTF-8", TZ="Asia/Kolkata")
    assert one == two
    assert one == dataset.derived()


def test_the_order_of_a_foreign_scan_does_not_matter(tmp_path):
    def shuffle(files):
        for rows in files.values():
            random.Random(7).shuffle(rows)

    digests = []
    for name, change in (("straight", None), ("shuffled", shuffle)):
        write_foreign_scan(tmp_path / name / "foreign", change)
        result = program("collect", "import", tmp_path / name / "foreign", "--output", tmp_path / name / "raw",
                         "--scan", "20251207T000000Z-foreign", "--quiet")
        assert result.returncode == 0, result.stderr
        digests.append({p.name: content_digest(p) for p in (tmp_path / name / "raw").rglob("*.jsonl.gz")})
    assert digests[0] == digests[1]


def test_manifests_hold_neither_time_nor_machine(demo):
    host = os.uname().nodename
    for path in demo.path.rglob("*.manifest.json"):
        if "raw" in path.parts:
            continue
        text = path.read_text()
        assert str(demo.path) not in text and "/tmp/" not in text, path
        assert len(host) < 4 or host not in text, path
        # What normalize withholds is counted in its own record; it is no time and no machine.
        assert set(json.loads(text).get("observation", {})) <= {"withheld"}, path
