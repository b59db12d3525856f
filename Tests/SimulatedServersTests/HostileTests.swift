import ElectrumProtocol
import Statistics
import Testing

@testable import SimulatedServers

/// Nothing that a client sends stops a server or makes it talk without end.
struct HostileTests {
  private static let methods = [
    "server.version", "server.ping", "server.features", "server.banner", "server.add_peer",
    "blockchain.block.header", "blockchain.block.headers", "blockchain.estimatefee",
    "blockchain.scripthash.get_history", "blockchain.scripthash.subscribe",
    "blockchain.scripthash.unsubscribe", "blockchain.transaction.get",
    "blockchain.transaction.get_merkle", "blockchain.transaction.id_from_pos",
    "blockchain.transaction.broadcast", "blockchain.transaction.broadcast_package",
    "blockchain.outpoint.get_status", "blockchain.utxo.get_info", "blockchain.header.get", "foo",
  ]

  private static let numbers = [
    "0", "-1", "1", "159", "160", "9223372036854775807", "-9223372036854775808",
    "99999999999999999999", "1e300", "0.5", "4294967296", "NaN",
  ]

  private static func value(_ random: inout Xoshiro256StarStar, depth: Int = 0) -> WireValue {
    switch random.nextIndex(below: depth > 2 ? 6 : 8) {
    case 0: return .null
    case 1: return .bool(random.nextIndex(below: 2) == 0)
    case 2, 3: return .number(numbers[random.nextIndex(below: numbers.count)])
    case 4: return .string(String(repeating: "ab", count: random.nextIndex(below: 40)))
    case 5: return .string(TestScript.probed[random.nextIndex(below: 3)].scripthash.text)
    case 6:
      return .array((0..<random.nextIndex(below: 4)).map { _ in value(&random, depth: depth + 1) })
    default:
      return .object([WireMember("height", value(&random, depth: depth + 1))])
    }
  }

  private static func line(_ random: inout Xoshiro256StarStar) -> [UInt8] {
    if random.nextIndex(below: 4) == 0 {
      let count = random.nextIndex(below: 60)
      return (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }.filter { $0 != 10 }
        + [10]
    }
    var members = [
      WireMember("method", .string(methods[random.nextIndex(below: methods.count)])),
      WireMember("id", value(&random)),
      WireMember("params", .array((0..<random.nextIndex(below: 4)).map { _ in value(&random) })),
    ]
    if random.nextIndex(below: 5) == 0 { members.remove(at: random.nextIndex(below: 3)) }
    let message = WireValue.object(members)
    let isBatch = random.nextIndex(below: 6) == 0
    return (isBatch ? .array([message, value(&random), message]) : message).encoded() + [10]
  }

  @Test(arguments: [
    "ElectrumX 1.16.0", "ElectrumX 1.18.0", "ElectrumX 2.0.0", "Fulcrum 1.4.0", "Fulcrum 2.1.1",
    "electrs/0.11.1", "electrs-esplora 0.4.2", "electrs-esplora 0.4.1",
    "ElectrumPersonalServer 0.2.4",
  ]) func `random lines never stop a server`(software: String) throws {
    var random = Xoshiro256StarStar(seed: 11)
    let profile = SmallServer.profile(software)
    var lines = 0
    for _ in 0..<25 {
      var session = try SmallServer.session(profile)
      let hello = ElectrumRequest(
        id: 0, method: "server.version", params: [.string("p"), .string("1.4")])
      _ = session.receive(hello.encoded()[...], at: 0)
      for step in 1...12 {
        let line = Self.line(&random)
        let effects = session.receive(line[...], at: Double(step))
        lines += 1
        #expect(effects.count <= 4)
        if effects.contains(.close) || effects.contains(.abort) { break }
      }
    }
    #expect(lines > 25)
  }

  @Test func `subscriptions do not grow without bound`() {
    var subscriptions = Subscriptions()
    var taken = 0
    for number in 0..<(Subscriptions.capacity + 10) {
      let text = String(repeating: "0", count: 64 - "\(number)".count) + "\(number)"
      guard let hash = Scripthash(text) else { continue }
      if subscriptions.insert(hash, status: nil) { taken += 1 }
    }
    #expect(taken == Subscriptions.capacity)
  }
}
