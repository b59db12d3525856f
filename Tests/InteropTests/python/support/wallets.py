"""Real wallets, run against simulated servers on loopback and regtest, never against anything else."""

import base64
import http.client
import json
import os
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager

from observatory import PROGRAMS, ROOT

ELECTRUM = "/usr/bin/electrum"
# Debian's module is of Debian's interpreter.
PYTHON = "/usr/bin/python3"

# The account m/84'/1'/0' of the mnemonic that BIP 39 publishes: "abandon" eleven times and "about".
MNEMONIC = "abandon " * 11 + "about"
ACCOUNT = ("vpub5Y6cjg78GGuNLsaPhmYsiw4gYX3HoQiRBiSwDaBXKUafCt9bNwWQiitDk5VZ5BVxYnQdwoTyXSs2JHRPAgjAvtbBrf8ZhDYe2jWAqvZVnsc")

# Runs the wallet with another list of servers than the one it comes with.
WRAPPER = """
import json, runpy, sys
from electrum import constants
constants.BitcoinRegtest.DEFAULT_SERVERS = json.loads(sys.argv.pop(1))
sys.argv[0] = "/usr/bin/electrum"
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@contextmanager
def simulated(scenario, folder, offset=0):
    """A running simulated network: its descriptor and the file of what its servers were asked."""
    log = folder / "requests.jsonl"
    command = [PROGRAMS / "simnet", "run", "--scenario", scenario, "--directory", folder / "simnet",
               "--offset", str(offset), "--log-requests", log]
    with subprocess.Popen([str(part) for part in command], cwd=ROOT, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, text=True) as running:
        try:
            line = running.stdout.readline()
            assert line, "simnet did not start"
            yield json.loads(line), log
        finally:
            running.terminate()
            running.wait(timeout=20)


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=10)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self.path))


class Electrum:
    """Debian's wallet as a daemon on regtest, with a fresh folder and the published account."""

    def __init__(self, folder, server=None, servers=None):
        self.folder = folder
        self.socket = folder / "regtest" / "daemon_rpc_socket"
        (folder / "regtest").mkdir(parents=True)
        settings = {"rpcuser": "u", "rpcpassword": "p", "check_updates": False, "log_to_file": False,
                    "use_exchange_rate": False}
        (folder / "regtest" / "config").write_text(json.dumps(settings))
        self.environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C.UTF-8"}
        restored = subprocess.run(
            [PYTHON, ELECTRUM, "--regtest", "-D", str(folder), "restore", ACCOUNT, "--offline"],
            env=self.environment, capture_output=True, text=True, timeout=60)
        assert restored.returncode == 0, restored.stderr
        options = ["--regtest", "-D", str(folder), "daemon"]
        if server:
            command = [PYTHON, ELECTRUM, *options, "--oneserver", "--server", server]
        else:
            command = [PYTHON, "-c", WRAPPER, json.dumps(servers), *options]
        assert "--regtest" in command
        self.output = open(folder / "daemon.log", "w")
        self.daemon = subprocess.Popen(command, env=self.environment, stdin=subprocess.DEVNULL,
                                       stdout=self.output, stderr=subprocess.STDOUT)

    def __enter__(self):
        self.wait(lambda: self.socket.exists(), "listens")
        self.wait(lambda: self.call("getinfo") is not None, "answers")
        self.call("load_wallet")
        return self

    def __exit__(self, *_):
        try:
            self.call("stop")
            self.daemon.wait(timeout=10)
        except (OSError, AssertionError, subprocess.TimeoutExpired):
            self.daemon.kill()
            self.daemon.wait()
        self.output.close()

    def call(self, method, **params):
        connection = UnixConnection(self.socket)
        secret = base64.b64encode(b"u:p").decode()
        body = json.dumps({"jsonrpc": "2.0", "id": 0, "method": method, "params": params})
        connection.request("POST", "/", body, {"Authorization": f"Basic {secret}"})
        answer = json.loads(connection.getresponse().read())
        connection.close()
        assert not answer.get("error"), answer
        return answer["result"]

    def wait(self, condition, what, seconds=30):
        end = time.monotonic() + seconds
        while True:
            try:
                if condition():
                    return
            except (OSError, http.client.HTTPException):
                pass
            assert self.daemon.poll() is None, (self.folder / "daemon.log").read_text()
            assert time.monotonic() < end, f"the wallet never {what}"
            time.sleep(0.02)

    def synchronize(self):
        """Waits until the wallet says that it knows its history, and tells its balance."""
        self.wait(lambda: self.call("is_synchronized"), "synchronized")
        return self.call("getbalance")


def requests(log):
    """What the servers were asked, in the order of time."""
    rows = [json.loads(line) for line in log.read_text().splitlines()]
    return sorted((row for row in rows if row["event"] == "request"), key=lambda row: row["time"])


def is_installed():
    return shutil.which(ELECTRUM) is not None and os.access(PYTHON, os.X_OK)
