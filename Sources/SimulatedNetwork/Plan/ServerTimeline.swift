internal import ElectrumProtocol
internal import Statistics

/// What time does to one server, up to the plan's last epoch. A longer plan begins with the same
/// events as a shorter one.
struct ServerTimeline: Sendable, Equatable {
  /// Epochs at which it is down, for whatever reason; sorted, not overlapping.
  var downs: [Range<Int>] = []
  /// Epochs at which it starts anew, sorted.
  var restarts: [Int] = []
  /// Releases installed after epoch 0, by epoch.
  var upgrades: [Upgrade] = []
  /// Addresses after the first, by epoch.
  var moves: [Move] = []
  /// Epochs at which it is part of the network.
  var life: Range<Int>

  struct Upgrade: Sendable, Equatable {
    let epoch: Int
    let software: String
  }

  struct Move: Sendable, Equatable {
    let epoch: Int
    let address: String
  }

  func isUp(_ epoch: Int) -> Bool {
    life.contains(epoch) && !downs.contains { $0.contains(epoch) }
  }

  /// Whether it was up within a day's epochs before, so that others still tell of it.
  func isKnown(_ epoch: Int, memory: Int) -> Bool {
    life.lowerBound <= epoch && (max(0, epoch - memory)...epoch).contains(where: isUp)
  }

  func restarts(upTo epoch: Int) -> Int { restarts.prefix { $0 <= epoch }.count }

  func software(_ epoch: Int) -> String? { upgrades.last { $0.epoch <= epoch }?.software }

  func address(_ epoch: Int) -> String? { moves.last { $0.epoch <= epoch }?.address }

  func moveCount(_ epoch: Int) -> Int { moves.prefix { $0.epoch <= epoch }.count }
}

/// Runs the processes of time: each server's own, and the outages that strike many.
struct TimelineBuilder {
  private let scenario: Scenario
  private let horizon: Int
  private let outages: [(scope: OutageSpec.Scope, epochs: [Range<Int>])]
  private let releases: [ReleaseSpec]

  /// Chance that who follows releases promptly installs one, an epoch.
  private static let promptness = 0.5

  init(_ scenario: Scenario, epochs: Int) {
    self.scenario = scenario
    horizon = epochs
    releases = scenario.releases.sorted { ($0.epoch, $0.software) < ($1.epoch, $1.software) }
    outages = scenario.outages.enumerated().map { index, spec in
      switch spec.times {
      case .once(let epochs): (spec.scope, [epochs])
      case .again(let meanBetween, let mean):
        (
          spec.scope,
          Self.downs(
            Xoshiro256StarStar(seed: NetworkPlan.seed(scenario.seed, "outage|\(index)")),
            meanUp: meanBetween, meanDown: mean, startsUp: true, horizon: epochs)
        )
      }
    }
  }

  /// All but the moves, whose addresses are given out in the order of time.
  func timeline(of spec: ServerSpec, owner: String, site: Site) -> ServerTimeline {
    var result = ServerTimeline(life: spec.joins..<(spec.leaves ?? .max))
    var downs = ownDowns(spec)
    for outage in outages where applies(outage.scope, owner: owner, site: site) {
      downs += outage.epochs
    }
    result.downs = Self.merged(downs)
    result.upgrades = upgrades(of: spec)
    var restarts = result.downs.map(\.upperBound) + result.upgrades.map(\.epoch)
    if let mean = spec.settings.uptime?.meanRestart {
      restarts += events(purpose: "restart|\(spec.id)", mean: mean)
    }
    result.restarts = Set(restarts.filter { $0 < horizon }).sorted()
    return result
  }

  /// Epochs at which a server's address changes.
  func moves(of spec: ServerSpec) -> [Int] {
    guard let mean = spec.settings.moveEpochs else { return [] }
    return events(purpose: "move|\(spec.id)", mean: mean)
  }

  /// Epochs from 1 on, each with chance 1/mean.
  func events(purpose: String, mean: Double) -> [Int] {
    var random = Xoshiro256StarStar(seed: NetworkPlan.seed(scenario.seed, purpose))
    return (0..<horizon).filter { epoch in
      let isEvent = random.nextUnit() * mean < 1
      return isEvent && epoch > 0
    }
  }

  private func applies(_ scope: OutageSpec.Scope, owner: String, site: Site) -> Bool {
    switch scope {
    case .site(let id): site.id == id
    case .owner(let id): owner == id
    case .autonomousSystem(let number): site.autonomousSystem == number
    }
  }

  private func ownDowns(_ spec: ServerSpec) -> [Range<Int>] {
    guard let uptime = spec.settings.uptime else { return [] }
    var random = Xoshiro256StarStar(
      seed: NetworkPlan.seed(scenario.seed, "uptime|\(spec.id)"))
    let startsUp = random.nextUnit() * (uptime.meanUp + uptime.meanDown) < uptime.meanUp
    return Self.downs(
      random, meanUp: uptime.meanUp, meanDown: uptime.meanDown, startsUp: startsUp,
      horizon: horizon)
  }

  /// Two states, each left with the inverse of its mean length an epoch.
  private static func downs(
    _ random: Xoshiro256StarStar, meanUp: Double, meanDown: Double, startsUp: Bool, horizon: Int
  ) -> [Range<Int>] {
    var random = random
    var result: [Range<Int>] = []
    var start = startsUp ? nil : 0
    for epoch in 1..<max(2, horizon) {
      let draw = random.nextUnit()
      if let begun = start {
        if draw * meanDown < 1 {
          result.append(begun..<epoch)
          start = nil
        }
      } else if draw * meanUp < 1 {
        start = epoch
      }
    }
    // Still down: how much longer is beyond the plan.
    if let start { result.append(start..<Int.max) }
    return result
  }

  private static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for range in ranges.sorted(by: {
      ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
    }) {
      if let last = result.last, range.lowerBound <= last.upperBound {
        result[result.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        result.append(range)
      }
    }
    return result
  }

  private func upgrades(of spec: ServerSpec) -> [ServerTimeline.Upgrade] {
    guard let policy = spec.settings.upgrades, policy.policy != .pinned else { return [] }
    var current = ServerSoftware(spec.software)
    var installed: [ServerTimeline.Upgrade] = []
    for release in releases
    where ServerSoftware(release.software).implementation == current.implementation {
      guard let lag = lag(of: release, policy, spec) else { continue }
      installed.append(.init(epoch: release.epoch + lag, software: release.software))
    }
    installed.sort { ($0.epoch, $0.software) < ($1.epoch, $1.software) }
    // An older release that arrives late is not gone back to.
    return installed.filter { upgrade in
      let software = ServerSoftware(upgrade.software)
      guard current.isOlder(than: software) else { return false }
      current = software
      return true
    }
  }

  /// Epochs from a release to its installation; nil: beyond the plan.
  private func lag(of release: ReleaseSpec, _ spec: UpgradeSpec, _ server: ServerSpec) -> Int? {
    let purpose =
      spec.policy == .wave
      ? "wave|\(spec.channel)|\(release.software)" : "upgrade|\(server.id)|\(release.software)"
    let chance = spec.policy == .prompt ? Self.promptness : 1 / spec.meanLag
    var random = Xoshiro256StarStar(seed: NetworkPlan.seed(scenario.seed, purpose))
    // Nothing is installed at epoch 0: that is how the scenario says the server starts.
    return (0..<max(0, horizon - release.epoch)).first { lag in
      random.nextUnit() < chance && release.epoch + lag > 0
    }
  }
}

extension ServerSoftware {
  /// Whether it is an earlier release of the same implementation.
  func isOlder(than other: ServerSoftware) -> Bool {
    guard implementation == other.implementation,
      let own = version.flatMap({ ProtocolVersion($0) }),
      let others = other.version.flatMap({ ProtocolVersion($0) })
    else { return false }
    return own.parts.lexicographicallyPrecedes(others.parts)
  }
}
