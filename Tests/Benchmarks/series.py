"""`make bench`: normalize and featurize over a series of scans, beside a Python peer and beside gunzip.

The series is written once by `simnet write` and kept in .build/benchmarks-data. Each size is its first
scans. Both sides have the same cores and make the main tables from the same bytes, ours more of them; where
server resolution has no part, row counts, and the columns that are alike in form of the first and the last
scan, must be equal. Read processor time: wall time is the machine's, with all that runs on it. `--full`
takes 2,000 scans: 18 GB of raw evidence, 80 GB uncompressed.
"""

import argparse
import hashlib
import json
import os
import shutil
import sys
from pathlib import Path

from measure import cost, table

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ROOT / ".build" / "release"
CACHE = ROOT / ".build" / "benchmarks-data"
PEER = Path(__file__).with_name("series_peer.py")
# What is not compared: the peer resolves servers by fewer rules, so tables with a row a server, and what names or
# counts servers, differ. It also makes fewer tables of features. Both make its work less than ours.
OF_SERVERS = {"servers", "resolution", "texts", "software", "outcomes", "backends"}
# Columns left out: forms that the peer does not have, see `series_peer.py`.
DIFFERENT = {
    "advertisements": "reason",
    "certificates": "servers subject issuer subject_alternative_names signature_algorithm serial",
}
SEED = 300
GOALS = "goals: 2 times the peer, 2 times gunzip at most, 512 MB at most"


def scenario(servers, path):
    """Servers of all kinds at a chain that stands still: with blocks, the answers would grow from scan to
    scan, and so the work, and no slope would be that of the programs."""
    cost([PROGRAMS / "simnet", "generate", "--servers", servers, "--seed", SEED, "--output", path])
    listed = json.loads(path.read_text())
    listed["chain"]["blocks_per_epoch"] = 0
    path.write_text(json.dumps(listed))


def generate(servers, scans):
    """The folder of a raw series with at least so many scans; written where it is not there."""
    folder = CACHE / f"servers-{servers}"
    raw, ready = folder / "raw", folder / "scans.json"
    if not ready.exists() or json.loads(ready.read_text()) < scans:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        scenario(servers, folder / "scenario.json")
        run = cost([PROGRAMS / "simnet", "write", "--scenario", folder / "scenario.json", "--output", raw, "--directory",
                    folder / "world", "--epochs", scans, "--quiet"], cwd=ROOT)
        print(f"simnet write, {scans} scans: {run.wall:.0f} s, {run.cpu:.0f} s of processor, {run.peak // 1024} MB\n")
        ready.write_text(json.dumps(scans))
    return raw


def first(raw, scans, folder):
    """A series of the first scans, as links."""
    folder.mkdir()
    index = json.loads((raw / "series.json").read_text())
    index["scans"] = index["scans"][:scans]
    for scan in index["scans"]:
        (folder / scan).symlink_to(raw / scan)
    (folder / "series.json").write_text(json.dumps(index))
    return folder


def parameters(folder, pipeline):
    """The stages' own parameters, without databases of places: the peer has none."""
    for stage in ("normalize", "featurize"):
        cost([PROGRAMS / stage, "--extract-parameters", pipeline, "--to", folder / f"{stage}.json"])
    path = folder / "normalize.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"geoip": []}))


def measured(work, raw, cores, alone):
    """The cost of each side and of inflating alone, by (who, what)."""
    pinned = ["taskset", "-c", ",".join(map(str, sorted(os.sched_getaffinity(0))[:cores]))]
    shell = ["sh", "-c", 'exec gzip -dc "$0"/*/*.gz > /dev/null', raw]
    runs = {("gzip -dc", "inflate"): cost([*pinned, *shell]),
            ("python zlib", "inflate"): cost([*pinned, sys.executable, PEER, "inflate", raw])}
    environment = {**os.environ, "POLARS_MAX_THREADS": str(cores)}
    for stage, option, source, target in (("normalize", "--raw", raw, "normalized"),
                                          ("featurize", "--normalized", "normalized", "features")):
        ours, peer = work / "ours", work / "peer"
        runs["ours", stage] = cost(
            [*pinned, PROGRAMS / stage, option, ours / source, "--output", ours / target, "--parameters",
             work / f"{stage}.json", "--threads", cores, "--quiet"], cwd=ROOT)
        if not alone:
            runs["peer", stage] = cost(
                [*pinned, sys.executable, PEER, stage, peer / source, peer / target], env=environment)
    return runs


def rows(folder, name):
    """Rows of a table by its manifest, ours or the peer's."""
    manifest = json.loads((folder / f"{name}.manifest.json").read_text())
    return manifest["rows"] if "rows" in manifest else manifest["content"]["rows"]


def fingerprint(path, columns):
    import polars as pl
    frame = pl.read_csv(path, infer_schema=False).select(columns)
    times = [pl.col(name).cast(pl.Float64).round(3) for name in columns if name.endswith("_ms")]
    return hashlib.sha256(frame.with_columns(times).write_csv().encode()).hexdigest()


def columns(path):
    import polars as pl
    return pl.read_csv(path, infer_schema=False, n_rows=0).columns


def compare(ours, peer, contents):
    """(tables, columns compared) of a folder; fails where they are not equal."""
    tables = total = 0
    for path in sorted(peer.glob("*.csv.gz")):
        name = path.name.removesuffix(".csv.gz")
        if name in OF_SERVERS:
            continue
        assert rows(ours, name) == rows(peer, name), (path, rows(ours, name), rows(peer, name))
        tables += 1
        if not contents or name == "texts":
            continue
        known = set(columns(ours / path.name)) - {"server_id", *DIFFERENT.get(name, "").split()}
        for column in (alike := [each for each in columns(path) if each in known]):
            assert fingerprint(ours / path.name, [column]) == fingerprint(path, [column]), (path, column)
        total += len(alike)
    return tables, total


def check(work):
    """The peer has done what we did."""
    scans = sorted(path.name for path in (work / "peer" / "normalized").iterdir())
    counts = [compare(work / "ours" / "normalized" / scan, work / "peer" / "normalized" / scan, scan in (scans[0], scans[-1]))
              for scan in scans]
    tables, alike = map(sum, zip(*counts))
    print(f"Equal: row counts of {tables} tables, {alike} columns of the first and the last scan; what depends on server resolution is not compared\n")


def line(points):
    """(slope, intercept, largest residual) of the least-squares line through (x, y)."""
    n = len(points)
    x, y = sum(p[0] for p in points) / n, sum(p[1] for p in points) / n
    slope = sum((p[0] - x) * (p[1] - y) for p in points) / sum((p[0] - x) ** 2 for p in points)
    return slope, y - slope * x, max(abs(p[1] - y - slope * (p[0] - x)) for p in points)


def side_by_side(scans, raw, runs):
    """One size: each run, then both stages together beside the peer and gunzip."""
    packed = sum(path.stat().st_size for path in raw.glob("*/*.gz")) / 1e6
    inflated = float(runs["python zlib", "inflate"].output) / 1e6
    gunzip = runs["gzip -dc", "inflate"].cpu
    print(f"{scans} scans, {packed:.0f} MB, {inflated:.0f} MB uncompressed; load {os.getloadavg()[0]:.1f}; {GOALS}\n")
    lines = [run.row(f"{who}, {what}", f"{1e3 * run.cpu / scans:.0f}", f"{run.cpu / gunzip:.2f}", "")
             for (who, what), run in runs.items()]
    both = {who: sum(runs[who, stage].cpu for stage in ("normalize", "featurize"))
            for who in ("ours", "peer") if (who, "normalize") in runs}
    for who, cpu in both.items():
        wall, peak = (list(getattr(runs[who, stage], field) for stage in ("normalize", "featurize"))
                      for field in ("wall", "peak"))
        lines.append((f"{who}, both", f"{sum(wall):.2f}", f"{cpu:.2f}", f"{max(peak) / 1024:.0f}", f"{1e3 * cpu / scans:.0f}",
                      f"{cpu / gunzip:.2f}", f"{both['peer'] / cpu:.2f}" if "peer" in both else ""))
    table(("", "wall s", "cpu s", "peak MB", "cpu a scan, ms", "of gunzip", "cheaper than the peer by"), lines)


def slopes(sizes):
    """Growth of processor time and of peak memory with the number of scans."""
    lines = []
    for who, stage in (key for key in next(iter(sizes.values())) if key[1] != "inflate"):
        cpu = line([(scans, runs[who, stage].cpu) for scans, runs in sizes.items()])
        peak = line([(scans, runs[who, stage].peak / 1024) for scans, runs in sizes.items()])
        lines.append((f"{who}, {stage}", f"{1e3 * cpu[0]:.1f}", f"{cpu[1]:.2f}", f"{cpu[2]:.2f}", f"{peak[0]:.3f}",
                      f"{peak[1]:.0f}", f"{peak[2]:.1f}", f"{peak[1] + 2000 * peak[0]:.0f}"))
    table(("least squares over " + ", ".join(map(str, sizes)) + " scans", "cpu ms a scan", "at none, s", "residual s",
           "MB a scan", "at none, MB", "residual MB", "at 2,000, MB"), lines)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--servers", default=300, type=int)
    options.add_argument("--scans", default="4,8,16", help="sizes, with commas between them")
    options.add_argument("--full", action="store_true", help="500, 1,000 and 2,000 scans")
    options.add_argument("--cores", type=int, default=1)
    options.add_argument("--alone", action="store_true", help="leave out the peer, and so the comparison")
    options.add_argument("--pipeline", default=ROOT / "pipeline.json", type=Path)
    options = options.parse_args()
    sizes = sorted({500, 1000, 2000} if options.full else map(int, options.scans.split(",")))
    raw = generate(options.servers, sizes[-1])
    work, found = CACHE / f"work-{os.getpid()}", {}
    work.mkdir()
    try:
        parameters(work, options.pipeline)
        for scans in sizes:
            for name in ("ours", "peer", "raw"):
                shutil.rmtree(work / name, ignore_errors=True)
            found[scans] = measured(work, first(raw, scans, work / "raw"), options.cores, options.alone)
            side_by_side(scans, work / "raw", found[scans])
            if not options.alone:
                check(work)
        if len(sizes) > 1:
            slopes(found)
    finally:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
