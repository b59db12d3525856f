"""The real servers of the lab answer, over every transport, what the stub node planted."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

import stub_bitcoind
from bitcoin_wire import Input, Output, Transaction, scripthash
from electrum_client import Connection, Refused
from real_servers import VERSIONS, free_ports, has_ipv6, write_descriptor
from stub_chain import SCRIPTS, Chain, Ledger, status

pytestmark = pytest.mark.lab
HIGHEST = {"1.16.0": "1.4.2", "1.18.0": "1.4.3", "1.19.0": "1.6.0", "2.0.0": "1.7.0"}


def planted(node, script):
    return Ledger(**node.call("stub_ledger", script.hex()))


def methods(protocol, script):
    """The methods' family and how it names a script, by negotiated protocol."""
    if protocol.startswith("1.7"):
        return "blockchain.scriptpubkey", script.hex()
    return "blockchain.scripthash", scripthash(script)


def by_position(unspent):
    return sorted(unspent, key=lambda item: (item["height"], item["tx_hash"], item["tx_pos"]))


async def see_what_is_planted(connection, version, node):
    async with connection:
        software, protocol = await connection.call("server.version", "lab", ["1.4", "99"])
        assert (software, protocol) == (f"ElectrumX {version}", HIGHEST[version])
        names = list(SCRIPTS)
        requests = [("server.features", []), ("blockchain.headers.subscribe", [])]
        for script in SCRIPTS.values():
            family, name = methods(protocol, script)
            requests += [(f"{family}.{method}", [name]) for method in ("get_balance", "get_history", "listunspent")]
        features, tip, *answers = [line.message["result"] for line in await connection.ask(*requests)]
        assert features["server_version"] == software and features["protocol_max"] == protocol
        assert features["genesis_hash"] == node.call("getblockhash", 0)
        assert tip["height"] == node.call("getblockcount")
        assert tip["hex"] == node.call("getblock", node.call("getbestblockhash"), 0)[:160]
        for name, balance, history, unspent in zip(names, answers[::3], answers[1::3], answers[2::3]):
            ledger = planted(node, SCRIPTS[name])
            if protocol.startswith("1.7"):
                history, unspent = history["history"], unspent["utxos"]
            assert balance == {"confirmed": ledger.confirmed, "unconfirmed": ledger.unconfirmed}, name
            confirmed = len(ledger.history)
            assert history[:confirmed] == ledger.history and confirmed > 20, name
            assert sorted(history[confirmed:], key=lambda item: (-item["height"], item["tx_hash"])) \
                == ledger.mempool, name
            assert by_position(unspent) == by_position(ledger.unspent), name


@pytest.mark.parametrize("way", ["tcp", "tls", "ipv6", "socks5", "socks5-tls"])
def test_each_server_tells_what_is_planted(servers, bitcoind, socks5, way):
    """All servers at once: from 1.18 on, ElectrumX holds small replies back for up to a second."""
    ways = {"tcp": lambda server: server.connect(), "tls": lambda server: server.connect(tls=True),
            "ipv6": lambda server: server.connect_ipv6(), "socks5": lambda server: server.connect(proxy=socks5),
            "socks5-tls": lambda server: server.connect(tls=True, proxy=socks5)}

    if way == "ipv6" and not has_ipv6():
        pytest.skip("there is no IPv6 here")

    async def talk(server):
        await see_what_is_planted(await ways[way](server), server.version, bitcoind)

    async def talk_to_all():
        await asyncio.gather(*map(talk, servers.values()))
    asyncio.run(talk_to_all())


def test_a_guarded_proxy_wants_user_and_password(servers, bitcoind, guarded_socks5):
    server = servers["2.0.0"]

    async def talk():
        await see_what_is_planted(await server.connect(proxy=guarded_socks5), server.version, bitcoind)
        for user, password in (("", ""), ("observer", "wrong")):
            stranger = type(guarded_socks5)(guarded_socks5.host, guarded_socks5.port, user, password)
            with pytest.raises(Refused):
                await server.connect(proxy=stranger)
    asyncio.run(talk())


def test_a_proxy_says_that_nobody_listens(socks5, servers):
    [port] = free_ports("127.0.0.1", 1)

    async def talk():
        with pytest.raises(Refused, match="5"):
            await Connection.open("127.0.0.1", port, proxy=socks5)
    asyncio.run(talk())


@pytest.mark.parametrize("version", VERSIONS)
def test_each_server_shows_its_whole_chain_of_certificates(servers, version):
    server = servers[version]
    shown = subprocess.run(
        ["openssl", "s_client", "-showcerts", "-connect", f"{server.address}:{server.ssl_port}"],
        input="", capture_output=True, text=True, timeout=30).stdout
    blocks = server.certificate.read_text().split("-----BEGIN CERTIFICATE-----")[1:]
    assert len(blocks) == (2 if server.version == "1.19.0" else 1)
    assert all(block.strip() in shown for block in blocks)


def test_a_mined_block_is_announced_and_confirms_the_mempool(changing):
    node, server = changing
    family, name = methods("1.7", SCRIPTS["p2tr"])

    async def talk():
        async with await server.connect() as connection:
            await connection.call("server.version", "lab", "1.7")
            before = await connection.call("blockchain.headers.subscribe")
            told = await connection.call(f"{family}.subscribe", name)
            assert told == status(planted(node, SCRIPTS["p2tr"]))
            node.call("stub_mine", 1)
            methods_seen = lambda c: {line.message.get("method") for line in c.others}
            await connection.until(lambda c: methods_seen(c) >= {"blockchain.headers.subscribe", f"{family}.subscribe"},
                                   timeout=30)
            notifications = {line.message["method"]: line.message["params"] for line in connection.others}
            assert notifications["blockchain.headers.subscribe"][0]["height"] == before["height"] + 1
            # Protocol 1.7 names the script by its hash here, whatever the subscription named it by.
            assert notifications[f"{family}.subscribe"] == [
                scripthash(SCRIPTS["p2tr"]), status(planted(node, SCRIPTS["p2tr"]))]
            assert not planted(node, SCRIPTS["p2tr"]).mempool
            balance = await connection.call(f"{family}.get_balance", name)
            assert balance == {"confirmed": planted(node, SCRIPTS["p2tr"]).confirmed, "unconfirmed": 0}
    asyncio.run(talk())


def test_the_chain_is_the_same_every_time():
    first, second = Chain(blocks=160), Chain(blocks=160)
    assert first.blocks[-1].hash == second.blocks[-1].hash and list(first.mempool) == list(second.mempool)
    assert Chain("regtest", blocks=160).blocks[0].hash \
        == "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206"
    assert Chain(blocks=160, tip_time=1_800_000_000).blocks[-1].time == 1_800_000_000


@pytest.mark.parametrize("reason", ["its time", "SIGTERM", "an orphan"])
def test_the_node_ends(reason):
    command = [sys.executable, str(Path(stub_bitcoind.__file__)), "--seconds", "0" if reason == "its time" else "60"]
    if reason == "an orphan":
        command = ["sh", "-c", '"$@" & wait', "sh", *command]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
    try:
        assert int(process.stdout.readline()) > 0
        if reason != "its time":
            process.terminate()
        assert process.stdout.read() == b""  # Its end of the pipe closes when it is gone.
    finally:
        process.kill()
        process.wait()


def test_the_node_refuses_in_the_words_of_bitcoin_core(bitcoind):
    chain = Chain(blocks=160)
    coin, spent, to = chain.coinbase_outpoint(10), chain.coinbase_outpoint(3), SCRIPTS["p2wpkh"]

    def refusal(*outputs, outpoint=coin, witness=(b"\x00" * 71, b"\x02" * 33)):
        transaction = Transaction((Input(*outpoint, witness=witness),), tuple(Output(*output) for output in outputs))
        return stub_bitcoind.Node(chain).call("testmempoolaccept", [[transaction.raw.hex()]])[0].get("reject-reason")

    value = chain.output(coin).value
    assert refusal((value - 1_000, to), outpoint=("11" * 32, 0)) == "bad-txns-inputs-missingorspent"
    assert refusal((value - 1_000, to), outpoint=spent) == "bad-txns-inputs-missingorspent"
    assert refusal((value - 1_000, to), outpoint=chain.coinbase_outpoint(9)) == "txn-mempool-conflict"
    assert refusal((10, to)) == "dust"
    assert refusal() == "bad-txns-vout-empty"
    assert refusal((value + 1, to)) == "bad-txns-in-belowout"
    assert refusal((value - 5, to)).startswith("min relay fee not met, 5 < ")
    assert refusal((1_000_000, to)).startswith("Fee exceeds maximum configured by user")
    assert refusal((value - 1_000, to), witness=()) == (
        "mempool-script-verify-flag-failed (Witness program was passed an empty witness)")
    assert refusal((value - 1_000, to)) is None
    with pytest.raises(RuntimeError, match="TX decode failed. Make sure the tx has at least one input."):
        bitcoind.call("sendrawtransaction", "00")


def test_a_descriptor_names_the_servers_for_the_collector(servers, tmp_path):
    text = write_descriptor(servers.values(), tmp_path).read_text()
    assert all(server.name in text and f'"{server.address}/32"' in text for server in servers.values())
