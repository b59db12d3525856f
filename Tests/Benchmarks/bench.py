"""`make bench`: artifacts against Python peers in one run, and `make` by stage.

Times are processor seconds, the smallest of three interleaved runs; read them as ratios.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from measure import cost, table

ROOT = Path(__file__).resolve().parents[2]
PEERS = Path(__file__).with_name("peers.py")
PROGRAMS = ROOT / ".build" / "release"
NAME = "connections.jsonl.gz"


def smallest(commands, rounds, **options):
    """The cheapest run of each command, the commands taking turns."""
    best = {}
    for _ in range(rounds):
        for name, command in commands.items():
            run = cost(command, **options)
            if name not in best or run.cpu < best[name].cpu:
                best[name] = run
    return best


def artifacts(bench, work, megabytes, rounds):
    rows = 500
    cost([bench, "pool", work / "pool", rows])
    pool = work / "pool.artifact" / NAME
    size = int(cost([bench, "inflate", pool.parent]).output) / 1e6
    each = max(1, round(megabytes / size))
    megabyte = size * each
    print(f"Artifacts: {rows * each} raw connections, {megabyte:.0f} MB of JSONL, one core\n")

    python = [sys.executable, PEERS]
    (work / "out").mkdir()
    writers = {
        "ours": [bench, "write", work / "out", rows, each],
        "gzip+orjson": [*python, "write-orjson", pool, work / "orjson.gz", each],
        "polars": [*python, "write-polars", pool, work / "polars.gz", each],
        "duckdb": [*python, "write-duckdb", pool, work / "duckdb.gz", each]}
    readers = {
        "ours": [bench, "read", work / "out"],
        "zlib's inflate alone": [bench, "inflate", work / "out"],
        "gzip+orjson": [*python, "read-orjson", work / "out" / NAME],
        "polars": [*python, "read-polars", work / "out" / NAME],
        "duckdb": [*python, "read-duckdb", work / "out" / NAME]}
    for title, commands in (("writing", writers), ("reading, decoding, validating", readers)):
        runs = smallest(commands, rounds, env={"POLARS_MAX_THREADS": "1", "PATH": "/usr/bin:/bin"})
        ours = runs["ours"].cpu
        table((title, "wall s", "cpu s", "peak MB", "MB/s", "ours is faster by"),
              [run.row(name, f"{megabyte / run.cpu:.0f}", f"{run.cpu / ours:.2f}") for name, run in runs.items()])
        counts = {run.output for name, run in runs.items() if title.startswith("reading") and "zlib" not in name}
        assert len(counts) <= 1, counts

    small = work / "tenth"
    small.mkdir()
    cost([bench, "write", small, rows, max(1, each // 10)])
    peak = [cost([bench, "read", folder]).peak / 1024 for folder in (small, work / "out")]
    print(f"Peak memory of reading a tenth of it: {peak[0]:.0f} MB; all of it: {peak[1]:.0f} MB\n")


def stages(work):
    """The demo end to end, as `make` runs it, each program measured."""
    data = work / "demo"
    parameters = work / "parameters"
    for stage in ("collect", "normalize", "featurize", "cluster", "score", "publish"):
        cost([PROGRAMS / stage, "--extract-parameters", ROOT / "pipeline.json", "--to", parameters / f"{stage}.json"])

    def run(program, *arguments):
        extra = [] if program == "simnet" else ["--parameters", parameters / f"{program}.json", "--quiet"]
        return cost([PROGRAMS / program, *arguments, *extra], cwd=ROOT)

    folders = {name: data / name for name in ("raw", "normalized", "features", "clusters", "scores")}
    given = {name: (f"--{name}", path) for name, path in folders.items()}
    costs = {"simnet + collect x 3": cost(
        [PROGRAMS / "simnet", "run", "--scenario", ROOT / "datasets/scenarios/demo.json", "--directory",
         data / "simnet", "--epochs", 3, "--", PROGRAMS / "collect", "scan", "--output", folders["raw"],
         "--parameters", parameters / "collect.json", "--quiet", "--simulated-network", "{}"], cwd=ROOT)}
    geoip = [part for file in sorted((data / "simnet").glob("*.mmdb")) for part in ("--geoip", file)]
    costs["normalize"] = run("normalize", *given["raw"], *geoip, "--output", folders["normalized"])
    costs["featurize"] = run("featurize", *given["normalized"], "--output", folders["features"])
    costs["cluster"] = run("cluster", *given["normalized"], *given["features"], "--output", folders["clusters"])
    costs["score"] = run("score", *given["normalized"], *given["features"], *given["clusters"],
                         "--output", folders["scores"])
    costs["publish"] = run("publish", *(part for name in folders for part in given[name]), "--output",
                           data / "published" / "0.1.0", "--dataset-name", "demo")
    rows = [run.row(name) for name, run in costs.items()]
    rows.append(("all", f"{sum(c.wall for c in costs.values()):.2f}", f"{sum(c.cpu for c in costs.values()):.2f}",
                 f"{max(c.peak for c in costs.values()) / 1024:.0f}"))
    table(("the demo, by stage", "wall s", "cpu s", "peak MB"), rows)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--bench", required=True, help="the built artifact-bench")
    options.add_argument("--megabytes", type=int, default=200)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--only", choices=["artifacts", "stages"])
    options = options.parse_args()
    work = Path(tempfile.mkdtemp(prefix="observatory-bench-"))
    try:
        if options.only != "stages":
            artifacts(options.bench, work, options.megabytes, options.rounds)
        if options.only != "artifacts":
            stages(work)
    finally:
        shutil.rmtree(work)
