import ElectrumProtocol
import SimulatedChain
import Statistics
import TestSupport
import Testing

@testable import SimulatedServers

struct LimitTests {
  private static let p2tr = WireValue.string(TestScript.probed[2].scripthash.text)
  private static let hello: [WireValue] = [.string("p"), .string("1.4")]

  @Test func `fulcrum answers ten errors and closes at the eleventh`() throws {
    var connection = try SmallServer.connection(SmallServer.profile("Fulcrum 2.1.1"))
    _ = SmallServer.ask(&connection, "server.version", Self.hello)
    for id in 1...10 {
      let reply = SmallServer.ask(&connection, "foo", id: id)
      #expect(reply?["error"]?["code"]?.integer == -32_601)
    }
    #expect(SmallServer.ask(&connection, "foo", id: 11) == nil)
    #expect(connection.closedAt != nil)
  }

  @Test func `fulcrum closes the thirteenth connection of an address`() throws {
    let profile = SmallServer.profile("Fulcrum 2.1.1")
    #expect(try SmallServer.connection(profile, connections: 12).closedAt == nil)
    #expect(try SmallServer.connection(profile, connections: 13).closedAt != nil)
    var open = profile
    open.limits.clientsPerAddress = 0
    #expect(try SmallServer.connection(open, connections: 50).closedAt == nil)
  }

  @Test func `fulcrum refuses a batch over its limit and stays open`() throws {
    var connection = try SmallServer.connection(SmallServer.profile("Fulcrum 2.1.1"))
    connection.send(Recording.batch(346))
    connection.run(until: 1)
    let reply = try WireDocument(parsing: connection.output).value
    #expect(reply["error"]?["message"]?.text == "Batch limit exceeded")
    #expect(connection.closedAt == nil)
  }

  @Test func `fulcrum tells nothing of a script with too much history`() throws {
    var profile = SmallServer.profile("Fulcrum 2.1.1")
    profile.limits.maximumHistory = 1_000
    var connection = try SmallServer.connection(profile)
    let whale = WireValue.string(SizedScript.whale.scripthash.text)
    let history = SmallServer.ask(&connection, "blockchain.scripthash.get_history", [whale])
    #expect(history?["result"] == .array([]))
    let status = SmallServer.ask(&connection, "blockchain.scripthash.subscribe", [whale])
    #expect(status?["result"] == .null)
    let balance = SmallServer.ask(&connection, "blockchain.scripthash.get_balance", [whale])
    #expect(balance?["result"]?["confirmed"]?.integer ?? 0 > 0)
  }

  /// 2.0 has a code of its own for it.
  @Test(arguments: [("1.20.0", 1), ("2.0.0", 10_001)])
  func `electrum x refuses a history that does not fit`(version: String, code: Int) throws {
    var profile = SmallServer.profile("ElectrumX \(version)")
    profile.limits.maximumSend = 350_000
    var connection = try SmallServer.connection(profile)
    _ = SmallServer.ask(&connection, "server.version", Self.hello)
    let whale = WireValue.string(SizedScript.whale.scripthash.text)
    let reply = SmallServer.ask(&connection, "blockchain.scripthash.get_history", [whale])
    #expect(reply?["error"]?["code"]?.integer == code)
    #expect(reply?["error"]?["message"]?.text == "history too large")
  }

  @Test func `the throttle sleeps between its limits and ends at the hard one`() {
    var throttle = ElectrumXThrottle(ServerLimits())
    #expect(throttle.turn(at: 0) == .runs(start: 0))
    throttle.charge(995, at: 0)
    #expect(throttle.turn(at: 0) == .runs(start: 0))
    // Half of the way from the soft to the hard limit: half of 2.5 seconds.
    throttle.charge(4_500, at: 0)
    #expect(throttle.turn(at: 0) == .runs(start: 1.25))
    throttle.charge(4_500, at: 0)
    #expect(throttle.turn(at: 0) == .ends(0))
  }

  @Test func `electrum x ends a session at its hard limit`() throws {
    var profile = SmallServer.profile("ElectrumX 2.0.0")
    profile.limits.softCost = 20
    profile.limits.hardCost = 60
    var connection = try SmallServer.connection(profile)
    _ = SmallServer.ask(&connection, "server.version", Self.hello)
    _ = SmallServer.ask(&connection, "foo", id: 1)
    let reply = SmallServer.ask(&connection, "foo", id: 2)
    #expect(reply?["error"]?["code"]?.integer == -101)
    #expect(connection.closedAt != nil)
  }

  @Test(arguments: [
    ("ElectrumX 1.16.0", -101), ("Fulcrum 2.1.1", 3), ("electrs/0.11.1", nil),
    ("electrs-esplora 0.4.2", nil), ("ElectrumPersonalServer 0.2.4", nil),
  ]) func `every implementation obeys the request limit`(software: String, code: Int?) throws {
    var profile = SmallServer.profile(software)
    profile.requestLimit = 2
    var connection = try SmallServer.connection(profile)
    #expect(SmallServer.ask(&connection, "server.ping") != nil)
    #expect(SmallServer.ask(&connection, "server.ping") != nil)
    let reply = SmallServer.ask(&connection, "server.ping")
    #expect(reply?["error"]?["code"]?.integer == code)
    #expect(connection.closedAt != nil)
  }

  @Test func `a selective limit holds for its target alone`() throws {
    var profile = SmallServer.profile("ElectrumX 1.16.0")
    profile.selectiveLimit = SelectiveLimit(target: .script("p2tr"), requests: 1)
    var connection = try SmallServer.connection(profile)
    let method = "blockchain.scripthash.get_balance"
    let other = WireValue.string(TestScript.probed[0].scripthash.text)
    #expect(SmallServer.ask(&connection, method, [Self.p2tr])?["result"] != nil)
    #expect(SmallServer.ask(&connection, method, [other])?["result"] != nil)
    let reply = SmallServer.ask(&connection, method, [Self.p2tr])
    #expect(reply?["error"]?["code"]?.integer == -101)
  }

  @Test(arguments: [
    "ElectrumX 2.0.0", "Fulcrum 2.1.1", "electrs/0.11.1", "ElectrumPersonalServer 0.2.4",
  ]) func `a slow server is slow whatever answers`(software: String) throws {
    var profile = SmallServer.profile(software)
    profile.serviceDelay = 0.75
    var connection = try SmallServer.connection(profile)
    connection.send(
      ElectrumRequest(id: 1, method: "server.version", params: Self.hello).encoded())
    connection.runUntilAnswered()
    #expect(connection.now >= 0.75)
    #expect(connection.now < 1.1)
  }

  @Test func `the forks refuse long histories and large batches`() throws {
    var connection = try SmallServer.connection(SmallServer.profile("electrs-esplora 0.4.2"))
    let whale = WireValue.string(SizedScript.whale.scripthash.text)
    let reply = SmallServer.ask(&connection, "blockchain.scripthash.get_history", [whale])
    #expect(reply?["error"]?["code"]?.integer == 1)
    connection.send(Recording.batch(21))
    #expect(connection.closedAt != nil)
  }
}
