import Artifact
import Records
import TestSupport
import Testing

/// What of an exchange compares between servers.
struct ExchangeClassTests {
  private func rows(_ connection: Connection) throws -> [ExchangeRecord] {
    try Normalized([RawScan("a", [connection])]).rows(ExchangeRecord.self)
  }

  @Test func `errors of one release about different requests have one masked text`() throws {
    let rows = try rows(
      .answered(
        "9.9.9.9",
        replies: [
          ("a", #"error:{"code":1,"message":"height 2,201 out of range"}"#),
          ("b", #"error:{"code":1,"message":"height 7 out of range"}"#),
          ("server.banner", #""hi""#),
        ]))
    #expect(rows[1].errorMessage == "height 2,201 out of range")
    #expect(rows[1].errorMasked == "height <N> out of range")
    #expect(rows[2].errorMasked == "height <N> out of range")
    #expect(rows[0].errorMasked == nil && rows[3].errorMasked == nil)
  }

  @Test func `a reply is filled up to a power of two, to another length, or not at all`() throws {
    func padded(to length: Int) throws -> ExchangeRecord? {
      var connection = Connection.answered("9.9.9.9")
      let start = #"{"jsonrpc":"2.0","result":["ElectrumX 1.19.0","1.4"],"id":0"#
      let spaces = length - start.utf8.count - 2
      connection.received = [
        Chunk().with {
          $0.atMicroseconds = 5
          $0.data = start + String(repeating: " ", count: spaces) + "}\n"
        }
      ]
      return try rows(connection).first
    }
    #expect(try padded(to: 1024)?.paddingClass == .powerOfTwo)
    #expect(try padded(to: 1000)?.paddingClass == .other)
    #expect(try rows(.answered("9.9.9.9")).first?.paddingClass == PaddingClass.none)
    #expect(try rows(.failed("9.9.9.9", .closedNoReply)).first?.paddingClass == nil)
  }

  @Test func `where the line end was not kept, padding is unknown`() throws {
    var scan = RawScan("a", [.answered("9.9.9.9")])
    scan.connections[0].received[0].data?.removeLast()
    scan.observation = .object([("imported", .boolean(true)), ("network", .string("mainnet"))])
    let row = try #require(try Normalized([scan]).rows(ExchangeRecord.self).first)
    #expect(row.paddingClass == nil && row.paddingBytes == 0)
  }

  @Test func `delay and service time are what collect judged, and empty where it did not`() throws {
    var connection = Connection.answered("9.9.9.9", replies: [("server.ping", "null")])
    connection.exchanges[0].delay = .absent
    connection.exchanges[0].serviceMicroseconds = 1234
    connection.exchanges[1].delay = .possible
    let rows = try rows(connection)
    #expect(rows.map(\.delay) == [.absent, .possible])
    #expect(rows.map(\.serviceMilliseconds) == [1.234, nil])
  }

  @Test func `the protocol is the one that the attempt's own first reply agreed on`() throws {
    var second = Connection.answered(
      "9.9.9.9", attempt: 2, version: nil,
      replies: [
        ("server.version.1.4-1.6", #"["ElectrumX 1.19.0","1.6"]"#),
        ("server.version.second", #"["ElectrumX 1.19.0","1.4"]"#), ("server.ping", "null"),
      ])
    second.outcome = .answered
    let third = Connection.answered(
      "9.9.9.9", attempt: 3, version: nil,
      replies: [("server.version", #"["ElectrumX 1.19.0","one"]"#), ("server.ping", "null")])
    let scan = RawScan("a", [.answered("9.9.9.9"), second, third])
    let rows = try Normalized([scan]).rows(ExchangeRecord.self)
    #expect(rows.map(\.protocolNegotiated) == ["1.4", "1.6", "1.6", "1.6", nil, nil])
  }

  @Test func `an arm of the differential experiment agrees on a protocol of its own`() throws {
    let arm = Connection.answered(
      "9.9.9.9", attempt: 2, version: nil,
      replies: [
        ("differential.a2.server.version", #"["ElectrumX 1.19.0","1.4.2"]"#),
        ("differential.a2.server.banner", #""hi""#),
      ])
    let rows = try Normalized([RawScan("a", [.answered("9.9.9.9"), arm])])
      .rows(ExchangeRecord.self)
    #expect(rows.map(\.protocolNegotiated) == ["1.4", "1.4.2", "1.4.2"])
  }
}
