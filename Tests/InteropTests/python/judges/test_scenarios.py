"""The scenarios that ship, and broken ones, judged by a JSON Schema validator that is not ours and
by the program that reads them: both accept and refuse the same."""

import copy
import json
from pathlib import Path

import jsonschema
import pytest

from observatory import program

ROOT = Path(__file__).resolve().parents[4]
SCHEMA = json.loads((ROOT / "Sources/SimulatedNetwork/Schemas/scenario.v1.schema.json").read_text())
SCENARIOS = sorted((ROOT / "datasets" / "scenarios").glob("*.json"))


@pytest.fixture(scope="module")
def validator():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    return jsonschema.Draft202012Validator(SCHEMA)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_shipped_scenario_is_valid(validator, path):
    scenario = json.loads(path.read_text())
    assert scenario["name"] == path.stem
    assert len(scenario["description"]) > 40
    assert not list(validator.iter_errors(scenario))


def test_a_generated_scenario_is_valid_canonical_and_made_again_from_its_own_command(validator, tmp_path):
    arguments = ["--seed", "9", "--servers", "150", "--mix", "pro=1,vps=2,stealth=1,platform=1",
                 "--deviant-share", "0.4", "--randomised", "0.5"]
    first, second = tmp_path / "network.json", tmp_path / "again" / "network.json"
    second.parent.mkdir()
    assert program("simnet", "generate", *arguments, "--output", first).returncode == 0
    text = first.read_text()
    scenario = json.loads(text)
    assert not list(validator.iter_errors(scenario))
    canonical = json.dumps(scenario, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n"
    assert text == canonical
    command = scenario["generated_by"].split()
    assert command[:2] == ["simnet", "generate"]
    assert program(*command, "--output", second).returncode == 0
    assert second.read_bytes() == first.read_bytes()


def change(scenario, path, value):
    result = copy.deepcopy(scenario)
    *parents, last = path
    place = result
    for key in parents:
        place = place[key]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return result


SERVER = ("operators", 0, "servers", 0)
BROKEN = [
    (("seed",), "1"), (("seed",), None), (("surprise",), 1), (("network",), "moonnet"),
    (("chain", "blocks"), 7), (("sites", 0, "country"), "Germany"), (("sites", 0, "prefix"), "10.0.0.0/8"),
    (("operators", 0, "kind"), "person"), (("operators", 0, "servers"), []), ((*SERVER, "ssl_port"), 80),
    ((*SERVER, "loss"), 1.5), ((*SERVER, "uptime"), {"mean_up_epochs": 3}),
    ((*SERVER, "upgrades"), {"policy": "never"}), ((*SERVER, "features_hosts"), "mine"),
    ((*SERVER, "deviations"), [{"kind": "moody"}]), ((*SERVER, "deviations"), [{"kind": "stale-tip"}]),
    ((*SERVER, "deviations"), [{"kind": "false-tip", "blocks": 3}]),
    ((*SERVER, "deviations"), [{"kind": "differs-by-client", "client": "3.", "deviations": [{"kind": "silent"}]}]),
    ((*SERVER, "deviations"), [{"kind": "throttles-selectively", "requests": 1}]),
    ((*SERVER, "deviations"), [{"kind": "false-tip", "epoch_share": 2}]),
    (("outages",), [{"site": "fra", "asn": 64496, "from": 1, "until": 2}]),
    (("outages",), [{"site": "fra", "from": 1}]), (("nodes",), [{"id": "n", "fork": {}}]),
    (("wallets",), [{"id": "w", "payments": [{"script": "0", "value": 1000}]}]),
    (("releases",), [{"software": "ElectrumX 1.19.0"}]), (("generate",), {"servers": 3, "seed": 1}),
]


@pytest.mark.parametrize(("path", "value"), BROKEN, ids=lambda x: None)
def test_a_broken_scenario_is_refused_by_both(validator, tmp_path, path, value):
    demo = json.loads((ROOT / "datasets" / "scenarios" / "demo.json").read_text())
    broken = change(demo, path, value)
    assert list(validator.iter_errors(broken))
    file = tmp_path / "broken.json"
    file.write_text(json.dumps(broken))
    result = program("simnet", "run", "--scenario", file, "--directory", tmp_path / "world", "--duration", "0")
    assert result.returncode == 65, result.stdout + result.stderr
    assert str(file) in result.stderr and "expected" in result.stderr
