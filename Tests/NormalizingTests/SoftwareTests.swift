import Records
import TestSupport
import Testing

/// Software by behaviour.
struct SoftwareTests {
  private typealias Replies = [(probe: String, result: String)]

  private static let unknownMethod =
    #"error:{"code":-32601,"message":"unknown method \"no.such.method\""}"#
  /// What ElectrumX 1.16 and later say, in its order of keys and without padding.
  private static let replies: Replies = [
    ("malformed.unknown-method", unknownMethod),
    (
      "server.features",
      #"{"hosts":{},"pruning":null,"server_version":"ElectrumX 1.17.0","protocol_min":"1.4"}"#
    ),
    ("blockchain.headers.subscribe", #"{"hex":"00","height":5}"#),
  ]

  /// A server that agrees on protocol 1.4.3, as ElectrumX 1.17 does.
  private func server(
    _ replies: Replies, attempt: Int = 1, claim: String = "ElectrumX 1.17.0"
  ) -> Connection {
    var connection = Connection.answered(
      "9.9.9.9", attempt: attempt, version: nil,
      replies: [("server.version", #"["\#(claim)","1.4.3"]"#)] + replies)
    connection.outcome = .answered
    return connection
  }

  private func rows(_ connections: [Connection]) throws -> [SoftwareRecord] {
    try Normalized([RawScan("a", connections)]).rows(SoftwareRecord.self)
  }

  @Test func `a server of which no reply was seen has no row`() throws {
    var scan = RawScan("a", [.failed("9.9.9.9", .connectRefused)])
    scan.listings = [.bootstrap("8.8.8.8")]
    let normalized = try Normalized([scan])
    #expect(try normalized.rows(SoftwareRecord.self).isEmpty)
    #expect(try normalized.rows(Server.self).count == 2)
  }

  @Test
  func `the software is found whatever the claim, and a claim that cannot be true is contradicted`()
    throws
  {
    for (claim, verdict) in [
      ("ElectrumX 1.17.0", ClaimVerdict.yes), ("Fulcrum 2.1.1", .no), ("Nobody 1", .unknown),
    ] {
      let row = try #require(
        try rows([server(Self.replies, claim: claim)]).first)
      #expect(row.status == .identified)
      #expect(row.implementation == "ElectrumX")
      #expect(row.versionFrom == "1.17.0" && row.versionTo == "1.17.0")
      #expect(row.versionBefore == "1.18.0")
      #expect(row.possibilities == ["ElectrumX 1.17.0"])
      #expect(row.claimedText == claim)
      #expect(row.claimAgrees == verdict, "\(claim)")
      #expect(row.contradictions.isEmpty == (verdict != .no))
      #expect(row.replies == 4)
    }
  }

  @Test func `a finding says rule, probe and what was observed`() throws {
    let row = try #require(
      try rows([server(Self.replies, claim: "Fulcrum 2.1.1")]).first)
    #expect(row.contradictions.contains("software.line-end-lf server.version lf"))
    #expect(!row.deciding.isEmpty)
    #expect(
      row.deciding.allSatisfy { $0.hasPrefix("software.") && $0.split(separator: " ").count > 2 })
  }

  @Test func `one identification only, and the rest stays possible`() throws {
    let row = try #require(try rows([server([])]).first)
    #expect(row.status != .identified)
    #expect(row.implementation == nil && row.versionFrom == nil && row.versionTo == nil)
    #expect(row.claimAgrees == .unknown)
    #expect(row.possibilities.contains { $0.hasPrefix("ElectrumX ") })
  }

  @Test
  func `replies count alike in whichever attempt and at whichever endpoint of a server they came`()
    throws
  {
    func scan(_ first: Replies, _ second: Replies) throws -> SoftwareRecord {
      let row = try rows([
        server(first), server(second, attempt: 2),
      ]).first
      return try #require(row)
    }
    let whole = try scan(Self.replies, [])
    #expect(try whole == scan([], Self.replies))
    #expect(try whole == scan(Array(Self.replies[..<1]), Array(Self.replies[1...])))
    #expect(try whole == scan(Array(Self.replies.reversed()), Self.replies))
  }

  @Test func `a probe that was not asked widens what is possible and changes nothing else`() throws
  {
    for removed in Self.replies.indices {
      var fewer = Self.replies
      fewer.remove(at: removed)
      let all = try #require(try rows([server(Self.replies)]).first)
      let some = try #require(try rows([server(fewer)]).first)
      let names = { (row: SoftwareRecord) in Set(row.possibilities.map { $0.prefix { $0 != " " } })
      }
      #expect(names(all).isSubset(of: names(some)))
      #expect(some.claimAgrees != .no)
      #expect(some.claimedText == all.claimedText && some.replies == all.replies - 1)
    }
  }
}
