import Records

@testable import Normalizing

/// SplitMix64: the same draws for the same seed.
struct SeededDraws: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  mutating func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &self) < share }

  mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: values.indices, using: &self)]
  }
}

/// Few values for many endpoints, so that every rule meets every veto.
enum SeededNetwork {
  static let addresses = ["198.18.0.1", "198.18.0.2", "198.18.0.3", "2001:db8::1", "abc.onion"]
  private static let names = ["a.example", "b.example", "c.example"]
  private static let versions = [
    "ElectrumX 1.18.0", "ElectrumX 1.18.0", "ElectrumX 1.19.0", "Fulcrum 2.1.1",
  ]

  static func evidence(seed: UInt64) -> ResolutionEvidence {
    var draws = SeededDraws(seed)
    var places: Set<String> = []
    var endpoints: [EndpointEvidence] = []
    for _ in 0..<Int.random(in: 2...14, using: &draws) {
      let endpoint = endpoint(&draws)
      if places.insert(endpoint.place).inserted { endpoints.append(endpoint.evidence) }
    }
    if draws.chance(0.15) { endpoints += twins(&draws, besides: places) }
    var evidence = ResolutionEvidence(
      endpoints: endpoints, copiedKeys: draws.chance(0.1) ? ["k1"] : [])
    for _ in 0..<Int.random(in: 0...8, using: &draws) {
      let pair = [draws.pick(endpoints), draws.pick(endpoints)]
      guard pair[0].draft.address == pair[1].draft.address else { continue }
      let source = draws.pick([pair[0].id, pair[1].id, "list", "stranger"])
      evidence.listed.add(pair[0].id, pair[1].id, source: source, isList: source == "list")
    }
    if draws.chance(0.3) {
      evidence.resumptions = [
        TicketResumption(issuer: draws.pick(endpoints).id, resumer: draws.pick(endpoints).id)
      ]
    }
    return evidence
  }

  /// A server at an address of each family that names some of them, mostly with nothing against it.
  private static func twins(
    _ draws: inout SeededDraws, besides taken: Set<String>
  ) -> [EndpointEvidence] {
    let own = ["198.18.0.3", "2001:db8::1", "abc.onion"]
    let version = draws.pick(versions)
    return own.compactMap { address in
      let endpoint = MadeEndpoint(address, 6).with {
        $0.version = version
        $0.hosts = own.filter { _ in draws.chance(0.9) }.map { ($0, [6]) }
        if draws.chance(0.1) { $0.hosts.append((draws.pick(names), [6])) }
        $0.tips = [TipSighting(time: 10_000, height: 100 + (draws.chance(0.2) ? 2 : 0))]
        if draws.chance(0.3) { $0.key = draws.pick(["k1", "k2"]) }
        if draws.chance(0.1) { $0.genesis = draws.pick(["00", "11"]) }
      }
      return taken.contains(endpoint.place) ? nil : endpoint.evidence
    }
  }

  private static func endpoint(_ draws: inout SeededDraws) -> MadeEndpoint {
    var endpoint = MadeEndpoint(draws.pick(addresses), Int.random(in: 1...5, using: &draws))
    endpoint.names = Set(names.filter { _ in draws.chance(0.25) })
    if draws.chance(0.5) { endpoint.key = draws.pick(["k1", "k2", "k3"]) }
    if draws.chance(0.7) { endpoint.system = draws.pick([1, 1, 1, 2]) }
    endpoint.version = draws.chance(0.85) ? draws.pick(versions) : nil
    if draws.chance(0.5) { endpoint.genesis = draws.chance(0.9) ? "00" : "11" }
    if draws.chance(0.7) { endpoint.features = draws.pick(["f", "f", "g"]) }
    if draws.chance(0.1) { endpoint.protocols = draws.pick([nil, ("1.4", "1.6")]) }
    for _ in 0..<Int.random(in: 0...2, using: &draws) where endpoint.features != nil {
      let name = draws.pick(names + addresses)
      endpoint.hosts.removeAll { $0.name == name }
      endpoint.hosts.append(
        (name, [Int.random(in: 1...5, using: &draws), Int.random(in: 1...5, using: &draws)]))
    }
    for _ in 0..<Int.random(in: 0...2, using: &draws) { endpoint.tips.append(tip(&draws)) }
    if draws.chance(0.6) { endpoint.shapes = MadeEndpoint.usual }
    return endpoint
  }

  private static func tip(_ draws: inout SeededDraws) -> TipSighting? {
    let height = 100 + Int.random(in: 0...4, using: &draws)
    let time = 10_000 + 30 * Int.random(in: 0...40, using: &draws)
    return TipSighting(
      time: draws.chance(0.9) ? time : nil, height: height,
      hash: draws.chance(0.5) ? "hash \(height)" : nil,
      headerTime: draws.chance(0.5) ? time - 300 * Int.random(in: -1...4, using: &draws) : nil)
  }
}
