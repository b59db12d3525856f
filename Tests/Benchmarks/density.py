"""`make bench`: density-based clustering beside the libraries that people use.

Points are normal around 50 centres. Every library clusters the same file, with the same core distance, on one thread;
times are those of the clustering alone (fast-hdbscan warm), in processor seconds, the least of three runs (of one at 50,000
points). `quitefastmst` finds the spanning tree only.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import cost, table

SIZES = [(2000, 2), (10000, 2), (50000, 2), (2000, 16), (10000, 16), (50000, 16), (2000, 64), (10000, 64)]
PEERS = ["scikit-learn", "hdbscan", "fast-hdbscan", "hdbscan-rs", "quitefastmst"]
SMALLEST = 5
ROUNDS = 3


def peer(name, path, dimensions):
    """Clusters in this process and prints wall and processor seconds and the number of clusters, as JSON."""
    import resource
    import time
    import warnings

    import numpy as np

    warnings.simplefilter("ignore")
    points = np.fromfile(path).reshape(-1, dimensions)

    if name == "scikit-learn":
        from sklearn.cluster import HDBSCAN
        fit = lambda x: HDBSCAN(min_cluster_size=SMALLEST, copy=True).fit(x).labels_
    elif name == "hdbscan":
        from hdbscan import HDBSCAN
        fit = lambda x: HDBSCAN(min_cluster_size=SMALLEST, min_samples=SMALLEST - 1, core_dist_n_jobs=1).fit(x).labels_
    elif name == "fast-hdbscan":
        from fast_hdbscan import HDBSCAN
        fit = lambda x: HDBSCAN(min_cluster_size=SMALLEST, min_samples=SMALLEST - 1).fit(x).labels_
        fit(points[:500])
    elif name == "hdbscan-rs":
        from hdbscan_rs import HDBSCAN
        fit = lambda x: HDBSCAN(min_cluster_size=SMALLEST, min_samples=SMALLEST).fit(x).labels_
    else:
        from quitefastmst import mst_euclid
        fit = lambda x: mst_euclid(x, SMALLEST - 1)[1][:0]

    def used():
        usage = resource.getrusage(resource.RUSAGE_SELF)
        return usage.ru_utime + usage.ru_stime

    wall, cpu = time.monotonic(), used()
    labels = fit(points)
    print(json.dumps([time.monotonic() - wall, used() - cpu, len(set(map(int, labels)) - {-1})]))


def main(bench):
    import numpy as np

    random = np.random.default_rng(1)
    rows = []
    with tempfile.TemporaryDirectory(prefix="observatory-density-") as folder:
        for count, dimensions in SIZES:
            centres = random.uniform(-10, 10, (50, dimensions))
            path = Path(folder) / f"{count}-{dimensions}"
            (centres[random.integers(0, 50, count)] + random.normal(0, 1, (count, dimensions))).tofile(path)
            # The points alone are the least that any of them can hold.
            runs = [cost([bench, path, dimensions, SMALLEST, 1]) for _ in range(ROUNDS if count < 50000 else 1)]
            answers = [run.output.split("\t") for run in runs]
            ours, clusters = min(float(answer[1]) for answer in answers), int(answers[0][2])
            print(f"{count} x {dimensions}: {answers[0][4]}", flush=True)
            row = [f"{count} x {dimensions}", f"{ours:.3f}", f"{runs[0].peak / 1024:.0f}",
                   f"{path.stat().st_size / 2**20:.0f}", clusters]
            for name in PEERS:
                command = [sys.executable, __file__, "--peer", name, str(path), str(dimensions)]
                told = []
                for _ in runs:
                    child = subprocess.run(
                        command, capture_output=True, text=True, check=False, timeout=600,
                        env={"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1",
                             "PATH": "/usr/bin:/bin"})
                    if child.returncode == 0:
                        told.append(json.loads(child.stdout.strip().splitlines()[-1]))
                if not told:
                    row.append("failed")
                    continue
                cpu, found = min(answer[1] for answer in told), told[0][2]
                row.append(f"{cpu / ours:.1f}x" + (f" ({found})" if found and found != clusters else ""))
            rows.append(row)
    print()
    table(["points", "ours: cpu s", "peak MB", "points MB", "clusters", *(f"{name} / ours" for name in PEERS)], rows)
    print("In brackets: clusters, where another number. Where distances tie, as at 2 dimensions, the order in which a\n"
          "peer sorts equal edges decides; scikit-learn differs as much from itself on permuted points.\n")
    for items, categories in [(500, 60), (1000, 60), (2000, 60)]:
        run = cost([bench, "mixed", items, categories])
        wall, cpu, clusters, noise, _ = run.output.split("\t")
        print(f"{items} items of {categories} categories and 10 numbers, a tenth unknown: {float(cpu):.2f} s of processor, "
              f"{run.peak / 1024:.0f} MB, {clusters} clusters, {noise} in none"
              + ("; goal: 5 s at most" if items == 2000 else ""))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", help="the built density-bench")
    parser.add_argument("--peer", nargs=3, metavar=("NAME", "FILE", "DIMENSIONS"))
    given = parser.parse_args()
    if given.peer:
        peer(given.peer[0], given.peer[1], int(given.peer[2]))
    else:
        main(given.bench)
