import ElectrumProtocol
import Testing

/// Elements that were read before.
struct ElementMemoryTests {
  private static let peers = [
    #"["1.2.3.4","a.example",["v1.4","s50002","t"]]"#, #"["1.2.3.4", "a.example", ["v1.4"]]"#,
    #"["1.2.3.4" ,"a.example",[ ]]"#, #"["a]b","c[d",["\\\"]"]]"#, #"["é","x",[]]"#,
    #"["x", NaN, [007]]"#, "[[[[[[1]]]]]]", #"{"a":["b"]}"#, "[1,2 3]", "[]", "[-1.5e3,null,true]",
    #"["\#u{1}","x"]"#, #"["\#(String(repeating: "long", count: 90))"]"#,
  ]

  private static func line(_ elements: some Sequence<String>) -> [UInt8] {
    Array((#"{"jsonrpc":"2.0","result":["# + elements.joined(separator: ",") + #"],"id":3}"#).utf8)
  }

  /// Value, shape and repairs, or what was wrong.
  private static func reading(
    _ line: [UInt8], _ elements: ElementMemory?, _ limits: WireDocument.Limits = .init()
  ) -> Result<WireDocument, WireDefect> {
    Result { () throws(WireDefect) in
      try WireDocument(parsing: line, limits: limits, elements: elements)
    }
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `a line is read the same with them and without`(seed: UInt64) {
    var random = SplitMix(state: seed)
    let memory = ElementMemory()
    for round in 0..<600 {
      let chosen = (0..<Int.random(in: 0...5, using: &random)).map { _ in
        Self.peers[Int.random(in: 0..<Self.peers.count, using: &random)]
      }
      var line = Self.line(chosen)
      if round % 3 == 0 {
        let index = Int.random(in: 0..<line.count, using: &random)
        line[index] = UInt8.random(in: 0x20...0x7e, using: &random)
      }
      #expect(Self.reading(line, memory) == Self.reading(line, nil))
    }
  }

  @Test func `limits hold for elements that were read before`() {
    let memory = ElementMemory()
    let line = Self.line(repeatElement(Self.peers[0], count: 3))
    #expect(throws: Never.self) { try Self.reading(line, memory).get() }
    for values in 1...25 {
      let limits = WireDocument.Limits(values: values)
      let (with, without) = (
        Self.reading(line, memory, limits), Self.reading(line, nil, limits)
      )
      #expect((try? with.get()) == (try? without.get()))
    }
    for depth in 1...9 {
      let limits = WireDocument.Limits(depth: depth)
      #expect(Self.reading(line, memory, limits) == Self.reading(line, nil, limits))
    }
  }

  @Test func `a flood of elements of which none is told twice is read as well`() throws {
    let memory = ElementMemory()
    for start in stride(from: 0, to: 40_000, by: 10_000) {
      let line = Self.line((start..<(start + 10_000)).map { #"["\#($0)","h",[]]"# })
      let document = try WireDocument(parsing: line, elements: memory)
      #expect(document.value["result"]?.elements?.last?.elements?.first?.text == "\(start + 9_999)")
    }
  }
}
