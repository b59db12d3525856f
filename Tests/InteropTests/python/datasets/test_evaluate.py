"""`simnet evaluate` against scikit-learn: every number again, from the artifacts themselves."""

import gzip
import json
from collections import defaultdict

import numpy as np
import pandas as pd
import pytest
from sklearn import metrics

from observatory import Dataset, program

TOLERANCE = 1e-9


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The demo as `simnet write` writes it, through the stages that evaluation needs."""
    folder = tmp_path_factory.mktemp("written")
    result = program("simnet", "write", "--scenario", "demo", "--output", folder / "raw", "--epochs", 2,
                     "--directory", folder / "simnet", "--quiet")
    assert result.returncode == 0, result.stderr
    dataset = Dataset(folder, tuple(sorted((folder / "simnet").glob("*.mmdb"))))
    for stage in ["normalize", "featurize", "cluster", "score", "publish"]:
        result = dataset.run(stage)
        assert result.returncode == 0, result.stderr
    return dataset


@pytest.fixture(scope="module", params=["demo", "written"])
def judged(request, tmp_path_factory):
    """A dataset's artifacts as tables, and what `simnet evaluate` says of them."""
    dataset = request.getfixturevalue(request.param)
    report = tmp_path_factory.mktemp("evaluation") / "evaluation.json"
    truth = dataset.path / "simnet" / "truth.jsonl.gz"
    result = program("simnet", "evaluate", "--truth", truth, "--dataset", dataset.path, "--output", report)
    assert result.returncode == 0, result.stderr
    return Tables(dataset, truth), json.loads(report.read_text()), result.stdout


def json_lines(path):
    with gzip.open(path, "rt") as file:
        return pd.DataFrame([json.loads(line) for line in file])


def csv(path):
    return pd.read_csv(path, keep_default_na=False, dtype=str)


class Tables:
    """Truth joined with what was derived, server by server."""

    def __init__(self, dataset, truth):
        self.truth = json_lines(truth).sort_values(["address", "port", "transport"])
        reached = {}
        self.software = {}
        for scan in dataset.scans():
            folder = dataset.path / "normalized" / scan
            endpoints = csv(folder / "endpoints.csv.gz")
            for row in endpoints[endpoints.reached == "true"].itertuples():
                reached[row.address, int(row.port), row.transport] = (
                    row.server_id, row.host.split(";")[0] or row.address)
            servers = json_lines(folder / "servers.jsonl.gz") if (folder / "servers.jsonl.gz").exists() \
                else csv(folder / "servers.csv.gz")
            for row in servers.itertuples():
                if row.server_version_text:
                    self.software[row.server_id] = row.server_version_text
        found = [(row, reached.get((row.address, row.port, row.transport))) for row in self.truth.itertuples()]
        self.found = [(row.server, *place) for row, place in found if place]
        self.servers = self.true_servers(found)
        self.operators = csv(dataset.path / "clusters" / "operators.csv.gz").set_index("server_id")
        self.links = json_lines(dataset.path / "clusters" / "links.jsonl.gz")
        self.bands = csv(dataset.path / "clusters" / "operator_bands.csv.gz")
        self.features = csv(dataset.path / "features" / "profiles.csv.gz").set_index("server_id")
        self.classes = csv(dataset.path / "clusters" / "behaviour_classes.csv.gz").set_index("server_id")
        self.deviation = csv(dataset.path / "scores" / "deviation.csv.gz").set_index("server_id")
        self.indicators = csv(dataset.path / "scores" / "indicators.csv.gz")

    @staticmethod
    def true_servers(found):
        """(server id, operator, planted, software) of each true server, by its name."""
        votes, first = defaultdict(lambda: defaultdict(int)), {}
        for row, place in found:
            first.setdefault(row.server, row)
            if place:
                votes[row.server][place[0]] += 1
        result = []
        for name in sorted(votes):
            best = min(votes[name], key=lambda identifier: (-votes[name][identifier], identifier))
            row = first[name]
            result.append((best, row.operator, bool(row.deviations), row.software))
        return result

    def components(self, *kinds):
        """The label of each true server where a value in common joins."""
        leader, first = {}, {}

        def find(one):
            while leader[one] != one:
                one = leader[one]
            return one
        for place, server in enumerate(self.servers):
            leader[place] = place
            for value in [("server", server[0])] + [x for kind in kinds for x in self.values(server[0], kind)]:
                leader[find(place)] = find(first.setdefault(value, place))
        return [find(place) for place in range(len(self.servers))]

    def values(self, server, kind):
        if server not in self.features.index:
            return []
        row = self.features.loc[server]
        if kind == "banner":
            return [(kind, row.banner_mask_sha256)] if row.banner_is_default == "false" and row.banner_mask_sha256 else []
        column = {"certificate": "certificate_sha256s", "key": "spki_sha256s", "domain": "registrable_domains",
                  "tenant": "tenant_prefixes", "donation": "donation_custom"}[kind]
        return [(kind, value) for value in row[column].split(";") if value]


def partition(truth, prediction):
    """Every measure of two partitions, by scikit-learn where it has the measure."""
    truth, prediction = list(truth), list(prediction)
    cells = pd.crosstab(pd.Series(truth), pd.Series(prediction)).to_numpy()
    rows, columns = cells.sum(axis=1), cells.sum(axis=0)

    def pairs(counts):
        return int((counts * (counts - 1) // 2).sum())
    both, true, found = pairs(cells), pairs(rows), pairs(columns)
    precision = (cells ** 2 / columns).sum() / len(truth)
    recall = (cells ** 2 / rows[:, None]).sum() / len(truth)
    confusion = metrics.cluster.pair_confusion_matrix(truth, prediction) // 2
    assert confusion[1, 1] == both and confusion[0, 1] == found - both and confusion[1, 0] == true - both
    homogeneity, completeness, v = metrics.homogeneity_completeness_v_measure(truth, prediction)
    return {
        "pairs.true": true, "pairs.found": found,
        "pairwise.precision": both / found if found else None,
        "pairwise.recall": both / true if true else None,
        "pairwise.f1": 2 * both / (true + found) if true + found else None,
        "b-cubed.precision": precision, "b-cubed.recall": recall,
        "b-cubed.f1": 2 * precision * recall / (precision + recall),
        "adjusted-rand": metrics.adjusted_rand_score(truth, prediction),
        "homogeneity": homogeneity, "completeness": completeness, "v-measure": v,
        "over-merged": int(((cells > 0).sum(axis=0) > 1).sum()),
        "under-merged": int(((cells > 0).sum(axis=1) > 1).sum()),
    }


def ranking(items):
    """Items are (score, truth) in the order that settles ties."""
    scores = np.array([score for score, _ in items], dtype=float)
    truth = np.array([positive for _, positive in items], dtype=bool)
    both = len(set(truth)) == 2
    order = np.argsort(-scores, kind="stable")
    return {
        "auc": metrics.roc_auc_score(truth, scores) if both else None,
        "average-precision": metrics.average_precision_score(truth, scores) if truth.any() else None,
    } | {f"precision-at-{k}": float(truth[order][:k].mean()) if len(items) else None for k in (5, 10, 20, 50)}


def calibration(items):
    if not items:
        return {"brier": None, "calibration-error": None}
    # The same order as the ranking's, from its end.
    ranked = sorted(enumerate(items), key=lambda one: (-one[1][0], one[0]))[::-1]
    scores = np.array([item[0] for _, item in ranked])
    truth = np.array([item[1] for _, item in ranked], dtype=float)
    edges = [bin * len(items) // 10 for bin in range(11)]
    error = sum(abs(scores[a:b].sum() - truth[a:b].sum()) for a, b in zip(edges, edges[1:])) / len(items)
    return {"brier": metrics.brier_score_loss(truth, scores, pos_label=1), "calibration-error": error}


def assert_equal(found, expected, task):
    for name, value in expected.items():
        if value is None:
            assert found[name] is None, f"{task} {name}"
        else:
            assert found[name] == pytest.approx(value, abs=TOLERANCE), f"{task} {name}"


def expected_tasks(tables):
    operators = [server[1] for server in tables.servers]
    true, ids, hosts = zip(*tables.found)
    yield "discovery", {"endpoints.planted": len(tables.truth), "endpoints.reached": len(tables.found)}
    yield "server-resolution", partition(true, ids)
    yield "server-resolution.baseline-host", partition(true, hosts)
    for task, column in [("operators.identity", "identity_id"), ("operators.likely", "operator_id"),
                         ("operators.declared", "declared_id"), ("operators.cohort", "cohort_id")]:
        yield task, partition(operators, [tables.operators[column].get(server[0]) or server[0]
                                          for server in tables.servers])
    for variant, rows in tables.bands.groupby("variant"):
        band = rows.set_index("server_id").operator_id
        yield f"operators.{variant}", partition(operators, [band.get(server[0], server[0]) for server in tables.servers])
    for baseline, kinds in [("certificate", ["certificate"]), ("certificate-or-banner", ["certificate", "banner"]),
                            ("rules-of-0.1.0", ["key", "banner", "domain", "tenant", "donation"])]:
        yield f"operators.baseline-{baseline}", partition(operators, tables.components(*kinds))
    yield from labels(tables)
    yield "operators.pairs", pairs(tables)
    classed = [(server[3], tables.classes.class_id.get(server[0], ""), tables.software.get(server[0], ""))
               for server in tables.servers if tables.classes.class_id.get(server[0], "")]
    software, classes, said = zip(*classed)
    yield "behaviour-classes", partition(software, classes) | {"servers.classed": len(classed)}
    yield "behaviour-classes.baseline-identification", partition(software, said)
    yield from deviations(tables)


def labels(tables):
    operator = {}
    for server in tables.servers:
        operator.setdefault(server[0], server[1])
    for label in ["confirmed", "probable", "likely"]:
        clusters = defaultdict(set)
        for server, owner in operator.items():
            if server in tables.operators.index and tables.operators.label[server] == label:
                clusters[tables.operators.operator_id[server]].add(owner)
        yield f"operators.label-{label}", {
            "clusters": len(clusters), "clusters.impure": sum(len(owners) > 1 for owners in clusters.values())}


def pairs(tables):
    operator = {}
    for server in tables.servers:
        operator.setdefault(server[0], server[1])
    items = [(link.bits, operator[link.server_a] == operator[link.server_b]) for link in tables.links.itertuples()
             if link.server_a in operator and link.server_b in operator]
    return ranking(items) | {"pairs.linked": len(items)}


def deviations(tables):
    judged = [(server, tables.deviation.loc[server[0]]) for server in tables.servers
              if server[0] in tables.deviation.index]
    planted = [row for server, row in judged if server[2]]
    flagged = [server for server, row in judged if str(row.flagged).lower() == "true"]
    both = sum(bool(server[2]) for server in flagged)
    yield "deviations", {
        "precision": both / len(flagged) if flagged else None,
        "recall": both / len(planted) if planted else None,
        "servers.planted": len(planted),
        "servers.planted-and-fired": sum(bool(row.fired) for row in planted),
        "servers.honest-and-fired": sum(bool(row.fired) for server, row in judged if not server[2]),
        "servers.planted-and-flagged": sum(str(row.flagged).lower() == "true" for row in planted),
        "servers.honest-and-flagged": sum(str(row.flagged).lower() == "true" for server, row in judged if not server[2])}
    items = [(float(row.score), server[2]) for server, row in judged if row.score]
    yield "deviation-score", ranking(items) | calibration(items) | {"servers.scored": len(items)}


def test_every_number_is_scikit_learns(judged):
    tables, report, _ = judged
    assert report["schema"] == "evaluation.v1"
    seen = {"schema"}
    for task, expected in expected_tasks(tables):
        assert set(report[task]) == set(expected), task
        assert_equal(report[task], expected, task)
        seen.add(task)
    # Single indicators and planted kinds are counts; families have their judge in test_density.
    apart = ("indicator.", "kind.", "behaviour-")
    assert {task for task in report if not task.startswith(apart)} == {task for task in seen if not task.startswith(apart)}


def test_indicators_are_counted_from_their_rows(judged):
    tables, report, _ = judged
    ours = {server[0] for server in tables.servers}
    fired = tables.indicators[tables.indicators.server_id.isin(ours) & (tables.indicators.status == "fired")]
    for indicator, rows in fired.groupby("indicator"):
        task = report[f"indicator.{indicator}"]
        assert task["servers.planted-and-fired"] + task["servers.false-alarms"] == len(rows)
    assert report["indicator.I12.banner-wallet-download"]["servers.planted-and-fired"] >= 1


def test_the_table_has_a_line_for_each_number(judged):
    _, report, table = judged
    numbers = sum(len(task) for name, task in report.items() if name != "schema")
    assert len(table.splitlines()) == numbers


def test_another_networks_truth_is_refused(judged, tmp_path):
    tables, _, _ = judged
    rows = tables.truth.to_dict("records")
    with gzip.open(tmp_path / "truth.jsonl.gz", "wt") as file:
        for row in rows:
            file.write(json.dumps(row | {"address": row["address"].replace("127.", "126.")}) + "\n")
    result = program("simnet", "evaluate", "--truth", tmp_path / "truth.jsonl.gz", "--dataset", tmp_path)
    assert result.returncode in (65, 66)
    assert "truth" in result.stderr
