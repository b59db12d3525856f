/// What the labels of host names tell of who chose them.
enum HostLabels {
  /// What people call machines that serve Electrum.
  static let functions: Set<String> = [
    "electrumx", "electrum", "electrs", "elec", "fulcrum", "esplora", "bitcoind", "bitcoin", "btc",
    "xbt", "bch", "ltc", "coin", "wallet", "server", "srv", "node", "host", "home", "main", "back",
    "backup", "alt", "pool", "peer", "core", "full", "public", "testnet", "mainnet", "test",
    "explorer", "mempool", "block", "chain", "blockchain", "api", "gate", "gateway", "app", "www",
    "web", "mail", "cloud", "data", "relay", "proxy", "front", "rpc", "ssl", "tcp", "tls", "tor",
    "onion", "vps", "dedi", "root", "box", "dev",
  ]
  private static let longest = functions.map(\.count).max() ?? 0

  /// A label of a machine's function, not of a person or a thing: two letters at most, or words of
  /// function, and digits, `-` and `_`.
  static func isFunctional(_ label: some StringProtocol) -> Bool {
    let stem = Array(label.filter { !($0.isWholeNumber || $0 == "-" || $0 == "_") })
    guard stem.count > 2 else { return true }
    var reached = [Bool](repeating: false, count: stem.count + 1)
    reached[0] = true
    for start in stem.indices where reached[start] {
      for end in (start + 1)...min(stem.count, start + longest)
      where functions.contains(String(stem[start..<end])) {
        reached[end] = true
      }
    }
    return reached[stem.count]
  }

  /// An identifier that a machine gave: four characters or more, with a digit elsewhere than in a
  /// trailing number of three digits at most.
  static func isMachineMade(_ label: some StringProtocol) -> Bool {
    guard label.count >= 4 else { return false }
    var stem = Substring(label)
    for _ in 0..<3 where stem.last?.isWholeNumber == true { stem.removeLast() }
    return stem.contains(where: \.isWholeNumber)
  }

  /// The labels of a name below a domain, outermost first; empty for the domain itself, nil for
  /// another's name.
  static func labels(of name: String, below domain: String) -> [Substring]? {
    if name == domain { return [] }
    guard name.hasSuffix("." + domain) else { return nil }
    return name.dropLast(domain.count + 1).split(separator: ".", omittingEmptySubsequences: false)
  }

  /// Whether a certificate's name names a host: itself, or `*.` and one label.
  static func covers(_ pattern: String, _ host: String) -> Bool {
    if pattern == host { return true }
    guard pattern.hasPrefix("*."), let dot = host.firstIndex(of: ".") else { return false }
    return host[host.index(after: dot)...] == pattern.dropFirst(2)
  }
}

/// Domains by who gives the names below them.
struct Zones {
  /// Three in four or more of all names below it are functional: how an owner names machines.
  let owners: Set<String>
  /// Three names or more, a quarter machine-made: the names of a provider's customers.
  let providers: Set<String>

  init(_ servers: [ServerFacts]) {
    var names: [String: Set<String>] = [:]
    for server in servers {
      for domain in server.domains ?? [] {
        let below = (server.names ?? []).filter { HostLabels.labels(of: $0, below: domain) != nil }
        names[domain, default: []].formUnion(below)
      }
    }
    owners = Set(
      names.filter { domain, names in
        let functional = names.count { name in
          HostLabels.labels(of: name, below: domain)?.allSatisfy { HostLabels.isFunctional($0) }
            == true
        }
        return !names.isEmpty && 4 * functional >= 3 * names.count
      }.keys)
    providers = Set(
      names.filter { domain, names in
        let labels = names.compactMap { HostLabels.labels(of: $0, below: domain)?.last }
        let made = labels.count { HostLabels.isMachineMade($0) }
        return labels.count >= 3 && 4 * made >= labels.count
      }.keys)
  }
}
