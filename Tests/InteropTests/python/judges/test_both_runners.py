"""`tools/test` runs the Swift tests beside the outside judges, loses nothing of what they say, and fails where one does."""

import os
import shutil
import subprocess

import pytest

from observatory import ROOT

SWIFT = """#!/bin/sh
echo "swift arguments: $*"
[ "$1" = test ] || exit 0
echo '➜ Test "reads the scan" skipped: "the folder is not there"'
echo '✔ Test run with 2 tests in 1 suite passed after 0.1 seconds.'
while [ ! -e judges-began ]; do sleep 0.01; done
exit {status}
"""
JUDGES = """#!/bin/sh
touch judges-began
echo "arguments: $*"
echo 'SKIPPED [1] judges/test_x.py:3: no browser'
echo '== 5 passed, 1 skipped in 0.10s =='
exit {status}
"""


@pytest.fixture
def run(tmp_path):
    def run(swift, judges, *arguments):
        for place, text, status in (("bin/swift", SWIFT, swift), (".venv/bin/pytest", JUDGES, judges)):
            path = tmp_path / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.format(status=status))
            path.chmod(0o755)
        (tmp_path / "tools").mkdir()
        shutil.copy(ROOT / "tools" / "test", tmp_path / "tools" / "test")
        return subprocess.run(
            [tmp_path / "tools" / "test", *arguments], capture_output=True, text=True, timeout=30,
            env=os.environ | {"PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}"})
    return run


def test_both_run_at_once_and_the_log_ends_with_what_was_skipped_and_how_each_ended(run):
    result = run(0, 0, "-m", "soak")
    assert result.returncode == 0, result.stderr
    lines = result.stdout.splitlines()
    assert "arguments: -n 3 -m soak Tests/InteropTests/python" in lines
    assert [line for line in lines if line.startswith("swift arguments: ")] == [
        "swift arguments: build --configuration release --build-tests --explicit-target-dependency-import-check error",
        "swift arguments: test --configuration release --skip-build"]
    assert lines[-6:] == [
        "== skipped, and why",
        '➜ Test "reads the scan" skipped: "the folder is not there"',
        "SKIPPED [1] judges/test_x.py:3: no browser",
        "== how they ended",
        "✔ Test run with 2 tests in 1 suite passed after 0.1 seconds.",
        "== 5 passed, 1 skipped in 0.10s =="]


def test_the_swift_tests_run_without_the_optimiser_where_that_is_said_and_the_judges_are_not_told(run):
    lines = run(0, 0, "--debug", "-m", "soak").stdout.splitlines()
    assert "arguments: -n 3 -m soak Tests/InteropTests/python" in lines
    assert "swift arguments: test --configuration debug --skip-build" in lines


@pytest.mark.parametrize("swift, judges", [(1, 0), (0, 1), (1, 1)])
def test_one_that_fails_fails_the_run_after_the_other_ended(run, swift, judges):
    result = run(swift, judges)
    assert result.returncode == 70
    assert result.stdout.splitlines()[-1].startswith("== 5 passed")
