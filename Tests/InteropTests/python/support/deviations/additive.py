"""The original project's score of 0-100 points, by its own rules, from the tables of one scan."""

from collections import Counter, defaultdict

from networks import table


def scores(dataset):
    """Points by server id, of the last scan."""
    folder = dataset.path / "normalized" / dataset.scans()[-1]
    certificates = {row["sha256"]: row for row in table(folder / "certificates.csv.gz")}
    endpoints = defaultdict(list)
    for row in table(folder / "endpoints.csv.gz"):
        if row["reached"] == "true":
            endpoints[row["server_id"]].append(row)
    servers = {row["server_id"]: row for row in table(folder / "servers.csv.gz") if row["server_id"] in endpoints}
    histories = defaultdict(list)
    for row in table(folder / "exchanges.csv.gz"):
        if row["probe"].startswith("history."):
            histories[row["server_id"]].append(row["outcome"])
    shown = {name: {e["certificate_sha256"] for e in rows if e["certificate_sha256"]} for name, rows in endpoints.items()}
    sharing = Counter(value for values in shown.values() for value in values)
    banners = Counter(row["banner"] for row in servers.values())
    return {name: min(100, points(
        [certificates[x] for x in sorted(shown[name]) if x in certificates], endpoints[name], histories[name],
        max((sharing[x] for x in shown[name]), default=0), banners[row["banner"]])) for name, row in servers.items()}


def points(certificates, endpoints, histories, certificate_cluster, banner_cluster):
    """The signals that its code held, with its weights."""
    total = 0
    if certificate_cluster >= 5:
        total += min(2 * certificate_cluster, 40)
    if any(row["self_signed"] == "true" for row in certificates):
        total += 10
    if any("CN=localhost" in row["subject"] or "CN=" not in row["subject"] for row in certificates):
        total += 5
    if any(year in row["not_after"] for row in certificates for year in ("2035", "2040", "2050")):
        total += 15
    if not certificates:
        total += 20
    times = [float(row["connect_ms"]) for row in endpoints if row["connect_ms"]]
    if times and min(times) < 10:
        total += 10
    if times and min(times) > 2000:
        total += 10
    if any(outcome != "answered" for outcome in histories):
        total += 10
    if banner_cluster >= 5:
        total += min(2 * banner_cluster, 30)
    return total
