"""What the collector takes for granted of ElectrumX, as a table: what is sent, what comes back.

Each fact has a conversation of its own with every version. Expected are messages in the order of
their arrival without `jsonrpc` and `id`, or a predicate on one message, and at the end CLOSED or
LOSSY_END where the server hangs up. Nothing expected is silence: a later ping is answered, and nothing else came.
"""

import json
from dataclasses import dataclass

from bitcoin_wire import scripthash
from stub_chain import SCRIPTS, Chain

SINCE_PADDING, SINCE_1_19 = ("1.18.0", "1.19.0", "2.0.0"), ("1.19.0", "2.0.0")
HIGHEST = {"1.16.0": "1.4.2", "1.18.0": "1.4.3", "1.19.0": "1.6.0", "2.0.0": "1.7.0"}
CHAIN = Chain()
TIP = CHAIN.height
SPEND = CHAIN.blocks[152].transactions[1]
P2TR = scripthash(SCRIPTS["p2tr"])
EMPTY = "00" * 32
CLOSED, LOSSY_END = "closed", "closed, perhaps before all was sent"
ENDS = (CLOSED, LOSSY_END)
# Sent to make a very old wallet stop.
CRASHING = [{"method": "blockchain.relayfee"}, {"method": "blockchain.estimatefee"}]


@dataclass(frozen=True)
class Fact:
    """`protocol`: negotiated beforehand; None: `sent` is the first that the server hears. `expected`:
    for every version, or by version."""

    name: str
    sent: bytes
    expected: object
    protocol: str = "1.4"

    def expectation(self, version):
        if not isinstance(self.expected, dict):
            return self.expected
        return next(value for versions, value in self.expected.items() if version in versions)

    def versions(self):
        return [version for version in HIGHEST
                if not isinstance(self.expected, dict) or any(version in key for key in self.expected)]


def error(code, text):
    return {"error": {"code": code, "message": text}}


def result(value):
    return {"result": value}


def holds(predicate):
    """A predicate on the result."""
    return lambda message: predicate(message["result"])


def request(method, *parameters, number=0):
    return json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": parameters}).encode() + b"\n"


def raw(text):
    return text.encode() + b"\n"


def per_version(answer):
    """An expectation that depends on the version's own name or highest protocol."""
    return {(version,): answer(version) for version in HIGHEST}


def hello(*parameters):
    return request("server.version", *parameters)


def negotiated(old, padded, since_1_19, newest):
    """The protocol that each version answers server.version with."""
    return {(version,): [result([f"ElectrumX {version}", protocol])]
            for version, protocol in zip(HIGHEST, (old, padded, since_1_19, newest))}


def lossy_in_1_18(answer):
    """What is said before the end. 1.18 may close before its padding lets it out: within a second
    after the connection was opened or something was sent."""
    return {("1.18.0",): [*answer, LOSSY_END], ("1.16.0", "1.19.0", "2.0.0"): [*answer, CLOSED]}


def unsupported(shown):
    return lossy_in_1_18([error(1, f"unsupported protocol version: {shown}")])


NEGOTIATION = [
    Fact("version: a single protocol", hello("p", "1.4"), negotiated(*["1.4"] * 4), None),
    Fact("version: no protocol", hello("p"), negotiated(*["1.4"] * 4), None),
    Fact("version: no parameter", hello(), negotiated(*["1.4"] * 4), None),
    Fact("version: null protocol", hello("p", None), negotiated(*["1.4"] * 4), None),
    Fact("version: range to 1.4.3", hello("p", ["1.4", "1.4.3"]), negotiated("1.4.2", *["1.4.3"] * 3), None),
    Fact("version: range to 1.5, which never was", hello("p", ["1.4", "1.5"]),
         negotiated("1.4.2", "1.4.3", "1.5", "1.5"), None),
    Fact("version: range to 1.6", hello("p", ["1.4", "1.6"]), negotiated("1.4.2", "1.4.3", "1.6", "1.6"), None),
    Fact("version: range to 99 tells the highest", hello("p", ["1.4", "99"]), negotiated(*HIGHEST.values()), None),
    Fact("version: 1.7 alone", hello("p", "1.7"), {
        ("2.0.0",): [result(["ElectrumX 2.0.0", "1.7"])], **unsupported("1.7")}, None),
    Fact("version: too new", hello("p", "2.0"), unsupported("2.0"), None),
    Fact("version: inverted range", hello("p", ["1.6", "1.4"]), unsupported("['1.6', '1.4']"), None),
    Fact("version: a number", hello("p", 1.4), unsupported("1.4"), None),
    Fact("version: a third argument", hello("p", "1.4", "x"), {
        ("1.16.0", "1.18.0"): [error(-32602, "3 arguments passed to method server.version taking at most 2")],
        **{(v,): [result([f"ElectrumX {v}", "1.4"])] for v in SINCE_1_19}}, None),
    Fact("version: parameters by name",
         raw('{"jsonrpc":"2.0","id":0,"method":"server.version",'
             '"params":{"client_name":"p","protocol_version":"1.4"}}'), negotiated(*["1.4"] * 4), None),
    Fact("version: asked again", hello("p", "1.4"), [error(1, "server.version already sent")]),
    Fact("version: a very old wallet", hello("2.9.3", "1.2"), {
        ("1.16.0",): [*CRASHING, error(1, "unsupported protocol version: 1.2"), CLOSED],
        SINCE_1_19: [*CRASHING, error(1, "unsupported protocol version: 1.2"), CLOSED]}, None),
    Fact("version and a request in one packet", hello("p", "1.4") + request("server.donation_address", number=1),
         per_version(lambda version: [result([f"ElectrumX {version}", "1.4"]), result("")]), None),
]

BEFORE_VERSION = [
    Fact("unversioned: a known method", request("server.banner"), {
        ("1.16.0", "1.18.0"): [holds(lambda text: text.startswith("You are connected to an ElectrumX"))],
        SINCE_1_19: [*CRASHING, error(1, "use server.version to identify client"), CLOSED]}, None),
    Fact("unversioned: an unknown method", request("foo.bar"), {
        ("1.16.0", "1.18.0"): [error(-32601, 'unknown method "foo.bar"')],
        SINCE_1_19: [*CRASHING, error(1, "use server.version to identify client"), CLOSED]}, None),
]

DIALECT = [
    Fact("method: unknown", request("foo.bar"), [error(-32601, 'unknown method "foo.bar"')]),
    Fact("method: empty", request(""), [error(-32601, 'unknown method ""')]),
    Fact("method: a number", raw('{"jsonrpc":"2.0","id":0,"method":5}'),
         [error(-32601, "method must be a string")]),
    Fact("method: missing", raw('{"jsonrpc":"2.0","id":0}'), []),
    Fact("id: missing", raw('{"jsonrpc":"2.0","method":"server.ping"}'), []),
    Fact("id: null", raw('{"jsonrpc":"2.0","id":null,"method":"server.ping"}'), []),
    Fact("id: a fraction", raw('{"jsonrpc":"2.0","id":1.5,"method":"server.ping"}'),
         [lambda message: message["id"] == 1.5 and message["result"] is None]),
    Fact("id: a boolean", raw('{"jsonrpc":"2.0","id":true,"method":"server.ping"}'),
         [lambda message: message["id"] is True]),
    Fact("id: text beyond ASCII", raw('{"jsonrpc":"2.0","id":"é","method":"server.ping"}'),
         [lambda message: message["id"] == "é"]),
    Fact("id: a list", raw('{"jsonrpc":"2.0","id":[1],"method":"server.ping"}'),
         [lambda message: message["id"] is None and message["error"] == error(-32600, 'invalid "id": [1]')["error"]]),
    Fact("parameters: too few", request("blockchain.scripthash.get_balance"),
         [error(-32602, '0 arguments passed to method "blockchain.scripthash.get_balance" but it requires 1')]),
    Fact("parameters: too many", request("blockchain.scripthash.get_balance", EMPTY, 1),
         [error(-32602, "2 arguments passed to method blockchain.scripthash.get_balance taking at most 1")]),
    Fact("parameters: by name",
         raw('{"jsonrpc":"2.0","id":0,"method":"blockchain.block.header","params":{"height":0}}'),
         [result(CHAIN.blocks[0].header.hex())]),
    Fact("parameters: wrong name",
         raw('{"jsonrpc":"2.0","id":0,"method":"blockchain.block.header","params":{"depth":0}}'),
         [error(-32602, 'method "blockchain.block.header" requires parameter "height"')]),
    Fact("parameters: null", raw('{"jsonrpc":"2.0","id":0,"method":"server.ping","params":null}'),
         [error(-32602, "invalid request arguments: None")]),
    Fact("parameters: a number", raw('{"jsonrpc":"2.0","id":0,"method":"server.ping","params":5}'),
         [error(-32602, "invalid request arguments: 5")]),
    Fact("request: another key is ignored", raw('{"jsonrpc":"2.0","id":0,"method":"server.ping","x":1}'),
         [result(None)]),
    Fact("request: a response nobody asked for", raw('{"jsonrpc":"2.0","id":7,"result":1}'), []),
    Fact("request: no `jsonrpc` after a strict first message", raw('{"id":0,"method":"server.ping"}'),
         [error(-32600, '"jsonrpc" is not "2.0"')]),
    Fact("request: JSON-RPC 1.0 is answered in kind",
         raw('{"jsonrpc":"1.0","id":0,"method":"server.version","params":["p"]}'),
         [lambda message: message["error"] is None and "jsonrpc" not in message], None),
    Fact("batch: two", raw('[{"jsonrpc":"2.0","id":1,"method":"server.ping"},'
                           '{"jsonrpc":"2.0","id":2,"method":"server.ping"}]'),
         [lambda batch: sorted(item["id"] for item in batch) == [1, 2]]),
    Fact("batch: empty", raw("[]"), [error(-32600, "batch is empty")]),
    Fact("bytes: not JSON, an error a line", b"GET / HTTP/1.1\r\n\r\n", [error(-32700, "invalid JSON")] * 2),
    Fact("bytes: not UTF-8", b"\xff\xfe\n", [error(-32700, "messages must be encoded in UTF-8")]),
    Fact("bytes: a JSON scalar", b"5\n", [error(-32600, "request object must be a dictionary")]),
    Fact("bytes: JSON 5,000 deep", b"[" * 5000 + b"]" * 5000 + b"\n", {SINCE_PADDING: [CLOSED]}),
    Fact("bytes: twelve lines of junk cost the connection", b"junk\n" * 12 + request("server.ping"),
         lossy_in_1_18([error(-32700, "invalid JSON")] * 12 + [error(-101, "excessive resource usage")])),
    Fact("bytes: a TLS greeting on the TCP port", b"\x16\x03\x01\x00\xc5\x01\x00\x00\xc1\x03\x03\xff\n",
         [error(-32700, "messages must be encoded in UTF-8")]),
    Fact("bytes: 6 MB on one line are dropped", b" " * 6_000_000 + b"\n", []),
]

QUERIES = [
    Fact("script hash: wrong", request("blockchain.scripthash.get_balance", "abcd"),
         [error(1, "abcd is not a valid script hash")]),
    Fact("script hash: what was sent is echoed", request("blockchain.scripthash.get_balance", {"xpub": 1}),
         [error(1, "{'xpub': 1} is not a valid script hash")]),
    Fact("script hash: one digit too many", request("blockchain.scripthash.get_balance", EMPTY + "0"),
         [error(1, f"{EMPTY}0 is not a valid script hash")]),
    Fact("script hash: capitals", request("blockchain.scripthash.get_balance", P2TR.upper()),
         [holds(lambda balance: balance["confirmed"] > 0)]),
    Fact("script hash: never used", request("blockchain.scripthash.get_history", EMPTY), [result([])]),
    Fact("script hash: no status without history", request("blockchain.scripthash.subscribe", EMPTY), [result(None)]),
    Fact("script hash: status with three pending", request("blockchain.scripthash.subscribe", P2TR),
         [holds(lambda told: len(told) == 64)]),
    Fact("script hash: gone at 1.7", request("blockchain.scripthash.get_balance", P2TR),
         {("2.0.0",): [error(-32601, 'unknown method "blockchain.scripthash.get_balance"')]}, "1.7"),
    Fact("scriptpubkey: not before 1.7", request("blockchain.scriptpubkey.get_balance", SCRIPTS["p2tr"].hex()),
         [error(-32601, 'unknown method "blockchain.scriptpubkey.get_balance"')]),
    Fact("scriptpubkey: history is an object", request("blockchain.scriptpubkey.get_history", "6a"),
         {("2.0.0",): [result({"history": []})]}, "1.7"),
    Fact("scriptpubkey: outputs are an object", request("blockchain.scriptpubkey.listunspent", "6a"),
         {("2.0.0",): [result({"utxos": []})]}, "1.7"),
    Fact("addresses are unknown", request("blockchain.address.get_balance", "1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH"),
         [error(-32601, 'unknown method "blockchain.address.get_balance"')]),
    Fact("removed: numblocks.subscribe", request("blockchain.numblocks.subscribe"),
         [error(-32601, 'unknown method "blockchain.numblocks.subscribe"')]),
    Fact("the genesis coin is not indexed", request(
        "blockchain.scripthash.get_balance", scripthash(CHAIN.blocks[0].transactions[0].outputs[0].script)),
         [result({"confirmed": 0, "unconfirmed": 0})]),
    Fact("transaction: wrong id", request("blockchain.transaction.get", "abcd"),
         [error(1, "abcd should be a transaction hash")]),
    Fact("transaction: unknown id", request("blockchain.transaction.get", "11" * 32), [error(
        2, "daemon error: DaemonError({'code': -5, 'message': 'No such mempool or blockchain transaction. "
        "Use gettransaction for wallet transactions.'})")]),
    Fact("transaction: verbose is no boolean", request("blockchain.transaction.get", SPEND.id, "yes"),
         [error(1, '"verbose" must be a boolean')]),
    Fact("transaction: as bytes", request("blockchain.transaction.get", SPEND.id), [result(SPEND.raw.hex())]),
    Fact("transaction: verbose is the node's word", request("blockchain.transaction.get", SPEND.id, True),
         [holds(lambda told: told["confirmations"] == TIP - 151 and told["vsize"] == SPEND.virtual_size)]),
    Fact("merkle: right block", request("blockchain.transaction.get_merkle", SPEND.id, 152),
         [holds(lambda told: told["pos"] == 1 and told["block_height"] == 152)]),
    Fact("merkle: wrong block", request("blockchain.transaction.get_merkle", SPEND.id, 151),
         [error(1, f"tx {SPEND.id} not in block at height 151")]),
    Fact("merkle: far above the tip", request("blockchain.transaction.get_merkle", SPEND.id, 10_000_000), {
        ("1.16.0", "1.18.0", "1.19.0"): [error(1, f"db error: DBError('block 10,000,000 not on disk (>{TIP})')")],
        ("2.0.0",): [error(1, "height 10,000,000 out of range")]}),
    Fact("position: id alone", request("blockchain.transaction.id_from_pos", 152, 1), [result(SPEND.id)]),
    Fact("position: with proof", request("blockchain.transaction.id_from_pos", 152, 1, True),
         [holds(lambda told: told["tx_hash"] == SPEND.id)]),
    Fact("position: none such", request("blockchain.transaction.id_from_pos", 152, 99),
         [error(1, "no tx at position 99 in block at height 152")]),
    Fact("header: above the tip", request("blockchain.block.header", 2_201), [error(1, "height 2,201 out of range")]),
    Fact("header: under a checkpoint", request("blockchain.block.header", 5, 100),
         [holds(lambda told: set(told) == {"header", "root", "branch"})]),
    Fact("header: wrong checkpoint", request("blockchain.block.header", 5, 4),
         [error(1, f"require header height 5 <= cp_height 4 <= chain height {TIP}")]),
    Fact("headers: at 1.4 one text", request("blockchain.block.headers", 0, 2), [holds(
        lambda told: told["hex"].startswith(CHAIN.blocks[0].header.hex()) and told["max"] == 2016)]),
    Fact("headers: at 1.6 a list", request("blockchain.block.headers", 0, 2),
         {SINCE_1_19: [holds(lambda told: len(told["headers"]) == 2 and "hex" not in told)]}, "1.6"),
]

FEES_AND_MORE = [
    Fact("fee: negative target", request("blockchain.estimatefee", -1),
         [error(1, "-1 should be a non-negative integer")]),
    Fact("fee: targets are clamped",
         request("blockchain.estimatefee", 0) + request("blockchain.estimatefee", 5000, number=1),
         [holds(lambda rate: rate > 0)] * 2),
    Fact("fee: unknown mode", request("blockchain.estimatefee", 6, "FOO"), {
        SINCE_1_19: [error(1, "unknown estimatefee mode: FOO")]}, "1.6"),
    Fact("fee: relayfee up to 1.5", request("blockchain.relayfee"), [result(1e-05)]),
    Fact("fee: no relayfee at 1.6", request("blockchain.relayfee"),
         {SINCE_1_19: [error(-32601, 'unknown method "blockchain.relayfee"')]}, "1.6"),
    Fact("fee: mempool.get_info from 1.6 on", request("mempool.get_info"), {SINCE_1_19: [result(
        {"mempoolminfee": 1e-05, "minrelaytxfee": 1e-05, "incrementalrelayfee": 1e-05})]}, "1.6"),
    Fact("fee: no mempool.get_info at 1.4", request("mempool.get_info"),
         [error(-32601, 'unknown method "mempool.get_info"')]),
    Fact("fee: small mempools have no histogram", request("mempool.get_fee_histogram"), [result([])]),
    Fact("broadcast: not hex", request("blockchain.transaction.broadcast", "nothex"), {
        ("1.16.0", "1.18.0"): [error(1, "the transaction was rejected by network rules.\n\nTX decode failed. "
                                     "Make sure the tx has at least one input.\n[nothex]")],
        SINCE_1_19: [error(1, "nothex should be a hex string")]}),
    Fact("broadcast: refused by the node", request("blockchain.transaction.broadcast", "00"), [error(
        1, "the transaction was rejected by network rules.\n\nTX decode failed. "
        "Make sure the tx has at least one input.\n[00]")]),
    Fact("server: banner", request("server.banner"), per_version(
        lambda version: [result(f"You are connected to an ElectrumX {version} server.")])),
    Fact("server: features in this order", request("server.features"), [holds(lambda told: list(told) == [
        "hosts", "pruning", "server_version", "protocol_min", "protocol_max", "genesis_hash", "hash_function",
        "services"] and told["hosts"] == {} and told["protocol_min"] == "1.4")]),
    Fact("server: features at 1.7 have no hash_function", request("server.features"),
         {("2.0.0",): [holds(lambda told: "hash_function" not in told)]}, "1.7"),
    Fact("server: no peers without discovery", request("server.peers.subscribe"), [result([])]),
    Fact("server: add_peer is false without discovery", request("server.add_peer", {}), [result(False)]),
    Fact("server: no donation address", request("server.donation_address"), [result("")]),
    Fact("server: ping with a parameter", request("server.ping", "x"), {
        ("1.16.0", "1.18.0", "1.19.0"): [error(
            -32602, "1 argument passed to method server.ping taking at most 0")],
        ("2.0.0",): [result(None)]}),
    Fact("server: ping with a length at 1.7", request("server.ping", 8, ""),
         {("2.0.0",): [holds(lambda told: len(told["data"]) == 8)]}, "1.7"),
]

FACTS = [*NEGOTIATION, *BEFORE_VERSION, *DIALECT, *QUERIES, *FEES_AND_MORE]
