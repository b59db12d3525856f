import Foundation
import RecordLinkage
import TestSupport

/// Generated networks, and what an independent implementation (numpy, scipy) finds in them.
struct ReferenceNetwork: Decodable {
  struct Field: Decodable {
    let name: String
    let group: Int
    let level: Int
    let robust: Bool
    let values: [[String]?]
    let owned: [String]
  }
  struct Making: Decodable {
    let time: Double
    let kind: String
    let thing: String

    init(from decoder: any Decoder) throws {
      var list = try decoder.unkeyedContainer()
      time = try list.decode(Double.self)
      kind = try list.decode(String.self)
      thing = try list.decode(String.self)
    }
  }
  struct State: Decodable {
    let frame: [String]
    let figures: [[Double]]
  }
  struct Recipes: Decodable {
    struct Found: Decodable {
      let fields: [String]
      let values: [String]
      let members: [Int]
      let logp: Double
    }
    let fields: [String]
    let cells: [[String?]]
    let nothing: [String]
    let places: [String]
    let families: [String?]
    let found: [Found]
  }
  struct Bursts: Decodable {
    let times: [Double?]
    let keys: [String?]
    let of: [String: String]
  }

  let n: Int
  let groups: [String]
  let prior: Double
  let fields: [Field]
  let zones: [[String]]
  let together: [[String]]
  let claims: [[Int]]
  let makings: [[Making]]
  let keys: [[String]]
  let states: [[[State]]]
  let units: [Int]
  let `operator`: [Int]
  let identity: [Int]
  let label: [String]
  /// a, b, then the bits of each group.
  let pairs: [[Double]]
  let positive: Int
  let recipes: Recipes
  let bursts: Bursts

  static let all: [ReferenceNetwork] = {
    let path = PackageRoot.path("Tests/RecordLinkageTests/Reference/linkage.json")
    guard let data = FileManager.default.contents(atPath: path) else { return [] }
    return (try? JSONDecoder().decode([ReferenceNetwork].self, from: data)) ?? []
  }()

  static let model = LinkageModel(groups: [
    group("key", (nil, .proof), (nil, .proof)),
    group("issuer", (0.3, .alone)),
    group("batch", (0.3, .alone)),
    group("name", (0.3, .support), (0.3, .alone)),
    group("config", (0.3, .support)),
    group("claim", (nil, .support)),
    group("tenant", (nil, .alone)),
    group("address", (0.3, .support)),
    group("backend", (0.02, .support)),
  ])

  private static func group(
    _ name: String, _ levels: (Double?, Strength)...
  ) -> EvidenceGroupModel {
    EvidenceGroupModel(
      name: name, levels: levels.map { AgreementLevel(agreement: $0.0, strength: $0.1) })
  }

  /// The evidence with its records in another order: record i is `order[i]` of the network.
  func evidence(order: [Int]? = nil) -> LinkageEvidence {
    let order = order ?? Array(0..<n)
    let place = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    var evidence = LinkageEvidence(count: n)
    evidence.fields = fields.map { field in
      let owned = Set(field.owned)
      return ValueField(
        field.name, group: field.group, level: field.level, isRobust: field.robust,
        values: order.map { field.values[$0].map { Set($0) } }, owned: owned.contains)
    }
    evidence.vetoes["named key"] = ValueField(
      "zone", group: 3, values: order.map { Set(zones[$0]) })
    evidence.pairs = [
      GivenPairs(
        "claim", group: 5, count: n,
        pairs: claims.map { (place[$0[0]] ?? 0, place[$0[1]] ?? 0) })
    ]
    evidence.madeTogether = MadeTogether(
      "batch", group: 2,
      makings: order.map { record in
        Set(makings[record].map { .init(time: $0.time, kind: $0.kind, thing: $0.thing) })
      }, sets: order.map { Set(keys[$0]) })
    evidence.sharedState = SharedState(
      "state", group: 8,
      rounds: states.map { round in
        order.map { record in
          Set(
            round[record].map { state in
              SharedState.State(
                frame: state.frame,
                figures: Dictionary(uniqueKeysWithValues: state.figures.map { (Int($0[0]), $0[1]) })
              )
            })
        }
      })
    evidence.conjunctions = [
      .init(
        ValueField("name and text", group: 3, values: order.map { Set(together[$0]) }),
        groups: [3, 4])
    ]
    return evidence
  }

  /// A partition by smallest member.
  static func canonical(_ labels: [Int]) -> [Int] {
    var first: [Int: Int] = [:]
    for (index, label) in labels.enumerated() where first[label] == nil { first[label] = index }
    return labels.map { first[$0] ?? -1 }
  }
}
