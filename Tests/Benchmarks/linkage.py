"""`make bench`: record linkage beside Splink on duckdb, average linkage beside scipy, and recipes.

Servers are drawn as a network has them: software, ports and places that many share, domains and texts that few do. Splink has the
equivalent model: exact agreement by column with term frequencies, the same m and prior, and every pair that shares a value in any
column. Times are processor seconds of one run, without reading the data.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import cost, table

AGREEMENT = .3
#: Columns of evidence: how many values there are for each thousand servers, and the share of servers that have one.
COLUMNS = {"key": (900, .8), "domain": (400, .6), "donation": (500, .3), "contact": (300, .3), "words": (50, .2), "address": (950, 1.),
           "state": (700, .9)}
#: Columns of recipes: values, and the exponent of their popularity.
ORDINARY = [(12, 1.6), (8, 1.8), (30, 1.2), (6, 2.), (40, 1.1), (15, 1.5), (20, 1.3), (200, .9)]


def servers(random, count):
    columns = []
    for values, share in COLUMNS.values():
        drawn = random.integers(0, max(1, values * count // 1000), count)
        columns.append([f"v{value}" if has else "" for value, has in zip(drawn, random.random(count) < share)])
    return list(zip(*columns))


def ordinary(random, count):
    import numpy as np
    columns = []
    for values, exponent in ORDINARY:
        weights = np.arange(1, values + 1) ** -exponent
        columns.append([f"v{value}" for value in random.choice(values, count, p=weights / weights.sum())])
    return list(zip(*columns))


def write(path, rows):
    path.write_text("".join("\t".join(row) + "\n" for row in rows))


def splink(path):
    """Scores in this process; prints processor seconds and pairs."""
    import resource

    import duckdb
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    rows = [line.split("\t") for line in Path(path).read_text().splitlines()]
    names = list(COLUMNS)
    connection = duckdb.connect()
    connection.execute("set threads = 1")
    connection.execute(f"create table servers (unique_id integer, {', '.join(f'{name} varchar' for name in names)})")
    connection.executemany(f"insert into servers values (?{', ?' * len(names)})",
                           [[number] + [value or None for value in row] for number, row in enumerate(rows)])
    count = len(rows)
    settings = SettingsCreator(
        link_type="dedupe_only", probability_two_random_records_match=.4 / (count - 1),
        comparisons=[cl.ExactMatch(name).configure(term_frequency_adjustments=True, m_probabilities=[AGREEMENT, 1 - AGREEMENT],
                                                   u_probabilities=[.001, .999]) for name in names],
        blocking_rules_to_generate_predictions=[block_on(name) for name in names],
        retain_matching_columns=False, retain_intermediate_calculation_columns=False)
    database = DuckDBAPI(connection)
    linker = Linker(database.register(connection.table("servers")), settings, log_level=40)

    def used():
        usage = resource.getrusage(resource.RUSAGE_SELF)
        return usage.ru_utime + usage.ru_stime
    before = used()
    found = linker.inference.predict()
    pairs = connection.execute(f"select count(*) from {found.physical_name}").fetchone()[0]
    print(json.dumps([used() - before, pairs]))


def scipy(path, count):
    import time

    import numpy as np
    from scipy.cluster.hierarchy import fcluster, linkage

    distances = 12 - np.clip(np.fromfile(path), -.5, 12)
    before = time.process_time()
    tree = linkage(distances, method="average")
    spent = time.process_time() - before
    print(json.dumps([spent, int(fcluster(tree, 12 - 1e-9, "distance").max()), count]))


def child(*arguments):
    run = subprocess.run([sys.executable, __file__, *map(str, arguments)], capture_output=True, text=True, check=True, timeout=1800,
                         env={"OMP_NUM_THREADS": "1", "PATH": "/usr/bin:/bin"})
    return json.loads(run.stdout.strip().splitlines()[-1])


def main(bench):
    import numpy as np
    random = np.random.default_rng(1)

    with tempfile.TemporaryDirectory(prefix="observatory-linkage-") as name:
        folder = Path(name)
        rows = []
        for count in [2_000, 20_000]:
            path = folder / f"{count}.tsv"
            write(path, servers(random, count))
            run = cost([bench, "pairs", path])
            _, cpu, shown, told, clusters = run.output.split("\t")
            every = count * (count - 1) / 2
            peer = child("--splink", path) if count == 2_000 else None
            rows.append([count, f"{float(cpu):.3f}", f"{every / float(cpu) / 1e6:.0f} M", shown, clusters, f"{run.peak / 1024:.0f}",
                         f"{peer[0] / float(cpu):.0f}x ({peer[1]} pairs)" if peer else ""])
        table(["servers, all pairs", "ours: cpu s", "pairs/s", "that share", "clusters", "MiB", "splink / ours"], rows)

        rows = []
        for count in [1_000, 4_000, 10_000]:
            path = folder / f"weights-{count}"
            owner = random.integers(0, count // 20, count)
            bits = [np.where(owner[i + 1:] == owner[i], random.normal(4, 3, count - i - 1), random.normal(-3, 2.5, count - i - 1))
                    for i in range(count - 1)]
            np.concatenate(bits).tofile(path)
            _, cpu, clusters = cost([bench, "average", path, count]).output.split("\t")
            peer = child("--scipy", path, count)
            rows.append([count, f"{float(cpu):.2f}", clusters, f"{peer[0] / float(cpu):.1f}x"])
        table(["average linkage", "ours: cpu s", "clusters", "scipy / ours"], rows)

        rows = []
        for count in [300, 2_000]:
            path = folder / f"recipes-{count}.tsv"
            write(path, ordinary(random, count))
            _, cpu, found = cost([bench, "recipes", path]).output.split("\t")
            rows.append([count, f"{float(cpu):.2f}", found])
        table(["servers, recipes", "ours: cpu s", "recipes"], rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", help="the built linkage-bench")
    parser.add_argument("--splink", metavar="FILE")
    parser.add_argument("--scipy", nargs=2, metavar=("FILE", "COUNT"))
    given = parser.parse_args()
    if given.splink:
        splink(given.splink)
    elif given.scipy:
        scipy(given.scipy[0], int(given.scipy[1]))
    else:
        main(given.bench)
