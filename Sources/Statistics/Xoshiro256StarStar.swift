/// xoshiro256** 1.0 (Blackman & Vigna 2018). The same seed gives the same draws on every machine.
public struct Xoshiro256StarStar: RandomNumberGenerator, Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)

  /// State from a 32-byte digest, such as SHA-256 of run, stage and unit; big-endian words.
  ///
  /// - Throws: `.seedLength` unless there are exactly 32 bytes. An all-zero digest, which the
  ///   generator cannot use as state, is expanded by SplitMix64 instead.
  public init(seed bytes: some Collection<UInt8>) throws(StatisticsError) {
    guard bytes.count == 32 else { throw .seedLength(bytes.count) }
    var words: [UInt64] = [0, 0, 0, 0]
    for (index, byte) in bytes.enumerated() {
      words[index / 8] = words[index / 8] << 8 | UInt64(byte)
    }
    if words.allSatisfy({ $0 == 0 }) {
      self.init(seed: 0)
    } else {
      self.init(state: (words[0], words[1], words[2], words[3]))
    }
  }

  /// State from one number, expanded by SplitMix64 as the authors advise.
  public init(seed: UInt64) {
    var expander = SplitMix64(seed: seed)
    state = (expander.next(), expander.next(), expander.next(), expander.next())
  }

  init(state: (UInt64, UInt64, UInt64, UInt64)) {
    self.state = state
  }

  public mutating func next() -> UInt64 {
    let result = Self.rotate(state.1 &* 5, by: 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = Self.rotate(state.3, by: 45)
    return result
  }

  private static func rotate(_ value: UInt64, by bits: UInt64) -> UInt64 {
    value << bits | value >> (64 - bits)
  }
}

/// Draws whose algorithm is ours, so that a new standard library cannot change published bytes.
extension RandomNumberGenerator {
  /// Uniform index in `0..<bound`, unbiased (Lemire 2019: multiply, reject the short interval).
  /// A bound below 1 gives 0.
  public mutating func nextIndex(below bound: Int) -> Int {
    guard bound > 1 else { return 0 }
    let range = UInt64(bound)
    let threshold = (0 &- range) % range
    while true {
      let product = next().multipliedFullWidth(by: range)
      if product.low >= threshold { return Int(product.high) }
    }
  }

  /// Uniform in [0, 1): the upper 53 bits of one draw.
  public mutating func nextUnit() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// Fisher–Yates from the last element down.
  public mutating func shuffle<Element>(_ elements: inout [Element]) {
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, nextIndex(below: last + 1))
    }
  }
}
