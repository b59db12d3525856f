"""Real wallets take simulated servers for real ones, and the servers' own log says what they learned."""

import collections
import json
from decimal import Decimal

import bdkpython as bdk
import pytest

from observatory import ROOT, program
from wallets import MNEMONIC, Electrum, is_installed, requests, simulated

SCENARIO = ROOT / "datasets" / "scenarios" / "wallet.json"
PLANTED = [payment for wallet in json.loads(SCENARIO.read_text())["wallets"] for payment in wallet["payments"]]
CONFIRMED = sum(p["value"] for p in PLANTED if "height" in p and "spent_height" not in p)
UNCONFIRMED = sum(p["value"] for p in PLANTED if "height" not in p)
COIN = Decimal(100_000_000)

# Of a wallet that starts with nothing: twenty receiving and ten change addresses.
FIRST_BURST = 30
RUNS_WITH_TWELVE = 4

needs_electrum = pytest.mark.skipif(not is_installed(), reason="Debian's electrum is not installed")


@pytest.fixture(scope="module")
def network(tmp_path_factory):
    if "--log-requests" not in program("simnet", "run", "--help").stdout:
        pytest.skip("simnet cannot log requests")
    with simulated(SCENARIO, tmp_path_factory.mktemp("wallet")) as (descriptor, log):
        yield descriptor, log


def address(number):
    return f"127.{60 + number}.0.10"


def since(log, start):
    return requests(log)[start:]


@needs_electrum
@pytest.mark.parametrize("transport, port", [("t", 51001), ("s", 51002)])
@pytest.mark.parametrize("number", [0, 1, 3], ids=["electrumx-1.16", "fulcrum", "electrumx-1.17"])
def test_electrum_synchronizes_and_shows_the_planted_balance(network, tmp_path, number, transport, port):
    _, log = network
    seen = len(requests(log))
    with Electrum(tmp_path, server=f"{address(number)}:{port}:{transport}") as wallet:
        balance = wallet.synchronize()
        info = wallet.call("getinfo")
    assert Decimal(balance["confirmed"]) == CONFIRMED / COIN
    assert Decimal(balance.get("unconfirmed", "0")) == UNCONFIRMED / COIN
    assert info["blockchain_height"] == info["server_height"] == 300
    asked = since(log, seen)
    subscriptions = [row for row in asked if row["method"] == "blockchain.scripthash.subscribe"]
    assert len({hash for row in subscriptions for hash in row["scripthashes"]}) >= FIRST_BURST
    assert len({(row["server"], row["connection"]) for row in subscriptions}) == 1
    assert {row["method"] for row in asked} >= {
        "server.version", "blockchain.headers.subscribe", "blockchain.transaction.get",
        "blockchain.transaction.get_merkle", "blockchain.scripthash.get_history"}


@pytest.mark.parametrize("number, software", [(0, "ElectrumX 1.16.0"), (1, "Fulcrum 2.1.1")])
@pytest.mark.parametrize("transport, port", [("tcp", 51001), ("ssl", 51002)])
def test_bdk_scans_and_shows_the_planted_balance(network, number, software, transport, port):
    _, log = network
    seen = len(requests(log))
    secret = bdk.DescriptorSecretKey(bdk.NetworkKind.TEST, bdk.Mnemonic.from_string(MNEMONIC), None)
    chains = [bdk.Descriptor.new_bip84(secret, kind, bdk.NetworkKind.TEST)
              for kind in (bdk.KeychainKind.EXTERNAL, bdk.KeychainKind.INTERNAL)]
    wallet = bdk.Wallet(*chains, bdk.Network.REGTEST, bdk.Persister.new_in_memory())
    client = bdk.ElectrumClient(f"{transport}://{address(number)}:{port}", validate_domain=False)
    update = client.full_scan(wallet.start_full_scan().build(), 20, 10, False)
    wallet.apply_update(update)
    balance = wallet.balance()
    assert balance.confirmed.to_sat() == CONFIRMED
    assert balance.untrusted_pending.to_sat() + balance.trusted_pending.to_sat() == UNCONFIRMED
    asked = since(log, seen)
    assert "blockchain.scripthash.subscribe" not in {row["method"] for row in asked}
    histories = [row for row in asked if row["method"] == "blockchain.scripthash.get_history"]
    assert len({hash for row in histories for hash in row["scripthashes"]}) >= 2 * 20


@needs_electrum
def test_the_main_server_is_the_fastest_of_those_tried(network, tmp_path, capsys):
    """Recorded of the real wallet: of twelve servers it opens ten, and where one is plainly faster than
    the others it becomes the one that is told every address."""
    _, log = network
    servers = {address(number): {"s": "51002", "version": "1.4"} for number in range(12)}
    table = collections.Counter()
    for run in range(RUNS_WITH_TWELVE):
        seen = len(requests(log))
        with Electrum(tmp_path / str(run), servers=servers) as wallet:
            wallet.wait(lambda: tried(since(log, seen)) >= 10, "opened ten connections")
            balance = wallet.synchronize()
            main = wallet.call("getinfo")["server"]
        assert Decimal(balance["confirmed"]) == CONFIRMED / COIN
        asked = since(log, seen)
        told = collections.Counter(
            row["server"] for row in asked if row.get("scripthashes"))
        numbers = sorted({row["server"] for row in asked})
        fastest = numbers[0]
        # Addresses go to one server at a time; the last to get them all is the main one.
        mains = {row["server"]: row for row in asked if row["method"] == "blockchain.scripthash.subscribe"}
        last = max(mains.values(), key=lambda row: row["time"])["server"]
        assert main == address(int(last.removeprefix("server-")))
        for server in numbers:
            if server not in mains:
                assert told[server] == 0
        table[(fastest, last)] += 1
    with capsys.disabled():
        print("\nfastest of the ten tried -> main server: runs")
        for (fastest, last), count in sorted(table.items()):
            print(f"  {fastest} -> {last}: {count}")
    agreeing = sum(count for (fastest, last), count in table.items() if fastest == last)
    assert agreeing == RUNS_WITH_TWELVE


def tried(asked):
    """Servers that a session has told its version to."""
    return len({row["server"] for row in asked if row["method"] == "server.version"})
