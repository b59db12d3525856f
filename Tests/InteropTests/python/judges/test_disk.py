"""Full disks, folders that cannot be written, two runs at once (R-13, R-14)."""

import fcntl
import os
import resource
import signal
import subprocess

import pytest

from observatory import snapshot

STAGES = ["normalize", "featurize", "cluster", "score", "publish"]


@pytest.fixture
def mounted(tmp_path):
    """A tiny file system of its own, where we may mount one."""
    place = tmp_path / "disk"
    place.mkdir()

    def mount(options):
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", place], capture_output=True, text=True)
        if done.returncode != 0:
            pytest.skip(f"cannot mount here: {done.stderr.strip()}")
        return place

    yield mount
    subprocess.run(["umount", place], capture_output=True)


@pytest.mark.parametrize("stage", STAGES)
def test_a_full_disk_ends_the_stage_and_leaves_no_half_file(small, stage, mounted):
    output = mounted("size=4k") / "out"
    result = small.run(stage, output=output)
    assert result.returncode in (73, 74), result.stderr
    assert "disk" in result.stderr or "space" in result.stderr
    assert snapshot(output) == {} if output.exists() else True


@pytest.mark.parametrize("stage", STAGES)
def test_a_file_that_may_not_grow_ends_the_stage_and_keeps_what_was_there(small, stage):
    """A limit on file size stands for a quota; it needs no privileges."""
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))

    output = small.folder(stage)
    before = snapshot(output)
    result = small.run(stage, preexec_fn=limit, restore_signals=False)
    assert result.returncode in (73, 74), result.stderr
    assert snapshot(output) == before


@pytest.mark.parametrize("stage", STAGES)
def test_a_file_in_place_of_the_output_folder_is_named(small, stage):
    output = small.path / "taken"
    output.write_text("not a folder")
    result = small.run(stage, output=output)
    assert result.returncode == 73, result.stderr
    assert str(output) in result.stderr
    assert output.read_text() == "not a folder"


@pytest.mark.parametrize("stage", STAGES)
def test_a_read_only_folder_is_named(small, stage, mounted):
    output = mounted("ro,size=64k")
    result = small.run(stage, output=output)
    assert result.returncode == 73, result.stderr
    assert str(output) in result.stderr


@pytest.mark.parametrize("stage", STAGES)
def test_the_second_run_says_who_holds_the_dataset(small, stage):
    output = small.folder(stage)
    before = snapshot(output)
    with open(output / ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write(f"{stage}, process {os.getpid()}")
        lock.flush()
        result = small.run(stage)
    assert result.returncode == 75, result.stderr
    assert f"process {os.getpid()}" in result.stderr
    assert snapshot(output) == before


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_ended_leaves_the_lock_free(small, number, tmp_path):
    """Whatever the moment, what was there is whole and the next run succeeds."""
    output = small.folder("normalize")
    before = snapshot(output)
    command = ["timeout", "--signal", str(int(number)), "0.02"]
    arguments = [str(a) for a in ["--output", output, "--quiet", *small.inputs("normalize")]]
    from observatory import PROGRAMS
    subprocess.run([*command, str(PROGRAMS / "normalize"), *arguments], capture_output=True)
    assert {k: v for k, v in snapshot(output).items() if k in before} | before == before
    assert small.run("normalize").returncode == 0
    assert snapshot(output) == before
