import Ordering
import Records
import StageKit
import Statistics
import WalletExposure

/// How often wallets meet the servers of each group.
struct ExposureTable {
  let parameters: ScoreParameters
  let threads: Int

  /// One set of assumptions.
  struct Assumption {
    var variant = "race"
    var choice = WalletRules.MainChoice.race
    var losses: Int
    var fixedServerShare: Double
    var oneServerShare: Double
    /// The others move one assumption of it.
    var isCentral = false
  }

  /// Wallets of an assumption that is no central one, as a part of those of the central one.
  private static let sensitivityPart = 4
  /// Shares of owners who fix their server, where these are moved: nobody has published how many do.
  private static let (fixedShare, oneShare) = (0.5, 0.2)

  var assumptions: [Assumption] {
    var central = Assumption(
      losses: parameters.losses, fixedServerShare: parameters.fixedServerShare,
      oneServerShare: parameters.oneServerShare)
    let others = Set([0, central.losses + 2]).subtracting([central.losses]).sorted()
    var moved = others.map { losses in with(central) { $0.losses = losses } }
    moved.append(with(central) { ($0.variant, $0.choice) = ("default-draw", .defaultDraw) })
    moved.append(
      with(central) {
        $0.variant = "fixed-server"
        ($0.fixedServerShare, $0.oneServerShare) = (Self.fixedShare, 0)
      })
    moved.append(
      with(central) {
        $0.variant = "one-server"
        ($0.fixedServerShare, $0.oneServerShare) = (0, Self.oneShare)
      })
    central.isCentral = true
    return [central] + moved
  }

  private func with(_ one: Assumption, _ change: (inout Assumption) -> Void) -> Assumption {
    var one = one
    change(&one)
    return one
  }

  /// - Parameter groups: of each unit the group of every server of the network, by its id; nil: it is in
  ///   none.
  /// - Returns: the rows, and of each server the later sessions whose main server it is.
  func rows(
    _ exposure: ExposureNetwork, _ groups: [(unit: String, of: [String?])],
    _ assumption: Assumption
  ) throws -> (rows: [GroupExposure], mains: [Int]) {
    let units = groups.map { unit, of in NumberedGroups(unit: unit, of: of) }
    let met = try encounters(
      exposure.network, assumption,
      by: units.map(\.numbers) + [Array(exposure.serverIDs.indices)])
    var rows: [GroupExposure] = []
    for (unit, encounters) in zip(units, met) {
      for (index, name) in unit.names.enumerated() {
        let members = unit.numbers.indices.filter { unit.numbers[$0] == index }
        rows.append(
          try row(unit.unit, name, assumption, members, exposure, encounters[index]))
      }
    }
    return (rows, (met.last ?? []).map(\.mainLater))
  }

  private func encounters(
    _ network: WalletNetwork, _ assumption: Assumption, by partitions: [[Int]]
  ) throws -> [[GroupEncounters]] {
    var rules = WalletRules()
    rules.mainChoice = assumption.choice
    rules.losses = assumption.losses
    var simulation = parameters.simulation
    simulation.fixedServerShare = assumption.fixedServerShare
    simulation.oneServerShare = assumption.oneServerShare
    if !assumption.isCentral {
      simulation.wallets = max(1, simulation.wallets / Self.sensitivityPart)
    }
    return try simulation.encounters(of: network, rules, by: partitions, threads: threads)
  }

  /// The groups of one unit by numbers; who is in no group is counted in one more, which gets no row.
  private struct NumberedGroups {
    let unit: String
    let names: [String]
    let numbers: [Int]

    init(unit: String, of: [String?]) {
      self.unit = unit
      let names = Set(of.compactMap(\.self)).sorted()
      let number = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
      self.names = names
      numbers = of.map { $0.flatMap { number[$0] } ?? names.count }
    }
  }

  private func row(
    _ unit: String, _ name: String, _ assumption: Assumption, _ members: [Int],
    _ exposure: ExposureNetwork, _ met: GroupEncounters
  ) throws -> GroupExposure {
    let wallets = Double(max(1, met.wallets))
    let later = wallets * Double(max(1, met.sessions - 1))
    let seen = try BinomialInterval.wilson(successes: met.seen(within: 30), trials: met.wallets)
    return GroupExposure(
      unit: unit, groupID: name, variant: assumption.variant, losses: assumption.losses
    ).with {
      $0.servers = members.count
      $0.listed = members.count { exposure.network.servers[$0].isListed }
      $0.serverShare = Double(members.count) / Double(exposure.serverIDs.count)
      $0.mainFirst = Double(met.mainFirst) / wallets
      $0.mainLater = Double(met.mainLater) / later
      $0.connectedFirst = Double(met.connectedFirst) / wallets
      $0.connectedLater = Double(met.connectedLater) / later
      $0.seen10 = Double(met.seen(within: 10)) / wallets
      $0.seen30 = Double(met.seen(within: 30)) / wallets
      $0.seen30Low = seen.low
      $0.seen30High = seen.high
      $0.sessions50 = met.sessions(untilSeen: 0.5)
      $0.sessions90 = met.sessions(untilSeen: 0.9)
      $0.wallets = met.wallets
      $0.sessions = met.sessions
    }
  }
}

extension ScoreParameters {
  /// The wallets of the central assumption.
  var simulation: WalletSimulation {
    var simulation = WalletSimulation(seed: UInt64(truncatingIfNeeded: seed))
    simulation.wallets = wallets
    simulation.torShare = torShare
    simulation.fixedServerShare = fixedServerShare
    simulation.oneServerShare = oneServerShare
    return simulation
  }
}
