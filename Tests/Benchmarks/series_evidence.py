"""The evidence of one raw scan, read by orjson: what the peer of `normalize` knows before it joins.

The same rules as in Sources/Normalizing, for replies of real bytes: chunks to lines, lines to replies,
tuples to advertisements and endpoints.
"""

import base64
import gzip
import hashlib
import ipaddress
import json
import re
from datetime import datetime, timezone
from functools import lru_cache

import orjson

STRING = re.compile(rb'"(?:[^"\\]|\\.)*"')
KINDS = {type(None): "null", bool: "boolean", int: "number", float: "number", str: "string", list: "array", dict: "object"}
REACHED = {"answered", "closed.no-reply", "reply.timed-out", "reply.malformed", "reply.too-large", "reply.error",
           "reply.none", "throttled"}
DEFAULT_PORTS = {"mainnet": (50001, 50002), "testnet": (51001, 51002), "regtest": (51001, 51002)}
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def rows(path):
    """Inflates, digests and parses an artifact of JSON lines; checks its manifest."""
    digest = hashlib.sha256()
    with gzip.open(path) as file:
        for line in file:
            digest.update(line)
            yield orjson.loads(line)
    manifest = json.loads(path.with_name(path.name.removesuffix(".jsonl.gz") + ".manifest.json").read_text())
    assert digest.hexdigest() in json.dumps(manifest), path


@lru_cache(1 << 16)
def endpoint_id(network, place, port, transport):
    return "e_" + hashlib.sha256(f"{network}|{place}|{port}|{transport}".encode()).hexdigest()[:16]


@lru_cache(1 << 16)
def ip(text):
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


@lru_cache(1 << 16)
def canonical(name):
    return name.lower().removesuffix(".")


def seconds(microseconds):
    return datetime.fromtimestamp(microseconds // 1_000_000, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def lines_of(chunks):
    """The lines of a stream, each with its end."""
    stream = b"".join(c["data"].encode() if c["data"] is not None else base64.b64decode(c["data_base64"]) for c in chunks)
    return stream.splitlines(True) if b"\r" not in stream else re.findall(rb"[^\n]*\n|[^\n]+", stream)


def parsed(line):
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        return json.loads(line.decode("utf-8", "replace"))


def shape(line, value):
    """(key order, separators, line end, padding) of a reply line."""
    top = value[0] if isinstance(value, list) and value else value
    bare = STRING.sub(b"", line)
    total = bare.count(b",") + bare.count(b":")
    spaced = bare.count(b", ") + bare.count(b": ")
    wide = bare.count(b",  ") + bare.count(b":  ")
    separators = None if not total else "compact" if not spaced else "spaced" if spaced == total and not wide else "mixed"
    end = "crlf" if line.endswith(b"\r\n") else "lf" if line.endswith(b"\n") else None
    body = line.rstrip()
    inner = body[:-1] if body[-1:] in (b"}", b"]") else b""
    return ",".join(top) if isinstance(top, dict) else None, separators, end, len(inner) - len(inner.rstrip(b" "))


def answer(value, number):
    """(result, error) of the reply with this id, or of the first."""
    replies = [item for item in (value if isinstance(value, list) else [value])
               if isinstance(item, dict) and "method" not in item and ("result" in item or "error" in item)]
    reply = next((item for item in replies if item.get("id") == number), replies[0] if replies else None)
    if reply is None:
        return None, None, None
    error = reply.get("error")
    if error is None:
        return reply.get("result"), None, KINDS[type(reply.get("result"))]
    if isinstance(error, dict):
        return None, (error.get("code"), error.get("message") or ""), None
    return None, (None, error if isinstance(error, str) else orjson.dumps(error).decode()), None


class Draft:
    """What a scan shows of one endpoint."""

    def __init__(self, network, address, name, port, transport):
        self.id = endpoint_id(network, name if network == "unresolved" else address, port, transport)
        self.network, self.address, self.port, self.transport = network, address, port, transport
        self.names, self.verified, self.advertisers = set(), set(), set()
        self.attempts = self.answered = 0
        self.outcome, self.tested, self.reached = "untested.not-imported", False, False
        self.connect, self.handshake, self.tls, self.answers = [], [], None, {}
        self.add(name)

    def add(self, name):
        name = canonical(name)
        if name and name != self.address and ip(name) is None:
            self.names.add(name)

    def take(self, row):
        self.add(row["host"])
        outcome, host = row["outcome"], canonical(row["host"])
        if row["resolve_us"] is not None and host in self.names:
            self.verified.add(host)
        if not outcome.startswith("untested."):
            self.attempts, self.tested = self.attempts + 1, True
        self.reached = self.reached or outcome in REACHED
        self.answered += outcome == "answered"
        if self.outcome != "answered":
            self.outcome = outcome
        if row["connect_us"] is not None:
            self.connect.append(row["connect_us"])
        if row["tls"]:
            self.tls = row["tls"]
            if self.tls["duration_us"] is not None:
                self.handshake.append(self.tls["duration_us"])


class Evidence:
    """All of a scan, put in order."""

    def __init__(self, folder):
        observation = json.loads((folder / "collect.manifest.json").read_text())["observation"]
        self.network = observation["network"]
        self.ranges = [ipaddress.ip_network(text) for text in observation["allowed_ranges"]]
        self.endpoints, self.exchanges, self.tips, self.listings, self.together = {}, [], {}, {}, set()
        self.resolved, self.readings = {}, {}
        self.certificates = list(rows(folder / "certificates.jsonl.gz"))
        self.addresses = {}
        for row in rows(folder / "resolutions.jsonl.gz"):
            for address in row["addresses"]:
                self.resolved.setdefault(address, set()).add(canonical(row["name"]))
                self.addresses.setdefault(canonical(row["name"]), set()).add(address)
        for row in rows(folder / "listings.jsonl.gz"):
            self.listed(row["source_kind"], row["source"], row["address"], row["host"], tuple(row["features"]),
                        row["count"], row["heard_at"])
        for row in rows(folder / "connections.jsonl.gz"):
            self.take(row)
        for draft in self.endpoints.values():
            draft.verified |= draft.names & self.resolved.get(draft.address, set())

    def take(self, row):
        place = row["host"] if row["network"] == "unresolved" else row["address"]
        key = endpoint_id(row["network"], place, row["port"], row["transport"])
        draft = self.endpoints.get(key)
        if draft is None:
            draft = self.endpoints[key] = Draft(row["network"], row["address"], row["host"], row["port"], row["transport"])
        draft.take(row)
        lines = lines_of(row["received"])
        start = row["started_at"] and (datetime.fromisoformat(row["started_at"]) - EPOCH)
        start = start and (start.days * 86_400 + start.seconds) * 1_000_000 + start.microseconds
        answers = {}
        for sequence, exchange in enumerate(row["exchanges"], 1):
            self.exchange(row, key, sequence, exchange, lines, start, answers)
        for name, value in draft.answers.items():
            answers.setdefault(name, value)
        draft.answers = answers

    def exchange(self, row, key, sequence, exchange, lines, start, answers):
        sent, first, last = exchange["sent_us"], exchange["first_byte_us"], exchange["last_byte_us"]
        probe, number = exchange["probe"], exchange["line"]
        cells = [None] * 8
        if number is not None and number < len(lines):
            line = lines[number]
            value = parsed(line)
            result, error, kind = answer(value, exchange["id"])
            order, separators, end, padding = shape(line, value)
            cells = [*(error or (None, None)), kind, order, separators, end, padding, len(line)]
            heard = start and seconds(start + (last or sent or 0))
            self.learn(probe, result, answers, key, row["attempt"], heard)
        self.exchanges.append((
            key, row["attempt"], sequence, probe, exchange["outcome"], *cells, None if sent is None else sent / 1000,
            *(None if sent is None or time is None else (time - sent) / 1000 for time in (first, last))))

    def learn(self, probe, result, answers, key, attempt, heard):
        if result is None:
            if probe in ("server.banner", "server.donation_address"):
                answers[probe] = ("absent", None)
        elif probe == "server.version":
            answers["version"] = result[0] if isinstance(result, list) else result
            answers["protocol"] = result[1] if isinstance(result, list) and len(result) > 1 else None
        elif probe in ("server.banner", "server.donation_address") and isinstance(result, str):
            answers[probe] = ("value", result) if result else ("absent", None)
        elif probe == "server.features" and isinstance(result, dict):
            answers["features"] = result
        elif probe == "blockchain.headers.subscribe" and isinstance(result, dict) and "height" in result:
            answers["tip"] = self.tips[key, attempt] = (result["height"], *header(result.get("hex")), heard)
        elif probe == "server.peers.subscribe" and isinstance(result, list):
            answers["peers"] = len(result)
            for item in result:
                parts = item if isinstance(item, list) else [orjson.dumps(item).decode()]
                text = [part if isinstance(part, str) else orjson.dumps(part).decode() for part in parts]
                features = parts[2] if len(parts) > 2 and isinstance(parts[2], list) else ()
                self.listed("peers", key, text[0] if text else "[]", text[1] if len(text) > 1 else "",
                            tuple(f if isinstance(f, str) else orjson.dumps(f).decode() for f in features), 1, heard)

    def listed(self, kind, source, address, host, features, count, heard):
        place = (address, host, features)
        reading = self.readings.get(place)
        if reading is None:
            reading = self.readings[place] = self.read(*place)
        known = self.listings.get((kind, source, *place))
        if known is None:
            self.listings[kind, source, *place] = [reading, count, heard]
        else:
            known[1] += count
            known[2] = min(filter(None, (known[2], heard)), default=None)
        for key in reading[-1]:
            draft = self.endpoints[key]
            draft.advertisers.add(source)

    def read(self, address, host, features):
        """(network, valid, reason, protocol, TCP port, TLS port, endpoints that it names)."""
        found, name = ip(address), canonical(address)
        place = str(found) if found else name
        network = f"ipv{found.version}" if found else "onion" if name.endswith(".onion") else "unresolved"
        bad = next((reason for text, reason in ((address, "bad-address"), (host, "bad-host"))
                    if not (0 < len(text) < 256 and all("!" <= letter <= "~" for letter in text))), None)
        if bad:
            return network, False, f"tuple.{bad}", None, None, None, ()
        ports, protocol = {}, None
        for feature in features:
            letter, rest = feature[:1], feature[1:]
            if letter == "v" and protocol is None:
                protocol = rest
            elif letter in ("t", "s"):
                port = rest or str(DEFAULT_PORTS[self.network][letter == "s"])
                if not (port.isdecimal() and port.isascii() and len(port) < 6 and 0 < int(port) < 65536):
                    return network, False, "tuple.bad-port", None, None, None, ()
                ports.setdefault(letter, int(port))
        if not ports:
            return network, False, "tuple.no-port", None, None, None, ()
        reason = self.scope(found) if found else None
        named = () if reason else self.named(network, place, ports, host)
        return network, reason is None, reason, protocol, ports.get("t"), ports.get("s"), named

    def scope(self, address):
        """Why an address is no public server's."""
        if any(address in each for each in self.ranges if each.version == address.version) or address.is_global:
            return None
        names = ("unspecified", "loopback", "multicast", "link_local", "private", "reserved")
        return "address." + next((name.replace("_", "-") for name in names if getattr(address, f"is_{name}")), "reserved")

    def named(self, network, place, ports, host):
        keys, pair = [], []
        for letter, port in sorted(ports.items(), reverse=True):
            known = sorted(self.addresses.get(place, ())) if network == "unresolved" else []
            places = [(f"ipv{ip(address).version}", address) for address in known] or [(network, place)]
            for family, address in places:
                draft = Draft(family, "" if family == "unresolved" else address, address, port,
                              "ssl" if letter == "s" else "tcp")
                draft = self.endpoints.setdefault(draft.id, draft)
                draft.add(host)
                keys.append(draft.id)
                if not known:
                    pair.append(draft.id)
        if len(pair) == 2:
            self.together.add(tuple(sorted(pair)))
        return tuple(keys)


def header(text):
    """(hash, previous hash, time, bits, whether the work is there) of a header in hexadecimal."""
    if not isinstance(text, str) or len(text) != 160:
        return (None,) * 5
    data = bytes.fromhex(text)
    digest = hashlib.sha256(hashlib.sha256(data).digest()).digest()[::-1]
    bits = int.from_bytes(data[72:76], "little")
    target = (bits & 0x7FFFFF) << 8 * ((bits >> 24) - 3) if bits >> 24 > 3 else (bits & 0x7FFFFF) >> 8 * (3 - (bits >> 24))
    time = seconds(int.from_bytes(data[68:72], "little") * 1_000_000)
    return digest.hex(), data[4:36][::-1].hex(), time, bits, int.from_bytes(digest, "big") <= target
