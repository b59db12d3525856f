"""Every published table, by the readers that people use and by each line of code that we print for them (R-16)."""

import gzip
import hashlib
import html
import json
import os
import re
import subprocess

import duckdb
import frictionless
import pytest

import awkward
from observatory import ROOT, content
from readers import READERS, as_text, blocks, cells, line_of, of_all, resources, run, tables
from untrusted_text import unescaped

CAPTURE = ROOT / "Tests" / "PipelineTests" / "Capture" / "address-plan.mmdb"
ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith("MAKE") and key != "MFLAGS"}
LIMIT = 32_767  # what a spreadsheet's cell holds
MARK = re.compile(r"\\\[cut to (\d+) of (\d+) (characters|items \((\d+) characters\)): sha256 ([0-9a-f]{64})\]$")


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """The package of awkward texts, where the README's code looks for one."""
    folder = tmp_path_factory.mktemp("readers")
    awkward.namibia(folder / "namibia.mmdb")
    rows = awkward.plain_rows() + awkward.text_rows() + list(awkward.long_rows(folder))
    # The quoted cell is to stand behind all plain ones, and the order is that of ids.
    first = awkward.derive(folder / "first", awkward.plain_rows(), stages=["normalize"])
    servers = cells(next(first.folder("normalize").glob("*/servers.csv.gz")))
    ids = dict(zip((row[servers[0].index("names")] for row in servers[1:]),
                   (row[servers[0].index("server_id")] for row in servers[1:])))
    max((row for row in rows if row["host"] in ids), key=lambda row: ids[row["host"]])["banner"] = awkward.QUOTED
    dataset = awkward.derive(folder / "datasets" / "demo", rows, [folder / "namibia.mmdb"])
    return dataset.published


def readme(package):
    """The package's own blocks: pandas, cells, polars, DuckDB."""
    pandas, cells, polars, duck = blocks(package / "README.md")
    return {"pandas": pandas, "cells": cells, "polars": polars, "duckdb": duck}


# Every table


def test_frictionless_accepts_every_table(package):
    report = frictionless.validate(str(package / "datapackage.json"))
    assert report.valid, [(task.place, error.type, error.note) for task in report.tasks for error in task.errors][:5]
    assert len(report.tasks) > 50


@pytest.mark.parametrize("reader", READERS)
def test_the_readme_s_line_reads_every_cell_of_every_table_as_python_s_csv_does(package, reader):
    assert len(tables(package)) > 50
    for name, path in tables(package).items():
        header, *rows = cells(path)
        assert {len(row) for row in rows} <= {len(header)}, name
        frame = as_text(package, name, reader)
        assert list(frame.columns) == header, name
        assert of_all(frame) == [tuple(cell or None for cell in row) for row in rows], name


def loaded(block, resource, names):
    """What the package's block of a reader loads when another table's name stands in it; to be run in its folder."""
    kind = "texts" if resource["path"].endswith(".jsonl.gz") else "servers"
    lines = [line.replace(f'"{kind}"', f'"{resource["name"]}"') for line in block.splitlines()
             if not re.match("servers|texts", line) or line.startswith(f"{kind} = ")]
    names = dict(names)
    for line in re.split(r"(?<=\n)(?=path, types = )", "\n".join(lines)):
        if resource["name"] in line or "path, types" not in line:
            exec(line, names)
    return names[kind]


def test_the_package_s_code_reads_every_table_with_its_types(package, monkeypatch):
    monkeypatch.chdir(package)
    code = readme(package)
    names = run(code["pandas"], package)
    for resource in resources(package):
        name, fields = resource["name"], resource["schema"]["fields"]
        frame = names["table"](name)
        others = [loaded(code[reader], resource, names) for reader in ("polars", "duckdb")]
        for read in (frame, *others):
            assert list(read.columns) == [field["name"] for field in fields], name
            assert len(of_all(read)) == resource["row_count"], name
        others = [of_all(other) for other in others]
        for number, field in enumerate(fields):
            if field["type"] not in ("array", "object"):
                told = frame[field["name"]].astype("object").where(frame[field["name"]].notna(), None).tolist()
                for rows in others:
                    assert told == [row[number] for row in rows], (name, field["name"])


def test_a_table_without_rows_has_its_columns_by_every_reader(package):
    empty = {r["name"]: r for r in resources(package) if r["row_count"] == 0}
    assert {"events", "links"} <= set(empty)
    for name in set(empty) & set(tables(package)):
        for reader in READERS:
            assert len(of_all(as_text(package, name, reader))) == 0, (name, reader)
    names = run(readme(package)["pandas"] + '\nlinks = table("links")', package)
    assert list(names["links"].columns) == [f["name"] for f in empty["links"]["schema"]["fields"]] and names["links"].empty


# The planted values


def by_column(relation):
    return dict(zip(relation.columns, zip(*relation.fetchall())))


def banners(frame, texts):
    """Banner by host name, of the servers that have one name."""
    return {name: banner for name, banner in zip(frame["names"], texts)}


def test_each_reader_keeps_the_texts_that_look_like_something_else(package, monkeypatch):
    monkeypatch.chdir(package)
    code = readme(package)
    typed = run(code["pandas"], package)
    for label, frame in {
            "pandas": as_text(package, "servers", "pandas"), "polars": as_text(package, "servers", "polars"),
            "duckdb": by_column(as_text(package, "servers", "duckdb")), "typed pandas": typed["servers"],
            "typed polars": run(code["polars"], package, dict(typed))["servers"],
            "typed duckdb": by_column(run(code["duckdb"], package, dict(typed))["servers"])}.items():
        of = banners(frame, frame["banner"])
        for number, text in enumerate(awkward.TEXTS):
            name = f"t{number}.text{number}.example"
            assert unescaped(of[name]) == text, (label, text)
        assert of["t5.text5.example"] == "\\=1+1", label
        row = dict(zip(frame["names"], zip(frame["country"], frame["as_name"], frame["asn"])))
        assert [str(value) for value in row["t0.text0.example"]] == ["NA", "NA", "64501"], label


def test_a_quoted_cell_after_thousands_of_plain_rows_is_one_cell(package, tmp_path):
    header, *rows = cells(tables(package)["servers"])
    banner = header.index("banner")
    raw = content(tables(package)["servers"]).decode().splitlines()
    assert rows[-1][banner] == awkward.QUOTED and len(rows) > 2_048
    assert not any('"' in line for line in raw[1:-1]), "plain rows only before it"
    # DuckDB guesses from 20,480 rows.
    (tmp_path / "data").mkdir()
    with gzip.open(tmp_path / "data" / "servers.csv.gz", "wt", encoding="utf-8") as out:
        out.write(raw[0] + "\n" + "\n".join(raw[1:-1] * 15) + "\n" + raw[-1] + "\n")
    names = {"duckdb": duckdb, "data": f"{tmp_path}/data/"}
    exec(line_of("duckdb"), names)
    assert names["servers"].fetchall()[-1][banner] == awkward.QUOTED


# Cells that are too long


def test_no_cell_is_longer_than_a_spreadsheet_s_and_what_is_cut_stands_whole_elsewhere(package):
    long = {}
    for line in content(package / "data" / "long_values.jsonl.gz").decode().split("\n")[:-1]:
        value = json.loads(line)
        long[value["table"], value["row"], value["column"]] = value
    assert {table for table, _, _ in long} >= {"servers", "profiles", "features", "endpoints", "certificates"}
    assert list(long) == sorted(long)
    keys = {r["name"]: r["schema"]["primaryKey"] for r in resources(package)}
    found = set()
    for name, path in tables(package).items():
        header, *rows = cells(path)
        for number, row in enumerate(rows):
            for column, cell in zip(header, row):
                assert len(cell.encode("utf-16-le")) <= 2 * LIMIT, (name, column)
                if len(cell) < 1_000 or not (mark := MARK.search(cell)):
                    continue
                found.add((name, number, column))
                value = long[name, number, column]
                whole = value["value"]
                assert value["key"] == [row[header.index(column)] for column in keys[name]]
                assert hashlib.sha256(whole.encode()).hexdigest() == value["sha256"] == mark[5]
                assert len(whole) == value["characters"] == int(mark[4] or mark[2])
                kept = cell[:mark.start()]
                if mark[4]:
                    assert int(mark[2]) == whole.count(";") + 1
                    assert kept.split(";")[:-1] == whole.split(";")[:int(mark[1])]
                else:
                    assert whole.startswith(kept) and len(kept) == int(mark[1])
                    assert whole == "".join(re.findall(r"\\u.{4}|\\U.{8}|\\.|[^\\]", kept)) + whole[len(kept):]
                    assert unescaped(whole).startswith(unescaped(kept))
    assert found == set(long)


def test_the_printed_code_restores_every_text_and_every_list(package):
    folder = package.parents[3]
    by_readme = run("\n".join(blocks(ROOT / "README.md")), folder)
    of = banners(by_readme["frame"], by_readme["banners"])
    code = readme(package)
    names = run(code["pandas"] + code["cells"], package)
    own = banners(names["frame"], names["banner_texts"])
    for told in (of, own):
        assert told["long.one.example"] == awkward.LONG_BANNER
        for number, text in enumerate(awkward.TEXTS):
            assert told[f"t{number}.text{number}.example"] == text
    lists = {tuple(names) for names in names["names_lists"].dropna()}
    assert tuple(awkward.NAMED) in lists
    servers = run('servers = whole("servers")\ncertificates = whole("certificates")', package, names)
    claimed = servers["servers"].set_index("names").loc["long.one.example", "hosts_claimed"]
    assert claimed.split(";") == awkward.CLAIMED
    certified = servers["certificates"]["subject_alternative_names"].dropna()
    assert [cell.split(";") for cell in certified] == [[f"DNS:{name}" for name in awkward.CERTIFIED]]


# All that is printed


def test_every_python_line_that_any_text_prints_runs(package):
    """A text with code that no test above names would be run here all the same."""
    texts = [ROOT / name for name in subprocess.run(
        ["git", "ls-files", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()]
    printed = {path: "\n".join(blocks(path)) for path in texts if blocks(path)}
    assert ROOT / "README.md" in printed
    for path, code in printed.items():
        run(code, package.parents[3])
    run("\n".join(blocks(package / "README.md")), package)


def shell_lines():
    """What the texts of the project say to type: each file, with its indented lines that call Make, `echo` or `cd`."""
    names = subprocess.run(["git", "ls-files", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    return [(name, line.strip()) for name in names for line in re.findall(r"^    ((?:make|echo|cd) .*)$", (ROOT / name).read_text(), re.M)]


@pytest.mark.parametrize("name, line", shell_lines(), ids=lambda value: value[:60])
def test_every_line_that_a_text_says_to_type_is_understood(package, tmp_path, name, line):
    """Make is only asked what it would do: no line here measures, builds or removes anything."""
    if "/home/user/my data" in line:
        pytest.skip("printed as what is refused; see test_make_safety")
    (tmp_path / "database.mmdb").write_bytes(CAPTURE.read_bytes())
    scan = tmp_path / "scan.jsonl"
    if line.startswith("echo "):
        subprocess.run(line, shell=True, cwd=tmp_path, check=True)
        assert awkward.derive(tmp_path / "typed", map(json.loads, scan.read_text().splitlines()), stages=["normalize"])
        return
    if line.startswith("cd "):
        line = line.replace("datasets/NAME/published/VERSION", str(package))
        assert subprocess.run(line, shell=True, cwd=ROOT, capture_output=True).returncode == 0
        return
    scan.write_text('{"host": "a.example"}\n')
    command = re.sub(r" #.*", "", line)
    for placeholder, value in (("FILE.mmdb.gz", tmp_path / "database.mmdb"), ("FILE.mmdb", tmp_path / "database.mmdb"), ("=PATH", f"={scan}"),
                               ("=panel.jsonl.gz", f"={scan}"), ("=scan.jsonl", f"={scan}"), ("DATASET=NAME", "DATASET=demo")):
        command = command.replace(placeholder, str(value))
    command = command.replace("make", f"make -n -o .build/release/programs.stamp STORE={tmp_path}/store WORK={tmp_path}/work")
    if "LIVE=1 scan &&" in command:
        command = command.split(" && ")[0]  # the second Make goes on from the scan that the first one took
    result = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, env=ENVIRONMENT)
    assert result.returncode == 0, (name, line, result.stderr)


def test_the_report_s_line_and_the_package_s_check_work(package):
    page = (package / "index.html").read_text()
    code = html.unescape(re.search(r"<pre[^>]*><code>(.*?)</code></pre>", page, re.S)[1])
    assert len(run(code, package)["servers"]) > 2_048
    command, = re.findall(r"```sh\n(.*?)```", (package / "README.md").read_text(), re.S)
    assert subprocess.run(command, shell=True, cwd=package, capture_output=True).returncode == 0
