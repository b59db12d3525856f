/// What the labels of host names tell of who chose them.
public enum HostLabels {
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
  public static func isFunctional(_ label: some StringProtocol) -> Bool {
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
  public static func isMachineMade(_ label: some StringProtocol) -> Bool {
    guard label.count >= 4 else { return false }
    var stem = Substring(label)
    for _ in 0..<3 where stem.last?.isWholeNumber == true { stem.removeLast() }
    return stem.contains(where: \.isWholeNumber)
  }

  /// The labels of a name below a domain, outermost first; empty for the domain itself, nil for
  /// another's name.
  public static func labels(of name: String, below domain: String) -> [Substring]? {
    if name == domain { return [] }
    guard name.hasSuffix("." + domain) else { return nil }
    return name.dropLast(domain.count + 1).split(separator: ".", omittingEmptySubsequences: false)
  }

  /// Whether a certificate's name names a host: itself, or `*.` and one label.
  public static func covers(_ pattern: String, _ host: String) -> Bool {
    if pattern == host { return true }
    guard pattern.hasPrefix("*."), let dot = host.firstIndex(of: ".") else { return false }
    return host[host.index(after: dot)...] == pattern.dropFirst(2)
  }
}

/// Who gives the names below a domain, as far as their labels tell.
public struct ZoneNames: Sendable {
  /// Names below the domain, itself included.
  public let names: Int
  /// Those that are the domain itself, or of which every label below it is functional.
  public let functional: Int
  /// Those whose label next to the domain a machine gave.
  public let machineMade: Int
  private let labelled: Int

  /// - Parameter names: in any order; those that are not below the domain are left out.
  public init(domain: String, names: Set<String>) {
    let labels = names.compactMap { HostLabels.labels(of: $0, below: domain) }
    self.names = labels.count
    functional = labels.count { $0.allSatisfy { HostLabels.isFunctional($0) } }
    labelled = labels.count { !$0.isEmpty }
    machineMade = labels.count { $0.last.map { HostLabels.isMachineMade($0) } ?? false }
  }

  /// Three in four or more are functional: how an owner names machines.
  public var isOwners: Bool { names > 0 && 4 * functional >= 3 * names }

  /// Three or more, a quarter of them machine-made: the names of a provider's customers.
  public var isProviders: Bool { labelled >= 3 && 4 * machineMade >= labelled }
}
