import Artifact
import Records
import ServerTexts
import StageKit
import TestSupport
import Testing

@testable import Normalizing

/// What holds of a scan's tables whatever else is in the scan.
struct NormalizePropertyTests {
  private static let probes = [
    "server.banner", "server.donation_address", "server.features", "server.peers.subscribe",
    "blockchain.headers.subscribe",
  ]

  /// Takes what a probe tells of a server out of its row.
  private static let columns: [String: @Sendable (inout Server) -> Void] = [
    "server.banner": {
      $0.banner = nil
      $0.bannerStatus = .unknown
      $0.textFacts.bannerMaskedSHA256 = nil
    },
    "server.donation_address": {
      $0.donationAddress = nil
      $0.donationStatus = .unknown
      $0.textFacts.donationVerdict = nil
    },
    "server.features": {
      ($0.protocolMin, $0.protocolMax, $0.genesisHash, $0.chain) = (nil, nil, nil, nil)
      ($0.pruning, $0.hostsClaimed, $0.hostsPorts) = (nil, [], [])
    },
    "server.peers.subscribe": {
      ($0.peersReturned, $0.peerFacts, $0.protocolMaxListed) = (nil, PeerFacts(), nil)
    },
    "blockchain.headers.subscribe": { ($0.tipHeight, $0.tipHash) = (nil, nil) },
  ]

  /// Servers with two ports each and a name, that list each other; two of them behind one address.
  private static func network(_ draws: inout SeededDraws) -> [Connection] {
    let peers = (1...6).map { #"["\#(address($0))","n\#($0).example",["v1.4","t\#(port($0))"]]"# }
    return (1...6).flatMap { number in
      let name = "n\(number).example"
      let (tcp, ssl) = (port(number), port(number) + 1)
      let own = #"["\#(address(number))","\#(name)",["v1.4","s\#(ssl)","t\#(tcp)"]]"#
      let told = ([own] + peers).shuffled(using: &draws).joined(separator: ",")
      let version = draws.pick(["ElectrumX 1.18.0", "Fulcrum 2.1.1"])
      let replies = [
        ("server.banner", #""hello \#(number)""#),
        ("server.donation_address", draws.pick([#""""#, #""bc1q""#])),
        (
          "server.features",
          #"{"hosts":{"\#(name)":{"tcp_port":\#(tcp),"ssl_port":\#(ssl)}},"genesis_hash":"00"}"#
        ), ("server.peers.subscribe", "[\(told)]"),
        ("blockchain.headers.subscribe", #"{"height":\#(100 + number),"hex":"00"}"#),
      ]
      return [(tcp, Transport.tcp), (ssl, .ssl)].map { port, transport in
        Connection.answered(
          address(number), port: port, transport: transport, host: name, version: version,
          replies: replies)
      }
    }
  }

  /// The last two share an address.
  private static func address(_ number: Int) -> String { "9.9.9.\(min(number, 5))" }
  private static func port(_ number: Int) -> Int { 50_000 + 10 * number }

  private static func scan(_ connections: [Connection]) -> RawScan {
    var scan = RawScan("a", connections)
    scan.resolutions = (1...6).map { number in
      NameResolution(name: "n\(number).example", outcome: .answered).with {
        $0.addresses = [address(number)]
      }
    }
    return scan
  }

  private func normalized(seed: UInt64 = 1) throws -> Normalized {
    var draws = SeededDraws(seed)
    return try Normalized([Self.scan(Self.network(&draws))])
  }

  /// A table's rows without what `hide` takes out of them.
  private func rows<Row: ArtifactRow>(
    of normalized: Normalized, _ hide: (inout Row) -> Void = { _ in }
  ) throws -> [Row] {
    try normalized.rows(Row.self).map { row in
      var row = row
      hide(&row)
      return row
    }
  }

  /// Expects two runs' tables of servers, endpoints, joins and lineage to be equal.
  private func expectEqual(
    _ one: Normalized, _ other: Normalized, hidden: (inout Server) -> Void = { _ in },
    advertisers: Bool = true
  ) throws {
    #expect(try rows(of: one, hidden) == rows(of: other, hidden))
    let hide = { (endpoint: inout Endpoint) in
      if !advertisers { endpoint.advertisers = 0 }
    }
    #expect(try rows(of: one, hide) == rows(of: other, hide))
    #expect(try one.rows(LineageEvent.self) == other.rows(LineageEvent.self))
  }

  @Test func `six servers come out of twelve endpoints, also those that share an address`() throws {
    let servers = try normalized().rows(Server.self)
    #expect(servers.filter(\.reached).map(\.endpoints) == Array(repeating: 2, count: 6))
  }

  @Test func `the order of peers, connections and look-ups changes nothing`() throws {
    let first = try normalized()
    var draws = SeededDraws(1)
    var connections = Self.network(&draws)
    connections.shuffle(using: &draws)
    var scan = Self.scan(connections)
    scan.resolutions.reverse()
    let second = try Normalized([scan])
    #expect(try first.manifest().outputs == second.manifest().outputs)
  }

  @Test func `an advertisement heard again changes how often it was heard, and nothing else`()
    throws
  {
    var draws = SeededDraws(1)
    let connections = Self.network(&draws)
    var often = Self.scan(connections)
    for number in 1...6 {
      var listing = Listing.bootstrap(Self.address(number), "n\(number).example")
      listing.features = ["v1.4", "s\(Self.port(number) + 1)", "t\(Self.port(number))"]
      often.listings.append(listing)
    }
    let once = try Normalized([often])
    for index in often.listings.indices { often.listings[index].count = 7 }
    let again = try Normalized([often])
    try expectEqual(once, again)
    #expect(try once.rows(ResolutionStep.self) == again.rows(ResolutionStep.self))
    let uncounted = { (row: inout Advertisement) in row.count = 0 }
    #expect(try rows(of: once, uncounted) == rows(of: again, uncounted))
    #expect(try once.rows(Advertisement.self) != again.rows(Advertisement.self))
  }

  @Test(arguments: probes)
  func `a probe that was not asked makes its own columns unknown, and nothing else`(
    probe: String
  ) throws {
    var draws = SeededDraws(1)
    let connections = Self.network(&draws)
    let fewer = connections.map { connection in
      var connection = connection
      connection.exchanges.removeAll { $0.probe == probe }
      return connection
    }
    let with = try Normalized([Self.scan(connections)])
    let without = try Normalized([Self.scan(fewer)])
    let own = try #require(Self.columns[probe])
    // Who lists whom is what peers tell.
    try expectEqual(with, without, hidden: own, advertisers: probe != "server.peers.subscribe")
    let server = try #require(try without.rows(Server.self).first)
    switch probe {
    case "server.banner": #expect(server.bannerStatus == .unknown && server.banner == nil)
    case "server.donation_address": #expect(server.donationStatus == .unknown)
    case "server.features": #expect(server.genesisHash == nil && server.hostsClaimed.isEmpty)
    case "server.peers.subscribe": #expect(server.peersReturned == nil)
    default: #expect(server.tipHeight == nil)
    }
  }

  @Test func `a server that lies about all others changes no row of theirs`() throws {
    var draws = SeededDraws(1)
    let connections = Self.network(&draws)
    let places = (1...6).map { (Self.address($0), Self.port($0)) }
    let hosts = places.enumerated().map { number, place in
      #""n\#(number + 1).example":{"tcp_port":\#(place.1)},"\#(place.0)":{"ssl_port":\#(place.1)}"#
    }
    let peers = places.flatMap { address, port in
      places.map { #"["\#(address)","evil.example",["v1.4","t\#(port)","s\#($0.1 + 1)"]]"# }
    }
    let liar = Connection.answered(
      "6.6.6.6", version: "ElectrumX 1.18.0",
      replies: [
        (
          "server.features", "{\"hosts\":{\(hosts.joined(separator: ","))},\"genesis_hash\":\"00\"}"
        ),
        ("server.peers.subscribe", "[\(peers.joined(separator: ","))]"),
      ])
    var scan = Self.scan(connections + [liar])
    scan.resolutions.append(
      NameResolution(name: "evil.example", outcome: .answered).with {
        $0.addresses = ["6.6.6.6"]
      })
    let before = try Normalized([Self.scan(connections)])
    let after = try Normalized([scan])
    // Under which names, by how many and with what further ports it is listed, is not a server's own.
    let servers = { (row: inout Server) in (row.names, row.endpoints) = ([], 0) }
    let endpoints = { (row: inout Endpoint) in (row.host, row.advertisers) = ([], 0) }
    let ours = Set(try before.rows(Server.self).map(\.serverID))
    #expect(
      try rows(of: after, servers).filter { ours.contains($0.serverID) }
        == rows(of: before, servers))
    let known = Set(try before.rows(Endpoint.self).map(\.endpointID))
    #expect(
      try rows(of: after, endpoints).filter { known.contains($0.endpointID) }
        == rows(of: before, endpoints))
    let steps = try after.rows(ResolutionStep.self)
    let old = try before.rows(ResolutionStep.self)
    let between = steps.filter { known.contains($0.endpointA) && known.contains($0.endpointB) }
    let joined = Dictionary(
      try before.rows(Endpoint.self).map { ($0.endpointID, $0.serverID) }, uniquingKeysWith: { $1 })
    #expect(
      try after.rows(Endpoint.self).filter { known.contains($0.endpointID) }
        .allSatisfy { joined[$0.endpointID] == $0.serverID })
    #expect(between.filter { $0.decision != .claimed } == old.filter { $0.decision != .claimed })
    #expect(steps.count { $0.decision == .claimed } > old.count { $0.decision == .claimed })
  }

  @Test func `two connections to one endpoint under two names are two attempts`() throws {
    let replies = [("server.banner", #""hi""#)]
    let scan = RawScan(
      "a",
      [
        .answered("9.9.9.9", host: "a.example", replies: replies),
        .answered("9.9.9.9", host: "b.example", replies: replies),
      ])
    let exchanges = try Normalized([scan]).rows(ExchangeRecord.self)
    #expect(exchanges.map(\.attempt) == [1, 1, 2, 2])
  }

  @Test func `a pool behind one name and key is one server with its replicas`() throws {
    let key = EndpointEvidence.key
    let pool = ["9.9.9.1", "9.9.9.2", "9.9.9.3", "2600::1"].map { address in
      MadeEndpoint(address, 50002).with {
        $0.names = ["n.example"]
        $0.key = key
      }.evidence
    }
    let servers = ServerResolver(ResolutionEvidence(endpoints: pool)).servers()
    #expect(servers.map(\.count) == [4])
    let suffixes = try #require(PublicSuffixList(path: nil, shared: SharedDomains([])))
    let server = ServerAssembly(servers[0]).server(
      id: "s", place: Geography(), suffixes: suffixes)
    #expect(server.replicas == 3 && server.endpoints == 4)
    let alone = ServerAssembly([MadeEndpoint("9.9.9.1").evidence]).server(
      id: "s", place: Geography(), suffixes: suffixes)
    #expect(alone.replicas == 1)
  }
}

extension EndpointEvidence {
  fileprivate static let key = String(repeating: "0a", count: 32)
}
