import Records
import TestSupport
import Testing

/// Which endpoints are one server.
struct ResolutionTests {
  private static let features =
    #"{"hosts":{},"protocol_min":"1.4","protocol_max":"1.6","server_version":"ElectrumX 1.19.0","genesis_hash":"00"}"#

  private func replies(height: Int = 100, features: String = Self.features) -> [(String, String)] {
    [
      ("server.features", features),
      ("blockchain.headers.subscribe", #"{"height":\#(height),"hex":"00"}"#),
    ]
  }

  private func servers(_ connections: [Connection]) throws -> [[Int]] {
    let normalized = try Normalized([RawScan("a", connections)])
    let groups = Dictionary(grouping: try normalized.rows(Endpoint.self), by: \.serverID)
    return groups.values.map { $0.map(\.port).sorted() }
      .sorted { $0.lexicographicallyPrecedes($1) }
  }

  @Test func `two ports of one address with equal features and tips are one server (S4)`() throws {
    let found = try servers([
      .answered("198.18.0.1", port: 1, replies: replies()),
      .answered("198.18.0.1", port: 2, transport: .ssl, replies: replies(height: 101)),
      .answered("198.18.0.2", port: 3, replies: replies()),
    ])
    #expect(found == [[1, 2], [3]])
  }

  @Test func `other tips, another chain or another software are never merged`() throws {
    let other = Self.features.replacing(#""genesis_hash":"00""#, with: #""genesis_hash":"11""#)
    for second in [
      Connection.answered("198.18.0.1", port: 2, replies: replies(height: 110)),
      .answered("198.18.0.1", port: 2, version: "Fulcrum 2.1.1", replies: replies()),
      .answered("198.18.0.1", port: 2, replies: replies(features: other)),
    ] {
      let first = Connection.answered("198.18.0.1", port: 1, replies: replies())
      #expect(try servers([first, second]) == [[1], [2]])
    }
  }

  @Test func `two addresses of one family that name each other are two servers (S3, V4)`() throws {
    func features(_ host: String, _ port: Int) -> String {
      #"{"hosts":{"\#(host)":{"tcp_port":\#(port)}},"protocol_min":"1.4","protocol_max":"1.6","genesis_hash":"00"}"#
    }
    let a = Connection.answered(
      "198.18.0.1", port: 1, replies: replies(features: features("198.18.0.2", 2)))
    let mutual = Connection.answered(
      "198.18.0.2", port: 2, replies: replies(features: features("198.18.0.1", 1)))
    let silent = Connection.answered(
      "198.18.0.2", port: 2, replies: replies(features: features("198.18.0.2", 2)))
    #expect(try servers([a, mutual]) == [[1], [2]])
    let between = try Normalized([RawScan("a", [a, mutual])]).rows(ResolutionStep.self)
    #expect(between.map(\.rule) == ["claim.mutual"])
    #expect(between.map(\.decision) == [.claimed])
    let four = Connection.answered(
      "198.18.0.1", port: 1, replies: replies(features: features("2001:db8::1", 2)))
    let six = Connection.answered(
      "2001:db8::1", port: 2, replies: replies(features: features("198.18.0.1", 1)))
    #expect(try servers([four, six]) == [[1, 2]])
    #expect(try servers([a, silent]) == [[1], [2]])
    let normalized = try Normalized([RawScan("a", [a, silent])])
    let steps = try normalized.rows(ResolutionStep.self)
    #expect(steps.map(\.rule) == ["claim.one-sided"])
    #expect(steps.map(\.decision) == [.claimed])
  }

  @Test
  func `ports that one tuple names at one address belong together while nothing contradicts it`()
    throws
  {
    var scan = RawScan("a", [.answered("8.8.8.8", replies: replies())])
    scan.listings = [.bootstrap("8.8.8.8", "x.example", ["v1.4", "s50002", "t50001"])]
    let normalized = try Normalized([scan])
    let servers = try normalized.rows(Server.self)
    #expect(servers.count == 1)
    #expect(servers[0].endpoints == 2)
    #expect(servers[0].names == ["x.example"])
    let endpoints = try normalized.rows(Endpoint.self)
    #expect(Set(endpoints.map(\.outcome)) == [.answered, .untestedNotImported])
  }

  @Test func `ids carry over scans although a server moves a port, and twins do not share one`()
    throws
  {
    var first = RawScan(
      "a",
      [
        .answered("198.18.0.1", port: 1, host: "n.example", replies: replies()),
        .answered("198.18.0.1", port: 2, host: "n.example", replies: replies()),
        .answered("198.18.0.9", port: 1, host: "n.example", version: "Fulcrum 2.0"),
      ])
    first.resolutions = []
    let second = RawScan(
      "b",
      [
        .answered("198.18.0.1", port: 1, replies: replies()),
        .answered("198.18.0.1", port: 3, replies: replies()),
        .answered("198.18.0.1", port: 2, replies: replies()),
      ])
    let normalized = try Normalized([first, second])
    let before = try normalized.rows(Endpoint.self, scan: 0)
    let after = try normalized.rows(Endpoint.self, scan: 1)
    let moved = before.first { $0.address == "198.18.0.1" }?.serverID
    #expect(moved != nil)
    #expect(Set(after.map(\.serverID)) == [moved])
    #expect(Set(before.map(\.serverID)).count == 2)
  }
}
