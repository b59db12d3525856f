"""Runs a command as a child and tells its wall time, processor time and peak memory."""

import os
import subprocess
import time
from dataclasses import dataclass


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
    began = time.monotonic()
    child = subprocess.Popen([str(c) for c in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             text=True, **options)
    output = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise SystemExit(f"failed with {child.returncode}: {' '.join(map(str, command))}")
    return Cost(time.monotonic() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, output.strip())


def table(header, rows):
    rows = [header, *rows]
    widths = [max(len(str(row[i])) for row in rows) for i in range(len(header))]
    for row in rows:
        cells = [str(row[0]).ljust(widths[0]), *(str(c).rjust(w) for c, w in zip(row[1:], widths[1:]))]
        print("  ".join(cells))
    print()
