"""Reading a dataset of the pipeline into one record a server.

Columns of the tables only: what no table holds (the ports of `server.features.hosts`, the key that issued a certificate) is
unknown. The population is the servers with an Electrum or TLS answer. Every field is a value, ABSENT (it answered and has none) or None (unknown); unknown contributes nothing anywhere.
"""
import csv, glob, gzip, ipaddress, os, re
from collections import defaultdict
from datetime import datetime

csv.field_size_limit(1 << 30)
ABSENT = "\x00absent"


def rows(path):
    if not os.path.exists(path):
        return []
    with gzip.open(path, "rt", newline="") as f:
        return list(csv.DictReader(f))


def cells(text):
    return [x for x in (text or "").split(";") if x]


def seconds(text):
    if not text:
        return None
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()
    except ValueError:
        return None


def host_kind(host):
    host = (host or "").lower()
    if host.endswith(".onion"):
        return "onion"
    try:
        return "ip%d" % ipaddress.ip_address(host).version
    except ValueError:
        return "name"


def subject_types(dn):
    """Attribute types of a distinguished name in order: what the maker's template asks for, without values."""
    return ",".join(x.split("=", 1)[0].strip() for x in re.split(r"(?<!\\),", dn or "") if "=" in x)


def san_types(c):
    return ",".join(sorted({x.split(":", 1)[0] for x in cells(c["subject_alternative_names"].replace(" ", ";"))}))


def certificate_shape(c):
    """The maker's template without any value that can differ from server to server."""
    if not c.get("template"):
        return None
    issuer = "self" if c["self_signed"] == "true" else subject_types(c["issuer"])
    return "|".join([issuer, subject_types(c["subject"]), san_types(c), c["validity_days"], c["key_type"], c["key_bits"], c["key_curve"],
                     c["signature_algorithm"], str((int(c["serial_bits"] or 0) + 31) // 32), c["extensions"]])


PRIVATE = ("local", "lan", "home", "internal", "localdomain", "arpa", "private", "intranet", "corp")


def name_form(c, own):
    """How the certificate is named: `host` (a name or address of a machine), else its words as classes: letters a, digits 0, both x."""
    cn = next(iter(re.findall(r"CN=((?:\\.|[^,])+)", c["subject"])), "").lower()
    if not cn:
        return "none"
    if cn in ("localhost", "localhost.localdomain"):
        return "localhost"
    if cn in own or host_kind(cn) != "name" or ("." in cn and cn.rsplit(".", 1)[1] not in PRIVATE):
        return "host"
    return re.sub(r"[^\W_]+", lambda x: "0" if x[0].isdigit() else "a" if x[0].isalpha() else "x", cn)


#: What tools write where nobody said anything: no value of an owner.  Pinned data.
DEFAULT_VALUES = ("", "xx", "au", "some-state", "internet widgits pty ltd", "default city", "default company ltd", "state", "city", "company", "organization",
                  "some-organization", "example", "test", "localhost", "none", "n/a", ".")


def subject_value(c, form):
    """What the maker of a self-signed certificate wrote about himself: attribute values but the CN, and the CN's form; None: nothing."""
    if c["self_signed"] != "true":
        return None
    parts = [x.split("=", 1) for x in re.split(r"(?<!\\),", c["subject"] or "") if "=" in x]
    said = sorted((k.strip(), v.strip().lower()) for k, v in parts if k.strip() != "CN" and v.strip().lower() not in DEFAULT_VALUES)
    said = [x for x in said if x[0] != "C"] and said          # a country alone says nothing
    form = form if form not in ("none", "localhost", "host", "a") else ""
    return repr((said, form)) if said or form else None


def load(dataset):
    P = [r for r in rows(dataset + "/features/profiles.csv.gz") if int(r["scans_answered"]) > 0 or r["spki_sha256s"]]
    P.sort(key=lambda r: r["server_id"])
    scans = sorted(x for x in glob.glob(dataset + "/normalized/*") if os.path.isdir(x))
    certs = {}
    endpoints = defaultdict(list)
    for s in scans:
        for c in rows(s + "/certificates.csv.gz"):
            certs[c["sha256"]] = c
        for e in rows(s + "/endpoints.csv.gz"):
            endpoints[e["server_id"]].append(e)
    backends = defaultdict(list)
    for b in rows(dataset + "/features/backend_vectors.csv.gz"):
        est = tuple((k, b[f"estimate_{k}"]) for k in (2, 5, 6, 10, 25, 144) if b.get(f"estimate_{k}_status") == "value")
        backends[b["server_id"]].append((b["scan"], est, (b["relay_fee"], b["mempool_minimum_fee"])))
    lines = defaultdict(dict)
    order = {os.path.basename(s): i for i, s in enumerate(scans)}
    for t in rows(dataset + "/features/timelines.csv.gz"):
        lines[t["server_id"]][order.get(t["scan"], -1)] = t
    out = []
    for r in P:
        absent, unknown = set(cells(r["absent"])), {x.split("=")[0] for x in cells(r["unknown"])}

        def tri(col, many=False):
            if col in absent:
                return ABSENT
            if col in unknown or r[col] == "":
                return None
            return frozenset(cells(r[col])) if many else r[col]
        s = {"id": r["server_id"], "software": (r["software"] + " " + r["software_version"]).strip() or None,
             "implementation": r["software"] or None, "claim_agrees": r["claim_agrees"],
             "identified": r["identified_software"] or None,
             "protocol": (r["protocol_min"] + "-" + r["protocol_max"]).strip("-") or None,
             "signature": tri("behaviour_signature"), "probes": r["probes_covered"],
             "spki": tri("spki_sha256s", True), "template": tri("certificate_template"), "profile": tri("certificate_profile"),
             "banner": tri("banner_mask_sha256"), "banner_default": {"true": True, "false": False}.get(r["banner_is_default"]),
             "donation": tri("donation_custom"), "contacts": tri("contacts", True), "claims": tri("hosts_claimed", True),
             "names": tri("names", True), "domains": tri("registrable_domains", True), "host_templates": tri("host_templates", True),
             "prefixes": tri("prefixes", True), "tenant": tri("tenant_prefixes", True), "asns": tri("asns", True),
             "ports": tri("ports", True), "networks": frozenset(cells(r["networks"])),
             "relay_fee": tri("relay_fee"), "peers": tri("peers_sketch", True), "peers_advertised": r["peers_advertised"],
             "country": tri("country")}
        cs = [certs[c] for c in cells(r["certificate_sha256s"]) if c in certs]
        s["certs"] = [{"made": seconds(c["created_at"]) if c["created_precision"] == "second" else None, "shape": certificate_shape(c),
                       "row": c, "spki": c["spki_sha256"], "profile": c["profile"], "self": c["self_signed"] == "true", "issuer": c.get("issuing_key_sha256") or None,
                       "names": {x.split(":", 1)[1].lower() for x in cells(c["subject_alternative_names"].replace(" ", ";")) if ":" in x}
                       | {m.lower() for m in re.findall(r"CN=([^,]+)", c["subject"])}} for c in cs]
        es = endpoints[r["server_id"]]
        s["addresses"] = {e["address"] for e in es if e["address"]}
        s["listed_names"] = {e["host"].lower() for e in es if e["host"]}
        s["places"] = s["addresses"] | {n for n in (s["names"] if isinstance(s["names"], frozenset) else ())} | \
            {e["host"].lower() for e in es if e["host"] and not e["address"]}
        s["ports_open"] = frozenset(f"{e['transport']}:{e['port']}" for e in es if e["reached"] == "true")
        s["shape"] = None
        s["name_kind"] = "+".join(sorted({host_kind(h) for e in es for h in cells(e["host"]) if host_kind(h) == "name" or h == e["address"] or not e["address"]}
                                         or {host_kind(e["address"]) for e in es}))
        own = s["addresses"] | s["listed_names"] | (s["names"] if isinstance(s["names"], frozenset) else frozenset())
        for c in s["certs"]:
            row = c.pop("row")
            c["named as"] = name_form(row, own)
            c["subject"] = subject_value(row, c["named as"])
        s["backend"] = sorted(backends[r["server_id"]])
        s["timeline"] = lines[r["server_id"]]
        out.append(s)
    return out, len(scans)
