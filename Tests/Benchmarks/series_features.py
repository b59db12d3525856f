"""The peer of `featurize`: what each server did over a series, with polars."""

import hashlib
import ipaddress
import re
from pathlib import Path

import polars as pl

from series_peer import read, write

GROUP = ["server_id", "probe"]
FORM = ["status", "error_code", "error_message", "key_order", "separators", "line_end", "result_kind"]
MASKS = [(re.compile(r"\b\w+://\S+|\bwww\.\S+"), "<U>"), (re.compile(r"\b(?:bc1|bcrt1|[13])[0-9A-Za-z]{25,}\b"), "<A>"),
         (re.compile(r"\b[0-9a-fA-F]{16,}\b"), "<H>"), (re.compile(r"\d+(?:\.\d+)+"), "<V>"), (re.compile(r"\d{4,}"), "<N>")]
REPLIED = pl.col("outcome").is_in(["answered", "reply.error"])
UNTESTED = pl.col("outcome").str.starts_with("untested.")


def mask(text):
    for pattern, word in MASKS:
        text = pattern.sub(word, text)
    return text


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def parts(cell):
    return cell.split(";") if cell else []


class History:
    """A server over the series: the last of everything that was observed."""

    UNITED = ("names", "verified_names", "spki_sha256s")
    LASTING = ("software", "server_version_text", "protocol_min", "protocol_max", "genesis_hash", "hosts_claimed",
               "certificate_sha256s")

    def __init__(self, scan):
        self.latest, self.first, self.scans, self.answered, self.reached = {}, scan, 0, 0, False
        self.ports = set()

    def take(self, row, scan):
        earlier, self.latest, self.last = self.latest, row, scan
        self.scans += 1
        self.answered += row["outcome"] == "answered"
        self.reached = self.reached or row["reached"] == "true"
        if not earlier:
            return
        for name in self.UNITED:
            row[name] = ";".join(sorted({*parts(row[name]), *parts(earlier[name])})) or None
        row["software_version"] = row["software_version"] if row["server_version_text"] else earlier["software_version"]
        for name in self.LASTING:
            row[name] = row[name] or earlier[name]
        for status, name in (("banner_status", "banner"), ("donation_status", "donation_address")):
            if row[status] == "unknown":
                row[status], row[name] = earlier[status], earlier[name]

    def features(self, each, signatures, planned):
        row = self.latest
        found = [ipaddress.ip_address(a) for a in parts(row["addresses"]) if re.fullmatch(r"[0-9.]+|.*:.*", a)]
        prefixes = sorted({str(ipaddress.ip_network((a, 24 if a.version == 4 else 64), strict=False)) for a in found})
        covered = sorted(signatures)
        banner = mask(row["banner"]) if row["banner_status"] == "value" else None
        return {"server_id": each, "scans": self.scans, "scans_answered": self.answered, "first_scan": self.first,
                "last_scan": self.last, "reached": self.reached, "software": row["software"],
                "software_version": row["software_version"], "protocol_min": row["protocol_min"],
                "protocol_max": row["protocol_max"], "ports": ";".join(sorted(self.ports)),
                "banner_mask_sha256": banner and digest(banner), "donation_custom": row["donation_address"],
                "spki_sha256s": row["spki_sha256s"], "networks": row["networks"], "prefixes": ";".join(prefixes) or None,
                "hosts_claimed": row["hosts_claimed"],
                "behaviour_signature": digest("\n".join(f"{p}={signatures[p]}" for p in covered)) if covered else None,
                "probes_covered": ";".join(covered) or None, "coverage": round(len(covered) / planned, 6)}


def tallies(exchanges):
    """(coverage, reasons, signatures) of one scan, by server and probe."""
    count = pl.len().cast(pl.Int64)
    coverage = exchanges.group_by(GROUP).agg(
        asked=(~UNTESTED).sum().cast(pl.Int64), answered=(pl.col("outcome") == "answered").sum().cast(pl.Int64),
        errors=(pl.col("outcome") == "reply.error").sum().cast(pl.Int64),
        unanswered=(~UNTESTED & ~REPLIED).sum().cast(pl.Int64), untested=UNTESTED.sum().cast(pl.Int64))
    reasons = exchanges.filter(~REPLIED).group_by(*GROUP, "outcome").agg(count=count)
    form = exchanges.filter(REPLIED).with_columns(
        status=pl.when(pl.col("outcome") == "answered").then(pl.lit("result")).otherwise(pl.lit("error")))
    texts = form["error_message"].drop_nulls().unique().to_list()
    form = form.with_columns(pl.col("error_message").replace_strict(texts, [mask(text) for text in texts], default=None,
                                                                    return_dtype=pl.String)) if texts else form
    signatures = form.group_by(*GROUP, *FORM).agg(
        count=count, padded=pl.col("padding_bytes").cast(pl.Int64).gt(0).any())
    return coverage, reasons, signatures


def added(known, new):
    """Counts of two frames with equal keys, put together."""
    if known is None:
        return new
    keys = [name for name, kind in new.schema.items() if kind == pl.String]
    sums = [pl.col(name).any() if kind == pl.Boolean else pl.col(name).sum()
            for name, kind in new.schema.items() if kind != pl.String]
    return pl.concat([known, new]).group_by(keys).agg(sums)


def best(signatures):
    """The most frequent signature of each server and probe, ties to the smaller."""
    cells = [pl.col(name).fill_null("") for name in FORM]
    return signatures.with_columns(
        signature=pl.concat_str(cells, separator="\0").map_elements(lambda t: digest(t)[:16], return_dtype=pl.String),
    ).sort(*GROUP, "count", "signature", descending=[False, False, True, False]).group_by(GROUP, maintain_order=True).agg(
        pl.col("status", "error_code", "error_message", "key_order", "separators", "line_end").first(),
        pl.col("padded").any(), pl.col("result_kind", "signature").first(), observations=pl.col("count").first(),
        variants=pl.len())


def featurize(normalized, features):
    normalized, target = Path(normalized), Path(features)
    target.mkdir(parents=True, exist_ok=True)
    histories, sums, timelines = {}, [None] * 3, []
    for folder in sorted(path for path in normalized.iterdir() if path.is_dir()):
        for row in (servers := read(folder, "servers")).iter_rows(named=True):
            histories.setdefault(row["server_id"], History(folder.name)).take(row, folder.name)
        timelines.append(servers.select("server_id", "outcome", "reached", "server_version_text", "tip_height",
                                        "certificate_sha256s", "addresses", scan=pl.lit(folder.name)))
        for row in read(folder, "endpoints").iter_rows(named=True):
            histories[row["server_id"]].ports.add(f"{row['transport']}:{row['port']}")
        read(folder, "certificates")
        sums = [added(known, new) for known, new in zip(sums, tallies(read(folder, "exchanges")))]
    coverage, reasons, signatures = sums[0], sums[1], best(sums[2])
    first = reasons.sort("count", "outcome", descending=[True, False]).group_by(GROUP, maintain_order=True).agg(
        reason=pl.col("outcome").first())
    replied = pl.col("answered") + pl.col("errors") > 0
    coverage = coverage.join(first, on=GROUP, how="left").with_columns(
        reason=pl.when(replied).then(None).otherwise(pl.col("reason")))
    shown = {}
    for each, probe, signature in signatures.select(*GROUP, "signature").iter_rows():
        shown.setdefault(each, {})[probe] = signature
    planned = coverage["probe"].n_unique()
    rows = [histories[each].features(each, shown.get(each, {}), planned) for each in sorted(histories)]
    write(pl.DataFrame(rows, infer_schema_length=None), target, "profiles")
    write(coverage.sort(GROUP), target, "coverage")
    write(signatures.sort(GROUP), target, "signatures")
    write(pl.concat(timelines).sort("scan", "server_id"), target, "timelines")
