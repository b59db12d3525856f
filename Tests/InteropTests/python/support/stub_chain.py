"""A small, deterministic Bitcoin chain: real genesis block, no proof of work, dummy signatures."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass

from bitcoin_wire import Block, Input, Output, Transaction, with_length

COIN = 100_000_000
SPACING = 600
SPEND_HEIGHT = 150
LEAST_BLOCKS = SPEND_HEIGHT + 5

# P2PKH and P2WPKH of private key 1, P2TR of BIP 86's first test vector.
SCRIPTS = {
    "p2pkh": bytes.fromhex("76a914751e76e8199196d454941c45d1b3a323f1433bd688ac"),
    "p2wpkh": bytes.fromhex("0014751e76e8199196d454941c45d1b3a323f1433bd6"),
    "p2tr": bytes.fromhex("5120a60869f0dbcf1dc659c9cecbaf8050135ea9e8cdc487053f1dc6880949dc684c"),
}
PUBLIC_KEY = bytes.fromhex("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798")
GENESIS_KEY = bytes.fromhex(
    "04678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb6"
    "49f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5f")
HEADLINE = b"The Times 03/Jan/2009 Chancellor on brink of second bailout for banks"


def witness_script(label):
    """A P2WPKH scriptPubKey that nobody has a key for."""
    return b"\x00\x14" + hashlib.sha256(label.encode()).digest()[:20]


WHALE = witness_script("whale")
FAN = witness_script("fan")


@dataclass(frozen=True)
class Network:
    """How the chain starts, as Bitcoin Core names it."""

    chain: str
    time: int
    bits: int
    nonce: int


NETWORKS = {
    "mainnet": Network("main", 1231006505, 0x1D00FFFF, 2083236893),
    "regtest": Network("regtest", 1296688602, 0x207FFFFF, 2),
}


def genesis(network):
    script = b"\x04\xff\xff\x00\x1d\x01\x04" + with_length(HEADLINE)
    coinbase = Transaction(
        (Input("00" * 32, 0xFFFFFFFF, script, (), 0xFFFFFFFF),),
        (Output(50 * COIN, with_length(GENESIS_KEY) + b"\xac"),), 1)
    return Block(0, network.time, network.bits, network.nonce, 1, "00" * 32, (coinbase,))


@dataclass(frozen=True)
class Ledger:
    """What an Electrum server must say of one script. Heights of the mempool are 0, or -1 with an
    unconfirmed parent."""

    confirmed: int
    unconfirmed: int
    history: list
    mempool: list
    unspent: list


class Chain:
    """Blocks and mempool, with everything planted in them."""

    def __init__(self, network="mainnet", blocks=300, tip_time=1_795_350_000, whale=24):
        if blocks < LEAST_BLOCKS:
            raise ValueError(f"at least {LEAST_BLOCKS} blocks, not {blocks}")
        self.network = NETWORKS[network]
        self.first_time = tip_time - blocks * SPACING
        self.blocks, self.by_hash, self.mempool = [], {}, {}
        self.heights, self.transactions, self.spenders = {}, {}, {}
        self.by_script = defaultdict(list)
        self._append(genesis(self.network))
        planted = {SPEND_HEIGHT: self._fan(whale), SPEND_HEIGHT + 1: self._whale, SPEND_HEIGHT + 2: self._spends}
        for height in range(1, blocks + 1):
            self._mine(planted[height]() if height in planted else ())
        for transaction in self._pending():
            self.accept(transaction)

    @property
    def height(self):
        return len(self.blocks) - 1

    def _append(self, block):
        self.blocks.append(block)
        self.by_hash[block.hash] = block
        for transaction in block.transactions:
            self.heights[transaction.id] = block.height
            self._index(transaction)

    def _index(self, transaction):
        if transaction.id in self.transactions:
            return
        self.transactions[transaction.id] = transaction
        for spent in transaction.inputs:
            self.spenders[spent.outpoint] = transaction.id
        touched = [*transaction.outputs, *self.spent_outputs(transaction)]
        for script in dict.fromkeys(output.script for output in touched):
            self.by_script[script].append(transaction.id)

    def output(self, outpoint):
        txid, index = outpoint
        return self.transactions[txid].outputs[index]

    def spent_outputs(self, transaction):
        return [] if transaction.is_coinbase else [self.output(spent.outpoint) for spent in transaction.inputs]

    def payee(self, height):
        """Early coinbases go to the probed scripts in turn, later ones to five miners."""
        if height <= 60:
            return SCRIPTS[("p2pkh", "p2wpkh", "p2tr")[height % 3]]
        return witness_script(f"miner {height % 5}")

    def _coinbase(self, height, fees):
        number = height.to_bytes(4, "little").rstrip(b"\x00")
        script = with_length(number + (b"\x00" if number[-1] & 0x80 else b"")) + with_length(b"stub")
        return Transaction((Input("00" * 32, 0xFFFFFFFF, script, (), 0xFFFFFFFF),),
                           (Output(50 * COIN + fees, self.payee(height)),))

    def _mine(self, transactions):
        height = self.height + 1
        fees = sum(map(self.fee, transactions))
        self._append(Block(
            height, self.first_time + height * SPACING, self.network.bits, height, 0x20000000,
            self.blocks[-1].hash, (self._coinbase(height, fees), *transactions)))

    def fee(self, transaction):
        return (sum(output.value for output in self.spent_outputs(transaction))
                - sum(output.value for output in transaction.outputs))

    def mine(self, count=1):
        """Adds blocks; the mempool is confirmed by the first of them."""
        pending, self.mempool = tuple(self.mempool.values()), {}
        for number in range(count):
            self._mine(pending if number == 0 else ())
        return self.blocks[-1].hash

    def accept(self, transaction):
        """Puts a transaction into the mempool."""
        self.mempool[transaction.id] = transaction
        self._index(transaction)

    # What is planted.

    def spend(self, outpoints, outputs):
        """A transaction with dummy signatures of the usual sizes."""
        def satisfied(outpoint):
            signature = (hashlib.sha256(f"{outpoint}".encode()).digest() * 3)[:71]
            script = self.output(outpoint).script
            if script[:2] == b"\x51\x20":
                return Input(*outpoint, witness=(signature[:64],))
            if script[:2] == b"\x00\x14":
                return Input(*outpoint, witness=(signature, PUBLIC_KEY))
            return Input(*outpoint, with_length(signature) + with_length(PUBLIC_KEY))
        return Transaction(tuple(map(satisfied, outpoints)), tuple(Output(*output) for output in outputs))

    def coinbase_outpoint(self, height):
        return self.blocks[height].transactions[0].id, 0

    def _fan(self, count):
        def planting():
            share = (50 * COIN - 100_000) // count
            return [self.spend([self.coinbase_outpoint(3)], [(share, FAN)] * count)]
        return planting

    def _whale(self):
        fan = self.blocks[SPEND_HEIGHT].transactions[1]
        return [self.spend([(fan.id, index)], [(output.value - 200, WHALE)])
                for index, output in enumerate(fan.outputs)]

    def _spends(self):
        flows = [("p2pkh", 6, "p2wpkh"), ("p2wpkh", 4, "p2tr"), ("p2tr", 5, "p2pkh")]
        return [self.spend([self.coinbase_outpoint(height)],
                           [(10 * COIN, SCRIPTS[payee]), (40 * COIN - 1_500, SCRIPTS[payer])])
                for payer, height, payee in flows]

    def _pending(self):
        """Three transactions, the second one a child of the first. P2TR meets all three."""
        first = self.spend([self.coinbase_outpoint(9)],
                           [(7 * COIN, SCRIPTS["p2tr"]), (43 * COIN - 2_200, SCRIPTS["p2pkh"])])
        yield first
        yield self.spend([(first.id, 0)], [(7 * COIN - 5_000, SCRIPTS["p2wpkh"])])
        yield self.spend([self.coinbase_outpoint(8)],
                         [(1 * COIN, SCRIPTS["p2wpkh"]), (49 * COIN - 900, SCRIPTS["p2tr"])])

    # What follows from it.

    def pending_height(self, transaction):
        return -1 if any(spent.txid in self.mempool for spent in transaction.inputs) else 0

    def ledger(self, script):
        confirmed = unconfirmed = 0
        history, mempool, unspent = [], [], []
        for txid in self.by_script[script]:
            transaction, height = self.transactions[txid], self.heights.get(txid)
            gained = [(index, output.value) for index, output in enumerate(transaction.outputs)
                      if output.script == script]
            lost = [output.value for output in self.spent_outputs(transaction) if output.script == script]
            change = sum(value for _, value in gained) - sum(lost)
            if height is None:
                unconfirmed += change
                mempool.append({"tx_hash": txid, "height": self.pending_height(transaction),
                                "fee": self.fee(transaction)})
            else:
                confirmed += change
                history.append({"tx_hash": txid, "height": height})
            unspent += [{"tx_hash": txid, "tx_pos": index, "height": height or 0, "value": value}
                        for index, value in gained if (txid, index) not in self.spenders]
        position = {t.id: n for block in self.blocks for n, t in enumerate(block.transactions)}
        history.sort(key=lambda item: (item["height"], position[item["tx_hash"]]))
        mempool.sort(key=lambda item: (-item["height"], item["tx_hash"]))
        return Ledger(confirmed, unconfirmed, history, mempool, unspent)


def status(ledger):
    """Electrum's status of a script: SHA-256 over its history, mempool last; nothing without one."""
    parts = [f"{item['tx_hash']}:{item['height']}:" for item in ledger.history + ledger.mempool]
    return hashlib.sha256("".join(parts).encode()).hexdigest() if parts else None
