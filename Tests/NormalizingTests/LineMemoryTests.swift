import ElectrumProtocol
import Records
import TestSupport
import Testing

@testable import Normalizing

/// Lines that were read before.
struct LineMemoryTests {
  private static func described(_ read: ReadLine?) -> [String] {
    guard let read else { return [] }
    return [
      "\(read.byteCount)", "\(read.shape)", "\(read.keyOrder ?? "-")",
      "\(read.errorCode ?? -1)", "\(read.errorMessage ?? "-")", "\(read.errorMasked ?? "-")",
      "\(read.result.map { "\($0)" } ?? "-")", "\(read.resultKind ?? "-")",
      "\(read.resultSkeleton ?? "-")", "\(read.inexactLine ?? "-")",
    ]
  }

  private static let lines = [
    #"{"jsonrpc":"2.0","result":["a",1],"id":1}"#, #"{"id": 1, "result": null}    "#,
    #"{"id":1,"error":{"code":-32601,"message":"unknown method \"x\" 123456"}}"#,
    #"{"id":1,"error":{"code":-32601,"message":"unknown method \"x\" 123456"}}"# + "\r\n",
    #"[{"id":1,"result":"a"},{"id":2,"result":5}]"#, #"{"id":1,"result":"\ud800"}"#, "", "{", "\n",
  ].map { Array($0.utf8)[...] }

  @Test func `a line is read as if it were the first, for whatever request`() {
    let memory = LineMemory()
    for _ in 0..<3 {
      for line in Self.lines {
        for request in [1, 2, nil] as [Int?] {
          let expected = Self.described(ReadLine(line, to: request))
          #expect(Self.described(memory.read(line, to: request)) == expected)
          #expect(Self.described(memory.read(peers: line, to: request)) == expected)
        }
      }
    }
  }

  @Test func `what was read once is not read again, until much else was met`() throws {
    let memory = LineMemory()
    let line = Self.lines[0]
    let first = try #require(memory.read(line, to: 1))
    #expect(memory.read(Array(line)[...], to: 1) === first)
    #expect(memory.read(line, to: 2) !== first)
    let long = String(repeating: "x", count: 60_000)
    for number in 0..<40 {
      _ = memory.read(Array(#"{"id":1,"result":"\#(number)\#(long)"}"#.utf8)[...], to: 1)
    }
    #expect(memory.read(line, to: 1) !== first)
  }

  @Test func `what a server said again in the next scan is told again, and what it changed is not`()
    throws
  {
    func scan(_ name: String, _ banner: String) -> RawScan {
      RawScan(name, [.answered("9.9.9.9", replies: [("server.banner", #""\#(banner)""#)])])
    }
    let normalized = try Normalized([
      scan("a", "write to a@one.example"), scan("b", "write to a@one.example"),
      scan("c", "write to a@two.example"),
    ])
    let tokens = try (0..<3).map { try normalized.rows(Contact.self, scan: $0).map(\.token) }
    #expect(tokens == [["a@one.example"], ["a@one.example"], ["a@two.example"]])
    let masks = try (0..<3).map {
      try normalized.rows(Server.self, scan: $0).map(\.textFacts.bannerMaskedSHA256)
    }
    #expect(masks[0] == masks[1] && masks[1] != masks[2])
  }
}
