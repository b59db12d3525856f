internal import ElectrumProtocol

/// How often a server is there.
struct UptimeSpec: Sendable, Equatable {
  /// Mean length of a time up. Unit: epochs.
  var meanUp: Double
  /// Mean length of a time down. Unit: epochs.
  var meanDown: Double
  /// Mean epochs between restarts that last less than an epoch; nil: none.
  var meanRestart: Double?

  static let keys: Set<String> = ["mean_up_epochs", "mean_down_epochs", "mean_restart_epochs"]

  init(_ value: WireValue, place: String) throws(ScenarioError) {
    let reader = try ScenarioReader(value, place: place, keys: Self.keys)
    meanUp = try reader.number("mean_up_epochs", 1...1_000_000)
    meanDown = try reader.number("mean_down_epochs", 1...1_000_000)
    meanRestart = try reader.optionalNumber("mean_restart_epochs", 1...1_000_000)
  }
}

/// When a server takes a new release.
struct UpgradeSpec: Sendable, Equatable {
  enum Policy: String, Sendable, CaseIterable {
    /// Never.
    case pinned
    /// Within about two epochs.
    case prompt
    /// Each release after a time of its own, long on average.
    case lagging
    /// With all others of the channel, as where a shop of applications updates them.
    case wave
  }

  let policy: Policy
  /// Mean epochs between a release and its installation, where the policy is lagging or wave.
  let meanLag: Double
  /// Servers of one channel are updated in the same wave.
  let channel: String

  static let keys: Set<String> = ["policy", "mean_lag_epochs", "channel"]

  private static let usualLag = 60.0

  init(_ value: WireValue, place: String) throws(ScenarioError) {
    let reader = try ScenarioReader(value, place: place, keys: Self.keys)
    policy = try reader.word("policy", Policy.self)
    meanLag = try reader.optionalNumber("mean_lag_epochs", 1...100_000) ?? Self.usualLag
    channel = try reader.optionalText("channel") ?? ""
  }
}

/// A release of the calendar.
struct ReleaseSpec: Sendable, Equatable {
  /// Full identification, as `ElectrumX 1.19.0`.
  let software: String
  let epoch: Int

  static let keys: Set<String> = ["software", "epoch"]

  init(_ value: WireValue, place: String) throws(ScenarioError) {
    let reader = try ScenarioReader(value, place: place, keys: Self.keys)
    software = try reader.text("software")
    epoch = try reader.integer("epoch", 0...1_000_000)
  }
}

/// A time when all servers of a site, an autonomous system or an operator are down together:
/// once, or again and again.
struct OutageSpec: Sendable, Equatable {
  enum Scope: Sendable, Equatable {
    case site(String)
    case autonomousSystem(Int)
    case owner(String)
  }

  enum Times: Sendable, Equatable {
    /// Epochs, the last not included.
    case once(Range<Int>)
    /// Mean epochs from one to the next, and mean length.
    case again(meanBetween: Double, mean: Double)
  }

  let scope: Scope
  let times: Times

  static let keys: Set<String> = [
    "site", "asn", "operator", "from", "until", "mean_epochs_between", "mean_epochs",
  ]

  init(_ value: WireValue, place: String) throws(ScenarioError) {
    let reader = try ScenarioReader(value, place: place, keys: Self.keys)
    guard ["site", "asn", "operator"].filter(reader.has).count == 1 else {
      throw ScenarioError(
        .missingKey, place: place, expected: "one of site, asn, operator",
        found: "none or several")
    }
    if let site = try reader.optionalText("site") {
      scope = .site(site)
    } else if let owner = try reader.optionalText("operator") {
      scope = .owner(owner)
    } else {
      scope = .autonomousSystem(try reader.integer("asn", 1...4_294_967_294))
    }
    if reader.has("from") {
      let from = try reader.integer("from", 0...1_000_000)
      times = .once(from..<(try reader.integer("until", from + 1...1_000_001)))
    } else {
      times = .again(
        meanBetween: try reader.number("mean_epochs_between", 1...1_000_000),
        mean: try reader.number("mean_epochs", 1...1_000_000))
    }
  }
}

/// Questions that go unanswered by accident: what is missing, and whether at random.
struct FaultSpec: Sendable, Equatable {
  /// Beginnings of method names; empty: all.
  let methods: [String]
  /// Part of the connections that it strikes, 0…1.
  let share: Double
  /// Only connections through Tor.
  let onlyTor: Bool

  static let keys: Set<String> = ["methods", "share", "only_tor"]

  init(_ value: WireValue, place: String) throws(ScenarioError) {
    let reader = try ScenarioReader(value, place: place, keys: Self.keys)
    methods = try reader.texts("methods")
    share = try reader.number("share", 0...1)
    onlyTor = try reader.optionalBoolean("only_tor") ?? false
  }
}
