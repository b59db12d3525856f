"""`make bench`: sessions of wallets, beside a Python peer of the same rules.

Both play the same network (see ExposureBench.swift) in this run: ours 2,000 wallets of 30 sessions on two threads,
the peer as many as take it seconds. Their shares of main servers in the list must agree within four standard errors.
"""

import argparse
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from measure import table

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "InteropTests" / "python" / "support"))
import wallet_model as model  # noqa: E402  (beside the judges that use it too)

SERVERS, WALLETS, SESSIONS, THREADS = 400, 2000, 30, 2
PEER_WALLETS = 200
FIRST_BLOCKS, BLOCKS_BETWEEN = 8000, 144
GOAL_SECONDS, GOAL_RATIO = 4, 20


def peer():
    """Seconds a session, and the shares of ours."""
    random = np.random.default_rng(1)
    net = model.Net(trips=[0.02 + 0.0095 * ((7 * k) % 30) for k in range(SERVERS)],
                    prefixes=[k // 2 for k in range(SERVERS)], listed=[k for k in range(SERVERS) if k % 5 == 0])
    listed, met, began = [], 0, time.process_time()
    for _ in range(PEER_WALLETS):
        memory, inside = model.Memory(), 0
        for session in range(SESSIONS):
            blocks = int(random.exponential(BLOCKS_BETWEEN)) if session else FIRST_BLOCKS
            one = model.Session(random, net, memory, blocks).play()
            if session:
                inside += one.mains[0] % 5 == 0
                met += len(one.met)
        listed.append(inside / (SESSIONS - 1))
    seconds = (time.process_time() - began) / (PEER_WALLETS * SESSIONS)
    # Sessions of one wallet depend on each other: the error is that of the wallets' means.
    return (seconds, np.mean(listed), np.std(listed, ddof=1) / PEER_WALLETS ** 0.5,
            met / (PEER_WALLETS * (SESSIONS - 1)))


def main(bench):
    command = [bench, *map(str, (SERVERS, WALLETS, SESSIONS, THREADS))]
    runs = [list(map(float, subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()))
            for _ in range(3)]
    wall, cpu, listed, met = min(runs)
    seconds, their_listed, error, their_met = peer()
    each = cpu / (WALLETS * SESSIONS)
    print(f"Wallets: {WALLETS} of {SESSIONS} sessions over {SERVERS} servers\n")
    table(("sessions of wallets", "wall s", "cpu µs a session", "main in the list", "servers met"), [
        ("ours, two threads", f"{wall:.2f}", f"{1e6 * each:.1f}", f"{listed:.4f}", f"{met:.2f}"),
        ("Python peer", "-", f"{1e6 * seconds:.1f}", f"{their_listed:.4f}", f"{their_met:.2f}")])
    print(f"ours is faster by {seconds / each:.0f}; goals: {GOAL_SECONDS} s, {GOAL_RATIO} times\n")
    assert abs(listed - their_listed) <= 4 * error, (listed, their_listed, error)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--bench", required=True, help="the built exposure-bench")
    main(options.parse_args().bench)
