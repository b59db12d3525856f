"""Each figure's specification compiled by Vega-Lite: as many marks, of the same numbers, as ours."""

import csv
import json
import re
import xml.etree.ElementTree as ElementTree

import pytest
import vl_convert

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(params=["demo", "original"])
def published(request):
    return request.getfixturevalue(request.param).published


def specifications(published):
    return sorted((published / "figures").glob("*.vl.json"))


def rows(published, specification):
    with open(published / "figures" / specification["data"]["url"], newline="") as file:
        return list(csv.DictReader(file))


def compiled(specification, rows):
    """The drawing by Vega-Lite, which is given the rows that its relative address names."""
    typed = [{key: number(value) for key, value in row.items()} for row in rows]
    drawn = dict(specification, data={"values": typed})
    return ElementTree.fromstring(vl_convert.vegalite_to_svg(drawn, vl_version="5.20"))


def number(text):
    try:
        return float(text) if text else None
    except ValueError:
        return text


def marks(drawing, roles):
    return [element for element in drawing.iter() if element.get("aria-roledescription") in roles]


def ours(published, name):
    """Our drawing of a figure, out of the page that has it."""
    for page in sorted(published.glob("*.html")) + sorted((published / "groups").glob("*.html")):
        found = re.search(rf'<svg role="img" aria-labelledby="{re.escape(name)}-title.*?</svg>', page.read_text(), re.S)
        if found:
            return found[0]
    raise AssertionError(name)


def test_vega_lite_draws_every_figure_with_as_many_marks(published):
    checked = 0
    for path in specifications(published):
        specification = json.loads(path.read_text())
        table = rows(published, specification)
        assert table, path.name
        drawing = compiled(specification, table)
        kind = specification.get("mark")
        if kind == "bar":
            drawn = marks(drawing, {"bar"})
            own = re.findall(r'<rect [^>]*class="tone-[a-z]+"', ours(published, path.name.removesuffix(".vl.json")))
            assert len(drawn) == len(table) == len(own), path.name
            checked += 1
        elif kind == "rect":
            drawn = [m for m in marks(drawing, {"rect mark", "rect", "cell"})]
            own = re.findall(r'<rect [^>]*class="(?:cell|tile)[ -]', ours(published, path.name.removesuffix(".vl.json")))
            assert len(table) == len(own), path.name
            assert not drawn or len(drawn) == len(table), path.name
            checked += 1
        elif kind == "line":
            assert len(marks(drawing, {"line mark"})) == len({row["curve"] for row in table}), path.name
    assert checked > 10


def test_the_longest_bar_is_the_greatest_number_in_both_drawings(published):
    for path in specifications(published):
        specification = json.loads(path.read_text())
        x = specification.get("encoding", {}).get("x", {})
        if specification.get("mark") != "bar" or x.get("stack") != "zero":
            continue
        table = rows(published, specification)
        greatest = max(table, key=lambda row: float(row["count"]))
        labels = [mark.get("aria-label", "") for mark in marks(compiled(specification, table), {"bar"})]
        told = max(float(re.search(r"count: ([\d,]+)", label)[1].replace(",", "")) for label in labels)
        assert told == float(greatest["count"]), path.name
        widths = [float(w) for w in re.findall(r'<rect [^>]*width="([\d.]+)%"[^>]*class="tone-', ours(
            published, path.name.removesuffix(".vl.json")))]
        if len({row["label"] for row in table}) == len(table):
            assert max(widths) == pytest.approx(100, abs=0.01), path.name
