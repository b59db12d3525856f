"""What labels of some servers tell of the conclusions: figures, checks by row, permanent cases."""

import json
import math
import random
import subprocess

import pandas as pd
import pytest

from observatory import ROOT, program

LABELS = ROOT / "datasets" / "labels"
FIXTURE = ROOT / "Tests" / "StatisticsTests" / "sampled-clusters.json"
HOSTILE = "<img src=x onerror=alert(1)>\u202e\x1b[31m=1+1"


def table(path):
    return pd.read_csv(path, dtype="string", keep_default_na=False)


def label(number, unit, group, **more):
    return {"id": f"l{number}", "kind": "operator", "unit": unit, "label": group, "rationale": "planted",
            "source": "https://example.org/truth", "date": "2026"} | more


def write(path, labels):
    path.write_text("".join(json.dumps(row) + "\n" for row in labels))
    return path


@pytest.fixture(scope="module")
def truth(demo):
    """The operator of every server that was judged, by the planted truth."""
    planted = pd.read_json(demo.path / "simnet" / "truth.jsonl.gz", lines=True, dtype=False)
    owner = {(str(row.address), str(row.port), row.transport): row.operator for row in planted.itertuples()}
    operators = {}
    for scan in demo.scans():
        for row in table(demo.path / "normalized" / scan / "endpoints.csv.gz").itertuples():
            if row.reached == "true" and (row.address, row.port, row.transport) in owner:
                operators[row.server_id] = owner[row.address, row.port, row.transport]
    return operators


def evaluate(demo, labels, *more):
    return program("cluster", "evaluate", "--labels", labels, "--normalized", demo.path / "normalized",
                   "--clusters", demo.path / "clusters", *more)


def figures(text):
    """By task and measure: value and interval."""
    found = {}
    for line in text.splitlines()[1:]:
        task, name, value, *rest = [part for part in line.split("  ") if part.strip()]
        found[task.strip(), name.strip()] = (value.strip(), rest[0].strip() if rest else None)
    return found


def sampled(truth, seed=3, count=5):
    """Whole operators, each drawn with the chance of one of its servers."""
    chance = random.Random(seed)
    drawn = {truth[chance.choice(sorted(truth))] for _ in range(count * 3)}
    return {server: operator for server, operator in truth.items() if operator in sorted(drawn)[:count]}


def by_hand(sample, prediction):
    """B-cubed precision and recall by the estimators' definition (Binette et al. 2022)."""
    groups = pd.Series(sample)
    found = pd.Series(prediction)
    rows = []
    for group, servers in groups.groupby(groups):
        inside = [sum(found.get(other) == found[server] for other in servers.index) for server in servers.index]
        sizes = [(found == found[server]).sum() for server in servers.index]
        size = len(servers)
        rows.append((sum(i / s for i, s in zip(inside, sizes)) / size, sum(inside) / size / size, 1.0))
    frame = pd.DataFrame(rows)
    return frame[0].mean(), frame[1].mean()


def test_figures_of_a_sample_are_the_estimators_and_lie_beside_the_simulated_ones(demo, truth, tmp_path):
    sample = sampled(truth)
    labels = write(tmp_path / "labels.jsonl",
                   [label(n, server, group, complete=True) for n, (server, group) in enumerate(sorted(sample.items()))])
    simulated = tmp_path / "evaluation.json"
    result = program("simnet", "evaluate", "--truth", demo.path / "simnet" / "truth.jsonl.gz", "--dataset", demo.path,
                     "--labels", labels, "--output", simulated)
    assert result.returncode == 0, result.stderr
    whole = json.loads(simulated.read_text())
    operators = table(demo.path / "clusters" / "operators.csv.gz").set_index("server_id")["operator_id"]
    precision, recall = by_hand(sample, operators.to_dict())
    assert math.isclose(whole["labels.likely"]["b-cubed.precision"], precision, abs_tol=1e-9)
    assert math.isclose(whole["labels.likely"]["b-cubed.recall"], recall, abs_tol=1e-9)
    result = evaluate(demo, labels, "--simulated", simulated)
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines()[0].split()[-1] == "simulated"
    line, = [line for line in result.stdout.splitlines()
             if line.startswith("labels.likely") and "b-cubed.recall" in line]
    assert math.isclose(float(line.split()[-1]), whole["operators.likely"]["b-cubed.recall"], rel_tol=1e-3)


def test_labels_on_names_are_judged_first_without_names(demo, truth, tmp_path):
    sample = sampled(truth)
    labels = write(tmp_path / "labels.jsonl", [label(n, server, group, evidence_group="name")
                                               for n, (server, group) in enumerate(sorted(sample.items()))])
    result = evaluate(demo, labels)
    assert result.returncode == 0, result.stderr
    tasks = list(dict.fromkeys(task for task, _ in figures(result.stdout)))
    assert tasks.index("labels-on-name.without-name") < tasks.index("labels-on-name.likely")
    found = figures(result.stdout)
    without = float(found["labels-on-name.without-name", "pairwise.recall"][0])
    assert without <= float(found["labels-on-name.likely", "pairwise.recall"][0])


def test_a_group_that_no_table_leaves_out_is_refused_with_those_that_are(demo, truth, tmp_path):
    labels = write(tmp_path / "labels.jsonl", [label(1, sorted(truth)[0], "x", evidence_group="rumour")])
    result = evaluate(demo, labels)
    assert result.returncode == 65 and "rumour" in result.stderr and "name" in result.stderr


def test_a_mistake_is_told_with_its_row(demo, tmp_path):
    labels = write(tmp_path / "labels.jsonl", [label(1, "a.example", "x"), label(2, "b.example", "x", date="soon")])
    result = evaluate(demo, labels)
    assert result.returncode == 65 and "row 2, key date" in result.stderr
    labels.write_text("{\n")
    assert "row 1" in evaluate(demo, labels).stderr
    assert evaluate(demo, tmp_path / "nowhere.jsonl").returncode == 66


def test_strangers_that_are_joined_end_the_command(demo, truth, tmp_path):
    operators = table(demo.path / "clusters" / "operators.csv.gz")
    group = next(rows for _, rows in operators.groupby("operator_id") if len(rows) > 1)
    one, other = group["server_id"].iloc[:2]
    labels = write(tmp_path / "labels.jsonl", [label(1, one, HOSTILE, must_not_fire=True, rationale=HOSTILE),
                                               label(2, other, "another")])
    result = evaluate(demo, labels)
    assert result.returncode == 65
    assert one in result.stdout and other in result.stdout
    assert not {"\x1b", "\u202e"} & set(result.stdout + result.stderr)


def test_the_cases_of_the_public_record_are_found_and_honest_texts_do_not_fire(demo):
    result = program("score", "evaluate", "--labels", LABELS / "known-cases.jsonl", "--normalized",
                     demo.path / "normalized", "--scores", demo.path / "scores")
    assert result.returncode == 0, result.stderr
    found = figures(result.stdout)
    for task in ("labels.error-texts", "labels.banners"):
        assert found[task, "recall"][0] == found[task, "precision"][0] == "1.0"
    assert found["must-not-fire.error-texts", "fired"][0] == "0.0"
    assert float(found["conduct-labels", "labels.of-another-time"][0]) == 2


def test_labels_of_servers_need_the_scores(demo):
    result = program("score", "evaluate", "--labels", LABELS / "known-cases.jsonl")
    assert result.returncode == 64 and "--normalized" in result.stderr


@pytest.mark.soak
def test_estimates_are_those_of_er_evaluation():
    judge = ROOT / "Tests" / "InteropTests" / "python" / "support" / "sampled_clusters.py"
    result = subprocess.run([ROOT / ".venv-er" / "bin" / "python", judge], capture_output=True, text=True, check=True)
    ours, theirs = json.loads(FIXTURE.read_text()), json.loads(result.stdout)
    assert len(ours) == len(theirs)
    for one, other in zip(ours, theirs):
        assert one["sample"] == other["sample"] and one["prediction"] == other["prediction"]
        for name, values in other["measures"].items():
            for value, kept in zip(values, one["measures"][name]):
                assert (value is None) == (kept is None) and (value is None or math.isclose(value, kept, abs_tol=1e-12))


@pytest.mark.soak
def test_same_domain_groups_of_2025_with_and_without_names(original):
    """The original project's scan, judged by the labels that are shipped."""
    result = evaluate(original, LABELS / "real-2025-12.jsonl")
    print(result.stdout)
    assert result.returncode == 0, result.stderr
    found = figures(result.stdout)
    assert found["must-not-fire.operators", "pairs-joined"][0] == "0.0"
    assert float(found["labels-on-name.without-name", "groups.of-several"][0]) >= 3
