"""A small Electrum network on loopback in which every round trip takes as long as it would over a distance:
the handshakes of TCP and TLS too.

Behind each address stands a relay that holds back what comes from its server, and the first bytes of the
client by as much again, which is the time of the TCP handshake. All servers tell one chain and name all
others as peers. Run as a program with a JSON object as argument; prints one line once it listens, and takes
`grow N` on standard input: N blocks more, and how late on average replies have been since the last line.
"""

import asyncio
import hashlib
import json
import ssl
import struct
import subprocess
import sys
import tempfile

REGTEST_GENESIS = bytes.fromhex(
    "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3"
    "888a51323a9fb8aa4b1e5e4adae5494dffff7f2002000000")


def extended(chain, blocks):
    """A chain with so many headers more, none of which has work: the wallet asks for none on regtest."""
    for _ in range(blocks):
        last = hashlib.sha256(hashlib.sha256(chain[-1]).digest()).digest()
        root = hashlib.sha256(b"root %d" % len(chain)).digest()
        chain.append(struct.pack("<i", 4) + last + root + struct.pack("<III", 1_500_000_000 + 600 * len(chain),
                                                                      0x207FFFFF, 0))
    return chain


def self_signed():
    """A context with a certificate of its own, made for the run."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-days", "3650", "-subj", "/CN=delayed.test", "-keyout", folder + "/key", "-out",
                        folder + "/certificate"], check=True, capture_output=True)
        context.load_cert_chain(folder + "/certificate", folder + "/key")
    return context


class Network:
    def __init__(self, hosts, seconds, port, blocks, refusing=()):
        self.hosts, self.seconds, self.port, self.refusing = hosts, seconds, port, set(refusing)
        self.chain = extended([REGTEST_GENESIS], blocks)
        self.late = [0.0, 0]

    def tip(self):
        return {"height": len(self.chain) - 1, "hex": self.chain[-1].hex()}

    def answer(self, number, method, parameters):
        if method == "server.version":
            return ["Delayed 1.0", "1.4"]
        if method == "blockchain.headers.subscribe":
            return self.tip()
        if method == "blockchain.block.header":
            return self.chain[parameters[0]].hex()
        if method == "blockchain.block.headers":
            headers = self.chain[parameters[0]:parameters[0] + min(parameters[1], 2016)]
            return {"count": len(headers), "hex": b"".join(headers).hex(), "max": 2016}
        if method == "server.peers.subscribe":
            return [[host, host, ["v1.4", f"s{self.port}"]] for host in self.hosts if host != self.hosts[number]]
        return {"blockchain.estimatefee": 0.0001, "blockchain.relayfee": 0.00001, "mempool.get_fee_histogram": [],
                "server.banner": "", "server.donation_address": ""}.get(method)

    async def serve(self, number, reader, writer):
        try:
            while line := await reader.readline():
                asked = json.loads(line)
                result = self.answer(number, asked["method"], asked.get("params", []))
                reply = {"jsonrpc": "2.0", "id": asked["id"], "result": result}
                writer.write(json.dumps(reply).encode() + b"\n")
        except (ConnectionError, ssl.SSLError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def relay(self, number, backend, reader, writer):
        seconds = self.seconds[number]
        loop = asyncio.get_running_loop()
        await asyncio.sleep(seconds)
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", backend)
        except OSError:
            return writer.close()

        async def outward():
            try:
                while data := await reader.read(65536):
                    far_writer.write(data)
                far_writer.write_eof()
            except (ConnectionError, OSError):
                far_writer.close()

        async def inward():
            while data := await far_reader.read(65536):
                due = loop.time() + seconds
                loop.call_at(due, write, data, due)
            loop.call_later(seconds, writer.close)

        def write(data, due):
            self.late[0] += loop.time() - due
            self.late[1] += 1
            if not writer.is_closing():
                writer.write(data)

        await asyncio.gather(outward(), inward(), return_exceptions=True)
        far_writer.close()

    async def run(self):
        context = self_signed()
        for number, host in enumerate(self.hosts):
            if number in self.refusing:
                continue
            server = await asyncio.start_server(
                lambda reader, writer, number=number: self.serve(number, reader, writer), "127.0.0.1", 0, ssl=context,
                backlog=200)
            backend = server.sockets[0].getsockname()[1]
            await asyncio.start_server(
                lambda reader, writer, number=number, backend=backend: self.relay(number, backend, reader, writer),
                host, self.port, backlog=200)
        print(json.dumps({"listens": len(self.hosts) - len(self.refusing)}), flush=True)
        loop = asyncio.get_running_loop()
        while line := await loop.run_in_executor(None, sys.stdin.readline):
            extended(self.chain, int(line.split()[1]))
            late, self.late = self.late, [0.0, 0]
            print(json.dumps({"height": len(self.chain) - 1, "late": late[0] / max(1, late[1])}), flush=True)


if __name__ == "__main__":
    asyncio.run(Network(**json.loads(sys.argv[1])).run())
