"""Runs a command and writes what it cost: `measured.py REPORT COMMAND…`.

REPORT gets {"seconds", "peak_mb"} of the command itself; the exit code is the command's.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path


def main():
    report, *command = sys.argv[1:]
    began = time.monotonic()
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    Path(report).write_text(json.dumps(
        {"seconds": time.monotonic() - began, "peak_mb": usage.ru_maxrss / 1024}))
    return os.waitstatus_to_exitcode(status) & 0xFF


if __name__ == "__main__":
    sys.exit(main())
