import Artifact
import Foundation
import TestSupport
import Testing

/// Python's json agrees with our canonical JSON.
struct CanonicalJSONTests {
  @Test func `every number is written as Python writes it, and read back as the same double`()
    throws
  {
    let doubles = Self.edges + Self.drawn(count: 20_000)
    let lines = doubles.map { double in
      JSONValue.array([
        .string(String(double.bitPattern, radix: 16)), .number(double),
      ]).canonicalText
    }
    try expectAgreement(
      lines,
      """
      import json, struct, sys
      lines = open(sys.argv[1], encoding="utf-8").read().split("\\n")[:-1]
      for line in lines:
          bits, number = json.loads(line)
          assert struct.pack(">d", number).hex().lstrip("0") == bits.lstrip("0"), line
          assert json.dumps([bits, number], separators=(",", ":")) == line, line
      print(len(lines))
      """)
  }

  @Test func `integers of 64 bits are written as Python writes them`() throws {
    let integers = [0, 1, -1, 9, 10, -10, Int.max, Int.min, 1 << 53, (1 << 53) + 1, 1 << 62]
    try expectAgreement(integers.map { JSONValue.integer($0).canonicalText }, Self.reencode)
  }

  @Test func `every text is escaped as Python escapes it, control and astral characters too`()
    throws
  {
    let scalars = (0...0x10ffff as ClosedRange<UInt32>).filter { $0 < 0x3000 || $0 % 257 == 0 }
      .compactMap(Unicode.Scalar.init)
    let lines = scalars.map { JSONValue.string("a\(Character($0))\\\"/").canonicalText }
    try expectAgreement(lines, Self.reencode)
  }

  @Test func `keys are sorted as Python sorts them, by code point`() throws {
    let keys = ["b", "a", "Z", "é", "e\u{301}", "\u{10000}", "\u{ffff}", "10", "9", "", "_"]
    let object = JSONValue.object(keys.map { ($0, .null) })
    try expectAgreement([object.canonicalText], Self.reencode)
  }

  private static let reencode = """
    import json, sys
    lines = open(sys.argv[1], encoding="utf-8", newline="\\n").read().split("\\n")[:-1]
    for line in lines:
        again = json.dumps(
            json.loads(line), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert again == line, (again, line)
    print(len(lines))
    """

  private func expectAgreement(_ lines: [String], _ judge: String) throws {
    let folder = try TemporaryFolder()
    let table = folder.file("table.jsonl")
    try (lines.joined(separator: "\n") + "\n").write(
      toFile: table, atomically: false, encoding: .utf8)
    let result = try Program.run("python3", ["-c", judge, table])
    #expect(result.exitCode == 0, "\(result.errors)")
    #expect(result.output == "\(lines.count)\n")
  }

  private static let edges: [Double] = [
    0, -0.0, 1, -1, 0.1, 0.2, 0.3, 1.0 / 3, 1e15, 1e16, 1e17, 123456789012345680, 1e21, 1e22, 1e23,
    1e-4, 1e-5, 1e-6, 1e-7, Double.leastNonzeroMagnitude, 2.2250738585072014e-308,
    1.7976931348623157e308,
    9_007_199_254_740_992, 4.35, 2.675, 100, 1e2, 12345678.9, -1e-5, .pi,
  ]

  /// Doubles of all magnitudes: bit patterns of a fixed linear congruential sequence.
  private static func drawn(count: Int) -> [Double] {
    var state: UInt64 = 0x9e37_79b9_7f4a_7c15
    var doubles: [Double] = []
    while doubles.count < count {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let double = Double(bitPattern: state ^ (state >> 29))
      if double.isFinite { doubles.append(double) }
      doubles.append(Double(state >> 40) / 1000)
    }
    return doubles
  }
}
