"""Whether starts of a client follow a law, by Monte-Carlo over whole starts.

A start is a main server and the set of connected ones. The statistic of the mains is Pearson's over servers,
those expected less than twice taken together; that of the connected ones is the sum of squared deviations
of each server's count from its expectation, over its binomial variance. Both have no known distribution here,
because the ten of one start depend on each other: as many starts are drawn from the simulated ones, many times.
"""

import numpy as np

RARE = 2
REPLICATES = 4000


def counts(starts, servers):
    """Of each start: which server is main, and which are connected, as rows of 0 and 1."""
    main, ready = np.zeros((len(starts), servers)), np.zeros((len(starts), servers))
    for row, (first, connected) in enumerate(starts):
        if first is not None and first >= 0:
            main[row, first] = 1
        ready[row, list(connected)] = 1
    return main, ready


def goodness(observed, simulated, servers, seed=1):
    """p of the mains and of the connected ones, at least 1 / (REPLICATES + 1)."""
    random, number = np.random.default_rng(seed), len(observed)
    told = counts(observed, servers)
    law = counts(simulated, servers)
    chances = []
    for is_main, seen, drawn in zip((True, False), told, law):
        expected = number * drawn.mean(0)
        if is_main:
            rare = expected < RARE
            seen, drawn = (np.c_[part[:, ~rare], part[:, rare].sum(1)] for part in (seen, drawn))
            expected = number * drawn.mean(0)
            variance = np.maximum(expected, 0.5)
        else:
            variance = np.maximum(expected * (1 - drawn.mean(0)), 0.5)

        def statistic(total):
            return ((total - expected) ** 2 / variance).sum(-1)

        null = np.array([statistic(drawn[random.integers(len(drawn), size=number)].sum(0))
                         for _ in range(REPLICATES)])
        chances.append(float((1 + (null >= statistic(seen.sum(0))).sum()) / (REPLICATES + 1)))
    return chances
