import Artifact
import Foundation
import Testing

/// Ordinary cells take a short way to the same result.
struct ShortWayTests {
  private static func decode(_ line: String) -> Fruit? {
    Array(line.utf8).withUnsafeBufferPointer { try? RowDecoder.decode(Fruit.self, from: $0) }
  }

  /// The same literals at every run.
  private static func literals(_ count: Int) -> [String] {
    var state: UInt64 = 7
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    return (0..<count).map { _ in
      let whole = (0..<next(12)).map { _ in String(next(10)) }.joined()
      let decimals = (0..<next(9)).map { _ in String(next(10)) }.joined()
      let sign = next(8) == 0 ? "-" : ""
      return sign + whole + (next(10) == 0 ? "" : ".") + decimals + (next(20) == 0 ? "e3" : "")
    }
  }

  @Test func `a number is read just where it is its value's shortest text`() {
    let odd = ["0.0", "-0.0", "0.001", "0.0001", "0.00099", "00.5", "1.50", "1.", ".5", "1e-05"]
    for literal in odd + Self.literals(20_000) where !literal.isEmpty {
      let value = Double(literal)
      let isCanonical = value.map { $0.isFinite && $0.description == literal } ?? false
      let read = Self.decode(",,,a,,\(literal)")?.weight
      #expect(read?.bitPattern == (isCanonical ? value?.bitPattern : nil), "\(literal)")
    }
  }

  @Test func `rounding gives what printing so many digits and reading them gives`() {
    let numbers = Self.literals(5000).compactMap { Double($0) }
    let others = [
      1.0 / 3, 2e-308, Double.leastNonzeroMagnitude, 1e300 / 3, 123_456_789.5, 1234567890.12345,
      -0.1 - 0.2,
    ]
    let sevenths = numbers.map { $0 / 7 }
    for value in numbers + sevenths + others {
      for digits in [1, 6, 9, 15, 17] {
        let text = String(format: "%.\(digits - 1)e", locale: nil, value)
        let expected = value == 0 ? 0 : Double(text)
        #expect(value.rounded(significantDigits: digits) == expected, "\(value) \(digits)")
      }
    }
  }

  @Test func `integers are written to both ends of their range`() {
    for value in [0, -1, 9, 10, -10, .max, .min] {
      #expect(RowEncoder.text(of: Fruit(count: value, name: "a")) == ",\(value),,a,,\n")
    }
  }

  @Test func `lists keep what is empty between, before and after`() {
    for (cell, values) in [
      ("a", ["a"]), ("a;b", ["a", "b"]), (";", ["", ""]), ("a;;b", ["a", "", "b"]),
      (";a", ["", "a"]), ("a;", ["a", ""]), ("", []), ("\\=a;b", ["=a", "b"]),
      ("\"a,b\";", nil), ("\"a,b;c\"", ["a,b", "c"]),
    ] as [(String, [String]?)] {
      #expect(Self.decode("\(cell),,,a,,")?.colours == values, "\(cell)")
    }
  }

  @Test func `a cell with a stray escape or bytes that are no UTF-8 is refused`() {
    #expect(Self.decode(",,,a\\q,,") == nil)
    let broken = Array(",,,a".utf8) + [0xff] + Array(",,".utf8)
    let row = broken.withUnsafeBufferPointer { try? RowDecoder.decode(Fruit.self, from: $0) }
    #expect(row == nil)
  }

  @Test func `keys are ordered by the bytes of their texts, a zero byte among them`() {
    let texts = ["", "\u{0}", "\u{0}\u{0}", "\u{0}a", "a", "a\u{0}", "a\u{0}b", "ab", "b", "é"]
    let pairs = texts.flatMap { first in texts.map { (first, $0) } }
    for left in pairs {
      for right in pairs {
        let (one, other) = (SortKey.of(left.0, left.1), SortKey.of(right.0, right.1))
        let isBefore =
          left.0 == right.0
          ? left.1.utf8.lexicographicallyPrecedes(right.1.utf8)
          : left.0.utf8.lexicographicallyPrecedes(right.0.utf8)
        #expect((one < other) == isBefore)
        #expect((one == other) == (left == right))
        if left == right { #expect(one.hashValue == other.hashValue) }
      }
    }
  }
}
