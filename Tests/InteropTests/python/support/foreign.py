"""A foreign scan in the original project's format, of documentation addresses only."""

import json

PEERS = [
    ("203.0.113.10", "a.example", ["v1.4.3", "s50002", "t50001"]),
    ("203.0.113.20", "b.example", ["v1.5", "s50002"]),
    ("198.51.100.30", "198.51.100.30", ["v1.4", "t"]),
    ("127.0.1.1", "loop.example", ["v1.4", "t50001"]),
]


def reply(result, number):
    return json.dumps({"jsonrpc": "2.0", "result": result, "id": number})


def rows():
    """The four files' rows, by file name without suffix."""
    peers = [{"host": address, "ssl": None, "tcp": None, "raw": [address, name, features]}
             for address, name, features in PEERS]
    online = [
        {"host": "203.0.113.10", "port": 50001, "protocol": "tcp", "latency_ms": 120.5,
         "version_raw": reply(["ElectrumX 1.16.0", "1.4"], 1),
         "banner_raw": reply("Welcome to a.example", 2)},
        {"host": "203.0.113.20", "port": 50002, "protocol": "ssl", "latency_ms": 80.25,
         "version_raw": reply(["Fulcrum 2.1.0", "1.5"], 1), "banner_raw": reply("Fulcrum", 2)}]
    prints = [
        {"host": row["host"], "port": row["port"], "protocol": row["protocol"],
         "latency_version": 20.0, "latency_banner": 21.0, "latency_ping": 19.5, "latency_history": 30.0,
         "supports_p2pkh": False, "supports_p2wpkh": False, "supports_p2tr": False,
         "error_version": None, "error_banner": None, "error_ping": None, "error_history": None,
         "response_hash_version": "0" * 64, "response_hash_banner": "1" * 64,
         "response_hash_ping": "2" * 64, "response_hash_history": "3" * 64} for row in online]
    certificates = [
        {"host": "203.0.113.20", "port": 50002, "fingerprint_sha256": "ab" * 32, "subject_cn": None,
         "issuer_cn": None, "not_before": None, "not_after": None}]
    return {"peers": peers, "online_peers": online, "fingerprints": prints, "tls_certs": certificates}


def write_foreign_scan(folder, change=None):
    """Writes the four files; `change` may alter their rows first."""
    folder.mkdir(parents=True, exist_ok=True)
    files = rows()
    if change:
        change(files)
    for name, content in files.items():
        (folder / f"{name}.json").write_text(json.dumps(content, indent=2))
