"""Runs a command as a child and tells its wall time, processor time and peak memory.

`measure.py REPORT COMMAND…` does so for others. The peak that the kernel tells of a program counts what
ran in the process before: so the program is started from here, which is small, and never from a large one.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve()


@dataclass
class Cost:
    wall: float
    cpu: float
    peak: int
    output: str

    def row(self, name, *more):
        return (name, f"{self.wall:.2f}", f"{self.cpu:.2f}", f"{self.peak / 1024:.0f}", *more)


def cost(command, **options):
    """Cost of one run, its children included; fails where the command fails."""
    with tempfile.NamedTemporaryFile("r") as report:
        child = subprocess.run([sys.executable, "-I", "-S", HERE, report.name, *map(str, command)],
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=False, **options)
        if child.returncode != 0:
            raise SystemExit(f"failed with {child.returncode}: {' '.join(map(str, command))}")
        return Cost(**json.load(report), output=child.stdout.strip())


def table(header, rows):
    rows = [header, *rows]
    widths = [max(len(str(row[i])) for row in rows) for i in range(len(header))]
    for row in rows:
        cells = [str(row[0]).ljust(widths[0]), *(str(c).rjust(w) for c, w in zip(row[1:], widths[1:]))]
        print("  ".join(cells))
    print()


def main():
    """Writes wall and cpu in seconds and peak in KiB."""
    report, *command = sys.argv[1:]
    began = time.monotonic()
    child = os.posix_spawnp(command[0], command, os.environ)
    _, status, usage = os.wait4(child, 0)
    with open(report, "w") as file:
        json.dump({"wall": time.monotonic() - began, "cpu": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss},
                  file)
    return os.waitstatus_to_exitcode(status) & 0xFF


if __name__ == "__main__":
    sys.exit(main())
