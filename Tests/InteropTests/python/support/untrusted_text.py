"""Judges whether text that servers chose stays text: in terminals, pages and spreadsheets."""

import base64
import csv
import hashlib
import io
import json
import re
from html.parser import HTMLParser

from observatory import content

# What acts instead of being shown: controls, joiners, marks that turn the reading order, tags.
UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
                    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?")
HARMFUL = {"script", "img", "iframe", "object", "embed", "link", "base", "form", "audio", "video"}


class Page(HTMLParser):
    """Tags and attributes as a browser would read them."""

    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.scripts = []
        self.in_script = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.in_script = tag == "script" and not attrs

    def handle_endtag(self, tag):
        self.in_script = False

    def handle_data(self, data):
        if self.in_script:
            self.scripts.append(data)

    handle_startendtag = handle_starttag


def unescaped(cell):
    """A CSV cell's text: `\\uXXXX`, `\\UXXXXXXXX`, `\\\\` and a backslash before a sign undone."""
    return re.sub(r"\\(u[0-9a-f]{4}|U[0-9a-f]{8}|[\\=+@-])",
                  lambda m: chr(int(m[1][1:], 16)) if m[1][0] in "uU" else m[1], cell)


def faults_of_page(text):
    """A page has one description of the data set at most, and one script at most, which its policy names."""
    faults = [f"U+{ord(found):04X}" for found in UNSAFE.findall(text)]
    page = Page(text)
    own = [("script", {"type": "application/ld+json"}), ("script", {})]
    faults += [tag for tag in page.tags if tag[0] in HARMFUL and tag not in own]
    faults += [tag for tag in page.tags if any(name.startswith("on") or "script:" in (value or "").lower()
                                               for name, value in tag[1].items())]
    policy = next(tag["content"] for name, tag in page.tags if tag.get("http-equiv") == "Content-Security-Policy")
    for script in page.scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        if f"script-src 'sha256-{digest}'" not in policy:
            faults.append(script[:80])
    assert policy.startswith("default-src 'none'") and all(page.tags.count(tag) <= 1 for tag in own)
    assert len(page.tags) > 40
    return faults


def faults_of_table(text):
    faults = [f"U+{ord(found):04X}" for found in UNSAFE.findall(text)]
    for row in csv.reader(io.StringIO(text)):
        # Lists have `;` between their items, and where a comma is for decimals it ends a cell.
        faults += [cell for cell in row for piece in cell.split(";")
                   if piece[:1] in ("=", "+", "-", "@") and not NUMBER.fullmatch(piece)]
    return faults


def faults_of_lines(text):
    """JSON escapes what acts; each line must be read back."""
    for line in text.split("\n")[:-1]:  # Other separators of lines stand in texts as they are.
        json.loads(line)
    return [f"U+{ord(found):04X}" for found in re.findall("[\x00-\x09\x0b-\x1f]", text)]


def faults(folder):
    """Every place in a dataset's files where text acts, by file."""
    judges = {".html": faults_of_page, ".csv": faults_of_table, ".jsonl": faults_of_lines}
    found, judged = {}, 0
    for path in sorted(folder.rglob("*")):
        judge = judges.get("".join(path.suffixes[-2:]).removesuffix(".gz"))
        if path.is_file() and judge:
            judged += 1
            if bad := judge(content(path).decode()):
                found[str(path.relative_to(folder))] = bad[:5]
    assert judged >= 20
    return found
