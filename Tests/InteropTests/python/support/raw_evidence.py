"""Raw connections as an outsider reads them: chunks to bytes, bytes to lines, lines to messages."""

import base64
import gzip
import json
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

FENCES = 1_000_000


def json_lines(path):
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        return [json.loads(line) for line in file]


def chunk_bytes(chunk):
    """Exactly one of the two forms is there."""
    text, packed = chunk["data"], chunk["data_base64"]
    assert (text is None) != (packed is None), chunk
    return text.encode() if packed is None else base64.b64decode(packed, validate=True)


@dataclass(frozen=True)
class Line:
    """One line with its end, and when its first and its last byte arrived. Unit: µs."""

    raw: bytes
    first_us: int
    last_us: int

    @cached_property
    def message(self):
        return json.loads(self.raw)

    @property
    def padding(self):
        """Spaces before the last bracket."""
        text = self.raw.rstrip(b"\r\n")[:-1]
        return len(text) - len(text.rstrip(b" "))


def lines(chunks):
    """The complete lines of a stream of chunks."""
    parts = [chunk_bytes(chunk) for chunk in chunks]
    ends, stream = list(accumulate(map(len, parts))), b"".join(parts)

    def arrival(offset):
        return chunks[bisect_right(ends, offset)]["at_us"]
    found, start = [], 0
    while (end := stream.find(b"\n", start)) >= 0:
        found.append(Line(stream[start:end + 1], arrival(start), arrival(end)))
        start = end + 1
    return found


@dataclass(frozen=True)
class Evidence:
    """One row of connections.jsonl."""

    row: dict

    def __getattr__(self, name):
        try:
            return self.row[name]
        except KeyError:
            raise AttributeError(name) from None

    @cached_property
    def sent_lines(self):
        return lines(self.row["sent"])

    @cached_property
    def received_lines(self):
        return lines(self.row["received"])

    @property
    def endpoint(self):
        return self.row["address"], self.row["port"]

    def outcomes(self):
        return {exchange["probe"]: exchange["outcome"] for exchange in self.row["exchanges"]}

    def replies(self):
        """The message that answered each probe, by the probe's id."""
        return {exchange["probe"]: self.received_lines[exchange["line"]].message
                for exchange in self.row["exchanges"] if exchange["line"] is not None}


def connections(scan):
    """Every connection in the folder of one scan."""
    return [Evidence(row) for row in json_lines(scan / "connections.jsonl.gz")]


def last_scan(raw):
    """The folder of the newest scan of a series."""
    return raw / json.loads((raw / "series.json").read_text())["scans"][-1]
