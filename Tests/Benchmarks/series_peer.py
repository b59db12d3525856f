"""The Python peer of `normalize` and `featurize`: orjson, polars and zlib, one task a process.

    series_peer.py normalize RAW NORMALIZED
    series_peer.py featurize NORMALIZED FEATURES
    series_peer.py inflate RAW

The same tables with the same join keys, digests and order, from the same bytes. Not done here: places
(neither side is given a database), registrable domains, certificate names as OpenSSL writes them, escapes
of cells, the exact masks of texts.
"""

import base64
import gzip
import hashlib
import io
import json
import re
import sys
from pathlib import Path
from statistics import median

import polars as pl

from series_evidence import Evidence, REACHED
from series_servers import Registry, Resolver

SOFTWARE = {"electrs-esplora": "electrs-esplora", "mempool-electrs": "electrs-esplora", "ElectrumX": "ElectrumX",
            "ElectrumPersonalServer": "ElectrumPersonalServer", "Fulcrum": "Fulcrum", "Floresta": "Floresta",
            "electrs": "electrs", "bwt": "bwt", "jelectum": "jelectrum", "jelectrum": "jelectrum"}
COLUMNS = {
    "exchanges": "endpoint_id attempt sequence probe outcome error_code error_message result_kind key_order separators "
                 "line_end padding_bytes reply_bytes sent_ms first_byte_ms last_byte_ms server_id",
    "endpoints": "endpoint_id server_id network host address port transport outcome tested reached attempts "
                 "answered_attempts advertisers connect_ms tls_ms tls_version tls_cipher certificate_sha256",
    "servers": "server_id names verified_names addresses networks endpoints outcome reached software software_version "
               "server_version_text protocol_negotiated protocol_min protocol_max genesis_hash pruning hosts_claimed "
               "tip_height tip_hash banner_status banner donation_status donation_address peers_returned "
               "certificate_sha256s spki_sha256s",
    "advertisements": "source_kind source address host features network valid reason protocol_max tcp_port ssl_port "
                      "count heard_at",
    "chain": "endpoint_id attempt server_id height header_hash previous_hash header_time bits work_valid observed_at",
    "certificates": "sha256 spki_sha256 subject issuer subject_alternative_names not_before not_after validity_days "
                    "key_type key_bits signature_algorithm serial version self_signed is_leaf endpoints servers",
    "resolution": "endpoint_a endpoint_b rule decision evidence",
    "texts": "server_id kind text"}
KEYS = {"exchanges": 3, "endpoints": 1, "servers": 1, "advertisements": 5, "chain": 2, "certificates": 1, "resolution": 3,
        "texts": 2}


def write(frame, folder, name):
    """CSV, gzip level 6, digests of content and file: as an artifact has."""
    buffer = io.BytesIO()
    frame.write_csv(buffer)
    content = buffer.getbuffer()
    packed = gzip.compress(content, 6, mtime=0)
    (folder / f"{name}.csv.gz").write_bytes(packed)
    (folder / f"{name}.manifest.json").write_text(json.dumps({
        "rows": frame.height, "content_sha256": hashlib.sha256(content).hexdigest(),
        "file_sha256": hashlib.sha256(packed).hexdigest()}))


def read(folder, name, **options):
    """A table of `write`, its digest checked."""
    content = gzip.decompress((folder / f"{name}.csv.gz").read_bytes())
    manifest = json.loads((folder / f"{name}.manifest.json").read_text())
    assert hashlib.sha256(content).hexdigest() == manifest["content_sha256"]
    return pl.read_csv(content, infer_schema=False, **options)


def table(rows, folder, name):
    columns = COLUMNS[name].split()
    frame = pl.DataFrame(rows, schema=columns, orient="row", infer_schema_length=None)
    write(frame.sort(columns[:KEYS[name]]), folder, name)


def middle(values):
    return median(values) / 1000 if values else None


def certificate(row):
    """Facts of one certificate from its DER."""
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
    der = x509.load_der_x509_certificate(base64.b64decode(row["der_base64"]))
    key = der.public_key()
    spki = hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()
    kind = "RSA" if isinstance(key, rsa.RSAPublicKey) else "EC" if isinstance(key, ec.EllipticCurvePublicKey) else "other"
    try:
        names = ";".join(map(str, der.extensions.get_extension_for_class(x509.SubjectAlternativeName).value.get_values_for_type(x509.DNSName)))
    except x509.ExtensionNotFound:
        names = ""
    begin, end = der.not_valid_before_utc, der.not_valid_after_utc
    return (row["sha256"], spki, der.subject.rfc4514_string(), der.issuer.rfc4514_string(), names,
            begin.strftime("%Y-%m-%dT%H:%M:%SZ"), end.strftime("%Y-%m-%dT%H:%M:%SZ"), (end - begin).days, kind,
            getattr(key, "key_size", None), der.signature_algorithm_oid._name, f"{der.serial_number:X}",
            der.version.value + 1, der.subject == der.issuer)


def leaf(draft):
    return draft.tls["chain"][0] if draft.tls and draft.tls["chain"] else None


def rank(outcome):
    return 0 if outcome == "answered" else 1 if outcome in REACHED else 3 if outcome.startswith("untested.") else 2


def union(sets):
    return sorted(set().union(*sets))


def cell(values):
    """A list's cell; nothing where it is empty."""
    return ";".join(values) or None


def server(each, drafts, keys):
    """One row of `servers`, and its texts."""
    known = {}
    for draft in drafts:
        for name, value in draft.answers.items():
            known.setdefault(name, value)
    features, text = known.get("features") or {}, known.get("version")
    banner, donation = (known.get(f"server.{name}", ("unknown", None)) for name in ("banner", "donation_address"))
    name, _, version = re.match(r"([^ /]*)([ /]?)(.*)", text or "", re.S).groups()
    best = min(drafts, key=lambda draft: (rank(draft.outcome), draft.id))
    row = (each, *(cell(union(getattr(d, field) for d in drafts)) for field in ("names", "verified")),
           cell(sorted({d.address for d in drafts} - {""})), cell(sorted({d.network for d in drafts})), len(drafts),
           best.outcome, any(d.reached for d in drafts), text and SOFTWARE.get(name, "unknown"),
           version or None if name in SOFTWARE else None, text, known.get("protocol"), features.get("protocol_min"),
           features.get("protocol_max"), features.get("genesis_hash"), features.get("pruning"),
           cell(sorted(host.lower() for host in features.get("hosts") or {})), *(known.get("tip") or (None, None))[:2],
           *banner, *donation, known.get("peers"), cell(sorted({leaf(d) for d in drafts} - {None})), cell(keys))
    texts = [(each, kind, value) for kind, value in (("banner", banner[1]), ("donation-address", donation[1]),
                                                     ("server-version", text)) if value is not None]
    return row, texts


def normalize_scan(raw, folder, registry):
    folder.mkdir(parents=True, exist_ok=True)
    evidence = Evidence(raw)
    certificates = {row["sha256"]: certificate(row) for row in evidence.certificates}
    drafts = [evidence.endpoints[key] for key in sorted(evidence.endpoints)]
    keys = [certificates[leaf(draft)][1] if leaf(draft) in certificates else None for draft in drafts]
    resolver = Resolver(drafts, keys, evidence.together)
    parts, candidates = resolver.components(), []
    for part in parts:
        known = sorted({keys[n] for n in part} - {None})
        anchors = [f"spki:{key}" for key in known]
        anchors += sorted(f"onion:{drafts[n].address}" for n in part if drafts[n].network == "onion")
        anchors += [f"name:{name}" for name in union(drafts[n].names for n in part)]
        anchors += sorted(f"address:{drafts[n].address}:{drafts[n].port}" for n in part)
        candidates.append((known, ({drafts[n].id for n in part}, anchors)))
    ids = registry.assign([candidate for _, candidate in candidates])
    owner = {drafts[n].id: each for each, part in zip(ids, parts) for n in part}
    made = [server(each, [drafts[n] for n in part], known) for each, part, (known, _) in zip(ids, parts, candidates)]
    table([row for row, _ in made], folder, "servers")
    table([text for _, texts in made for text in texts], folder, "texts")
    table([(d.id, owner[d.id], d.network, cell(sorted(d.names) or [d.address]), d.address or None, d.port, d.transport, d.outcome,
            d.tested, d.reached, d.attempts, d.answered, len(d.advertisers), middle(d.connect), middle(d.handshake),
            d.tls and d.tls["version"], d.tls and d.tls["cipher"], leaf(d)) for d in drafts], folder, "endpoints")
    table([row + (owner[row[0]],) for row in evidence.exchanges], folder, "exchanges")
    table([(kind, source, address, host or None, cell(features), *reading[:-1], count, heard)
           for (kind, source, address, host, features), (reading, count, heard) in evidence.listings.items()],
          folder, "advertisements")
    table([(*key, owner[key[0]], *tip) for key, tip in evidence.tips.items()], folder, "chain")
    table([(*pair, *why) for pair, why in resolver.steps.items()], folder, "resolution")
    users = {}
    for draft in drafts:
        users.setdefault(leaf(draft), []).append(owner[draft.id])
    table([(*row, key in users, len(users.get(key, ())), len(set(users.get(key, ())))) for key, row in certificates.items()],
          folder, "certificates")


def normalize(raw, normalized):
    raw, registry = Path(raw), Registry()
    for scan in json.loads((raw / "series.json").read_text())["scans"]:
        normalize_scan(raw / scan, Path(normalized) / scan, registry)


def inflate(raw):
    """zlib's inflate alone, by Python."""
    size = 0
    for path in sorted(Path(raw).glob("*/*.gz")):
        with gzip.open(path) as file:
            while data := file.read(1 << 20):
                size += len(data)
    print(size)


if __name__ == "__main__":
    task, *arguments = sys.argv[1:]
    if task == "featurize":
        from series_features import featurize
    globals()[task](*arguments)
