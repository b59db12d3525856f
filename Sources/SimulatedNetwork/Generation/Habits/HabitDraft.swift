internal import Artifact
internal import Statistics

/// Servers of habits in the making.
struct HabitDraft {
  typealias Members = [(String, JSONValue)]

  private let places: [NetworkDraft.DraftedSite]
  private(set) var random: Xoshiro256StarStar
  private(set) var operators: [JSONValue] = []
  private(set) var nodes: [JSONValue] = []

  init(places: [NetworkDraft.DraftedSite], seed: UInt64) {
    self.places = places.filter { $0.hoster.rented > 0 }
    random = Xoshiro256StarStar(seed: seed)
  }

  /// Software that tells a banner, a donation address and hosts.
  private static let talkative = [
    "ElectrumX 1.16.0", "ElectrumX 1.18.0", "Fulcrum 1.11.0", "Fulcrum 1.12.0",
  ]

  /// An operator; what is not said of its servers is drawn.
  mutating func add(
    _ id: String, kind: OperatorKind = .vps, _ common: Members = [], servers: [Members]
  ) {
    var members: Members = [("id", .string(id)), ("kind", .string(kind.rawValue))]
    members += Self.missing(
      [("software", .string(Self.talkative[random.nextIndex(below: Self.talkative.count)]))],
      in: common)
    let listed = servers.enumerated().map { number, server in
      let drawn: Members = [("id", .string("\(id)-\(number + 1)")), ("site", .string(site().id))]
      return JSONValue.object(Self.missing(drawn, in: server) + server)
    }
    operators.append(.object(members + common + [("servers", .array(listed))]))
  }

  mutating func addNode(_ id: String) {
    nodes.append(.object([("id", .string(id))]))
  }

  private static func missing(_ usual: Members, in said: Members) -> Members {
    usual.filter { member in !said.contains { $0.0 == member.0 } }
  }

  // MARK: Draws

  mutating func site() -> NetworkDraft.DraftedSite {
    places[random.nextIndex(below: places.count)]
  }

  mutating func brand() -> String { NameDraft.brand(&random) }

  mutating func donation() -> (String, JSONValue) {
    ("donation_address", .string(NameDraft.donationAddress(&random)))
  }

  mutating func days(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + random.nextIndex(below: range.count)
  }

  /// A certificate of its own, made some day of the last years, with what is said of it.
  mutating func certificate(_ said: Members = []) -> (String, JSONValue) {
    let drawn: Members = [("age_days", .integer(days(20...1_400)))]
    return ("certificate", .object(Self.missing(drawn, in: said) + said))
  }

  static func names(_ name: String) -> (String, JSONValue) { ("names", .array([.string(name)])) }
}
