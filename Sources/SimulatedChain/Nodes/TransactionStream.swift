import Ordering
internal import Statistics
internal import Synchronization

/// The transactions of everybody else that nodes could hold unconfirmed at one epoch: their fees,
/// sizes and ages, without scripts. A pure function of seed and epoch; nodes take from it what
/// their policy and their past let them.
package final class TransactionStream: Sendable {
  struct Entry: Sendable {
    /// Tells it apart for draws of nodes.
    let identity: UInt64
    /// Satoshis.
    let fee: Int64
    let virtualSize: Int
    /// Seconds since it was first sent.
    let age: Double
    /// Seconds since another transaction of the same coin with a higher fee was sent; nil: none was.
    let replacedAge: Double?
    /// Identity of the transaction it replaces.
    let replaces: UInt64?
    /// Whether it says that it may be replaced (BIP 125).
    let signalsReplacement: Bool
    /// Bytes of a data output; 0: none.
    let dataBytes: Int

    /// Satoshis a virtual byte.
    var rate: Double { Double(fee) / Double(virtualSize) }

    /// What a node keeps it in. Unit: bytes.
    var memoryBytes: Int { 1_000 + 2 * virtualSize }
  }

  package let seed: UInt64
  package let epoch: Int
  /// Made when first asked for: most scans never ask for fees.
  private let contents = Mutex<Contents?>(nil)

  /// Logarithm of the fee rate that is mined within some ten minutes. Unit: ln(satoshi/vB).
  let level: Double
  /// The same, mean over the last two days.
  let longLevel: Double
  /// The highest of the last two days.
  let peakLevel: Double

  static let secondsPerEpoch = 21_600.0
  private static let sentPerEpoch = 3_000
  /// Epochs of which something may still wait.
  private static let memory = 4

  package init(seed: UInt64, epoch: Int) {
    self.seed = seed
    self.epoch = epoch
    let levels = (0..<8).map { Self.level(seed, epoch - $0) }
    level = levels[0]
    longLevel = levels.reduce(0, +) / 8
    peakLevel = levels.max() ?? levels[0]
  }

  /// Highest fee rate first, and the memory that all of them take together in bytes.
  var held: Contents {
    contents.withLock { contents in
      if let contents { return contents }
      var entries: [Entry] = []
      for past in 0..<Self.memory {
        Self.append(sentIn: epoch - past, ago: past, seed: seed, level: level, to: &entries)
      }
      entries.sort { ($1.rate, $0.identity) < ($0.rate, $1.identity) }
      let made = Contents(
        entries: entries, memoryBytes: entries.reduce(0) { $0 + $1.memoryBytes })
      contents = made
      return made
    }
  }

  struct Contents: Sendable {
    let entries: [Entry]
    let memoryBytes: Int
  }

  /// Moves slowly between about 1 and 30 satoshis a virtual byte.
  private static func level(_ seed: UInt64, _ epoch: Int) -> Double {
    let mean = (0..<6).reduce(0.0) { sum, past in
      var mixer = SplitMix64(seed: seed ^ UInt64(bitPattern: Int64(epoch - past)) &* 0xA24B_AED4)
      _ = mixer.next()
      return sum + mixer.nextUnit()
    }
    return 2 + 4.5 * (mean / 6 - 0.5)
  }

  /// What was sent in one epoch and still waits. A mixture of two log-normal fee rates: those who
  /// follow the market and those who pay next to nothing.
  private static func append(
    sentIn sent: Int, ago: Int, seed: UInt64, level: Double, to entries: inout [Entry]
  ) {
    var random = SplitMix64(seed: seed &+ UInt64(bitPattern: Int64(sent)) &* 0x9E37_79B9)
    let market = self.level(seed, sent)
    for index in 0..<sentPerEpoch {
      let draw = random.next()
      let age = (Double(ago) + random.nextUnit()) * secondsPerEpoch
      let isCheap = draw & 0xFF < 64
      let logarithm =
        isCheap ? -0.4 + 0.7 * random.nextNormal() : market + 1.1 * random.nextNormal()
      let size = 110 + Int(150 * Exponential.of(1.1 * random.nextNormal()))
      // The longer it waits the less it pays, against what is mined at once.
      guard age < 600 * Exponential.of(min(12, 2.5 * (level - logarithm))) else { continue }
      let rate = max(0.1, Exponential.of(logarithm))
      let identity = UInt64(bitPattern: Int64(sent)) &* 1_000_003 &+ UInt64(index) &* 2
      let isReplaced = draw >> 8 & 0xFF < 6
      let replacedAge = isReplaced ? age * Double(draw >> 16 & 0xFF) / 256 : nil
      let signals = draw >> 24 & 0xFF < 180
      let dataBytes = draw >> 32 & 0xFF < 8 ? 40 + Int(draw >> 40 & 0x3FF) : 0
      let fee = Int64((rate * Double(size)).rounded(.up))
      entries.append(
        Entry(
          identity: identity, fee: fee, virtualSize: size, age: age, replacedAge: replacedAge,
          replaces: nil, signalsReplacement: signals, dataBytes: dataBytes))
      if let replacedAge {
        entries.append(
          Entry(
            identity: identity + 1, fee: fee * 3 / 2 + Int64(size), virtualSize: size,
            age: replacedAge, replacedAge: nil, replaces: identity, signalsReplacement: signals,
            dataBytes: dataBytes))
      }
    }
  }
}

extension RandomNumberGenerator {
  /// About normal, mean 0 and variance 1: the sum of twelve uniform draws (Irwin-Hall), of four
  /// 16-bit draws a word. The same bits on every machine, as nothing but sums is in it.
  mutating func nextNormal() -> Double {
    var sum: UInt64 = 0
    for _ in 0..<3 {
      let word = next()
      sum += word & 0xFFFF
      sum += word >> 16 & 0xFFFF
      sum += word >> 32 & 0xFFFF
      sum += word >> 48
    }
    return Double(sum) / 65_536 - 6
  }
}

/// The exponential function from sums and products alone, so that its last bit is the same on
/// every machine.
package enum Exponential {
  private static let naturalLogarithmOfTwo = 0.693_147_180_559_945_3

  package static func of(_ exponent: Double) -> Double {
    let bounded = min(max(exponent, -700), 700)
    let powers = (bounded / naturalLogarithmOfTwo).rounded(.toNearestOrEven)
    let rest = bounded - powers * naturalLogarithmOfTwo
    var term = 1.0
    var sum = 1.0
    for degree in 1...14 {
      term *= rest / Double(degree)
      sum += term
    }
    return Double(sign: .plus, exponent: Int(powers), significand: sum)
  }
}
