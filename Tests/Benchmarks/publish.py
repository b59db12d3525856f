"""`make bench`: publish over a long series of a large network, and the sizes of its pages.

`simnet write` and the stages make a few scans of it; the series repeats them under later names, so that
every table of scans and of histories has the rows of a long one. Goals: 30 s of processor and 500 MB for
2,000 servers and 120 scans, the first page 300 kB, every other 1.5 MB; the same bytes with another number
of threads and another locale. The tables of single exchanges are copied whole: their rows are told, since
most of the time is theirs.
"""

import argparse
import csv
import datetime
import gzip
import hashlib
import io
import json
import os
import shutil
import subprocess
from pathlib import Path

from measure import cost, table

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ROOT / ".build" / "release"
STAGES = ["normalize", "featurize", "cluster", "score", "publish"]
FOLDERS = ["raw", "normalized", "features", "clusters", "scores"]
NEEDS = {"normalize": 1, "featurize": 2, "cluster": 3, "score": 4, "publish": 5}


def options(stage, folder):
    needed = FOLDERS[:NEEDS[stage]] if stage == "publish" else FOLDERS[1:NEEDS[stage]] or ["raw"]
    return [part for name in needed for part in (f"--{name}", folder / name)]


def derive(folder, scenario, scans):
    """A series of few scans through all stages but the last; kept where it is there already."""
    for stage in STAGES:
        cost([PROGRAMS / stage, "--extract-parameters", ROOT / "pipeline.json", "--to", folder / f"{stage}.json"])
    if (folder / "scores" / "score.manifest.json").exists():
        return
    cost([PROGRAMS / "simnet", "write", "--scenario", scenario, "--output", folder / "raw", "--directory",
          folder / "world", "--epochs", scans, "--quiet"], cwd=ROOT)
    for stage, target in zip(STAGES, FOLDERS[1:]):
        more = ["--geoip", folder / "world" / "address-plan.mmdb"] if stage == "normalize" else []
        cost([PROGRAMS / stage, *options(stage, folder), "--output", folder / target, *more, "--parameters",
              folder / f"{stage}.json", "--quiet"], cwd=ROOT)


def names(first, scans):
    start = datetime.datetime.strptime(first[:16], "%Y%m%dT%H%M%SZ")
    return [(start + datetime.timedelta(hours=6 * n)).strftime("%Y%m%dT%H%M%SZ") + first[16:] for n in range(scans)]


def rewrite(path, data, rows):
    """Puts other content into a table, and makes its manifest agree with it."""
    packed = gzip.compress(data, 6, mtime=0)
    path.write_bytes(packed)
    place = path.with_name(path.name.removesuffix(".csv.gz") + ".manifest.json")
    record = json.loads(place.read_text()) | {
        "content_bytes": len(data), "content_sha256": hashlib.sha256(data).hexdigest(), "file_bytes": len(packed),
        "file_sha256": hashlib.sha256(packed).hexdigest(), "rows": rows}
    place.unlink()
    place.write_text(json.dumps(record))


def repeat(path, scans, later):
    """Repeats the rows of a table of scans under the later names, in the order of its key."""
    text = gzip.decompress(path.read_bytes()).decode()
    header, *rows = list(csv.reader(text.splitlines()))
    place = header.index("scan")
    by_scan = {}
    for row in rows:
        by_scan.setdefault(row[place], []).append(row)
    copies = [[*row[:place], name, *row[place + 1:]] for n, name in enumerate(later)
              for row in by_scan.get(scans[n % len(scans)], [])]
    copies.sort(key=lambda row: row[place])
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *copies])
    rewrite(path, out.getvalue().encode(), len(copies))


def renamed(source, target, scan, name, emptied):
    """The tables of a scan under another name of it: links, but for those that state it in their rows, and those
    whose rows are left out."""
    target.mkdir()
    for path in source.iterdir():
        (target / path.name).symlink_to(path)
    for path in source.glob("*.csv.gz"):
        text = gzip.decompress(path.read_bytes())
        table = path.name.removesuffix(".csv.gz")
        if scan.encode() not in text and table not in emptied:
            continue
        place = f"{table}.manifest.json"
        for copied in (path.name, place):
            (target / copied).unlink()
            shutil.copy(source / copied, target / copied)
        rows = json.loads((target / place).read_text())["rows"]
        (target / path.name).unlink()
        if table in emptied:
            text, rows = text[:text.index(b"\n") + 1], 0
        rewrite(target / path.name, text.replace(scan.encode(), name.encode()), rows)


def lengthen(source, target, count, emptied):
    """A series of `count` scans that repeats those of another."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    index = json.loads((source / "raw" / "series.json").read_text())
    scans = index["scans"]
    later = names(scans[0], count)
    for folder in ("raw", "normalized"):
        (target / folder).mkdir()
        for n, name in enumerate(later):
            scan = scans[n % len(scans)]
            if folder == "raw":
                (target / folder / name).symlink_to(source / folder / scan)
            else:
                renamed(source / folder / scan, target / folder / name, scan, name, emptied)
        for file in (source / folder).iterdir():
            if file.is_file():
                shutil.copy(file, target / folder / file.name)
    (target / "raw" / "series.json").write_text(json.dumps(index | {"scans": later}))
    for folder in ("features", "clusters", "scores"):
        shutil.copytree(source / folder, target / folder)
    for name in ("timelines", "churn"):
        repeat(target / "features" / f"{name}.csv.gz", scans, later)


def published(series, output, parameters, threads, **environment):
    shutil.rmtree(output, ignore_errors=True)
    return cost([PROGRAMS / "publish", *options("publish", series), "--output", output, "--dataset-name", "large",
                 "--parameters", parameters, "--threads", threads, "--quiet"], cwd=ROOT, env={**os.environ, **environment})


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--scenario", default="large-2000")
    arguments.add_argument("--scans", type=int, default=120)
    arguments.add_argument("--base", type=int, default=3, help="scans that are derived and repeated")
    arguments.add_argument("--without", nargs="*", default=[], help="tables whose rows are left out: the largest ones take most of the time")
    arguments.add_argument("--folder", default=str(ROOT / ".build" / "benchmarks-data" / "publish"))
    arguments = arguments.parse_args()
    folder = Path(arguments.folder)
    base = folder / "base"
    base.mkdir(parents=True, exist_ok=True)
    derive(base, arguments.scenario, arguments.base)
    lengthen(base, folder / "series", arguments.scans, arguments.without)
    runs = []
    for name, threads, environment in [("once", 1, {}), ("again", 2, {"LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Kolkata"})]:
        runs.append(published(folder / "series", folder / name / "0.1.0", base / "publish.json", threads, **environment))
    subprocess.run(["diff", "--recursive", "--brief", folder / "once", folder / "again"], check=True)
    package = folder / "once" / "0.1.0"
    pages = sorted((page.stat().st_size, str(page.relative_to(package))) for page in package.rglob("*.html"))
    rows = json.loads((package / "datapackage.json").read_text())["resources"]
    without = ", without rows of " + ", ".join(arguments.without) if arguments.without else ""
    print(f"publish, {arguments.scenario}, {arguments.scans} scans, {len(pages)} pages{without}; goals: 30 s, 500 MB; the same bytes twice\n")
    table(("", "wall s", "CPU s", "peak MB"), [run.row(name) for name, run in zip(("1 thread", "2 threads"), runs)])
    table(("page", "kB"), [(name, f"{size / 1000:.0f}") for size, name in reversed(pages[-4:])]
          + [("index.html", f"{(package / 'index.html').stat().st_size / 1000:.0f}")])
    largest = sorted(((resource.get("bytes", 0), resource["name"]) for resource in rows), reverse=True)[:6]
    table(("table", "MB"), [(name, f"{size / 1e6:.1f}") for size, name in largest])


if __name__ == "__main__":
    main()
