"""The report in a real browser, at desktop and phone width (R-18)."""

import re
import shutil
import subprocess

import pytest

NAMES = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
BROWSER = next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(params=["demo", "original"])
def report(request):
    return request.getfixturevalue(request.param).published / "index.html"


def test_the_report_needs_no_other_file_and_no_network(report):
    text = report.read_text()
    for link in re.findall(r'(?:src|href)="([^"]+)"', text):
        outside = re.match(r"(?:[a-z]+:)?//", link)
        if outside:
            assert re.search(rf'<a [^>]*href="{re.escape(link)}"', text), f"{link} is loaded, not linked"
        elif not link.startswith(("#", "data:", "mailto:")):
            assert (report.parent / link).exists(), link
    assert "@import" not in text and "url(http" not in text


@pytest.mark.skipif(BROWSER is None, reason="no chromium here")
@pytest.mark.parametrize("width", [1280, 390])
def test_the_report_shows_and_nothing_overflows(report, width, tmp_path):
    """The page measures itself: its scroll width must not exceed the window."""
    page = tmp_path / "page.html"
    probe = ("<script>addEventListener('load',()=>{document.title='W'+document.documentElement.scrollWidth"
             "+'/'+innerWidth})</script>")
    # The report's own policy forbids scripts, so the copy that measures itself goes without it.
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", report.read_text())
    page.write_text(text.replace("</body>", probe + "</body>"))
    # Windows are never narrower than 500 pixels: a frame is.
    frame = tmp_path / "frame.html"
    frame.write_text(f'<iframe id=f src="page.html" style="width:{width}px;height:900px;border:0"></iframe>'
                     "<script>f.onload=()=>{document.title=f.contentDocument.title}</script>")
    result = subprocess.run(
        [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files",
         f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=5000", "--dump-dom", f"file://{frame}"],
        capture_output=True, text=True, timeout=120)
    measured = re.search(r"<title>W(\d+)/(\d+)</title>", result.stdout)
    assert measured, result.stdout[-500:] + result.stderr[-500:]
    assert int(measured[1]) <= int(measured[2]) == width


@pytest.mark.skipif(BROWSER is None, reason="no chromium here")
def test_the_report_raises_no_script_error(report, tmp_path):
    result = subprocess.run(
        [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--v=0",
         f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=5000", "--dump-dom", f"file://{report}"],
        capture_output=True, text=True, timeout=120)
    assert "<svg" in result.stdout
    errors = [line for line in result.stderr.splitlines() if "CONSOLE" in line and "rror" in line]
    assert errors == []
