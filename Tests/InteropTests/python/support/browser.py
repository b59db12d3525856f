"""A headless Chromium that shows pages of a report from their files, with no network."""

import json
import os
from contextlib import contextmanager

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

# Desktop and phone; a phone says so, or it would be shown a desktop page scaled down.
SIZES = {"desktop": (1280, 900, False), "phone": (390, 844, True)}

OVERFLOW = "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
# Texts of one drawing that lie over each other by more than two pixels both ways.
OVERLAPS = """
const found = [];
for (const drawing of document.querySelectorAll("svg.chart, svg.sheet")) {
  const texts = [...drawing.querySelectorAll("text")].filter(t => t.getClientRects().length);
  const boxes = texts.map(t => t.getBoundingClientRect());
  for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++) {
    const a = boxes[i], b = boxes[j];
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 2 && high > 6) found.push(texts[i].textContent + " | " + texts[j].textContent);
  }
}
return found;
"""


@contextmanager
def browser(folder):
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                     f"--user-data-dir={folder}", "--disable-background-networking", "--no-first-run"]:
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver", log_output=os.devnull))
    # A judge that looks at every text of a long page takes its time on a busy machine.
    driver.set_script_timeout(120)
    try:
        yield driver
    finally:
        driver.quit()


def show(driver, page, size, scripts=True):
    """Loads a page, and says what it requested and what went wrong."""
    width, height, mobile = SIZES[size]
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
        "width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile})
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not scripts})
    driver.get_log("browser")
    driver.get_log("performance")
    driver.get(f"file://{page}")
    requests = []
    for entry in driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            requests.append(message["params"]["request"]["url"])
    errors = [entry["message"] for entry in driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]
    return requests, errors


def screenshot(driver, path):
    """The whole page as a picture."""
    import base64
    metrics = driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
    picture = driver.execute_cdp_cmd("Page.captureScreenshot", {
        "captureBeyondViewport": True,
        "clip": {"x": 0, "y": 0, "width": metrics["width"], "height": min(metrics["height"], 6000), "scale": 1}})
    path.write_bytes(base64.b64decode(picture["data"]))
