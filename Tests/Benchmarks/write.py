"""`make bench`: how fast `simnet write` writes scans, beside gzip on the same content.

The content is what it wrote, uncompressed; `gzip -6` takes it in as many processes as `simnet write`
has threads, a part each: no writer of gzip at the same level can be quicker than that.
"""

import argparse
import gzip
import json
import subprocess
import tempfile
import time
from pathlib import Path

from measure import cost, table

ROOT = Path(__file__).resolve().parents[2]
SIMNET = ROOT / ".build" / "release" / "simnet"


def compress(parts):
    """Wall time of one gzip a part, all at once. Unit: s."""
    begun = time.monotonic()
    running = [subprocess.Popen(["gzip", "-6", "-k", "-f", str(part)]) for part in parts]
    for process in running:
        if process.wait() != 0:
            raise SystemExit("gzip failed")
    return time.monotonic() - begun


def split(raw, parts, folder):
    """The connections of all scans in parts of about equal size. Returns (paths, rows, bytes)."""
    paths = [folder / f"part-{n}" for n in range(parts)]
    files = [path.open("wb") for path in paths]
    rows, size = 0, 0
    for number, scan in enumerate(sorted(raw.glob("*/connections.jsonl.gz"))):
        with gzip.open(scan) as source:
            for line in source:
                files[(number + rows) % parts].write(line)
                rows, size = rows + 1, size + len(line)
    for file in files:
        file.close()
    return paths, rows, size


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--scenario", default="large-2000")
    options.add_argument("--epochs", type=int, default=5)
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--simnet", default=str(SIMNET))
    options = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="observatory-write-") as name:
        folder = Path(name)
        written = cost([options.simnet, "write", "--scenario", options.scenario, "--output", folder / "raw",
                        "--directory", folder / "world", "--epochs", options.epochs, "--threads", options.threads,
                        "--quiet"], cwd=ROOT)
        contacted = 0
        for manifest in sorted((folder / "raw").glob("*/collect.manifest.json")):
            text = json.loads(manifest.read_text())
            outcomes = (text.get("observation") or text["lineage"]["observation"])["outcomes"]
            contacted += sum(count for word, count in outcomes.items() if not word.startswith("untested."))
        parts, rows, size = split(folder / "raw", options.threads, folder)
        squeezed = compress(parts)
    print(f"{options.scenario}, {options.epochs} scans: {rows} rows, {contacted} connections, {size / 1e6:.0f} MB of rows")
    table(("", "wall s", "CPU s", "peak MB", "MB/s", "connections/s"), [
        written.row("simnet write", f"{size / 1e6 / written.wall:.0f}", f"{contacted / written.wall:.0f}"),
        (f"gzip -6 x {options.threads}", f"{squeezed:.2f}", "", "", f"{size / 1e6 / squeezed:.0f}",
         f"{contacted / squeezed:.0f}"),
        ("ratio of wall", f"{written.wall / squeezed:.2f}", "", "", "", ""),
    ])


if __name__ == "__main__":
    main()
