"""Bitcoin's transactions and blocks as bytes, as far as a stub node needs them."""

import hashlib
import struct
from dataclasses import dataclass
from functools import cached_property


def double_sha256(data):
    return hashlib.sha256(hashlib.sha256(data).digest()).digest()


def display(digest):
    """A hash as people write it: hex, last byte first."""
    return digest[::-1].hex()


def scripthash(script):
    """The name of a scriptPubKey in Electrum's protocol up to 1.6."""
    return display(hashlib.sha256(script).digest())


def compact_size(number):
    for limit, prefix, form in ((0xFD, b"", "<B"), (0x10000, b"\xfd", "<H"), (1 << 32, b"\xfe", "<I")):
        if number < limit:
            return prefix + struct.pack(form, number)
    return b"\xff" + struct.pack("<Q", number)


def with_length(data):
    return compact_size(len(data)) + data


@dataclass(frozen=True)
class Input:
    """What is spent: transaction id as written, output index."""

    txid: str
    index: int
    script: bytes = b""
    witness: tuple = ()
    sequence: int = 0xFFFFFFFD

    @property
    def outpoint(self):
        return self.txid, self.index

    def serialized(self):
        return (bytes.fromhex(self.txid)[::-1] + struct.pack("<I", self.index) + with_length(self.script)
                + struct.pack("<I", self.sequence))


@dataclass(frozen=True)
class Output:
    """Satoshis to a scriptPubKey."""

    value: int
    script: bytes

    def serialized(self):
        return struct.pack("<q", self.value) + with_length(self.script)


@dataclass(frozen=True)
class Transaction:
    inputs: tuple
    outputs: tuple
    version: int = 2
    locktime: int = 0

    @cached_property
    def stripped(self):
        """Without witnesses: what the id is the hash of."""
        return self._serialized(b"", b"")

    @cached_property
    def raw(self):
        if not any(spent.witness for spent in self.inputs):
            return self.stripped
        witnesses = b"".join(
            compact_size(len(spent.witness)) + b"".join(map(with_length, spent.witness)) for spent in self.inputs)
        return self._serialized(b"\x00\x01", witnesses)

    def _serialized(self, marker, witnesses):
        inputs = compact_size(len(self.inputs)) + b"".join(spent.serialized() for spent in self.inputs)
        outputs = compact_size(len(self.outputs)) + b"".join(output.serialized() for output in self.outputs)
        return (struct.pack("<i", self.version) + marker + inputs + outputs + witnesses
                + struct.pack("<I", self.locktime))

    @cached_property
    def id(self):
        return display(double_sha256(self.stripped))

    @cached_property
    def witness_id(self):
        return display(double_sha256(self.raw))

    @property
    def is_coinbase(self):
        return len(self.inputs) == 1 and self.inputs[0].outpoint == ("00" * 32, 0xFFFFFFFF)

    @property
    def weight(self):
        return 3 * len(self.stripped) + len(self.raw)

    @property
    def virtual_size(self):
        return -(-self.weight // 4)


class _Reader:
    def __init__(self, data):
        self.data, self.position = data, 0

    def take(self, count):
        piece = self.data[self.position:self.position + count]
        if len(piece) < count:
            raise ValueError("the transaction ends early")
        self.position += count
        return piece

    def number(self, form):
        return struct.unpack(form, self.take(struct.calcsize(form)))[0]

    def size(self):
        first = self.number("<B")
        return first if first < 0xFD else self.number({0xFD: "<H", 0xFE: "<I", 0xFF: "<Q"}[first])

    def block(self):
        return self.take(self.size())

    def input(self):
        return Input(display(self.take(32)), self.number("<I"), self.block(), (), self.number("<I"))

    def output(self):
        return Output(self.number("<q"), self.block())


def parsed_transaction(data):
    """The one transaction that `data` is. Raises ValueError for anything else."""
    reader = _Reader(data)
    version = reader.number("<i")
    has_witness = data[4:6] == b"\x00\x01"
    if has_witness:
        reader.take(2)
    inputs = [reader.input() for _ in range(reader.size())]
    outputs = tuple(reader.output() for _ in range(reader.size()))
    if has_witness:
        stacks = [tuple(reader.block() for _ in range(reader.size())) for _ in inputs]
        inputs = [Input(i.txid, i.index, i.script, stack, i.sequence) for i, stack in zip(inputs, stacks)]
    locktime = reader.number("<I")
    if reader.position != len(data) or not inputs:
        raise ValueError("not one transaction")
    return Transaction(tuple(inputs), outputs, version, locktime)


def merkle_root(digests):
    while len(digests) > 1:
        if len(digests) % 2:
            digests = [*digests, digests[-1]]
        digests = [double_sha256(a + b) for a, b in zip(digests[::2], digests[1::2])]
    return digests[0]


@dataclass(frozen=True)
class Block:
    height: int
    time: int
    bits: int
    nonce: int
    version: int
    previous: str
    transactions: tuple

    @cached_property
    def header(self):
        root = merkle_root([bytes.fromhex(transaction.id)[::-1] for transaction in self.transactions])
        return (struct.pack("<i", self.version) + bytes.fromhex(self.previous)[::-1] + root
                + struct.pack("<III", self.time, self.bits, self.nonce))

    @cached_property
    def hash(self):
        return display(double_sha256(self.header))

    @cached_property
    def raw(self):
        return (self.header + compact_size(len(self.transactions))
                + b"".join(transaction.raw for transaction in self.transactions))
