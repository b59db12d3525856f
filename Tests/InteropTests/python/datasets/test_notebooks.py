"""The notebooks run on a published package alone, show no text of a stranger as markup, and are committed without outputs."""

import csv
import gzip
import io
import json
import os
import shutil
import subprocess

import pytest

from observatory import ROOT

NOTEBOOKS = ROOT / "datasets" / "notebooks"
RUNNER = ROOT / "Tests" / "InteropTests" / "python" / "support" / "run_notebooks.py"
PYTHON = ROOT / ".venv-notebooks" / "bin" / "python"
NAMES = sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))
HOSTILE = "<img src=x onerror=alert(1)>\u202e\x1b[31m$\\frac$"


def run(folder, target, *names, package=None):
    """Runs notebooks in a folder that a reader downloaded: no environment of ours, no file of the clone."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(target), "IPYTHONDIR": str(target / "ipython")}
    if package:
        environment["OBSERVATORY_PACKAGE"] = str(package)
    target.mkdir(exist_ok=True)
    return subprocess.run([PYTHON, RUNNER, folder, target, *names], env=environment, capture_output=True, text=True)


def outputs(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            yield output.get("data", {}) | {"text": "".join(output.get("text", []))}


@pytest.fixture(scope="module")
def downloaded(demo, tmp_path_factory):
    """A package that somebody downloaded, with the notebooks beside its tables."""
    folder = tmp_path_factory.mktemp("downloaded") / "package"
    shutil.copytree(demo.path / "published" / "0.1.0", folder)
    shutil.copytree(NOTEBOOKS, folder / "notebooks", ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints"))
    return folder


@pytest.fixture(scope="module")
def results(downloaded, tmp_path_factory):
    target = tmp_path_factory.mktemp("results")
    result = run(downloaded / "notebooks", target)
    assert result.returncode == 0, result.stderr
    return target


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_runs_on_the_package_alone_and_shows_something(name, results):
    shown = list(outputs(results / f"{name}.ipynb"))
    assert any("text/html" in output or "image/png" in output for output in shown)
    if name.startswith("plots-"):
        assert any("image/png" in output for output in shown)
    assert not any("Warning" in output["text"] for output in shown)


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_is_committed_without_outputs(name):
    notebook = json.loads((NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        assert not cell.get("outputs") and cell.get("execution_count") is None


def test_every_research_question_has_a_notebook():
    assert [name[:2] for name in NAMES if name.startswith("q")] == ["q1", "q2", "q3", "q4", "q5"]


def test_texts_of_strangers_are_no_markup_and_move_no_sign(downloaded, tmp_path):
    package = tmp_path / "package"
    shutil.copytree(downloaded, package)
    for table, columns in {"servers": ["names", "as_name", "country", "software"], "certificates": ["subject"],
                           "network_events": ["subject"]}.items():
        path = package / "data" / f"{table}.csv.gz"
        rows = list(csv.DictReader(io.StringIO(gzip.decompress(path.read_bytes()).decode())))
        for row in rows:
            row.update({column: HOSTILE for column in columns})
        text = io.StringIO()
        writer = csv.DictWriter(text, rows[0])
        writer.writeheader()
        writer.writerows(rows)
        path.write_bytes(gzip.compress(text.getvalue().encode()))
    result = run(package / "notebooks", tmp_path / "out", "00-quick-start", "plots-network", "plots-reachability",
                 "q5-analysts")
    assert result.returncode == 0, result.stderr
    pages = [output["text/html"] for path in (tmp_path / "out").glob("*.ipynb") for output in outputs(path)
             if "text/html" in output]
    whole = "".join("".join(page) for page in pages)
    assert "&lt;img" in whole
    assert "<img" not in whole and "\u202e" not in whole and "\x1b" not in whole


@pytest.mark.parametrize("broken, said", [
    ("descriptor", "no published package"),
    ("table", "not downloaded whole"),
    ("unlisted", "Tables differ between versions"),
])
def test_a_package_that_is_not_whole_is_a_clear_error(broken, said, downloaded, tmp_path):
    package = tmp_path / "package"
    shutil.copytree(downloaded, package)
    descriptor = package / "datapackage.json"
    if broken == "descriptor":
        descriptor.unlink()
    elif broken == "table":
        (package / "data" / "servers.csv.gz").unlink()
    else:
        content = json.loads(descriptor.read_text())
        content["resources"] = [resource for resource in content["resources"] if resource["name"] != "servers"]
        descriptor.write_text(json.dumps(content))
    loading = "from package import Package; Package()['servers']"
    result = subprocess.run([PYTHON, "-c", loading], cwd=package / "notebooks", capture_output=True, text=True,
                            env={"PATH": os.environ["PATH"], "OBSERVATORY_PACKAGE": str(package)})
    assert result.returncode != 0 and said in result.stderr


def test_the_loader_keeps_texts_whole_numbers_and_unknowns(downloaded):
    code = ("from package import Package; p = Package(); s = p['servers']; "
            "print(s['asn'].dtype, s['reached'].dtype, s['country'].dtype, p['scans']['started_at'].dtype)")
    result = subprocess.run([PYTHON, "-c", code], cwd=downloaded / "notebooks", capture_output=True, text=True,
                            env={"PATH": os.environ["PATH"]})
    assert result.stdout.split() == ["Int64", "boolean", "str", "datetime64[us,", "UTC]"], result.stderr
