"""How Electrum chooses its servers, as rules of one session: a peer of the module WalletExposure, written
from what the running client was seen to do, and used to judge that by starts of the client itself.

Times are seconds from the start. `random` is numpy's Generator. Servers are numbers from 0.
"""

import heapq
import itertools
import math
from dataclasses import dataclass, field

CONNECTIONS, STICKY, REMEMBERED, BEYOND_LIST = 10, 4, 20, 20
PASS, HEAD, TIMEOUT = 0.1, 0.045, 30.0
CHUNK_OF_HEADERS = 2016


@dataclass
class Work:
    """Seconds that the client's one thread is busy: at a dial, before a certificate is fetched, after it,
    with each reply, with each header and each chunk of them, which it writes to the disk; each up to `jitter`
    longer."""
    load: float = 0.030
    fetch: float = 0.002
    pin: float = 0.003
    reply: float = 0.0015
    header: float = 0.005
    chunk: float = 0.030
    jitter: float = 0.2


@dataclass
class Net:
    """Servers: seconds of a round trip, prefixes (None: exempt), the hard-coded list, whom each names."""
    trips: list
    prefixes: list
    listed: list
    peers: list = None
    refusing: frozenset = frozenset()
    silent: frozenset = frozenset()
    public: frozenset = frozenset()
    # Mean of what each round trip takes longer, exponential: 0 but where a busy machine plays the servers.
    late: float = 0.0


@dataclass
class Memory:
    recent: list = field(default_factory=list)
    on_file: set = field(default_factory=set)


def header_trips(blocks):
    """Round trips until the first ready server has given the headers, and how many of the last are chunks."""
    if blocks <= 1:
        return 0, 0
    if blocks <= 12:
        return blocks, 0
    chunks = -(-blocks // CHUNK_OF_HEADERS)
    return 1 + chunks, chunks


class Session:
    """One session; `play` leaves `main`, `mains`, `ready` (now) and `met` (ever)."""

    def __init__(self, random, net, memory, blocks, work=None, head=HEAD, chunk_seconds=0.2, main_choice="race",
                 drawn=None, losses=(), horizon=20.0):
        self.random, self.net, self.memory = random, net, memory
        self.work, self.head, self.choice = work or Work(), head, main_choice
        self.losses, self.horizon = losses, horizon
        self.headers, self.knows, self.chunk_seconds = header_trips(blocks), blocks == 0, chunk_seconds
        self.drawn = int(random.choice(net.listed)) if drawn is None else drawn
        self.queue, self.number = [], itertools.count()
        self.connecting, self.closing, self.ready = set(), set(), []
        self.tried, self.version_at = {}, {}
        self.busy, self.main, self.mains, self.met = 0.0, None, [], []
        self.reaching, self.syncing, self.cutting = False, None, False
        self.named, self.next_pass, self.last_pass = [], None, head

    # Clock

    def at(self, time, action, *arguments):
        heapq.heappush(self.queue, (time, next(self.number), action, arguments))

    def spend(self, time, seconds):
        self.busy = max(self.busy, time) + seconds * (1 + self.work.jitter * self.random.random())
        return self.busy

    def trip(self, server):
        late = self.net.late
        return self.net.trips[server] + (self.random.exponential(late) if late else 0)

    def play(self):
        self.dial(0.0, self.drawn)
        self.pass_at(self.head)
        for time in self.losses:
            self.at(time, self.lose)
        while self.queue:
            time, _, action, arguments = heapq.heappop(self.queue)
            if time > self.horizon:
                break
            action(time, *arguments)
        return self

    # Contacts

    def dial(self, time, server):
        if server in self.connecting or server in self.closing or server in self.ready:
            return
        self.connecting.add(server)
        if server == self.drawn:
            self.reaching = True
        self.tried[server] = (time + self.random.random(), self.tried.get(server, (0, 0))[1] + 1)
        trip, known = self.net.trips[server], server in self.memory.on_file
        begun = self.spend(time, self.work.load + (self.work.pin if known else 0))
        if server in self.net.silent:
            self.at(time + TIMEOUT, self.fail, server)
        elif server in self.net.refusing:
            self.at(begun + trip, self.fail, server)
        elif known:
            self.trips(begun, server, 2, self.work.reply, self.asked_version)
        elif server in self.net.public:
            self.trips(begun, server, 3, self.work.pin, self.fetched)
        else:
            self.trips(begun, server, 2, self.work.fetch, self.refused_authority)

    def trips(self, time, server, left, work, then):
        """So many round trips: each reply is read by the thread, and after the last `work` is done."""
        self.at(time + self.trip(server), self.one_trip, server, left - 1, work, then)

    def one_trip(self, time, server, left, work, then):
        if left:
            self.trips(self.spend(time, self.work.reply), server, left, work, then)
        else:
            then(self.spend(time, work), server)

    def refused_authority(self, time, server):
        self.trips(time, server, 3, self.work.pin, self.fetched)

    def fetched(self, time, server):
        self.trips(time, server, 2, self.work.reply, self.asked_version)

    def asked_version(self, time, server):
        self.at(time + self.trip(server), self.versioned, server)

    def versioned(self, time, server):
        free = self.spend(time, self.work.reply)
        self.version_at[server] = free
        self.memory.on_file.add(server)
        then = self.tipped if self.welcome(server) else self.fail
        self.at(free + self.trip(server), then, server)

    def welcome(self, server):
        prefix = self.net.prefixes[server]
        if prefix is None or server == self.main or (self.main is None and server == self.drawn):
            return True
        return not any(self.net.prefixes[other] == prefix for other in self.ready if other != server)

    def fail(self, time, server):
        self.connecting.discard(server)
        if server == self.drawn:
            self.reaching = False
        self.pass_after(time)

    # The main server

    def tipped(self, time, server):
        time = self.spend(time, self.work.reply)
        if self.syncing is None and self.knows:
            self.choose(time)
            self.connect(time, server)
        elif self.syncing is None:
            self.syncing = server
            self.connect(time, server)
            self.sync(time, *self.headers)
        else:
            self.connect(time, server)

    def sync(self, time, trips, chunks):
        """The next round trip for headers; a chunk takes a transfer and is checked by the thread."""
        if trips == 0:
            self.synced(time)
            return
        transfer = self.chunk_seconds if trips <= chunks else 0
        self.at(time + self.trip(self.syncing) + transfer, self.given_headers, trips, chunks)

    def given_headers(self, time, trips, chunks):
        self.sync(self.spend(time, self.work.chunk if trips <= chunks else self.work.header), trips - 1, chunks)

    def synced(self, time):
        self.knows, self.syncing = True, None
        self.choose(max(time, self.busy))

    def choose(self, time):
        if self.choice == "race" and self.main is None and self.ready:
            self.set_main(time, self.ready[int(self.random.integers(len(self.ready)))])

    def connect(self, time, server):
        self.connecting.discard(server)
        self.ready.append(server)
        self.met.append(server)
        if server == self.drawn and self.main != server:
            self.set_main(time, server)
        self.tried[server] = (time, 0)
        recent = self.memory.recent
        if server in recent:
            recent.remove(server)
        recent.insert(0, server)
        del recent[REMEMBERED:]
        if any(not self.welcome(other) for other in self.ready):
            self.pass_after(time)

    def set_main(self, time, server):
        self.main = self.drawn = server
        self.reaching = False
        self.mains.append(server)
        self.at(time + self.net.trips[server] + 0.01, self.told_peers, server)

    def told_peers(self, time, server):
        if server != self.main:
            return
        named = self.net.peers[server] if self.net.peers else range(len(self.net.trips))
        named = [peer for peer in named if peer != server]
        order = self.random.permutation(len(named))[:len(self.net.listed) + BEYOND_LIST]
        self.named = [named[index] for index in order]
        if self.used() < CONNECTIONS:
            self.pass_after(time)

    def lose(self, time):
        if self.ready:
            server = self.ready.pop(int(self.random.integers(len(self.ready))))
            if server == self.main:
                self.main = None
            self.pass_after(time)

    # Passes

    def used(self):
        return len(self.ready) + len(self.connecting) + len(self.closing)

    def pass_after(self, time):
        if not self.cutting:
            steps = max(0, math.ceil((time - self.last_pass) / PASS))
            self.pass_at(self.last_pass + steps * PASS)

    def pass_at(self, time):
        if self.next_pass is None or time < self.next_pass:
            self.next_pass = time
            self.at(time, self.due)

    def due(self, time):
        if time != self.next_pass:
            return
        self.next_pass = None
        if self.busy > time + 1e-9 and time > self.head:
            self.pass_at(self.busy)
            return
        time = max(time, self.busy)
        self.last_pass = time
        starved = self.fill(time)
        self.spread(time, starved)

    def eligible(self, time, server):
        if server in self.connecting or server in self.closing or server in self.ready:
            return False
        if server not in self.tried:
            return True
        last, failures = self.tried[server]
        return last + min(600.0, 15.0 * 2 ** failures) < time

    def fill(self, time):
        """Dials; whether there was room and nobody to dial."""
        room = CONNECTIONS - self.used()
        if room <= 0:
            return False
        recent = self.memory.recent
        taken = self.connecting | self.closing | set(self.ready)
        if len(taken & set(recent)) < STICKY:
            for server in recent:
                if self.eligible(time, server):
                    self.dial(time, server)
                    return False
        known = sorted(set(self.net.listed) | set(self.named) | set(recent))
        candidates = [server for server in known if self.eligible(time, server)]
        if not candidates:
            return True
        for server in self.random.choice(candidates, size=room):
            self.dial(time, int(server))
        return False

    def spread(self, time, starved=False):
        unwelcome = [server for server in self.ready if not self.welcome(server)]
        if unwelcome:
            server = unwelcome[int(self.random.integers(len(unwelcome)))]
            self.ready.remove(server)
            self.closing.add(server)
            self.cutting = True
            looks = max(1, math.ceil(time + self.net.trips[server] - self.version_at[server]))
            self.at(max(time, self.version_at[server] + looks), self.closed, server)
            return
        if self.main is None and not self.reaching:
            others = [server for server in self.ready if server != self.drawn]
            last, failures = self.tried[self.drawn]
            if others:
                self.set_main(time, others[int(self.random.integers(len(others)))])
            elif last + min(10, 2 ** min(failures, 4)) < time:
                self.dial(time, self.drawn)
        if starved and self.main is not None:
            self.pass_at(time + 1)
        elif self.used() < CONNECTIONS or (self.main is None and not self.reaching):
            self.pass_at(time + PASS)

    def closed(self, time, server):
        self.closing.discard(server)
        self.cutting = False
        self.spread(time)


def rejected_law(random, net, candidates, spread=True):
    """The simpler law that starts of the client refute: ten drawn uniformly from the list and all peers, one a
    prefix but for the drawn one, and the fastest of them is the main server."""
    drawn = int(random.choice(net.listed))
    ten = [drawn]
    for server in random.permutation(candidates):
        server = int(server)
        if len(ten) == CONNECTIONS:
            break
        taken = spread and net.prefixes[server] is not None and any(
            net.prefixes[server] == net.prefixes[other] for other in ten)
        if server not in ten and not taken:
            ten.append(server)
    least = min(net.trips[server] for server in ten)
    fastest = [server for server in ten if net.trips[server] == least]
    return drawn if drawn in fastest else fastest[int(random.integers(len(fastest)))], ten
