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
    let variant: String
    let choice: WalletRules.MainChoice
    let losses: Int
    /// The others move one assumption of it.
    let isCentral: Bool
  }

  /// Wallets of an assumption that is no central one, as a part of those of the central one.
  private static let sensitivityPart = 4

  var assumptions: [Assumption] {
    let central = parameters.losses
    let race = Set([0, central, central + 2]).sorted().map {
      Assumption(variant: "race", choice: .race, losses: $0, isCentral: $0 == central)
    }
    return race + [
      Assumption(
        variant: "default-draw", choice: .defaultDraw, losses: central, isCentral: false)
    ]
  }

  func meetings(_ network: WalletNetwork, _ assumption: Assumption) -> WalletMeetings {
    var rules = WalletRules()
    rules.mainChoice = assumption.choice
    rules.losses = assumption.losses
    var simulation = parameters.simulation
    if !assumption.isCentral {
      simulation.wallets = max(1, simulation.wallets / Self.sensitivityPart)
    }
    return simulation.meetings(of: network, rules, threads: threads)
  }

  /// - Parameter groups: of each unit the group of every server of the network, by its id; nil: it is in
  ///   none.
  func rows(
    _ exposure: ExposureNetwork, _ groups: [(unit: String, of: [String?])],
    _ assumption: Assumption, _ meetings: WalletMeetings
  ) throws -> [GroupExposure] {
    var rows: [GroupExposure] = []
    for (unit, of) in groups {
      let names = Set(of.compactMap(\.self)).sorted()
      let number = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
      // Who is in no group is counted in one more, which gets no row.
      let numbers = of.map { $0.flatMap { number[$0] } ?? names.count }
      let encounters = try meetings.encounters(of: numbers)
      for (index, name) in names.enumerated() where index < encounters.count {
        let members = numbers.indices.filter { numbers[$0] == index }
        rows.append(
          try row(unit, name, assumption, members, exposure, encounters[index]))
      }
    }
    return rows
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
    return simulation
  }
}
