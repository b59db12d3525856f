internal import Artifact
internal import Foundation
internal import Statistics

/// A random network in the making: sites, operators with their servers, and what time does.
struct NetworkDraft {
  /// An operator before its servers are drawn.
  struct Owner {
    let number: Int
    let kind: OperatorKind
    let size: Int

    /// Of one that is a single operator.
    var id: String { "\(kind.rawValue)-\(number)" }
  }

  /// A site of the address plan.
  struct DraftedSite {
    let id: String
    let hoster: Hoster
    let index: Int
    let prefix: Int
  }

  private let parameters: GenerationParameters
  private let places: [DraftedSite]

  /// Exponent of the law of operators' sizes (Zipf): a few have many servers, most have one.
  private static let exponent = 0.9
  /// First loopback /16 of the address plan.
  private static let firstPrefix = 64
  private static let largestKnown = 400.0
  /// People of a user group; one owner of five is in one.
  private static let groupSize = 4

  init(_ parameters: GenerationParameters) {
    self.parameters = parameters
    var places: [DraftedSite] = []
    for hoster in Hoster.all {
      for index in hoster.places.indices {
        places.append(
          DraftedSite(
            id: "\(hoster.id)-\(index + 1)", hoster: hoster, index: index,
            prefix: Self.firstPrefix + places.count))
      }
    }
    self.places = places
  }

  /// The members of the scenario that are drawn.
  mutating func members() -> [(String, JSONValue)] {
    var ids: [String] = []
    var operators: [JSONValue] = []
    let owners = owners()
    let groups = Self.userGroups(owners)
    let servers = Dictionary(uniqueKeysWithValues: owners.map { ($0.number, "\($0.id)-1") })
    for owner in owners {
      var draft = OperatorDraft(
        owner, parameters: parameters, places: places,
        friends: (groups[owner.number] ?? []).filter { $0 != owner.number }
          .compactMap { servers[$0] })
      operators += draft.operators()
      ids += draft.reachable
    }
    let habits = habits()
    operators += habits.operators
    // Who knows of everybody in a large network would be no server but a census.
    let known = min(0.9, Self.largestKnown / Double(parameters.servers))
    return [
      ("sites", .array(places.map(\.value))), ("operators", .array(operators)),
      ("peer_knowledge", .number((known * 1_000).rounded() / 1_000)),
      ("phantoms", .array(phantoms)), ("releases", .array(Self.releases)),
      ("outages", .array(Self.outages)),
      ("bootstrap", .array(ids.prefix(8).map { .string($0) })),
    ] + (habits.nodes.isEmpty ? [] : [("nodes", .array(habits.nodes))])
  }

  /// Servers of the habits that are wanted, each with chance of its own.
  private func habits() -> (operators: [JSONValue], nodes: [JSONValue]) {
    var parts: (operators: [JSONValue], nodes: [JSONValue]) = ([], [])
    for habit in Habit.all where parameters.habits.contains(habit.word) {
      var draft = HabitDraft(
        places: places,
        seed: NetworkPlan.seed(UInt64(parameters.seed), "generate|habit|\(habit.word)"))
      habit.add(&draft)
      parts.operators += draft.operators
      parts.nodes += draft.nodes
    }
    return parts
  }

  /// Numbers of owners who name each other's servers, by the number of each of them.
  private static func userGroups(_ owners: [Owner]) -> [Int: [Int]] {
    let single = owners.filter { $0.size == 1 && [.appliance, .vps].contains($0.kind) }
      .map(\.number)
    var groups: [Int: [Int]] = [:]
    for first in stride(from: 0, to: single.count, by: 5 * groupSize) {
      let members = Array(single[first..<min(first + groupSize, single.count)])
      if members.count > 1 { for member in members { groups[member] = members } }
    }
    return groups
  }

  /// Sizes by a power law; kinds so that each has its share of the servers.
  func owners() -> [Owner] {
    var left = parameters.mix
    let total = OperatorKind.allCases.reduce(0) { $0 + (left[$1] ?? 0) }
    for kind in OperatorKind.allCases {
      left[kind] = left[kind].map { $0 / total * Double(parameters.servers) }
    }
    return sizes().enumerated().map { number, size in
      let kinds = OperatorKind.allCases.filter { left[$0] != nil }
      let fitting = kinds.filter { $0.sizes.contains(size) }
      let kind = (fitting.isEmpty ? kinds : fitting).max { (left[$0] ?? 0) < (left[$1] ?? 0) }
      let chosen = kind ?? .vps
      left[chosen, default: 0] -= Double(size)
      return Owner(number: number + 1, kind: chosen, size: size)
    }
  }

  /// Descending, at least 1 each, together the servers that are wanted.
  private func sizes() -> [Int] {
    let count = min(parameters.servers, parameters.operators ?? usualOperators)
    func sizes(_ largest: Double) -> [Int] {
      (1...count).map { max(1, Int(largest * pow(Double($0), -Self.exponent))) }
    }
    var low = 1.0
    var high = Double(parameters.servers)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if sizes(middle).reduce(0, +) > parameters.servers { high = middle } else { low = middle }
    }
    var result = sizes(low)
    // What rounding left over goes to the largest, one each.
    for place in 0..<parameters.servers - result.reduce(0, +) { result[place % count] += 1 }
    return result
  }

  /// As many as the mix makes with kinds of their usual sizes.
  private var usualOperators: Int {
    let total = parameters.mix.values.reduce(0, +)
    let operators = OperatorKind.allCases.reduce(0.0) { sum, kind in
      sum + (parameters.mix[kind] ?? 0) / total * Double(parameters.servers) / kind.usualSize
    }
    return max(1, Int(operators))
  }

  /// Dead and impossible entries, as every list has them.
  private var phantoms: [JSONValue] {
    let features = JSONValue.array([.string("v1.4.2"), .string("s50002"), .string("t50001")])
    let dead = (0..<max(1, parameters.servers / 50)).map { number in
      JSONValue.object([
        ("site", .string(places[number % places.count].id)),
        ("host", .string("gone\(number + 1).example")), ("features", features),
      ])
    }
    let impossible = ["10.0.0.5", "192.168.1.20", "127.0.1.1"].map {
      JSONValue.object([("address", .string($0)), ("features", features)])
    }
    return dead + impossible
  }

  private static let releases: [JSONValue] = [
    ("ElectrumX 1.19.0", 12), ("Fulcrum 2.1.1", 30), ("ElectrumX 1.20.0", 60),
    ("electrs/0.11.1", 44), ("ElectrumX 2.0.0", 100),
  ].map { .object([("software", .string($0.0)), ("epoch", .integer($0.1))]) }

  /// A large hoster's failure, and small ones of access networks now and then.
  private static let outages: [JSONValue] =
    [.object([("asn", .integer(64_500)), ("from", .integer(50)), ("until", .integer(52))])]
    + [64_508, 64_509].map {
      .object([
        ("asn", .integer($0)), ("mean_epochs_between", .integer(90)), ("mean_epochs", .integer(2)),
      ])
    }
}

extension NetworkDraft.DraftedSite {
  fileprivate var value: JSONValue {
    let place = hoster.places[index]
    return .object([
      ("id", .string(id)), ("prefix", .string("127.\(prefix).0.0/16")),
      ("asn", .integer(hoster.autonomousSystem)), ("organization", .string(hoster.organization)),
      ("country", .string(place.country)), ("latitude", .number(place.latitude)),
      ("longitude", .number(place.longitude)),
    ])
  }
}

extension OperatorKind {
  /// How many servers one of this kind plausibly runs.
  fileprivate var sizes: ClosedRange<Int> {
    switch self {
    case .appliance: 1...1
    case .vps: 1...2
    case .pro: 2...12
    case .farm, .platform: 4...20_000
    case .stealth: 3...20_000
    }
  }

  /// For how many operators there are, where nothing is said.
  fileprivate var usualSize: Double {
    switch self {
    case .appliance, .vps: 1
    case .pro: 4
    case .farm: 10
    case .stealth: 10
    case .platform: 12
    }
  }
}
