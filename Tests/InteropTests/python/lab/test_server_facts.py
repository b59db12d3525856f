"""Our understanding of ElectrumX, held against ElectrumX."""

import asyncio
import itertools
import ssl
import time
from dataclasses import dataclass

import pytest

from bitcoin_wire import double_sha256, merkle_root, scripthash
from electrum_client import observing_context
from real_servers import VERSIONS
from server_facts import CHAIN, ENDS, FACTS, LOSSY_END, P2TR, SINCE_1_19, SINCE_PADDING, SPEND, request
from stub_chain import SCRIPTS, WHALE, Ledger, status

pytestmark = pytest.mark.lab
SENTINEL = 987_654_321


@dataclass(frozen=True)
class Talk:
    """What came back after the handshake."""

    messages: list
    lines: list
    closed: str


def is_sentinel(line):
    return b"%d" % SENTINEL in line.raw


async def talk(server, fact):
    """The fact's conversation; a ping at the end shows that all has been answered that will be."""
    expected = fact.expectation(server.version)
    ends = any(end in expected for end in ENDS)
    async with await server.connect() as connection:
        if fact.protocol:
            await connection.call("server.version", "facts", fact.protocol)
        begun = len(connection.lines)
        await connection.send(fact.sent if ends else fact.sent + request("server.ping", number=SENTINEL))

        def is_complete(connection):
            told = connection.lines[begun:]
            return not ends and any(map(is_sentinel, told)) and len(told) > len(expected)
        await connection.until(is_complete, timeout=30)
        lines = [line for line in connection.lines[begun:] if not is_sentinel(line)]
        return Talk([line.message for line in lines], lines, connection.closed)


@pytest.fixture(scope="session")
def talks(servers):
    """Every conversation, all at the same time."""
    async def tell(server, fact):
        try:
            return (fact.name, server.version), await talk(server, fact)
        except Exception as error:  # Shown by the test of this fact.
            return (fact.name, server.version), error

    async def tell_all():
        return dict(await asyncio.gather(*(
            tell(servers[version], fact) for fact in FACTS for version in fact.versions())))
    return asyncio.run(tell_all())


def agrees(expected, message):
    if callable(expected):
        return expected(message)
    return expected == {key: value for key, value in message.items() if key not in ("jsonrpc", "id")}


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_fact(fact, talks):
    for version in fact.versions():
        told, expected = talks[fact.name, version], fact.expectation(version)
        assert isinstance(told, Talk), (version, told)
        messages = [item for item in expected if item not in ENDS]
        missing = len(messages) - len(told.messages)
        assert missing == 0 or missing > 0 and LOSSY_END in expected, (version, told)
        assert all(map(agrees, messages, told.messages)), (version, told.messages)
        assert bool(told.closed) == (len(messages) < len(expected)), (version, told)


def told_by_all(servers, conversation, versions=VERSIONS):
    """What an asynchronous conversation with each server returns, by version."""
    async def converse(version):
        async with await servers[version].connect() as connection:
            return await conversation(connection)

    async def converse_with_all():
        return dict(zip(versions, await asyncio.gather(*map(converse, versions))))
    return asyncio.run(converse_with_all())


# The shape of replies.

def test_replies_are_compact_since_1_17_and_end_in_a_line_feed(talks):
    for version in VERSIONS:
        [line] = talks["server: banner", version].lines
        start = b'{"jsonrpc":"2.0","result":"' if version in SINCE_PADDING else b'{"jsonrpc": "2.0", "result": "'
        assert line.raw.startswith(start) and line.raw.endswith(b"}\n") and b"\r" not in line.raw, line
        [line] = talks["method: unknown", version].lines
        assert list(line.message) == ["jsonrpc", "error", "id"] and list(line.message["error"]) == ["code", "message"]


def test_text_beyond_ascii_is_escaped(talks):
    for version in VERSIONS:
        [line] = talks["id: text beyond ASCII", version].lines
        assert b'"\\u00e9"' in line.raw


def test_lone_replies_are_padded_to_powers_of_two_above_them(servers):
    async def ask(connection):
        await connection.call("server.version", "facts", "1.4")
        [history] = await connection.ask(("blockchain.scripthash.get_history", [P2TR]))
        return connection.lines[0], history

    told = told_by_all(servers, ask)
    assert all(line.padding == 0 for line in told["1.16.0"])
    for version in SINCE_PADDING:
        for line in told[version]:
            payload = len(line.raw) - line.padding
            assert len(line.raw) == max(1024, 1 << payload.bit_length()), (version, line)
            assert line.raw[-3:] == b" }\n"
        assert len(told[version][1].raw) > 1024


# Delay.

async def ping(connection):
    begun = time.monotonic()
    await connection.ask(("server.ping", []))
    return time.monotonic() - begun


def unpadded(connection):
    return sum(len(line.raw) - line.padding for line in connection.lines)


def test_small_replies_wait_once_a_kilobyte_has_left(servers):
    """1.19 and later; all in one conversation, because waiting takes a second each time."""
    async def ask(connection):
        await connection.call("server.version", "facts", "1.4")
        sent = []
        while await ping(connection) < 0.7 and len(sent) < 60:
            sent.append(unpadded(connection))
        after_waiting = await ping(connection)
        await asyncio.sleep(1.2)  # Silence is the subject.
        after_silence = await ping(connection)
        lines = len(connection.lines)
        burst = await connection.ask(*[("server.ping", [])] * 40)
        return sent, after_waiting, after_silence, burst, connection.lines[lines:]

    for version, told in told_by_all(servers, ask, SINCE_1_19).items():
        sent, after_waiting, after_silence, burst, lines = told
        assert 20 <= len(sent) < 30 and 980 < sent[-1] < 1064, (version, sent)
        assert after_waiting > 0.7 > after_silence, (version, after_waiting, after_silence)
        # A full kilobyte leaves at once; only its last line is padded.
        padded = [line.padding > 0 for line in lines]
        assert 1 <= sum(padded) < 5 and not padded[0] and padded[-1], (version, padded)


def test_every_small_reply_of_1_18_waits_even_the_first(servers):
    async def ask(connection):
        await connection.call("server.version", "facts", "1.4")
        return connection.lines[0].at, await ping(connection)

    first, second = told_by_all(servers, ask, ["1.18.0"])["1.18.0"]
    assert first > 0.7 and second > 0.7


def test_1_18_tells_why_it_closes_only_after_a_second_of_silence(servers):
    async def ask(connection):
        await asyncio.sleep(1.1)  # Silence is the subject.
        await connection.send(request("server.version", "facts", "2.0"))
        await connection.until(lambda _: False)
        return [line.message["error"]["message"] for line in connection.lines]

    assert told_by_all(servers, ask, ["1.18.0"])["1.18.0"] == ["unsupported protocol version: 2.0"]


def test_1_16_never_waits(servers):
    async def ask(connection):
        await connection.call("server.version", "facts", "1.4")
        return [await ping(connection) for _ in range(40)]

    assert sorted(told_by_all(servers, ask, ["1.16.0"])["1.16.0"])[20] < 0.1


# Order, proofs.

def test_the_order_of_the_mempool_in_a_status_is_fixed_since_1_19(talks, bitcoind):
    ledger = Ledger(**bitcoind.call("stub_ledger", SCRIPTS["p2tr"].hex()))
    orders = {status(Ledger(0, 0, ledger.history, list(order), [])) for order in itertools.permutations(ledger.mempool)}
    assert len(orders) == 6
    for version in VERSIONS:
        [message] = talks["script hash: status with three pending", version].messages
        assert message["result"] in ({status(ledger)} if version in SINCE_1_19 else orders), version


def folded(leaf, position, branch):
    """The root above a leaf, by its branch."""
    root = leaf
    for other in (bytes.fromhex(item)[::-1] for item in branch):
        root = double_sha256(other + root if position & 1 else root + other)
        position >>= 1
    return root[::-1].hex()


@pytest.mark.parametrize("version", VERSIONS)
def test_proofs_of_headers_and_transactions_hold(talks, bitcoind, version):
    header, merkle, proved = [talks[name, version].messages[0]["result"] for name in (
        "header: under a checkpoint", "merkle: right block", "position: with proof")]
    hashes = [bytes.fromhex(bitcoind.call("getblockhash", height))[::-1] for height in range(101)]
    assert header["root"] == merkle_root(hashes)[::-1].hex()
    assert folded(double_sha256(bytes.fromhex(header["header"])), 5, header["branch"]) == header["root"]
    root = CHAIN.blocks[152].header[36:68][::-1].hex()
    assert folded(bytes.fromhex(SPEND.id)[::-1], merkle["pos"], merkle["merkle"]) == root
    assert proved["merkle"] == merkle["merkle"]


# Limits.

def test_a_costly_connection_gets_one_error_and_its_end(strict):
    """Asked one at a time. Of many at once, those that wait when it happens may instead get -102
    after half a minute."""
    async def talk():
        async with await strict.connect() as connection:
            await connection.call("server.version", "facts", "1.4")
            for _ in range(400):
                [line] = await connection.ask(("blockchain.scripthash.get_history", [P2TR]))
                if "result" not in line.message:
                    break
            assert line.message["error"] == {"code": -101, "message": "excessive resource usage"}
            await connection.until(lambda _: False)
            assert len(connection.lines) > 50
    asyncio.run(talk())


def test_one_error_costs_more_than_sixty_requests(strict):
    async def talk():
        async with await strict.connect() as connection:
            await connection.call("server.version", "facts", "1.4")
            [refused] = await connection.ask(("foo.bar", []))
            assert refused.message["error"]["code"] == -32601
            [cut] = await connection.ask(("server.ping", []))
            assert cut.message["error"]["code"] == -101
            await connection.until(lambda _: False)
    asyncio.run(talk())


def test_another_connection_of_a_loopback_client_is_not_charged(strict):
    async def talk():
        for _ in range(2):
            async with await strict.connect() as connection:
                await connection.call("server.version", "facts", "1.4")
                await connection.ask(("foo.bar", []))
    asyncio.run(talk())


def test_a_history_beyond_the_largest_reply_is_an_error(changing):
    _, server = changing
    name = scripthash(WHALE)

    async def talk():
        async with await server.connect() as connection:
            await connection.call("server.version", "facts", "1.6")
            lines = await connection.ask(*((f"blockchain.scripthash.{method}", [name])
                                           for method in ("get_history", "listunspent", "get_balance")))
            history, unspent, balance = [line.message for line in lines]
            assert history["error"] == {"code": 10001, "message": "history too large"}
            assert unspent["error"] == {"code": -32600, "message": "response too large (over 350,000 bytes"}
            assert balance["result"]["confirmed"] > 0
    asyncio.run(talk())


# Transports.

def test_plain_text_on_the_tls_port_is_hung_up_on(servers):
    async def talk(server):
        reader, writer = await asyncio.open_connection(server.address, server.ssl_port)
        writer.write(request("server.version", "facts", "1.4"))
        try:
            assert await asyncio.wait_for(reader.read(), 20) == b""
        except ConnectionResetError:
            pass
        writer.close()

    async def talk_to_all():
        await asyncio.gather(*map(talk, servers.values()))
    asyncio.run(talk_to_all())


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
@pytest.mark.parametrize("offered, spoken", [
    (ssl.TLSVersion.TLSv1_3, "TLSv1.3"), (ssl.TLSVersion.TLSv1_2, "TLSv1.2"), (ssl.TLSVersion.TLSv1_1, None)])
def test_tls_1_2_and_1_3_are_spoken_and_1_1_is_not(servers, offered, spoken):
    context = observing_context()
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = offered

    async def greet(server):
        try:
            _, writer = await asyncio.open_connection(server.address, server.ssl_port, ssl=context)
        except (ssl.SSLError, ConnectionResetError):
            return None
        version = writer.get_extra_info("ssl_object").version()
        writer.close()
        return version

    async def greet_all():
        return await asyncio.gather(*map(greet, servers.values()))
    assert asyncio.run(greet_all()) == [spoken] * len(VERSIONS)
