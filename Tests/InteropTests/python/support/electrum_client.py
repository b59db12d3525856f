"""A plain Electrum client: one connection, every line as it came, with its time."""

import asyncio
import json
import ssl
import struct
import time
from dataclasses import dataclass, field

LINE_LIMIT = 16 << 20
TIMEOUT = 20


class Refused(Exception):
    """The SOCKS5 proxy did not connect us."""


@dataclass(frozen=True)
class Line:
    """One line with its terminator, and seconds since the connection was open."""

    raw: bytes
    at: float

    @property
    def message(self):
        return json.loads(self.raw)

    @property
    def padding(self):
        """Spaces before the last bracket."""
        text = self.raw.rstrip(b"\r\n")[:-1]
        return len(text) - len(text.rstrip(b" "))


@dataclass(frozen=True)
class Proxy:
    """A SOCKS5 proxy (RFC 1928, 1929) that resolves names itself."""

    host: str
    port: int
    user: str = ""
    password: str = ""

    async def connect(self, reader, writer, host, port):
        writer.write(b"\x05\x02\x00\x02" if self.user else b"\x05\x01\x00")
        _, method = await reader.readexactly(2)
        if method == 2:
            user, password = self.user.encode(), self.password.encode()
            writer.write(b"\x01" + bytes([len(user)]) + user + bytes([len(password)]) + password)
            _, failure = await reader.readexactly(2)
            if failure:
                raise Refused("wrong user or password")
        elif method != 0:
            raise Refused("no method of authentication in common")
        name = host.encode()
        writer.write(b"\x05\x01\x00\x03" + bytes([len(name)]) + name + struct.pack(">H", port))
        _, code, _, kind = await reader.readexactly(4)
        if code:
            raise Refused(f"the proxy answered {code}")
        length = {1: 4, 4: 16}.get(kind) or (await reader.readexactly(1))[0]
        await reader.readexactly(length + 2)


def observing_context():
    """TLS that accepts any certificate."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


@dataclass
class Connection:
    """Replies are found by their id; all other lines are kept in `others`."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    opened: float
    lines: list = field(default_factory=list)
    others: list = field(default_factory=list)
    closed: str = ""

    def __post_init__(self):
        self._waiting, self._number = {}, 0
        self._news = asyncio.Condition()
        self._receiving = asyncio.create_task(self._receive())

    @classmethod
    async def open(cls, host, port, tls=None, proxy=None):
        """`tls`: None, or an SSLContext; the name sent is `host`."""
        first = (proxy.host, proxy.port) if proxy else (host, port)
        if proxy is None:
            reader, writer = await asyncio.open_connection(
                *first, limit=LINE_LIMIT, ssl=tls, server_hostname=host if tls else None)
        else:
            reader, writer = await asyncio.open_connection(*first, limit=LINE_LIMIT)
            try:
                await proxy.connect(reader, writer, host, port)
                if tls:
                    await writer.start_tls(tls, server_hostname=host)
            except (Refused, asyncio.IncompleteReadError):
                writer.close()
                raise
        return cls(reader, writer, time.monotonic())

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        self._receiving.cancel()
        self.writer.close()
        try:
            await self.writer.wait_closed()
        except OSError:
            pass

    async def _receive(self):
        ending = "eof"
        try:
            while raw := await self.reader.readline():
                await self._received(Line(raw, time.monotonic() - self.opened))
        except OSError:
            ending = "reset"
        async with self._news:
            self.closed = ending
            self._news.notify_all()

    async def _received(self, line):
        async with self._news:
            self.lines.append(line)
            message = line.message
            number = message.get("id") if isinstance(message, dict) else None
            waiting = self._waiting.pop(number, None) if isinstance(number, int) else None
            if waiting is None:
                self.others.append(line)
            elif not waiting.cancelled():
                waiting.set_result(line)
            self._news.notify_all()

    async def send(self, *raw_lines):
        self.writer.write(b"".join(raw_lines))
        await self.writer.drain()

    async def ask(self, *requests, timeout=TIMEOUT):
        """Sends (method, parameters) in one packet; returns the lines that answer them."""
        loop, packet, waiting = asyncio.get_running_loop(), [], []
        for method, parameters in requests:
            self._number += 1
            packet.append(json.dumps(
                {"jsonrpc": "2.0", "id": self._number, "method": method, "params": parameters}).encode() + b"\n")
            waiting.append(self._waiting.setdefault(self._number, loop.create_future()))
        await self.send(*packet)
        return await asyncio.wait_for(asyncio.gather(*waiting), timeout)

    async def call(self, method, *parameters):
        """One request; its result. An error is raised as RuntimeError(code, message)."""
        [line] = await self.ask((method, list(parameters)))
        message = line.message
        if message.get("error") is not None:
            raise RuntimeError(message["error"]["code"], message["error"]["message"])
        return message["result"]

    async def until(self, condition, timeout=TIMEOUT):
        """Waits until `condition(self)` holds or the connection is closed."""
        async with self._news:
            await asyncio.wait_for(
                self._news.wait_for(lambda: bool(self.closed) or condition(self)), timeout)
