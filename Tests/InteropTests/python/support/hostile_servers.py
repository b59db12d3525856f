"""Servers that do what no simulated one does, each at a loopback address in a /24 of its own.

A behaviour is a coroutine of a `Visitor`. All of them end when the client goes away.
"""

import asyncio
import json
import os
import socket
import ssl
import struct
import subprocess
import threading
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field

GENESIS = ("0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f"
           "617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c")
HONEST = {
    "server.version": ["Honest 1.0", "1.4"], "server.ping": None, "server.banner": "hello",
    "server.features": {"hosts": {}, "protocol_max": "1.4"}, "server.donation_address": "",
    "server.peers.subscribe": [], "blockchain.headers.subscribe": {"height": 9, "hex": GENESIS},
    "blockchain.block.header": GENESIS, "blockchain.block.headers": {"count": 1, "hex": GENESIS, "max": 2016},
    "blockchain.estimatefee": 0.0001, "blockchain.relayfee": 0.00001, "mempool.get_fee_histogram": [],
    "blockchain.scripthash.get_balance": {"confirmed": 0, "unconfirmed": 0},
    "blockchain.scripthash.get_history": [{"height": 1, "tx_hash": "ab" * 32}],
    "blockchain.transaction.get_merkle": {"block_height": 1, "merkle": [], "pos": 0},
    "blockchain.transaction.get": "00"}
PROOF = {"branch": [], "header": GENESIS, "root": "ab" * 32}


def honest_result(request):
    asks_for_proof = request["method"] == "blockchain.block.header" and len(request["params"]) > 1
    return PROOF if asks_for_proof else HONEST.get(request["method"])


def reply(number, result):
    message = {"jsonrpc": "2.0", "id": number, "result": result}
    return json.dumps(message, separators=(",", ":")).encode() + b"\n"


@dataclass
class Visitor:
    """One connection of a client, on the server's side."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def request(self):
        """The next request; raises IncompleteReadError at the end."""
        return json.loads(await self.reader.readuntil(b"\n"))

    async def send(self, *parts):
        self.writer.write(b"".join(parts))
        await self.writer.drain()

    async def answer(self, request, result=...):
        await self.send(reply(request["id"], honest_result(request) if result is ... else result))

    async def answer_all(self, answers=None):
        """Answers honestly, but for the methods given."""
        while True:
            request = await self.request()
            await self.answer(request, (answers or {}).get(request["method"], ...))

    async def greet(self):
        """Answers the first request."""
        await self.answer(await self.request())

    async def last(self):
        """Waits until the client has gone."""
        while await self.reader.read(65536):
            pass

    def reset(self):
        """Ends the connection with RST."""
        self.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


@dataclass
class Place:
    """Where a behaviour is served, and how often somebody came."""

    name: str
    address: str
    port: int
    tls: bool
    ports: list = field(default_factory=list)
    visits: Counter = field(default_factory=Counter)


async def serve(name, number, behaviour, tls, ports):
    place = Place(name, f"127.77.{number}.1", 0, tls is not None)

    async def visit(reader, writer):
        place.visits[writer.get_extra_info("sockname")[1]] += 1
        try:
            await behaviour(Visitor(reader, writer))
        except (OSError, asyncio.IncompleteReadError, ValueError):
            pass
        finally:
            writer.close()
    servers = [await asyncio.start_server(visit, place.address, 0, ssl=tls, limit=1 << 20) for _ in range(ports)]
    place.ports = [server.sockets[0].getsockname()[1] for server in servers]
    place.port = place.ports[0]
    return place


@contextmanager
def serving(behaviours, certificate=None):
    """Serves each behaviour in the background: name -> coroutine, or (coroutine, options)."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    context = None
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")

    async def start():
        places = {}
        for number, (name, behaviour) in enumerate(behaviours.items(), 1):
            behaviour, options = behaviour if isinstance(behaviour, tuple) else (behaviour, {})
            places[name] = await serve(name, number, behaviour, context if options.get("tls") else None,
                                       options.get("ports", 1))
        return places
    try:
        yield asyncio.run_coroutine_threadsafe(start(), loop).result(30)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(30)


def describe(places, folder, names=None):
    """A descriptor that opens the range of these servers and starts from all of them."""
    folder.mkdir(parents=True, exist_ok=True)
    hosts = {f"{place.name}.hostile.test": place.address for place in places} | (names or {})
    (folder / "hosts").write_text("".join(f"{address} {name}\n" for name, address in hosts.items()))
    path = folder / "simnet.json"
    path.write_text(json.dumps({
        "schema": "simnet-descriptor.v1", "network": "mainnet", "hosts_file": str(folder / "hosts"),
        "allowed_ranges": ["127.77.0.0/16"],
        "bootstrap": [{"host": f"{place.name}.hostile.test", "tcp_port": None if place.tls else place.port,
                       "ssl_port": place.port if place.tls else None} for place in places]}))
    return path


# Behaviours.

async def honest(visitor):
    await visitor.answer_all()


def first(data, *, after=b"", repeat=False):
    """Sends these bytes in place of the first reply, once or on and on."""
    async def behave(visitor):
        request = await visitor.request()
        await visitor.send(data.replace(b"ID", b"%d" % request["id"]))
        while repeat:
            await visitor.send(after)
        await visitor.last()
    return behave


def second(data, *, after=b"", times=0):
    """Answers who it is, then sends these bytes in place of the second reply."""
    async def behave(visitor):
        await visitor.greet()
        request = await visitor.request()
        await visitor.send(data.replace(b"ID", b"%d" % request["id"]))
        for _ in range(times):
            await visitor.send(after)
        await visitor.last()
    return behave


def answering(**answers):
    """Honest but for these answers, by method with `__` for a dot."""
    answers = {method.replace("__", "."): result for method, result in answers.items()}

    async def behave(visitor):
        await visitor.answer_all(answers)
    return behave


def closing(after, *, half=False, reset=False):
    """Closes after so many answers, perhaps in the midst of one more."""
    async def behave(visitor):
        for _ in range(after):
            await visitor.answer(await visitor.request())
        if half:
            request = await visitor.request()
            await visitor.send(reply(request["id"], honest_result(request))[:20])
        elif after or reset:
            await visitor.request()
        if reset:
            visitor.reset()
    return behave


def noise(data, seconds):
    """Answers everything, each time after so long, and talks all the while."""
    async def talk(visitor):
        while True:
            await visitor.send(data)
            await asyncio.sleep(0.01)

    async def behave(visitor):
        talking = asyncio.create_task(talk(visitor))
        try:
            while True:
                request = await visitor.request()
                await asyncio.sleep(seconds)
                await visitor.answer(request)
        finally:
            talking.cancel()
    return behave


def dribble(data, seconds):
    """Sends the first reply a byte at a time."""
    async def behave(visitor):
        request = await visitor.request()
        for byte in data.replace(b"ID", b"%d" % request["id"]):
            await visitor.send(bytes([byte]))
            await asyncio.sleep(seconds)
    return behave


async def slivers(visitor):
    """Notifications in pieces of a byte, as fast as they go."""
    await visitor.greet()
    visitor.writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    line = b'{"jsonrpc":"2.0","method":"a","params":[]}\n'
    while True:
        for byte in line:
            visitor.writer.write(bytes([byte]))
            await asyncio.sleep(0)
        await visitor.writer.drain()


async def stray(visitor):
    """Before each answer, replies to what nobody asked and the answer to the question before."""
    previous = b""
    while True:
        request = await visitor.request()
        right = reply(request["id"], honest_result(request))
        await visitor.send(reply(999_999, "x"), reply(-1, []), reply("0", {}), previous, right, right)
        previous = right


async def overtaken(visitor):
    """Pings are answered at once, a header by name only after two of them, as ElectrumX may do."""
    held, pings = [], 0
    while True:
        request = await visitor.request()
        if isinstance(request, list):
            await visitor.send(json.dumps(
                [{"jsonrpc": "2.0", "id": item["id"], "result": None} for item in request]).encode() + b"\n")
        elif isinstance(request.get("params"), dict):
            held, pings = [reply(request["id"], GENESIS)], 0
        elif request.get("id") is not None:
            pings += 1
            await visitor.answer(request)
            if held and pings == 2:
                await visitor.send(held.pop())


@contextmanager
def renegotiating(name, number, certificate, command):
    """`openssl s_server` that answers who it is and then sends this command to itself: r asks for a
    new handshake (TLS 1.2), K for new keys (TLS 1.3), again and again."""
    address = f"127.77.{number}.1"
    with socket.socket() as free:
        free.bind((address, 0))
        port = free.getsockname()[1]
    version = "-tls1_2" if command == "r" else "-tls1_3"
    process = subprocess.Popen(
        ["openssl", "s_server", "-accept", f"{address}:{port}", version, "-cert", certificate / "cert.pem",
         "-key", certificate / "key.pem"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    ready = threading.Event()

    def talk():
        """It takes a command only where one begins what it reads, and forgets what follows."""
        told = 0
        for line in process.stdout:
            ready.set()
            start = line.find(b'{"jsonrpc"')
            if start < 0:
                continue
            request = json.loads(line[start:])
            try:
                process.stdin.write(reply(request["id"], honest_result(request)))
                process.stdin.flush()
                told += 1
                if told <= 4:
                    time.sleep(0.05)
                    os.write(process.stdin.fileno(), f"{command}\n".encode())
                    time.sleep(0.05)
            except OSError:
                return
    thread = threading.Thread(target=talk, daemon=True)
    thread.start()
    try:
        assert ready.wait(10)
        yield Place(name, address, port, True)
    finally:
        process.kill()
        process.wait()
        thread.join(10)
