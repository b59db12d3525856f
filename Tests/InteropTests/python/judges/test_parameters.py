"""pipeline.json is checked before anything runs (R-11)."""

import json

import jsonschema
import pytest

from observatory import ROOT, STAGES, make, program


def pipeline():
    return json.loads((ROOT / "pipeline.json").read_text())


def extract(tmp_path, text, stage="collect"):
    source = tmp_path / "pipeline.json"
    source.write_text(text)
    return program(stage, "--extract-parameters", source, "--to", tmp_path / "out.json")


@pytest.mark.parametrize("stage", ["collect", *STAGES])
def test_the_projects_own_file_is_valid_for(stage):
    result = program(stage, "--extract-parameters", ROOT / "pipeline.json", "--to", "-")
    assert result.returncode == 0, result.stderr
    stated = pipeline().get(stage, {})
    assert says(json.loads(result.stdout), stated)


def says(found, stated):
    """Whether all that is stated stands there; members that are left out have their defaults."""
    if isinstance(stated, dict):
        return all(key in found and says(found[key], value) for key, value in stated.items())
    if isinstance(stated, list):
        return len(found) == len(stated) and all(map(says, found, stated))
    return found == stated


def test_an_outside_validator_agrees_with_the_schema_of_the_file():
    schema = json.loads((ROOT / pipeline()["$schema"]).read_text())
    validator = jsonschema.validators.validator_for(schema)(schema)
    validator.validate(pipeline())
    for wrong in ({"colect": {}}, {"score": {"no_such_key": 1}}, {"score": {"seed": "many"}},
                  {"score": {"prior": -1}}):
        assert not validator.is_valid(pipeline() | wrong), wrong


@pytest.mark.parametrize("stage", ["collect", *STAGES])
def test_an_unknown_key_is_named(stage, tmp_path):
    record = pipeline()
    record.setdefault(stage, {})["no_such_key"] = 1
    result = extract(tmp_path, json.dumps(record), stage)
    assert result.returncode == 65
    assert "no_such_key" in result.stderr and stage in result.stderr
    assert not (tmp_path / "out.json").exists()


def test_an_unknown_stage_is_named(tmp_path):
    result = extract(tmp_path, json.dumps(pipeline() | {"colect": {}}))
    assert result.returncode == 65
    assert "colect" in result.stderr


def integers():
    """Every whole-number parameter that the project states: (stage, key)."""
    return [(stage, key) for stage in ["collect", *STAGES] for key, value in pipeline().get(stage, {}).items()
            if type(value) in (int, float)]


@pytest.mark.parametrize("stage,key", integers())
def test_a_wrong_type_is_named_with_key_and_expectation(stage, key, tmp_path):
    record = pipeline()
    record[stage][key] = "many"
    result = extract(tmp_path, json.dumps(record), stage)
    assert result.returncode == 65
    assert key in result.stderr and "number" in result.stderr.replace("an integer", "a number")


@pytest.mark.parametrize("stage,key", integers())
def test_a_value_out_of_range_is_named_with_value_and_range(stage, key, tmp_path):
    record = pipeline()
    record[stage][key] = -123456789012345678
    result = extract(tmp_path, json.dumps(record), stage)
    assert result.returncode == 65
    assert key in result.stderr and " from " in result.stderr and " to " in result.stderr
    assert "-123456789012345678" in result.stderr or "-1.2345678901234568e+17" in result.stderr


@pytest.mark.parametrize("text", ["", "{", "[]", '{"collect":[]}', '{"collect":{},"collect":{}}', "\xff", '{"a":NaN}'])
def test_what_is_no_parameter_file_is_refused(text, tmp_path):
    result = extract(tmp_path, text)
    assert result.returncode == 65, result.stderr
    assert "pipeline.json" in result.stderr


def test_a_missing_file_is_named(tmp_path):
    result = program("collect", "--extract-parameters", tmp_path / "none.json", "--to", "-")
    assert result.returncode == 66
    assert "none.json" in result.stderr


def test_an_unchanged_object_leaves_the_extracted_file_alone(tmp_path):
    extract(tmp_path, json.dumps(pipeline()))
    before = (tmp_path / "out.json").stat().st_mtime_ns
    extract(tmp_path, json.dumps(pipeline() | {"description": "other"}))
    assert (tmp_path / "out.json").stat().st_mtime_ns == before


def test_parameters_come_from_standard_input_too(small):
    result = small.run("score", "--parameters", "-", input="{}")
    assert result.returncode == 0, result.stderr
    result = small.run("score", "--parameters", "-", input='{"fruit":1}')
    assert result.returncode == 65
    assert "fruit" in result.stderr


def test_make_checks_the_whole_file_before_it_takes_a_scan(tmp_path):
    """A defect in the last stage's parameters is found before the first stage runs."""
    bad = tmp_path / "pipeline.json"
    bad.write_text(json.dumps(pipeline() | {"publish": {"no_such_key": 1}}))
    result = make(tmp_path, "DATASET=demo", f"PIPELINE={bad}", "publish")
    assert result.returncode != 0
    assert "no_such_key" in result.stderr
    assert not (tmp_path / "demo").exists()
