"""The built programs and their artifacts, as an outsider sees them."""

import gzip
import hashlib
import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
PROGRAMS = ROOT / ".build" / "release"
SHARED = ROOT.parent / "shared"
SCHEMAS = ROOT / "Sources" / "Records" / "Schemas"
STAGES = ["normalize", "featurize", "cluster", "score", "publish"]
# Simulated wallets take most of the time of score, and only their own judges look at how many there are.
FEW_WALLETS = json.dumps({"wallets": 20, "sybil_wallets": 1})


def program(name, *arguments, timeout=300, **options):
    """Runs a built program with nothing on standard input."""
    command = [str(PROGRAMS / name), *map(str, arguments)]
    options = {"cwd": ROOT, "stdin": subprocess.DEVNULL} | options
    if "input" in options:
        del options["stdin"]
    return subprocess.run(command, capture_output=True, text=True, timeout=timeout, **options)


def make(store, *arguments, **options):
    """Runs Make in the project's folder, as a user does, with datasets and its own notes in `store`."""
    environment = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    return subprocess.run(
        ["make", f"STORE={store}", f"WORK={store}/build", *arguments], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=900, **options)


@dataclass(frozen=True)
class Dataset:
    """The folders of one dataset."""

    path: Path
    geoip: tuple = ()

    @property
    def raw(self):
        return self.path / "raw"

    @property
    def published(self):
        return self.path / "published" / "0.1.0"

    def scans(self):
        return json.loads((self.raw / "series.json").read_text())["scans"]

    def folder(self, stage):
        names = {"normalize": "normalized", "featurize": "features", "cluster": "clusters",
                 "score": "scores", "publish": "published/0.1.0"}
        return self.path / names[stage]

    def inputs(self, stage):
        """The options that name the inputs of a stage."""
        named = {"raw": self.raw, "normalized": self.folder("normalize"),
                 "features": self.folder("featurize"), "clusters": self.folder("cluster"),
                 "scores": self.folder("score")}
        needs = {"normalize": ["raw"], "featurize": ["normalized"],
                 "cluster": ["normalized", "features"],
                 "score": ["normalized", "features", "clusters"],
                 "publish": ["raw", "normalized", "features", "clusters", "scores"]}
        options = [part for name in needs[stage] for part in (f"--{name}", named[name])]
        if stage == "normalize":
            options += [part for file in self.geoip for part in ("--geoip", file)]
        if stage == "publish":
            options += ["--dataset-name", self.path.name]
        return options

    def run(self, stage, *more, output=None, **options):
        if stage == "score" and "--parameters" not in more:
            more, options = (*more, "--parameters", "-"), {"input": FEW_WALLETS} | options
        return program(stage, *self.inputs(stage), "--output", output or self.folder(stage), "--quiet",
                       *more, **options)

    def artifacts(self, *suffixes):
        suffixes = suffixes or (".csv.gz", ".jsonl.gz")
        found = [p for p in self.path.rglob("*.gz") if p.name.endswith(suffixes)]
        return sorted(p for p in found if "simnet" not in p.parts and "geoip" not in p.parts)

    def derived(self):
        """Relative path -> SHA-256 of the uncompressed content, of every file after collect."""
        return {str(p.relative_to(self.path)): content_digest(p)
                for stage in STAGES if self.folder(stage).exists()
                for p in sorted(self.folder(stage).rglob("*")) if p.is_file() and p.name != ".lock"}


def content(path):
    """The uncompressed bytes of a file."""
    data = Path(path).read_bytes()
    return gzip.decompress(data) if str(path).endswith(".gz") else data


def content_digest(path):
    return hashlib.sha256(content(path)).hexdigest()


def manifest_path(artifact):
    name = artifact.name
    for suffix in (".csv.gz", ".jsonl.gz"):
        if name.endswith(suffix):
            return artifact.with_name(name.removesuffix(suffix) + ".manifest.json")
    raise ValueError(name)


def manifest(artifact):
    return json.loads(manifest_path(artifact).read_text())


def replace(artifact, data, rows=None):
    """Puts other content into an artifact and makes its manifest agree with it."""
    packed = gzip.compress(data, mtime=0)
    artifact.write_bytes(packed)
    record = manifest(artifact)
    record |= {
        "content_bytes": len(data), "content_sha256": hashlib.sha256(data).hexdigest(),
        "file_bytes": len(packed), "file_sha256": hashlib.sha256(packed).hexdigest()}
    if rows is not None:
        record["rows"] = rows
    manifest_path(artifact).write_text(json.dumps(record))


def snapshot(folder):
    """What a folder holds, but for the lock file, which says nothing once its holder is gone."""
    folder = Path(folder)
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*"))
            if p.is_file() and p.name != ".lock"}
