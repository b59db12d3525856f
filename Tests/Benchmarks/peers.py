"""Python peers that do what the artifact library does: one task a process.

    peers.py read-orjson|read-polars|read-duckdb FILE.jsonl.gz
    peers.py write-orjson|write-polars|write-duckdb POOL.jsonl.gz TARGET.jsonl.gz EACH
"""

import gzip
import hashlib
import json
import sys
from pathlib import Path

ORDER = ("network", "address", "host", "port", "transport", "attempt")
SCHEMA = (Path(__file__).resolve().parents[2] /
          "Sources/Records/Schemas/raw/raw.connections.v1.schema.json")
# The keys that a row must have, from the recorded schema: a list of our own here fell behind it.
KEYS = set(json.loads(SCHEMA.read_text())["required"])


def read_orjson(path):
    """Inflate, digest, parse, check keys and order, count exchanges."""
    import orjson
    digest, previous, total = hashlib.sha256(), (), 0
    with gzip.open(path) as file:
        for line in file:
            digest.update(line)
            row = orjson.loads(line)
            assert row.keys() == KEYS
            key = tuple(row[name] for name in ORDER)
            assert previous < key
            previous = key
            total += len(row["exchanges"])
    digest.hexdigest()
    return total


def read_polars(path):
    """Inflate, parse with the full schema, check order. No digest of the content."""
    import polars as pl
    frame = pl.read_ndjson(gzip.open(path).read(), infer_schema_length=200)
    assert set(frame.columns) == KEYS
    key = pl.struct(*ORDER)
    assert frame.select((key == key.shift(1)).any()).item() in (False, None)
    assert frame.select(list(ORDER)).equals(frame.select(list(ORDER)).sort(list(ORDER)))
    return frame["exchanges"].list.len().sum()


def read_duckdb(path):
    """Inflate, parse with the full schema, count. Neither digest nor order."""
    import duckdb
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    return connection.execute(
        "SELECT sum(len(exchanges)), count(DISTINCT host), sum(len(received)), sum(len(sent)) "
        "FROM read_json(?, format = 'newline_delimited', sample_size = 200, maximum_object_size = 67108864)",
        [path]).fetchone()[0]


def pool(path):
    import orjson
    with gzip.open(path) as file:
        return [orjson.loads(line) for line in file]


def write_orjson(source, target, each):
    """Canonical keys, order check, digests of content and file, gzip level 6."""
    import orjson
    rows, digest, previous = pool(source), hashlib.sha256(), ()
    with gzip.GzipFile(target, "wb", compresslevel=6, mtime=0) as file:
        addresses = [row["address"] for row in rows]
        for turn in range(each):
            for row, address in zip(rows, addresses):
                row["address"] = f"{1000 + turn}.{address}"
                key = tuple(row[name] for name in ORDER)
                assert previous < key
                previous = key
                line = orjson.dumps(row, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)
                digest.update(line)
                file.write(line)
    with open(target, "rb") as file:
        hashlib.file_digest(file, "sha256")
    return len(rows) * each


def write_polars(source, target, each):
    """All rows as one frame, written as JSON lines, then gzip level 6. No digest, no order."""
    import polars as pl
    frame = pl.read_ndjson(gzip.open(source).read(), infer_schema_length=200)
    frame = pl.concat([frame.with_columns(address=f"{1000 + n}." + pl.col("address")) for n in range(each)])
    with gzip.GzipFile(target, "wb", compresslevel=6, mtime=0) as file:
        frame.write_ndjson(file)
    return frame.height


def write_duckdb(source, target, each):
    """COPY to compressed JSON. No digest, no order."""
    import duckdb
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    connection.execute(
        f"COPY (SELECT t.* REPLACE (1000 + n || '.' || address AS address) FROM read_json('{source}', format = 'newline_delimited', "
        f"sample_size = 200) t, range({each}) r(n) ORDER BY n, address) TO '{target}' (FORMAT json, COMPRESSION gzip)")
    return each


if __name__ == "__main__":
    task, *arguments = sys.argv[1:]
    function = globals()[task.replace("-", "_")]
    print(function(*[int(a) if a.isdigit() else a for a in arguments]))
