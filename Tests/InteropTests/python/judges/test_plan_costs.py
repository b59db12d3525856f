"""What the facts of a full scan of 300 honest servers take, beside what the article says."""

import csv
import gzip
import re

import pytest

from observatory import ROOT, Dataset, program

ARTICLE = ROOT / "Sources/Collecting/Collecting.docc/Plan-Costs.md"
ROW = r"^\| `(\w+)` \| .+ \| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \|$"


@pytest.fixture(scope="module")
def scan(tmp_path_factory):
    folder = tmp_path_factory.mktemp("honest-300")
    parameters = folder / "collect.json"
    parameters.write_text('{"plan": "full"}')
    result = program("simnet", "write", "--scenario", "honest-300", "--epochs", 1, "--directory", folder / "simnet",
                     "--parameters", parameters, "--output", folder / "raw", "--quiet")
    assert result.returncode == 0, result.stderr
    dataset = Dataset(folder, tuple(sorted((folder / "simnet").glob("*.mmdb"))))
    result = dataset.run("normalize")
    assert result.returncode == 0, result.stderr
    [path] = dataset.folder("normalize").glob("*/exchanges.csv.gz")
    return path.parent


def test_the_article_states_rows_and_bytes_of_each_table_of_facts(scan):
    stated = {name: tuple(int(number.replace(",", "")) for number in numbers)
              for name, *numbers in re.findall(ROW, ARTICLE.read_text(), re.MULTILINE)}
    found = {}
    for name in stated:
        path = scan / f"{name}.csv.gz"
        text = gzip.decompress(path.read_bytes())
        rows = sum(1 for _ in csv.DictReader(text.decode().splitlines()))
        found[name] = rows, round(len(text) / 1000), round(path.stat().st_size / 1000)
    assert len(stated) == 13
    print(*(f"| `{name}` | … | " + " | ".join(f"{n:,}" for n in numbers) + " |" for name, numbers in found.items()), sep="\n")
    assert found == stated
