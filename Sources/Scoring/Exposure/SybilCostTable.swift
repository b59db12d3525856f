import Ordering
import Records
import StageKit
import Statistics
import WalletExposure

/// What servers that one owner adds would see of wallets, under three policies of the wallet, and what
/// they would cost.
struct SybilCostTable {
  let parameters: ScoreParameters
  let prices: AddressPrices?
  let threads: Int

  enum Policy: String, CaseIterable {
    case statusQuo = "status-quo"
    case onePerSystem = "one-per-as"
    case persistentMain = "one-per-as-persistent-main"

    var rules: WalletRules {
      var rules = WalletRules()
      rules.spread = self == .statusQuo ? .prefix : .system
      rules.mainChoice = self == .persistentMain ? .persistent : .race
      return rules
    }
  }

  enum Placement: String, CaseIterable {
    case onePrefix = "one-prefix"
    case oneSystem = "one-as"
    case spread
    case listed

    /// Servers added; nobody gets a hundred into a list that people keep.
    var counts: [Int] { self == .listed ? [1, 5, 25] : [5, 25, 100] }
  }

  /// Round trips of the added servers, as a part of the median of the others': machines near their users.
  private static let nearness = 0.1

  func rows(
    _ network: WalletNetwork, policies: [Policy] = Policy.allCases
  ) throws -> [SybilCost] {
    guard parameters.sybilWallets > 0 else { return [] }
    var rows: [SybilCost] = []
    for policy in policies {
      rows.append(try row(network, policy, placement: nil, servers: 0))
      for placement in Placement.allCases {
        for count in placement.counts {
          rows.append(try row(network, policy, placement: placement, servers: count))
        }
      }
    }
    for index in rows.indices {
      let rivals = rows.filter { $0.policy == rows[index].policy && $0.servers > 0 }
      rows[index].bestResponse = Self.isBest(rows[index], of: rivals) { $0.servers == $1.servers }
      if prices != nil {
        rows[index].bestForPrice = Self.isBest(rows[index], of: rivals) {
          ($0.priceMonth ?? 0) <= ($1.priceMonth ?? 0)
        }
      }
    }
    return rows
  }

  /// Whether no rival that may be chosen instead sees more, or as much for less. Wallets seen are compared
  /// first; where nearly all are, sessions tell the rivals apart.
  private static func isBest(
    _ row: SybilCost, of rivals: [SybilCost], isChoice: (SybilCost, SybilCost) -> Bool
  ) -> Bool {
    func worth(_ row: SybilCost) -> (Double, Double, Double) {
      (row.seen30, row.mainLater, -(row.priceMonth ?? 0))
    }
    return row.servers > 0 && !rivals.contains { isChoice($0, row) && worth($0) > worth(row) }
  }

  private func row(
    _ network: WalletNetwork, _ policy: Policy, placement: Placement?, servers count: Int
  ) throws -> SybilCost {
    let attacked = try placement.map { try Self.adding(count, $0, to: network) } ?? network
    var rules = policy.rules
    rules.losses = parameters.losses
    var simulation = parameters.simulation
    simulation.wallets = parameters.sybilWallets
    let honest = network.servers.count
    let added = attacked.servers.indices.map { $0 < honest ? 0 : 1 }
    let met = try simulation.encounters(
      of: attacked, rules, by: [added, attacked.servers.indices.map { min($0, honest) }],
      threads: threads)
    let loads = met[1].prefix(honest).map { Double($0.connectedFirst + $0.connectedLater) }
    let all = Double(max(1, simulation.wallets * simulation.sessions))
    return try describe(policy, placement, count, met[0].dropFirst().first, simulation).with {
      $0.honestLoad = loads.reduce(0, +) / Double(max(1, honest)) / all
      $0.honestPeak = (loads.max() ?? 0) / all
    }
  }

  private func describe(
    _ policy: Policy, _ placement: Placement?, _ count: Int, _ met: GroupEncounters?,
    _ simulation: WalletSimulation
  ) throws -> SybilCost {
    let wallets = simulation.wallets
    let later = Double(max(1, wallets * (simulation.sessions - 1)))
    let seen = met?.seen(within: 30) ?? 0
    let interval = try BinomialInterval.wilson(successes: seen, trials: wallets)
    let prefixes = placement == nil ? 0 : placement == .onePrefix ? 1 : count
    let systems = placement == .spread || placement == .listed ? count : placement == nil ? 0 : 1
    return SybilCost(
      policy: policy.rawValue, placement: placement?.rawValue ?? "none", servers: count
    ).with {
      $0.prefixes = prefixes
      $0.systems = systems
      $0.listed = placement == .listed ? count : 0
      let price = prices?.month(addresses: count, prefixes: prefixes)
      ($0.priceMonth, $0.priceMonthHigh) = (price?.low, price?.high)
      $0.mainFirst = Double(met?.mainFirst ?? 0) / Double(max(1, wallets))
      $0.mainLater = Double(met?.mainLater ?? 0) / later
      $0.connectedLater = Double(met?.connectedLater ?? 0) / later
      $0.seen30 = Double(seen) / Double(max(1, wallets))
      $0.seen30Low = seen == 0 && met == nil ? 0 : interval.low
      $0.seen30High = met == nil ? 0 : interval.high
      $0.losses = parameters.losses
      $0.wallets = wallets
    }
  }

  /// The network with servers that everybody names, that are near every wallet, never fail, and name each
  /// other only.
  static func adding(
    _ count: Int, _ placement: Placement, to network: WalletNetwork
  ) throws -> WalletNetwork {
    let honest = network.servers.count
    let firstPrefix = (network.servers.compactMap(\.prefix).max() ?? -1) + 1
    let firstSystem = (network.servers.compactMap(\.system).max() ?? -1) + 1
    let added = (0..<count).map { index in
      WalletServer(
        prefix: firstPrefix + (placement == .onePrefix ? 0 : index),
        system: firstSystem + (placement == .spread || placement == .listed ? index : 0),
        isListed: placement == .listed)
    }
    let numbers = Array(honest..<(honest + count))
    let regions = network.regions.map { region in
      let sorted = region.roundTrips.sorted()
      let near = nearness * sorted[sorted.count / 2]
      return WalletNetwork.Region(
        weight: region.weight,
        roundTrips: region.roundTrips + [Double](repeating: near, count: count))
    }
    return try WalletNetwork(
      servers: network.servers + added, regions: regions,
      peers: network.peers.map { $0.map { $0 + numbers } } + numbers.map { _ in numbers })
  }
}
