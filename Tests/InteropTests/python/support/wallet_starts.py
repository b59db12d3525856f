"""Starts Debian's Electrum again and again, each time as a process of its own, and tells what it did.

Run by Debian's interpreter with a JSON object as argument: hosts, port, listed, starts, folder, and whether the
exemption of loopback addresses from the rule of one connection a prefix is lifted. The client is imported once;
each start is a child that runs its own entry point, on regtest only. A line on standard input starts each one.
Prints one JSON object a start: main server, connected ones, recent servers, those whose certificate is on file,
the times of dials, of connections that stand and of mains, and how slow the client was: the mean seconds of each
piece of work that its thread does, measured in this start.
"""

import asyncio
import ipaddress
import json
import os
import runpy
import ssl
import sys
import tempfile
import threading
import time
import traceback

GIVEN = json.loads(sys.argv[1])
HOSTS = {host: number for number, host in enumerate(GIVEN["hosts"])}

from electrum import blockchain, constants, interface, network  # noqa: E402  (after the argument is read)
import electrum.daemon, electrum.commands  # noqa: E402,E401,F401  (warm)

constants.BitcoinRegtest.DEFAULT_SERVERS = {
    GIVEN["hosts"][number]: {"pruning": "-", "s": str(GIVEN["port"]), "version": "1.4"} for number in GIVEN["listed"]}

if GIVEN["lifts_exemption"]:
    class Address(ipaddress.IPv4Address):
        is_loopback = property(lambda self: False)
    interface.ip_address = Address

EVENTS, START = [], [0.0]
# Seconds of each piece of work: loads of the list of authorities, contexts of one certificate, certificates
# written to the disk, headers and chunks of them checked and written; and all that the event loop did.
LOADS, CONTEXTS, WRITES, HEADERS, CHUNKS, STEPS = [], [], [], [], [], []

if GIVEN["lifts_exemption"]:
    class Address(ipaddress.IPv4Address):
        is_loopback = property(lambda self: False)
    interface.ip_address = Address

EVENTS, START = [], [0.0]
# Seconds of each piece of work: loads of the list of authorities, contexts of one certificate, certificates
# written to the disk, chunks of headers checked; and all that the event loop did.
LOADS, CONTEXTS, WRITES, CHUNKS, STEPS = [], [], [], [], []


def note(kind, server):
    EVENTS.append([round(time.monotonic() - START[0], 4), kind, HOSTS.get(server.host, -1)])


def watch_choices():
    run_new, switch = network.Network._run_new_interface, network.Network.switch_to_interface

    async def dialled(self, server):
        known = server in self.interfaces or server in self._connecting_ifaces or server in self._closing_ifaces
        note("repeat" if known else "dial", server)
        await run_new(self, server)
        if server in self.interfaces:
            note("up", server)

    async def switched(self, server):
        before = self.interface
        await switch(self, server)
        if self.interface is not None and self.interface is not before:
            note("main", server)

    network.Network._run_new_interface, network.Network.switch_to_interface = dialled, switched


INSIDE = [False]


def timed(function, times):
    """The function, which adds its seconds to the list that `times` gives for its options; what is done within
    another piece of work belongs to that one."""
    def run(*arguments, **options):
        if INSIDE[0]:
            return function(*arguments, **options)
        INSIDE[0], began = True, time.monotonic()
        try:
            return function(*arguments, **options)
        finally:
            INSIDE[0] = False
            times(options).append(time.monotonic() - began)
    return run


def time_work():
    """The client's own slowness: its one thread does nothing else in these pieces of work."""
    ssl.create_default_context = timed(
        ssl.create_default_context, lambda options: LOADS if options.get("cafile") == interface.ca_path else CONTEXTS)
    os.fsync = timed(os.fsync, lambda _: WRITES)
    chain = blockchain.Blockchain
    chain.connect_chunk = timed(chain.connect_chunk, lambda _: CHUNKS)
    chain.save_header = timed(chain.save_header, lambda _: HEADERS)
    step = asyncio.events.Handle._run

    def run(self):
        began = time.monotonic()
        step(self)
        STEPS.append(time.monotonic() - began)

    asyncio.events.Handle._run = run


def mean(times):
    return sum(times) / max(1, len(times))


def work():
    """Mean seconds of the pieces of work; what is in none of them is shared out to the replies."""
    contacts = max(1, len(CONTEXTS))
    rest = sum(STEPS) - sum(map(sum, (LOADS, CONTEXTS, WRITES, HEADERS, CHUNKS)))
    # Nine replies a contact that writes the certificate, four where it is on file.
    reply = max(0.0, rest) / (5 * len(WRITES) + 4 * contacts)
    return {"load": mean(LOADS), "pin": (sum(CONTEXTS) + sum(WRITES)) / contacts, "header": mean(HEADERS) + reply,
            "chunk": mean(CHUNKS) + reply, "reply": reply}


def watch(output):
    """Ends the client once ten connections and a main server have stood for a second, or its time is over."""
    last, since = None, time.monotonic()
    while True:
        time.sleep(0.05)
        now = time.monotonic()
        client = network.Network.get_instance()
        try:
            main = client.interface.server.host if client.interface else None
            standing = sorted(server.host for server in client.get_interfaces())
        except AttributeError:
            continue
        if (main, standing) != last:
            last, since = (main, standing), now
        is_full = main and len(standing) >= 10 and now - since >= 1
        if is_full or now - START[0] >= GIVEN["seconds"]:
            told = {"main": HOSTS.get(main, -1), "ready": [HOSTS[host] for host in standing], "events": EVENTS,
                    "work": work(), "recent": [HOSTS.get(server.host, -1) for server in client._recent_servers]}
            with open(output, "w") as file:
                json.dump(told, file)
            os._exit(0)


def child(folder, output):
    START[0] = time.monotonic()
    watch_choices()
    time_work()
    threading.Thread(target=watch, args=(output,), daemon=True).start()
    log = os.open(output + ".log", os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
    os.dup2(log, 1)
    os.dup2(log, 2)
    sys.argv = ["electrum", "--regtest", "-D", folder, "daemon"]
    try:
        runpy.run_path("/usr/bin/electrum", run_name="__main__")
    except BaseException:
        traceback.print_exc()
    os._exit(1)


def fresh_folder():
    folder = tempfile.mkdtemp(prefix="wallet", dir=GIVEN["folder"])
    os.makedirs(folder + "/regtest")
    with open(folder + "/regtest/config", "w") as file:
        json.dump({"rpcuser": "u", "rpcpassword": "p", "check_updates": False}, file)
    return folder


def main():
    kept = fresh_folder() if GIVEN["keeps_folder"] else None
    for _ in sys.stdin:
        folder = kept or fresh_folder()
        output = folder + "/told.json"
        process = os.fork()
        if process == 0:
            child(folder, output)
        os.waitpid(process, 0)
        try:
            with open(output) as file:
                told = json.load(file)
        except OSError:
            with open(output + ".log") as file:
                told = {"error": file.read()[-2000:]}
        certificates = folder + "/regtest/certs"
        told["on_file"] = [HOSTS[name] for name in os.listdir(certificates) if name in HOSTS] if os.path.isdir(
            certificates) else []
        for name in (output, folder + "/regtest/daemon", folder + "/regtest/daemon_rpc_socket"):
            if os.path.exists(name):
                os.unlink(name)
        print(json.dumps(told), flush=True)


main()
