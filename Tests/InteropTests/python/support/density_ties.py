"""Permutations of the input for which scikit-learn's HDBSCAN gives a wanted partition.

Where distances tie, the peer's hierarchy depends on the order of its input twice: Prim's algorithm reaches equally near
points in that order, and `numpy.argsort` leaves equal edges in an order that depends on the values around them and on
the processor. Few of the permutations give a wanted partition where many ties matter, so they are searched by small
changes that do not lose agreement. The search calls the peer's own steps (tree, sort, hierarchy, selection), which
is quicker than `fit`; what it returns is for the caller to confirm by `fit`.
"""

import numpy as np
from sklearn.cluster._hdbscan import hdbscan as peer
from sklearn.cluster._hdbscan._tree import tree_to_labels
from sklearn.metrics import DistanceMetric
from sklearn.neighbors import NearestNeighbors

# Changes in a row that gain nothing, before the search begins anew elsewhere.
PATIENCE = 150


def labelling(data, asked):
    """A function of an order of the input: labels and strengths, in that order."""
    selection = (asked["minimum_cluster_size"], asked.get("selection", "eom"), asked.get("allows_single_cluster", False),
                 asked.get("epsilon", 0.0), asked.get("maximum_cluster_size"))
    if asked.get("distances"):
        reach = peer.mutual_reachability_graph(data.copy(), min_samples=asked["minimum_samples"], max_distance=0.0)

        def tree(order):
            return peer.mst_from_mutual_reachability(np.ascontiguousarray(reach[np.ix_(order, order)]))
    else:
        metric = asked.get("metric", "euclidean")
        near = NearestNeighbors(n_neighbors=asked["minimum_samples"], algorithm="kd_tree", leaf_size=40, metric=metric)
        core = near.fit(data).kneighbors(data, asked["minimum_samples"])[0][:, -1]
        measure = DistanceMetric.get_metric(metric)

        def tree(order):
            return peer.mst_from_data_matrix(
                np.ascontiguousarray(data[order]), np.ascontiguousarray(core[order]), measure, 1.0)
    return lambda order: tree_to_labels(peer._process_mst(tree(order)), *selection)


def agreement(wanted, labels, strengths):
    """How much of two partitions agrees: points of each that lie in its clusters' best match, noise with noise, and
    equal strengths. Greatest where all do."""
    table = np.zeros((wanted[0].max() + 2, labels.max() + 2), dtype=int)
    np.add.at(table, (wanted[0] + 1, labels + 1), 1)
    inside = table[1:, 1:]
    matched = inside.max(axis=1).sum() + inside.max(axis=0).sum() if inside.size else 0
    return matched + 2 * table[0, 0] + np.isclose(wanted[1], strengths, rtol=0, atol=1e-9).sum()


def permutations(data, asked, wanted, first, tries, seed):
    """Yields orders of the input that give the wanted labels and strengths: all points of a match, by `agreement`.

    Begins with the order `first`, turned to begin anywhere, and with random orders, in turn."""
    label = labelling(data, asked)
    rng = np.random.default_rng(seed)
    count = len(data)
    current, best, stale = None, -1, 0
    for number in range(tries):
        begins = current is None or stale > PATIENCE
        if begins:
            turned = (number // (PATIENCE + 1)) % 2 == 0
            order = np.roll(first, rng.integers(count)) if turned else rng.permutation(count)
        else:
            order = current.copy()
            a, b = rng.integers(0, count, 2)
            if rng.random() < 0.5:
                order[[a, b]] = order[[b, a]]
            else:
                order = np.insert(np.delete(order, a), b, order[a])
        back = np.argsort(order)
        labels, strengths = (values[back] for values in label(order))
        value = agreement(wanted, labels, strengths)
        if value == 3 * count:
            yield order
        if begins or value >= best:
            stale = 0 if begins or value > best else stale + 1
            current, best = order, value
        else:
            stale += 1
