"""Results of long evaluations, kept by what made them, so that one that was interrupted goes on where it stood."""

import hashlib
import json
from functools import cache
from pathlib import Path

from observatory import PROGRAMS, ROOT

FOLDER = ROOT / "build" / "evaluation"


@cache
def digest(*files):
    total = hashlib.sha256()
    for file in files:
        total.update(Path(file).read_bytes())
    return total.hexdigest()


def kept(name, make, *what, programs, sources):
    """The result of `make()`, kept as `name`; made once for one input, one set of programs and one version of the judge.

    `name` is a path below `build/evaluation`, `what` whatever the result depends on besides programs and sources.
    """
    key = hashlib.sha256("|".join(
        [digest(*(PROGRAMS / program for program in programs)), digest(*sources), *map(str, what)]).encode()).hexdigest()
    path = FOLDER / f"{name}.json"
    if path.exists():
        stored = json.loads(path.read_text())
        if stored["key"] == key:
            return stored["result"]
    result = make()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"key": key, "result": result}))
    return result
