import Records
import TestSupport
import Testing

@testable import Normalizing

/// Whom servers name.
struct ClaimTests {
  private static func hosts(_ names: [String], ports: String = #"{"tcp_port":50001}"#) -> String {
    #"{"hosts":{\#(names.map { #""\#($0)":\#(ports)"# }.joined(separator: ","))}}"#
  }

  private func scan(
    _ hosts: [String: [String]], peers: [String: String] = [:], silent: [String] = []
  ) throws -> Normalized {
    var connections = hosts.sorted { $0.key < $1.key }.map { address, names in
      var replies = [("server.features", Self.hosts(names))]
      peers[address].map { replies.append(("server.peers.subscribe", $0)) }
      return Connection.answered(address, replies: replies)
    }
    connections += silent.map { address in
      var connection = Connection.answered(address, version: nil)
      connection.outcome = .connectTimedOut
      return connection
    }
    return try Normalized([RawScan("a", connections)])
  }

  private func claims(_ normalized: Normalized) throws -> [String] {
    let servers = try normalized.rows(Server.self)
    func address(_ id: String) -> String {
      servers.first { $0.serverID == id }?.addresses.first ?? "-"
    }
    return try normalized.rows(HostClaim.self).map { row in
      let mutual = row.isMutual.map { $0 ? "mutual" : "one-sided" } ?? "-"
      return "\(address(row.serverID)) \(row.place) \(address(row.claimedServerID)) \(mutual)"
    }.sorted()
  }

  @Test func `a claim is mutual only where both name each other, and anybody can name anybody`()
    throws
  {
    let normalized = try scan([
      "9.9.9.1": ["9.9.8.2"], "9.9.8.2": ["9.9.9.1"],
      "9.9.7.3": ["9.9.9.1", "9.9.7.3", "no.example"],
      "9.9.6.4": [],
    ])
    #expect(
      try claims(normalized) == [
        "9.9.7.3 9.9.7.3 9.9.7.3 -", "9.9.7.3 9.9.9.1 9.9.9.1 one-sided",
        "9.9.7.3 no.example - -", "9.9.8.2 9.9.9.1 9.9.9.1 mutual",
        "9.9.9.1 9.9.8.2 9.9.8.2 mutual",
      ])
    // Two addresses of one family that name each other are two servers.
    #expect(try normalized.rows(Server.self).count == 4)
  }

  @Test func `of a thousand places thirty-two have rows, and the rest is counted`() throws {
    let names = (0..<1_000).map { "n\($0).example" }
    let rows = try scan(["9.9.9.1": names]).rows(HostClaim.self)
    #expect(rows.count == 32 && rows.allSatisfy { $0.dropped == 968 })
  }

  @Test func `who only stands in a list is named by nobody`() throws {
    let tuple = { (address: String) in #"["\#(address)","\#(address)",["v1.4","t50001"]]"# }
    let peers = "[" + ["9.9.9.2", "9.9.9.3", "9.9.9.9"].map(tuple).joined(separator: ",") + "]"
    let normalized = try scan(
      ["9.9.9.1": [], "9.9.9.2": []], peers: ["9.9.9.1": peers], silent: ["9.9.9.3"])
    let rows = try normalized.rows(AdvertisedServer.self)
    let reached = try normalized.rows(Server.self).filter(\.reached)
    #expect(rows.count == 1 && rows[0].endpoints == 1)
    #expect(Set(reached.map(\.serverID)) == Set(rows.flatMap { [$0.serverID, $0.advertisedID] }))
    let listed = try normalized.rows(Server.self).first { $0.addresses == ["9.9.9.9"] }
    #expect(listed?.protocolMaxListed == "1.4")
  }

  @Test func `a version that one source invents is not that of most sources`() {
    var versions = ListedVersions()
    for version in ["1.4.2", "1.4.2", "9.9"] { versions.take(version) }
    #expect(versions.mostTold == "1.4.2")
    for number in 0..<1_000 { versions.take("8.\(number)") }
    #expect(versions.mostTold == "1.4.2")
    #expect(ListedVersions().mostTold == nil)
  }

  @Test func `ports of all transports that a server claims are told`() throws {
    let ports = #"{"tcp_port":50001,"ssl_port":50002,"ws_port":50003,"wss_port":50004}"#
    let features = Self.hosts(["a.example"], ports: ports)
    let connection = Connection.answered("9.9.9.1", replies: [("server.features", features)])
    let server = try #require(
      try Normalized([RawScan("a", [connection])]).rows(Server.self).first)
    #expect(server.hostsPorts == ["ssl:50002", "tcp:50001", "ws:50003", "wss:50004"])
  }

  @Test func `who was dialled by a name and answered has that name verified`() throws {
    var connection = Connection.answered("", host: "a.example")
    connection.network = .unresolved
    var silent = connection
    silent.host = "b.example"
    silent.outcome = .connectTimedOut
    silent.exchanges = []
    let servers = try Normalized([RawScan("a", [connection, silent])]).rows(Server.self)
    let names: [[String]] = servers.map(\.verifiedNames).sorted { $0.count < $1.count }
    #expect(names == [[], ["a.example"]])
  }
}
