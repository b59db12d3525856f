"""How a file is packed, judged by gzip: what `gzip -dc` reads without a word is read, and nothing else."""

import bz2
import gzip
import io
import lzma
import subprocess
import zipfile

import pytest

from observatory import program

ONE = b'{"host": "a.example", "port": 50002}\n'
TWO = b'{"host": "b.example", "port": 50002}\n'


def pack(data, **options):
    return gzip.compress(data, mtime=0, **options)


def named():
    """A member with the file's name and a comment in its header, as `gzip FILE` writes it."""
    out = io.BytesIO()
    with gzip.GzipFile(filename="scan.jsonl", mode="wb", fileobj=out, mtime=1) as file:
        file.write(ONE)
    return out.getvalue()


READ = {
    "one member": (pack(ONE), 1), "stored": (pack(ONE, compresslevel=0), 1), "with a name": (named(), 1),
    "two members": (pack(ONE) + pack(TWO), 2), "a row across members": (pack(ONE[:9]) + pack(ONE[9:] + TWO), 2),
    "an empty member between": (pack(ONE) + pack(b"") + pack(TWO), 2), "a hundred members": (100 * pack(b"") + pack(ONE), 1),
    "zero padding": (pack(ONE) + bytes(700), 1), "one zero": (pack(ONE) + b"\0", 1),
    "a tape's block": (pack(ONE) + bytes(100_000), 1), "members and padding": (pack(ONE) + pack(TWO) + bytes(9), 2)}

HELD = len(pack(ONE))
REFUSED = {
    "a newline behind": (pack(ONE) + b"\n", f"ends at byte {HELD}: 0a", f"head --bytes={HELD} FILE"),
    "text behind": (pack(ONE) + b"-- \nsignature", f"ends at byte {HELD}: 2d2d200a7369676e", f"tail --bytes=+{HELD + 1} FILE"),
    "plain rows behind": (pack(ONE) + TWO, "the text '{\"host\": \"b.exam'", f"head --bytes={HELD} FILE"),
    "text behind two members": (pack(ONE) + pack(TWO) + b"x", f"ends at byte {2 * HELD}: the text 'x'", "head --bytes="),
    "text behind padding": (pack(ONE) + bytes(5) + b"x", f"behind zero padding, which ends at byte {HELD + 5}: the text 'x'",
                            f"head --bytes={HELD} FILE"),
    "a member behind padding": (pack(ONE) + bytes(5) + pack(TWO), "behind zero padding, which ends at byte", "1f8b"),
    "no trailer": (pack(ONE)[:-8], "the end of the file", "its end is missing"),
    "half a trailer": (pack(ONE)[:-3], "the end of the file", "its end is missing"),
    "no data": (pack(ONE)[:12], "the end of the file", "its end is missing"),
    "half a header": (pack(ONE)[:5], "the end of the file", "its end is missing"),
    "a second member cut": (pack(ONE) + pack(TWO)[:-4], "the end of the file", "its end is missing"),
    "the first byte of a second": (pack(ONE) + b"\x1f", "the end of the file", "its end is missing"),
    "a wrong checksum": (pack(ONE)[:-8] + b"\1\2\3\4" + pack(ONE)[-4:], "incorrect data check", "not those that were packed"),
    "a wrong length": (pack(ONE)[:-1] + b"\1", "incorrect length check", "not those that were packed")}

OTHERS = {"xz": (lzma.compress(ONE), "xz"), "bzip2": (bz2.compress(ONE), "bzip2"),
          "gzip in gzip": (pack(pack(ONE)), "gzip inside gzip"), "Zstandard": (b"\x28\xb5\x2f\xfd" + ONE, "Zstandard")}


def imported(folder, data):
    (folder / "scan.jsonl.gz").write_bytes(data)
    return program("collect", "import", folder / "scan.jsonl.gz", "--output", folder / "raw")


def is_read_by_gzip(data):
    result = subprocess.run(["gzip", "-dc"], input=data, capture_output=True)
    return result.returncode == 0 and not result.stderr


@pytest.mark.parametrize("name", READ)
def test_what_gzip_reads_is_imported(tmp_path, name):
    data, rows = READ[name]
    assert is_read_by_gzip(data)
    result = imported(tmp_path, data)
    assert result.returncode == 0, result.stderr
    assert f"{rows} rows imported" in result.stderr


@pytest.mark.parametrize("name", REFUSED)
def test_what_gzip_complains_of_is_refused_by_what_is_there(tmp_path, name):
    data, *words = REFUSED[name]
    assert not is_read_by_gzip(data)
    result = imported(tmp_path, data)
    assert result.returncode == 65 and {path.name for path in (tmp_path / "raw").iterdir()} <= {".lock"}
    for word in words:
        assert word in result.stderr, result.stderr


def test_the_remedy_for_trailing_bytes_gives_the_file(tmp_path):
    result = imported(tmp_path, pack(ONE) + pack(TWO) + b"\n<html>")
    command = result.stderr.rsplit("without them the file is: ", 1)[1].strip().replace("FILE", "scan.jsonl.gz")
    (tmp_path / "good").mkdir()
    whole = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, check=True).stdout
    assert gzip.decompress(whole) == ONE + TWO
    assert "2 rows imported" in imported(tmp_path / "good", whole).stderr


@pytest.mark.parametrize("name", OTHERS)
def test_another_packing_is_named(tmp_path, name):
    data, word = OTHERS[name]
    result = imported(tmp_path, data)
    assert result.returncode == 65 and f"found {word} " in result.stderr and "unpack the file" in result.stderr


def test_an_archive_is_named(tmp_path):
    with zipfile.ZipFile(tmp_path / "scan.zip", "w") as archive:
        archive.writestr("scan.jsonl", ONE)
    result = program("collect", "import", tmp_path / "scan.zip", "--output", tmp_path / "raw")
    assert result.returncode == 65 and "found a ZIP archive " in result.stderr
