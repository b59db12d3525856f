internal import Artifact

/// How often a server is there.
struct UptimeSpec: Sendable, Equatable, FieldObject {
  static let definition: String? = "uptime"

  /// Unit: epochs.
  private(set) var meanUp = 1.0
  /// Unit: epochs.
  private(set) var meanDown = 1.0
  private(set) var meanRestart: Double?

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required(
      "mean_up_epochs", &meanUp, .number(1...1_000_000), "Mean length of a time up.")
    f.required(
      "mean_down_epochs", &meanDown, .number(1...1_000_000), "Mean length of a time down.")
    f.field(
      "mean_restart_epochs", &meanRestart, .number(1...1_000_000),
      "Mean epochs between restarts shorter than an epoch; absent: none.")
  }
}

/// When a server takes a new release.
struct UpgradeSpec: Sendable, Equatable, FieldObject {
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

  static let definition: String? = "upgrades"

  private(set) var policy = Policy.pinned
  private(set) var meanLag = 60.0
  private(set) var channel = ""

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required(
      "policy", &policy, .word,
      "pinned: never; prompt: within about two epochs of a release; lagging: after a time of its "
        + "own; wave: with all of its channel.")
    f.field(
      "mean_lag_epochs", &meanLag, .number(1...100_000),
      "Mean epochs from a release to its installation, lagging or wave.")
    f.field(
      "channel", &channel, .text, "Servers of one channel are updated in the same wave.")
  }
}

/// A release of the calendar.
struct ReleaseSpec: Sendable, Equatable, FieldObject {
  static let definition: String? = "release"

  private(set) var software = ""
  private(set) var epoch = 0

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.required("software", &software, .text, "Full identification, as ElectrumX 1.19.0.")
    f.required("epoch", &epoch, .integer(0...1_000_000), "When it is released.")
  }
}

/// A time when all servers of a site, an autonomous system or an operator are down together:
/// once, or again and again.
struct OutageSpec: Sendable, Equatable, FieldObject {
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

  static let definition: String? = "outage"

  private var site: String?
  private var autonomousSystem: Int?
  private var owner: String?
  private var from: Int?
  private var until: Int?
  private var meanBetween: Double?
  private var mean: Double?

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.field("site", &site, .text, "Id of a site.")
    f.field("asn", &autonomousSystem, .integer(1...4_294_967_294), "Autonomous system.")
    f.field("operator", &owner, .text, "Id of an operator.")
    f.exactlyOne(of: [["site"], ["asn"], ["operator"]])
    f.field("from", &from, .integer(0...1_000_000), "First epoch.")
    f.field("until", &until, .integer(1...1_000_001), "First epoch after it.")
    f.check(
      "until", (until ?? .max) > (from ?? 0), expected: "an epoch after the first",
      found: "\(until ?? 0)")
    f.field(
      "mean_epochs_between", &meanBetween, .number(1...1_000_000),
      "Mean epochs from one to the next.")
    f.field("mean_epochs", &mean, .number(1...1_000_000), "Mean length.")
    f.exactlyOne(of: [["from", "until"], ["mean_epochs_between", "mean_epochs"]])
  }

  var scope: Scope {
    if let site { return .site(site) }
    if let owner { return .owner(owner) }
    return .autonomousSystem(autonomousSystem ?? 0)
  }

  var times: Times {
    if let from, let until { return .once(from..<until) }
    return .again(meanBetween: meanBetween ?? 1, mean: mean ?? 1)
  }
}

/// Questions that go unanswered by accident: what is missing, and whether at random.
struct FaultSpec: Sendable, Equatable, FieldObject {
  static let definition: String? = "fault"

  /// Beginnings of method names; empty: all.
  private(set) var methods: [String] = []
  private(set) var share = 0.0
  private(set) var onlyTor = false

  init() {}

  mutating func fields<F: Fields>(_ f: inout F) {
    f.field(
      "methods", &methods, .texts,
      "Beginnings of names of methods that go unanswered; none: all of them.")
    f.required(
      "share", &share, .number(0...1), "Part of the connections that it strikes.")
    f.field(
      "only_tor", &onlyTor, .flag, "Whether it strikes only connections through Tor.")
  }
}
