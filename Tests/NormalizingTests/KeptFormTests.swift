import Artifact
import Records
import TestSupport
import Testing

/// What is known of a reply's form.
struct ReplyFormTests {
  private func exchanges(_ observation: [(String, JSONValue)]) throws -> [ExchangeRecord] {
    var scan = RawScan("a", [.answered("9.9.9.9", replies: [("server.banner", #""hi""#)])])
    scan.observation = .object(observation)
    return try Normalized([scan]).rows(ExchangeRecord.self)
  }

  @Test func `every byte of a scan of ours is judged`() throws {
    let rows = try exchanges([("imported", .boolean(false))])
    #expect(rows.map(\.keyOrder) == Array(repeating: "jsonrpc,result,id", count: 2))
    #expect(rows.map(\.lineEnd) == ["lf", "lf"])
    #expect(rows.allSatisfy { $0.separators == "compact" && $0.paddingBytes == 0 })
    #expect(rows.allSatisfy { ($0.replyBytes ?? 0) > 0 })
  }

  @Test func `texts without their line ends say nothing of line ends`() throws {
    for replies in [[("replies", JSONValue.string("texts"))], []] {
      let rows = try exchanges([("imported", .boolean(true))] + replies)
      #expect(rows.map(\.lineEnd) == [nil, nil])
      #expect(rows.map(\.keyOrder) == Array(repeating: "jsonrpc,result,id", count: 2))
    }
  }

  @Test func `nothing follows from the form of replies that were put together from values`() throws
  {
    let rows = try exchanges([("imported", .boolean(true)), ("replies", .string("values"))])
    #expect(rows.map(\.outcome) == [.answered, .answered])
    #expect(rows.map(\.resultKind) == ["array", "string"])
    for row in rows {
      #expect(row.keyOrder == nil && row.separators == nil && row.lineEnd == nil)
      #expect(row.paddingBytes == nil && row.replyBytes == nil)
    }
  }
}
