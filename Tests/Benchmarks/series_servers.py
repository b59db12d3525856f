"""Endpoints to servers, and server ids over a series: the rules of `ServerResolver` and `ServerRegistry`."""

import hashlib
import itertools
import json
from collections import defaultdict


def canonical_features(answers):
    features = answers.get("features")
    return None if features is None else json.dumps({k: v for k, v in features.items() if k != "hosts"}, sort_keys=True)


class Resolver:
    """Components of endpoints, in order of their ids, and why."""

    def __init__(self, drafts, keys, together):
        self.drafts, self.keys, self.steps = drafts, keys, {}
        self.parent = list(range(len(drafts)))
        self.features = [canonical_features(draft.answers) for draft in drafts]
        index = {draft.id: n for n, draft in enumerate(drafts)}
        for key, members in self.groups(keys):
            for a, b in itertools.combinations(members, 2):
                if drafts[a].address == drafts[b].address or drafts[a].verified & drafts[b].verified:
                    self.consider(a, b, "resolution.same-key", key)
        for address, members in self.groups([f and d.address for f, d in zip(self.features, drafts)]):
            for a, b in itertools.combinations(members, 2):
                if self.features[a] == self.features[b]:
                    self.consider(a, b, "resolution.same-address-features", address)
        self.claims()
        for pair in sorted(together):
            a, b = (index[each] for each in pair)
            self.consider(a, b, "resolution.listed-together", drafts[a].address)

    @staticmethod
    def groups(values):
        members = defaultdict(list)
        for index, value in enumerate(values):
            if value is not None:
                members[value].append(index)
        return sorted(members.items())

    def claims(self):
        places = defaultdict(list)
        for index, draft in enumerate(self.drafts):
            for name in draft.names | {draft.address} - {""}:
                places[name, draft.port].append(index)
        claims = set()
        for index, draft in enumerate(self.drafts):
            for name, ports in ((draft.answers.get("features") or {}).get("hosts") or {}).items():
                for port in (ports.get("tcp_port"), ports.get("ssl_port")):
                    claims.update((index, other) for other in places.get((name.lower(), port), ()) if other != index)
        for one, other in sorted(claims):
            a, b = min(one, other), max(one, other)
            if (other, one) in claims:
                if one == a:
                    self.consider(a, b, "resolution.mutual-hosts", "hosts of both")
            elif self.features[a] is not None and self.features[b] is not None:
                self.record(a, b, "claim.one-sided", "claimed", f"{self.drafts[one].id} names the other")

    def consider(self, a, b, rule, evidence):
        first, second = self.drafts[a].answers, self.drafts[b].answers
        x, y = (((each.get("features") or {}).get("genesis_hash")) for each in (first, second))
        if x is not None and y is not None and x != y:
            return self.record(a, b, "veto.other-genesis", "vetoed", f"{x} {y}")
        x, y = first.get("tip"), second.get("tip")
        if x and y and abs(x[0] - y[0]) > 2:
            return self.record(a, b, "veto.height", "vetoed", f"{x[0]} {y[0]}")
        x, y = first.get("version"), second.get("version")
        if x is not None and y is not None and x != y:
            return self.record(a, b, "veto.other-software", "vetoed", f"{x} {y}")
        self.record(a, b, rule, "merged", evidence)
        x, y = self.root(a), self.root(b)
        self.parent[max(x, y)] = min(x, y)

    def record(self, a, b, rule, decision, evidence):
        self.steps[(*sorted((self.drafts[a].id, self.drafts[b].id)), rule)] = (decision, evidence)

    def root(self, index):
        while self.parent[index] != index:
            index = self.parent[index]
        return index

    def components(self):
        members = defaultdict(list)
        for index in range(len(self.drafts)):
            members[self.root(index)].append(index)
        return sorted(members.values())


class Registry:
    """Ids at first sight by an anchor, then carried on by the overlap of endpoints."""

    def __init__(self):
        self.endpoints, self.owners = {}, defaultdict(set)

    def assign(self, candidates):
        """candidates: (set of endpoint ids, anchors best first). Returns their ids."""
        matches = []
        for index, (members, _) in enumerate(candidates):
            for known in set().union(*(self.owners.get(each, ()) for each in members)):
                common = len(self.endpoints[known] & members)
                score = common / (len(self.endpoints[known]) + len(members) - common)
                if score >= 0.5:
                    matches.append((-score, known, index))
        ids, taken = [None] * len(candidates), set()
        for _, known, index in sorted(matches):
            if ids[index] is None and known not in taken:
                ids[index] = known
                taken.add(known)
        for index in sorted((i for i, each in enumerate(ids) if each is None), key=lambda i: min(candidates[i][0])):
            members, anchors = candidates[index]
            free = (self.name(f"{anchor}|{min(members)}") for anchor in anchors)
            ids[index] = next(each for each in free if each not in taken and each not in self.endpoints)
            taken.add(ids[index])
        for (members, _), each in zip(candidates, ids):
            for endpoint in self.endpoints.get(each, ()):
                self.owners[endpoint].discard(each)
            self.endpoints[each] = members
            for endpoint in members:
                self.owners[endpoint].add(each)
        return ids

    @staticmethod
    def name(anchor):
        return "s_" + hashlib.sha256(anchor.encode()).hexdigest()[:12]
