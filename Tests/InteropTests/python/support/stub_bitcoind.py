"""A stub of Bitcoin Core's JSON-RPC, good enough for ElectrumX to index and to serve.

Loopback only. Any user and password do. Prints its port when it listens. Ends on SIGTERM, when its
parent is gone, and after --seconds. Control: stub_mine [n], stub_ledger [script hex], stub_calls.
"""

import argparse
import json
import os
import signal
import sys
import threading
import time
from collections import Counter
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from bitcoin_wire import parsed_transaction
from stub_chain import COIN, NETWORKS, Chain

CORE_VERSION = 310000
RELAY_FEE = 0.00001
DUST = 294
NO_TRANSACTION = "No such mempool or blockchain transaction. Use gettransaction for wallet transactions."


class RPCError(Exception):
    def __init__(self, code, message):
        super().__init__(code, message)
        self.code, self.message = code, message


def rejection(chain, transaction):
    """Why Bitcoin Core would not take a transaction, in its words; None if it would. Signatures are
    not verified, only missed."""
    outpoints = [spent.outpoint for spent in transaction.inputs]
    if not transaction.outputs:
        return -26, "bad-txns-vout-empty"
    if any(not 0 <= output.value <= 21_000_000 * COIN for output in transaction.outputs):
        return -26, "bad-txns-vout-toolarge"
    if len(set(outpoints)) < len(outpoints):
        return -26, "bad-txns-inputs-duplicate"
    if transaction.is_coinbase:
        return -26, "coinbase"
    if not 1 <= transaction.version <= 3:
        return -26, "version"
    if any(output.value < DUST and output.script[:1] != b"\x6a" for output in transaction.outputs):
        return -26, "dust"
    if len(transaction.stripped) < 65:
        return -26, "tx-size-small"
    if any(txid not in chain.transactions or index >= len(chain.transactions[txid].outputs)
           for txid, index in outpoints):
        return -25, "bad-txns-inputs-missingorspent"
    spenders = {chain.spenders[outpoint] for outpoint in outpoints if outpoint in chain.spenders}
    if spenders - chain.mempool.keys():
        return -25, "bad-txns-inputs-missingorspent"
    if spenders:
        return -26, "txn-mempool-conflict"
    return fee_rejection(chain, transaction)


def fee_rejection(chain, transaction):
    fee, least = chain.fee(transaction), round(RELAY_FEE * COIN / 1000 * transaction.virtual_size)
    if fee < 0:
        return -26, "bad-txns-in-belowout"
    if fee < least:
        return -26, f"min relay fee not met, {fee} < {least}"
    if fee * 1000 > transaction.virtual_size * COIN // 10:
        return -25, "Fee exceeds maximum configured by user (e.g. -maxtxfee, maxfeerate)"
    for spent in transaction.inputs:
        if not spent.witness and chain.output(spent.outpoint).script[:1] in (b"\x00", b"\x51"):
            return -26, "mempool-script-verify-flag-failed (Witness program was passed an empty witness)"
        if not spent.witness and not spent.script:
            return -26, ("mempool-script-verify-flag-failed "
                         "(Operation not valid with the current stack size)")
    return None


class Node:
    """The methods, by the names of Bitcoin Core."""

    def __init__(self, chain, core_version=CORE_VERSION):
        self.chain, self.core_version = chain, core_version
        self.calls, self.lock = Counter(), threading.Lock()

    def call(self, method, parameters):
        action = getattr(self, f"rpc_{method}", None)
        with self.lock:
            self.calls[method] += 1
            if action is None:
                raise RPCError(-32601, "Method not found")
            try:
                return action(*parameters)
            except TypeError as error:
                raise RPCError(-1, f"{method}: {error}") from None

    def rpc_getblockcount(self):
        return self.chain.height

    def rpc_getbestblockhash(self):
        return self.chain.blocks[-1].hash

    def rpc_getblockhash(self, height):
        if not 0 <= height <= self.chain.height:
            raise RPCError(-8, "Block height out of range")
        return self.chain.blocks[height].hash

    def rpc_getblock(self, block_hash, verbosity=1):
        block = self.chain.by_hash.get(block_hash)
        if block is None:
            raise RPCError(-5, "Block not found")
        if not verbosity:
            return block.raw.hex()
        return {"hash": block.hash, "height": block.height, "time": block.time, "previousblockhash": block.previous,
                "confirmations": self.chain.height - block.height + 1, "nTx": len(block.transactions),
                "tx": [transaction.id for transaction in block.transactions]}

    def rpc_getblockchaininfo(self):
        tip = self.chain.blocks[-1]
        return {"chain": self.chain.network.chain, "blocks": tip.height, "headers": tip.height,
                "bestblockhash": tip.hash, "time": tip.time, "initialblockdownload": False, "pruned": False,
                "verificationprogress": 1.0, "warnings": []}

    def rpc_getnetworkinfo(self):
        version = self.core_version
        text = f"{version // 10_000}.{version // 100 % 100}.{version % 100}"
        return {"version": version, "subversion": f"/Satoshi:{text}/", "protocolversion": 70016,
                "localrelay": True, "networkactive": True, "connections": 8, "relayfee": RELAY_FEE,
                "incrementalfee": RELAY_FEE, "warnings": []}

    def rpc_getindexinfo(self):
        done = {"synced": True, "best_block_height": self.chain.height}
        return {"txindex": done, "txospenderindex": done}

    def rpc_getrawmempool(self, verbose=False):
        return list(self.chain.mempool)

    def rpc_getmempoolinfo(self):
        pending = self.chain.mempool.values()
        size = sum(transaction.virtual_size for transaction in pending)
        return {"loaded": True, "size": len(pending), "bytes": size, "usage": 3 * size,
                "total_fee": sum(map(self.chain.fee, pending)) / COIN, "maxmempool": 300_000_000,
                "mempoolminfee": RELAY_FEE, "minrelaytxfee": RELAY_FEE, "incrementalrelayfee": RELAY_FEE,
                "unbroadcastcount": 0, "fullrbf": True}

    def rpc_estimatesmartfee(self, blocks, mode="ECONOMICAL"):
        if not 1 <= blocks <= 1008:
            raise RPCError(-8, "Invalid conf_target, must be between 1 and 1008")
        if mode.upper() not in ("UNSET", "ECONOMICAL", "CONSERVATIVE"):
            raise RPCError(-8, 'Invalid estimate_mode parameter, must be one of: "unset", "economical", "conservative"')
        return {"feerate": round(RELAY_FEE * (1 + 40 / blocks), 8), "blocks": max(2, blocks)}

    def rpc_getrawtransaction(self, txid, verbose=0):
        if len(txid) != 64:
            raise RPCError(-8, f"parameter 1 must be of length 64 (not {len(txid)}, for '{txid}')")
        transaction = self.chain.transactions.get(txid)
        if transaction is None or txid == self.chain.blocks[0].transactions[0].id:
            raise RPCError(-5, NO_TRANSACTION)
        return self.described(transaction) if verbose else transaction.raw.hex()

    def described(self, transaction):
        height = self.chain.heights.get(transaction.id)
        described = {
            "txid": transaction.id, "hash": transaction.witness_id, "version": transaction.version,
            "size": len(transaction.raw), "vsize": transaction.virtual_size, "weight": transaction.weight,
            "locktime": transaction.locktime, "hex": transaction.raw.hex(),
            "vin": [{"coinbase": spent.script.hex()} if transaction.is_coinbase else
                    {"txid": spent.txid, "vout": spent.index, "sequence": spent.sequence}
                    for spent in transaction.inputs],
            "vout": [{"value": output.value / COIN, "n": index, "scriptPubKey": {"hex": output.script.hex()}}
                     for index, output in enumerate(transaction.outputs)]}
        if height is not None:
            block = self.chain.blocks[height]
            described |= {"blockhash": block.hash, "time": block.time, "blocktime": block.time,
                          "confirmations": self.chain.height - height + 1}
        return described

    def rpc_gettxspendingprevout(self, outpoints, options=None):
        found = []
        for outpoint in outpoints:
            spender = self.chain.spenders.get((outpoint["txid"], outpoint["vout"]))
            height = self.chain.heights.get(spender)
            found.append(outpoint | ({"spendingtxid": spender} if spender else {})
                         | ({"blockhash": self.chain.blocks[height].hash} if height is not None else {}))
        return found

    def decoded(self, text):
        try:
            return parsed_transaction(bytes.fromhex(text))
        except (ValueError, TypeError, KeyError):
            raise RPCError(-22, "TX decode failed. Make sure the tx has at least one input.") from None

    def rpc_sendrawtransaction(self, text, *_):
        transaction = self.decoded(text)
        if transaction.id in self.chain.heights:
            raise RPCError(-27, "Transaction outputs already in utxo set")
        if transaction.id not in self.chain.mempool:
            refused = rejection(self.chain, transaction)
            if refused:
                raise RPCError(*refused)
            self.chain.accept(transaction)
        return transaction.id

    def rpc_testmempoolaccept(self, texts, *_):
        results = []
        for transaction in map(self.decoded, texts):
            refused = rejection(self.chain, transaction)
            results.append({"txid": transaction.id, "wtxid": transaction.witness_id, "allowed": not refused}
                           | ({"reject-reason": refused[1]} if refused else {
                               "vsize": transaction.virtual_size,
                               "fees": {"base": self.chain.fee(transaction) / COIN}}))
        return results

    def rpc_submitpackage(self, texts, *_):
        package, results, message = [self.decoded(text) for text in texts], {}, "success"
        for transaction in package:
            refused = rejection(self.chain, transaction)
            results[transaction.witness_id] = {"txid": transaction.id} | ({"error": refused[1]} if refused else {})
            if refused:
                message = "transaction failed"
            else:
                self.chain.accept(transaction)
        return {"package_msg": message, "tx-results": results, "replaced-transactions": []}

    def rpc_stub_mine(self, count=1):
        return self.chain.mine(count)

    def rpc_stub_ledger(self, script):
        return asdict(self.chain.ledger(bytes.fromhex(script)))

    def rpc_stub_calls(self):
        return dict(self.calls)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        try:
            request = json.loads(body)
        except ValueError:
            return self.answer(500, {"result": None, "error": {"code": -32700, "message": "Parse error"}, "id": None})
        if isinstance(request, list):
            return self.answer(200, [self.reply(item)[1] for item in request])
        return self.answer(*self.reply(request))

    def reply(self, request):
        """HTTP status and body, as Bitcoin Core answers JSON-RPC 1.x."""
        number = request.get("id")
        try:
            result = self.server.node.call(request["method"], request.get("params") or [])
            return 200, {"result": result, "error": None, "id": number}
        except RPCError as error:
            fault = {"code": error.code, "message": error.message}
            return 404 if error.code == -32601 else 500, {"result": None, "error": fault, "id": number}

    def answer(self, status, value):
        body = json.dumps(value).encode() + b"\n"
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, port, node):
        super().__init__(("127.0.0.1", port), Handler)
        self.node = node


def watch(server, parent, seconds):
    """Stops the server when nobody can want it any more."""
    end = time.monotonic() + seconds
    while os.getppid() == parent and time.monotonic() < end:
        time.sleep(0.5)
    server.shutdown()


def main():
    parent = os.getppid()
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=0, help="0: any free one")
    parser.add_argument("--net", choices=NETWORKS, default="mainnet")
    parser.add_argument("--blocks", type=int, default=300)
    parser.add_argument("--tip-time", type=int, default=1_795_350_000, help="seconds since 1970")
    parser.add_argument("--whale", type=int, default=24, help="transactions of the busiest script")
    parser.add_argument("--core", type=int, default=CORE_VERSION, help="version number of Bitcoin Core")
    parser.add_argument("--seconds", type=float, default=1800, help="ends by itself after this time")
    options = parser.parse_args()
    try:
        chain = Chain(options.net, options.blocks, options.tip_time, options.whale)
    except ValueError as error:
        parser.error(str(error))
    server = Server(options.port, Node(chain, options.core))
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    threading.Thread(target=watch, args=(server, parent, options.seconds), daemon=True).start()
    print(server.server_port, flush=True)
    server.serve_forever(poll_interval=0.1)
    server.server_close()


if __name__ == "__main__":
    sys.exit(main())
