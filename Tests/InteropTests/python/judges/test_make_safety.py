"""Make in anybody's shell: only the command line counts, and nobody's files are harmed (R-28)."""

import json
import os
import re
import shutil
import subprocess
import time

import pytest

from observatory import ROOT, make

CAPTURE = ROOT / "Tests" / "PipelineTests" / "Capture" / "address-plan.mmdb"
STRANGE = ["it's", "two words", "a$HOME", "100%", "Wörter-語", "semi;colon", "a&b", "`id`", "$(id)", "(x)", "a#b", 'a"b',
           "back\\slash", "a*b"]


def run(*arguments, **variables):
    """Make with nothing but these words, and these variables in the environment too."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MAKE") and k != "MFLAGS"}
    return subprocess.run(
        ["make", *arguments], cwd=ROOT, env=environment | variables, stdin=subprocess.DEVNULL, capture_output=True,
        text=True, timeout=300)


def names_read():
    """Every name that the Makefile reads or sets, but those that belong to Make itself."""
    text = (ROOT / "Makefile").read_text()
    names = set(re.findall(r"\$[({]([A-Za-z_][\w.-]*)[)}]", text))
    names |= set(re.findall(r"\$\(call ([A-Za-z_][\w.-]*)", text))
    names |= set(re.findall(r"\$\(call variable,(\w+)", text))
    names |= set(re.findall(r"^(?:override |export |define )*([A-Za-z_][\w.-]*) *[:?+]?=", text, re.MULTILINE))
    names |= {f"{kind}.{how}" for kind in ("needed", "collect")
              for how in ("import", "live", "simulated", "kept", "missing")}
    assert {"STORE", "DATASET", "VERSION", "WORK", "LIVE", "CONFIRM", "BIN", "geoip", "how"} <= names
    return sorted(names - {"MAKEFLAGS", "PATH"})


@pytest.fixture
def folder(tmp_path):
    """A store with a dataset in each state of derivation, and something of the user's in each folder."""
    for part in ("raw", "normalized", "features", "clusters", "scores", "published/0.1.0"):
        (tmp_path / "store" / "mine" / part).mkdir(parents=True)
    (tmp_path / "store" / "mine" / "raw" / "series.json").write_text("{}")
    for part in ("parameters/mine", "parameters/other", "finished/mine", "finished/other"):
        (tmp_path / "work" / part).mkdir(parents=True)
        (tmp_path / "work" / part / "file").write_text("x")
    (tmp_path / "store" / "mine.txt").write_text("x")
    (tmp_path / "work" / "notes.txt").write_text("x")
    return tmp_path


def at(folder, *arguments, **variables):
    return run(f"STORE={folder}/store", f"WORK={folder}/work", *arguments, **variables)


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    """The words for a small dataset that Make derived."""
    store = tmp_path_factory.mktemp("store")
    (store / "scan.jsonl").write_text('{"host": "a.example", "port": 50002, "banner": "Welcome"}\n')
    words = (f"STORE={store}", f"WORK={store}/work", "DATASET=small", "-o", ".build/release/programs.stamp")
    result = run(*words, f"IMPORT={store}/scan.jsonl", "publish")
    assert result.returncode == 0, result.stderr
    return words


def files(folder):
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*"))


# What an environment says


@pytest.mark.parametrize("value", ["32 (Container Image)", "$(shell touch CANARY)", "1"])
@pytest.mark.parametrize("target", ["publish", "clean", "distclean", "geoip", "help", "scan"])
def test_no_variable_of_the_environment_changes_what_make_does(folder, target, value):
    canary = folder / "canary"
    variables = {name: value.replace("CANARY", str(canary)) for name in names_read()}
    for dataset in ("mine", "demo"):
        words = ["-n", target, f"DATASET={dataset}"]
        clean, exported = at(folder, *words), at(folder, *words, **variables)
        assert (exported.returncode, exported.stdout, exported.stderr) \
            == (clean.returncode, clean.stdout, clean.stderr)
    assert not canary.exists()


@pytest.mark.parametrize("name", ["DATASET", "STORE", "WORK", "VERSION", "LIVE", "IMPORT", "PIPELINE"])
def test_makeflags_of_the_environment_sets_no_variable(name):
    exported = run("-n", "all", MAKEFLAGS=f"-- {name}=elsewhere")
    assert exported.stdout == run("-n", "all").stdout


def test_an_environment_that_is_to_win_is_refused():
    for words, variables in ((["-e"], {}), ([], {"MAKEFLAGS": "e"})):
        result = run("-n", "clean", *words, BIN="/evil", **variables)
        assert result.returncode == 2
        assert "Error 64: with --environment-overrides" in result.stderr


def test_confirm_counts_on_the_command_line_alone(folder):
    before = files(folder)
    for words, variables in (([], {"CONFIRM": "1"}), (["-i"], {}), ([], {"MAKEFLAGS": "i -- CONFIRM=1"})):
        result = at(folder, "DATASET=mine", "distclean", *words, **variables)
        assert "CONFIRM=1" in result.stderr
        assert files(folder) == before


SHELLS = [
    {"CDPATH": f"/tmp:{ROOT.parent}:/"}, {"GREP_OPTIONS": "--invert-match"}, {"LANG": "ja_JP.eucJP", "LC_ALL": "tr_TR"},
    {"TZ": "Asia/Kathmandu"}, {"SHELL": "/bin/false"}, {"BASH_ENV": "/dev/stdin"}, {"POSIXLY_CORRECT": "1"},
    {"SHELLOPTS": "noglob:noexec"}, {"TMPDIR": "/tmp/not there"}, {"MAKE": "/bin/false"},
    {"BASH_FUNC_cd%%": "() { echo wrong; }"}, {"GZIP": "--verbose"}, {"VERSION": "9", "STORE": "x"}]


EVERY = {name: value for variables in SHELLS for name, value in variables.items()}


@pytest.mark.parametrize("variables", [
    pytest.param(EVERY, id="in-every-way"),
    *(pytest.param(variables, id=next(iter(variables)), marks=pytest.mark.soak) for variables in SHELLS)])
def test_a_strange_shell_changes_no_verdict(imported, variables):
    result = run(*imported, "verify", **variables)
    assert result.returncode == 0, result.stdout + result.stderr
    assert ", 0 different" in result.stdout


@pytest.mark.parametrize("mask", [0o777, 0o277, 0o077])
def test_a_strange_umask_leaves_the_maker_what_was_made(tmp_path, mask):
    script = f"umask {mask:o}; exec make STORE={tmp_path} WORK={tmp_path}/w DATASET=x GEOIP={CAPTURE} " \
        f"{tmp_path}/x/geoip/{CAPTURE.name}"
    result = subprocess.run(["bash", "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    kept = tmp_path / "x" / "geoip" / CAPTURE.name
    assert kept.stat().st_mode & 0o600 == 0o600 and kept.parent.stat().st_mode & 0o700 == 0o700
    assert kept.stat().st_mode & 0o077 & mask == 0


# What is refused


def refused(result, name, *words):
    assert result.returncode == 2 and result.stdout == "", result.stdout
    assert f"*** Error 64: {name} " in result.stderr, result.stderr
    for word in words:
        assert word in result.stderr


@pytest.mark.parametrize("name", ["STORE", "WORK", "DATASET", "VERSION", "PIPELINE"])
@pytest.mark.parametrize("text, word", [
    ("", "empty"), (" ", "empty"), ("my data", "a space"), ("it's", "an apostrophe"), ('a"b', "a quotation mark"),
    ("$HOME", "a dollar sign"), ("-rf", "begins with '-'"), ("a\tb", "white space"), ("a\nb", "a line end"),
    ("a;b", "the character ;"), ("a%b", "the character %"), ("a:b", "the character :"), ("a\\b", "a backslash"),
    ("~", "the character ~"), ("a*", "the character *"), ("a#b", "the character #"), ("a\x1bb", "a control character")])
def test_a_name_that_is_not_one_plain_word_is_refused_before_anything_runs(folder, name, text, word):
    before = files(folder)
    values = {"STORE": f"{folder}/store", "WORK": f"{folder}/work", "DATASET": "mine"} | {name: text}
    refused(run("clean", *(f"{k}={v}" for k, v in values.items())), name, word)
    assert files(folder) == before


@pytest.mark.parametrize("name", ["DATASET", "VERSION"])
@pytest.mark.parametrize("text", ["a/b", "..", "../x", "a..b", ".", "/"])
def test_a_dataset_and_a_version_lead_nowhere_else(folder, name, text):
    refused(at(folder, f"{name}={text}", "clean"), name)


@pytest.mark.parametrize("text", ["reference", "scenarios", "notebooks", "geoip"])
def test_folders_of_the_project_are_no_datasets(folder, text):
    refused(at(folder, f"DATASET={text}", "clean"), "DATASET", "a folder of the project")
    refused(run(f"DATASET={text}", "distclean", "CONFIRM=1"), "DATASET", "a folder of the project")


@pytest.mark.parametrize("name", ["STORE", "WORK"])
def test_root_home_and_what_holds_the_clone_are_no_folders_of_their_own(tmp_path, name):
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "link").symlink_to(ROOT.parent)
    for path in ("/", "//", "/usr/..", ".", "..", str(ROOT), f"{ROOT}/", str(ROOT.parent), f"{ROOT}/Sources/..",
                 str(home), f"{home}/", tmp_path / "link"):
        refused(run("-n", "clean", f"{name}={path}", HOME=str(home)), name)


def test_a_dataset_is_neither_home_nor_the_clone_nor_its_sources(tmp_path):
    (tmp_path / "user" / "deep").mkdir(parents=True)
    (tmp_path / "clone").symlink_to(ROOT)
    words = ("-n", "distclean", "CONFIRM=1")
    refused(run(*words, f"STORE={tmp_path}", "DATASET=user", HOME=f"{tmp_path}/user/deep"), "DATASET")
    refused(run(*words, f"STORE={tmp_path}", "DATASET=clone"), "DATASET")
    refused(run(*words, "STORE=Sources", "DATASET=collect"), "STORE")
    refused(run(*words, "DATASET=README.md"), "DATASET", "is a file")


@pytest.mark.parametrize("word", [
    "LIVE=0", "LIVE=yes", "CONFIRM=0", "EPOCHS=", "EPOCHS=-1", "EPOCHS=2 3", "THREADS=many", "FORMAT=a;b",
    "VANTAGE=a b", "IMPORT=-x", "IMPORT=a\nb", "REJECTS=-x", "REJECTS=a\x1bb", "FILE=-x", "URL=a\x07b"])
def test_other_variables_are_checked_too(word):
    refused(run("-n", "help", word), word.split("=")[0])


def test_letters_of_any_script_name_a_folder(tmp_path):
    result = run("-n", "clean", f"STORE={tmp_path}/Daten-für-Ωμέγα", "DATASET=日本", "VERSION=1.0+a")
    assert result.returncode == 0 and f"{tmp_path}/Daten-für-Ωμέγα/日本/normalized" in result.stdout


# What is removed


def test_clean_removes_what_was_derived_and_noted_and_nothing_else(folder):
    result = at(folder, "DATASET=mine", "clean")
    assert result.returncode == 0, result.stderr
    assert files(folder) == [
        "store", "store/mine", "store/mine.txt", "store/mine/raw", "store/mine/raw/series.json", "work",
        "work/finished", "work/finished/other", "work/finished/other/file", "work/notes.txt", "work/parameters",
        "work/parameters/other", "work/parameters/other/file"]
    shutil.rmtree(folder / "work" / "parameters" / "other")
    shutil.rmtree(folder / "work" / "finished" / "other")
    at(folder, "DATASET=mine", "clean")
    assert files(folder / "work") == ["notes.txt"]


def test_distclean_removes_the_dataset_and_what_was_built_in_the_clone(folder):
    result = at(folder, "-n", "DATASET=mine", "distclean", "CONFIRM=1")
    line, = result.stdout.splitlines()
    removed = line.removeprefix("rm -rf -- ").split()
    assert {f"{folder}/store/mine", ".build", ".venv", ".venv-bench"} <= set(removed)
    for path in removed:
        assert path.startswith((f"{folder}/store/mine", f"{folder}/work/parameters/mine", f"{folder}/work/finished/mine",
                                f"{folder}/work/previous/mine", ".build", ".venv")), path


def test_make_in_another_folder_removes_nothing_there(tmp_path):
    (tmp_path / ".build").mkdir()
    result = subprocess.run(
        ["make", "-f", str(ROOT / "Makefile"), "distclean", "CONFIRM=1"], cwd=tmp_path, capture_output=True, text=True)
    assert result.returncode == 2 and "Error 64" in result.stderr
    assert (tmp_path / ".build").exists()


# Paths of the user's own


@pytest.mark.parametrize("name", STRANGE)
def test_a_scan_of_any_name_is_imported(tmp_path, name):
    source = tmp_path / name / f"{name}.jsonl"
    source.parent.mkdir()
    source.write_text('{"host": "a.example", "port": 50002, "banner": "Welcome"}\n')
    result = make(tmp_path / "store", "DATASET=x", f"IMPORT={source}", "-o", ".build/release/programs.stamp", "collect")
    assert result.returncode == 0, result.stderr
    assert "1 rows imported" in result.stderr
    assert files(tmp_path / name) == [source.name]


@pytest.mark.parametrize("name", STRANGE)
def test_rows_that_cannot_be_read_go_to_a_file_of_any_name(tmp_path, name):
    source, rejects = tmp_path / "scan.jsonl", tmp_path / name / f"{name}.jsonl"
    source.write_text('{"host": "a.example", "port": 50002}\n{"host": "b.example", "port": "many"}\n')
    rejects.parent.mkdir()
    words = ("DATASET=x", f"IMPORT={source}", "-o", ".build/release/programs.stamp", "collect")
    strict = make(tmp_path / "store", *words)
    assert strict.returncode == 2 and "port" in strict.stderr and not (tmp_path / "store" / "x" / "raw" / "series.json").exists()
    result = make(tmp_path / "store", *words, f"REJECTS={rejects}")
    assert result.returncode == 0, result.stderr
    assert "1 rows imported" in result.stderr
    row, = map(json.loads, rejects.read_text().splitlines())
    assert (row["file"], row["row"], row["column"]) == (str(source), 2, "port")
    assert files(tmp_path / name) == [rejects.name]


def test_rejects_without_an_import_are_refused():
    for words in (["scan", "LIVE=1"], ["help"], ["scan", "IMPORT="]):
        refused(run("-n", *words, "REJECTS=bad.jsonl"), "REJECTS", "say IMPORT too")


@pytest.mark.parametrize("name", STRANGE)
def test_a_database_of_any_name_is_kept(tmp_path, name):
    source = tmp_path / name / f"{name}.mmdb"
    source.parent.mkdir()
    shutil.copy(CAPTURE, source)
    target = tmp_path / "x" / "geoip" / re.sub(r"[^A-Za-z0-9._-]", "-", source.name)
    if target.name.startswith("-"):
        target = target.with_name(f"database{target.name}")
    words = ("DATASET=x", f"GEOIP={source}", "-o", ".build/release/programs.stamp", str(target))
    result = make(tmp_path, *words)
    assert result.returncode == 0, result.stderr
    assert target.read_bytes() == CAPTURE.read_bytes()
    assert "Nothing to be done" in make(tmp_path, *words).stdout
    os.utime(source, (time.time() + 60, time.time() + 60))
    assert "tools/databases keep" in make(tmp_path, *words).stdout, "a newer one is kept instead"


def test_several_databases_may_have_spaces_too_and_their_order_stays(tmp_path):
    first, second = tmp_path / "my first.mmdb", tmp_path / "a.mmdb"
    for path in (first, second):
        shutil.copy(CAPTURE, path)
    (tmp_path / "x" / "raw").mkdir(parents=True)
    (tmp_path / "x" / "raw" / "series.json").write_text("{}")
    result = make(tmp_path, "DATASET=x", f"GEOIP={first} {second}", "-n", "normalize")
    kept = f"{tmp_path}/x/geoip"
    assert f"--geoip {kept}/my-first.mmdb --geoip {kept}/a.mmdb " in result.stdout, result.stdout + result.stderr
    refused(make(tmp_path, "DATASET=x", f"GEOIP={first} {first}", "-n", "normalize"), "GEOIP")
    missing = make(tmp_path, "DATASET=x", f"GEOIP={first} nowhere", "-n", "normalize")
    assert missing.returncode == 2 and "Error 66: GEOIP names 'nowhere'" in missing.stderr


def test_a_database_is_checked_under_any_name(tmp_path):
    for name in STRANGE:
        path = tmp_path / f"{name}.mmdb"
        shutil.copy(CAPTURE, path)
        result = make(tmp_path / "store", "geoip", f"FILE={path}")
        assert result.returncode == 0, result.stderr


def test_no_text_of_a_variable_is_run(tmp_path):
    canary = tmp_path / "canary"
    targets = {"FILE": "geoip", "URL": "geoip"}
    for text in (f"$(shell touch {canary})", f"';touch {canary};'", f'";touch {canary};"', f"`touch {canary}`",
                 f"x\ntouch {canary}"):
        for name in ("IMPORT", "REJECTS", "GEOIP", "FILE", "URL", "STORE", "DATASET", "VERSION", "WORK", "PIPELINE", "VANTAGE",
                     "FORMAT", "THREADS", "EPOCHS", "LIVE", "CONFIRM", "PREVIOUS"):
            make(tmp_path / "store", "DATASET=x", "-o", ".build/release/programs.stamp",
                 targets.get(name, "collect"), *(["IMPORT=nowhere"] if name == "REJECTS" else []), f"{name}={text}")
            assert not canary.exists(), (name, text)


# Two at a time


def test_two_runs_of_two_datasets_do_not_disturb_each_other(tmp_path):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MAKE") and k != "MFLAGS"}
    runs = []
    for number in range(2):
        source = tmp_path / f"{number}.jsonl"
        source.write_text(f'{{"host": "{"ab"[number]}.example", "port": 50002}}\n')
        runs.append(subprocess.Popen(
            ["make", f"STORE={tmp_path}", f"WORK={tmp_path}/build", f"DATASET=d{number}", f"IMPORT={source}",
             f"GEOIP={CAPTURE}", "-o", ".build/release/programs.stamp"],
            cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True))
    for number, process in enumerate(runs):
        out, errors = process.communicate(timeout=300)
        assert process.returncode == 0, errors
        assert f"report at {tmp_path}/d{number}/published/0.1.0/index.html" in out
    assert (tmp_path / "d0" / "raw" / "series.json").read_text() != (tmp_path / "d1" / "raw" / "series.json").read_text()


def test_what_the_clone_has_once_is_used_by_one_run_at_a_time(tmp_path):
    waiting = tmp_path / "waiting"
    hold = ["tools/alone", f"test-{tmp_path.name}", "bash", "-c"]
    first = subprocess.Popen([*hold, f"touch {tmp_path}/held; until [[ -e {waiting} ]]; do sleep 0.01; done; echo 1"],
                             cwd=ROOT, stdout=subprocess.PIPE, text=True)
    while not (tmp_path / "held").exists():
        time.sleep(0.01)
    second = subprocess.Popen([*hold, f"[[ -e {waiting} ]]"], cwd=ROOT, stderr=subprocess.PIPE, text=True)
    assert second.stderr.readline().startswith("waiting for another run of Make")
    waiting.touch()
    assert first.wait(30) == 0 and second.wait(30) == 0
    (ROOT / ".build" / f"test-{tmp_path.name}.lock").unlink()


def test_builds_and_simulated_networks_are_what_the_clone_has_once():
    text = (ROOT / "Makefile").read_text()
    assert re.search(r"^\ttools/alone build swift build ", text, re.MULTILINE)
    assert re.search(r"^collect\.simulated = tools/alone simulated-network ", text, re.MULTILINE)
    assert not re.search(r"^\t@?swift build", text, re.MULTILINE)
