"""Real parts to measure: ElectrumX of the package index over a stub node, and Debian's microsocks.

All of it listens on and connects to loopback addresses only. Each ElectrumX has an address in a /24
of its own, a name (in `hosts`), and an environment under .build/electrumx that is made once.
"""

import fcntl
import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from electrum_client import Connection, Proxy, observing_context
from observatory import ROOT

HERE = Path(__file__).resolve().parent
ENVIRONMENTS = ROOT / ".build" / "electrumx"
ADDRESSES = {"1.16.0": "127.116.0.1", "1.18.0": "127.118.0.1", "1.19.0": "127.119.0.1", "2.0.0": "127.200.0.1"}
VERSIONS = tuple(ADDRESSES)
INSTALL_SECONDS, START_SECONDS = 600, 90
# Ends a child whose parent died.
ORPHANS_END = ["setpriv", "--pdeathsig", "KILL", "--"]


class Unavailable(Exception):
    """A real part cannot be had here; says which and why."""


def unavailable(reason):
    """Continuous integration must have every part; elsewhere the tests are skipped."""
    if os.environ.get("OBSERVATORY_STRICT"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def installed(version):
    """The Python of the environment that holds this ElectrumX; makes it at the first call."""
    requirements = HERE.parent / f"requirements-electrumx-{version}.txt"
    wanted = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()
    folder = ENVIRONMENTS / version
    python, stamp = folder / "bin" / "python", folder / "ready"
    ENVIRONMENTS.mkdir(parents=True, exist_ok=True)
    with (ENVIRONMENTS / f"{version}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not stamp.exists() or stamp.read_text() != wanted:
            shutil.rmtree(folder, ignore_errors=True)
            run = dict(check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=INSTALL_SECONDS)
            try:
                subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], **run)
                subprocess.run([sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps",
                                "--no-compile", "--disable-pip-version-check", "--requirement", requirements], **run)
            except subprocess.CalledProcessError as error:
                raise Unavailable(f"ElectrumX {version} cannot be installed; the package index must be within "
                                  f"reach once. pip says:\n{error.stderr[-800:]}") from None
            except subprocess.TimeoutExpired:
                raise Unavailable(f"installing ElectrumX {version} took more than {INSTALL_SECONDS} s") from None
            stamp.write_text(wanted)
    return python


def free_ports(address, count):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket(family)) for _ in range(count)]
        for each in sockets:
            each.bind((address, 0))
        return [each.getsockname()[1] for each in sockets]


def has_ipv6():
    try:
        return bool(free_ports("::1", 1))
    except OSError:
        return False


def await_listener(process, address, port, log):
    """Returns when a connection succeeds."""
    end = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < end:
        try:
            socket.create_connection((address, port), timeout=5).close()
            return
        except OSError:
            time.sleep(0.02)
    how = "still runs" if process.poll() is None else f"ended with {process.returncode}"
    raise RuntimeError(f"nobody listens on {address}:{port}; the process {how}:\n{log.read_text()[-3000:]}")


def stop(process):
    """At once: what a server has indexed is thrown away, so it need not be written in good order."""
    process.kill()
    process.wait()


@dataclass(frozen=True)
class Bitcoind:
    """The running stub node."""

    port: int

    def call(self, method, *parameters):
        body = json.dumps({"method": method, "params": parameters, "id": 0}).encode()
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(f"http://127.0.0.1:{self.port}/", body, timeout=30) as response:
                return json.load(response)["result"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(json.load(error)["error"]) from None


@contextmanager
def stub_bitcoind(*options):
    process = subprocess.Popen(
        [*ORPHANS_END, sys.executable, HERE / "stub_bitcoind.py", *map(str, options)],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    try:
        yield Bitcoind(int(process.stdout.readline()))
    finally:
        stop(process)
        process.stdout.close()


def make_certificate(folder, name, kind):
    """cert.pem and key.pem: `rsa` or `ec` self-signed, or `chain`: signed by an authority of ours."""
    key = ["rsa:2048"] if kind == "rsa" else ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    authority = []
    if kind == "chain":
        make_certificate(folder, "Loopback Test Authority", "ec")
        for part in ("cert", "key"):
            (folder / f"{part}.pem").rename(folder / f"authority-{part}.pem")
        authority = ["-CA", folder / "authority-cert.pem", "-CAkey", folder / "authority-key.pem"]
    subprocess.run(
        ["openssl", "req", "-x509", "-noenc", "-newkey", *key, "-days", "3650", "-subj", f"/CN={name}",
         "-addext", f"subjectAltName=DNS:{name.replace(' ', '-')}", *authority,
         "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
        check=True, capture_output=True, stdin=subprocess.DEVNULL, timeout=60)
    if authority:
        with (folder / "cert.pem").open("a") as chain:
            chain.write((folder / "authority-cert.pem").read_text())


@dataclass(frozen=True)
class ElectrumX:
    """A real server that runs. Its IPv6 port is 0 where there is no ::1."""

    version: str
    name: str
    address: str
    tcp_port: int
    ssl_port: int
    ipv6_port: int
    folder: Path

    @property
    def certificate(self):
        """PEM, the whole chain as sent."""
        return self.folder / "cert.pem"

    async def connect(self, tls=False, proxy=None):
        port = self.ssl_port if tls else self.tcp_port
        return await Connection.open(self.address, port, observing_context() if tls else None, proxy)

    async def connect_ipv6(self):
        return await Connection.open("::1", self.ipv6_port)


@contextmanager
def starting_electrumx(version, bitcoind, folder, certificate="ec", address=None, **settings):
    """Starts one server and does not wait for it, so that several can start at once."""
    python, address = installed(version), address or ADDRESSES[version]
    folder.mkdir(parents=True)
    (folder / "db").mkdir()
    name = f"electrumx-{version.replace('.', '-')}.test"
    make_certificate(folder, name, certificate)
    tcp_port, ssl_port = free_ports(address, 2)
    [ipv6_port] = free_ports("::1", 1) if has_ipv6() else [0]
    services = [f"tcp://{address}:{tcp_port}", f"ssl://{address}:{ssl_port}"]
    services += [f"tcp://[::1]:{ipv6_port}"] if ipv6_port else []
    environment = {
        "PATH": os.environ["PATH"], "COIN": "Bitcoin", "NET": "mainnet", "DB_ENGINE": "leveldb",
        "DB_DIRECTORY": folder / "db", "DAEMON_URL": f"http://user:password@127.0.0.1:{bitcoind.port}/",
        "SERVICES": ",".join(services),
        "SSL_CERTFILE": folder / "cert.pem", "SSL_KEYFILE": folder / "key.pem", "ALLOW_ROOT": "1",
        "PEER_DISCOVERY": "off", "PEER_ANNOUNCE": "", "BLACKLIST_URL": "", "CACHE_MB": "20"} | settings
    log = folder / "log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [*ORPHANS_END, python, python.with_name("electrumx_server")], cwd=folder, stdin=subprocess.DEVNULL,
            stdout=output, stderr=subprocess.STDOUT, env={key: str(value) for key, value in environment.items()})
    try:
        yield Starting(ElectrumX(version, name, address, tcp_port, ssl_port, ipv6_port, folder), process, log)
    finally:
        stop(process)


@dataclass(frozen=True)
class Starting:
    """A server on its way: ElectrumX listens once it has indexed the chain and the mempool."""

    server: ElectrumX
    process: subprocess.Popen
    log: Path

    def ready(self):
        for port in (self.server.tcp_port, self.server.ssl_port):
            await_listener(self.process, self.server.address, port, self.log)
        return self.server


@contextmanager
def starting_all(bitcoind, folder):
    """One server of each version."""
    certificates = {"1.16.0": "rsa", "1.19.0": "chain"}
    with ExitStack() as stack:
        yield [stack.enter_context(starting_electrumx(
            version, bitcoind, folder / version, certificates.get(version, "ec"))) for version in VERSIONS]


@contextmanager
def microsocks(user="", password=""):
    """Debian's SOCKS5 server on a free port. It asks the system's resolver for names: give it only
    literal addresses and `localhost`."""
    if not shutil.which("microsocks"):
        raise Unavailable("microsocks is not installed: run `tools/setup test`")
    [port] = free_ports("127.0.0.1", 1)
    credentials = ["-u", user, "-P", password] if user else []
    process = subprocess.Popen(
        [*ORPHANS_END, "microsocks", "-i", "127.0.0.1", "-p", str(port), *credentials],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        await_listener(process, "127.0.0.1", port, Path(os.devnull))
        yield Proxy("127.0.0.1", port, user, password)
    finally:
        stop(process)


def install_all():
    with ThreadPoolExecutor(len(VERSIONS)) as pool:
        return dict(zip(VERSIONS, pool.map(installed, VERSIONS)))


def write_descriptor(servers, folder):
    """What `collect scan --simulated-network` reads, naming these servers as bootstrap."""
    hosts = folder / "hosts"
    hosts.write_text("".join(f"{server.address} {server.name}\n" for server in servers))
    descriptor = folder / "simnet.json"
    descriptor.write_text(json.dumps({
        "schema": "simnet-descriptor.v1", "network": "mainnet", "hosts_file": str(hosts),
        "allowed_ranges": [f"{server.address}/32" for server in servers],
        "bootstrap": [{"host": server.name, "tcp_port": server.tcp_port, "ssl_port": server.ssl_port}
                      for server in servers]}))
    return descriptor


@pytest.fixture(scope="session")
def electrumx_environments():
    """Every version installed; made once for a working copy, then reused without a network."""
    try:
        return install_all()
    except Unavailable as error:
        unavailable(str(error))


@pytest.fixture(scope="session")
def bitcoind():
    """A stub node whose chain nobody changes, its tip five minutes old."""
    with stub_bitcoind("--tip-time", int(time.time()) - 300) as node:
        yield node


@pytest.fixture(scope="session")
def servers(electrumx_environments, bitcoind, tmp_path_factory):
    """One synchronized ElectrumX of each version, by version."""
    with starting_all(bitcoind, tmp_path_factory.mktemp("electrumx")) as starting:
        yield {each.server.version: each.ready() for each in starting}


@pytest.fixture(scope="session")
def strict(electrumx_environments, bitcoind, tmp_path_factory):
    """ElectrumX 2.0.0 that throttles and cuts very early."""
    with starting_electrumx(
            "2.0.0", bitcoind, tmp_path_factory.mktemp("strict") / "2.0.0", address="127.200.1.1",
            COST_SOFT_LIMIT=20, COST_HARD_LIMIT=60, REQUEST_SLEEP=100, INITIAL_CONCURRENT=4) as starting:
        yield starting.ready()


@pytest.fixture(scope="session")
def changing(electrumx_environments, tmp_path_factory):
    """(node, ElectrumX 2.0.0): a chain of their own that a test may change, one script with a
    history longer than the server's largest reply, and a server that notices within half a second."""
    with stub_bitcoind("--whale", 3600) as node, starting_electrumx(
            "2.0.0", node, tmp_path_factory.mktemp("changing") / "2.0.0", address="127.200.2.1",
            MAX_SEND=350_000, DAEMON_POLL_INTERVAL_BLOCKS=500, DAEMON_POLL_INTERVAL_MEMPOOL=500) as starting:
        yield node, starting.ready()


@pytest.fixture(scope="session")
def socks5():
    """A SOCKS5 proxy for anybody."""
    try:
        with microsocks() as proxy:
            yield proxy
    except Unavailable as error:
        unavailable(str(error))


@pytest.fixture(scope="session")
def guarded_socks5():
    """A SOCKS5 proxy that wants a user and a password."""
    try:
        with microsocks("observer", "pass word") as proxy:
            yield proxy
    except Unavailable as error:
        unavailable(str(error))
