/// A set of probes, by the numbers of their bits (`features.probes`).
public struct ProbeMask: Sendable, Equatable {
  /// Probes of the series.
  public let size: Int
  private var digits: [UInt8]

  /// Of no probe.
  public init(size: Int) {
    self.size = max(0, size)
    digits = Array(repeating: 0, count: max(1, (self.size + 3) / 4))
  }

  /// Nil unless the text is lower-case hexadecimal, of the length for so many probes, and names no
  /// other probe.
  public init?(_ text: String, size: Int) {
    self.init(size: size)
    let utf8 = Array(text.utf8)
    guard utf8.count == digits.count else { return nil }
    for (index, byte) in utf8.reversed().enumerated() {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits[index] = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digits[index] = byte - UInt8(ascii: "a") + 10
      default: return nil
      }
    }
    for bit in self.size..<(digits.count * 4) where contains(bit) { return nil }
  }

  /// The most significant digit first.
  public var hexadecimal: String {
    let letters = Array("0123456789abcdef")
    return String(digits.reversed().map { letters[Int($0)] })
  }

  public var count: Int { digits.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// In ascending order.
  public var bits: [Int] { (0..<size).filter(contains) }

  public func contains(_ bit: Int) -> Bool {
    guard bit >= 0, bit / 4 < digits.count else { return false }
    return digits[bit / 4] & (1 << UInt8(bit % 4)) != 0
  }

  /// Bits that are no probe's are ignored.
  public mutating func insert(_ bit: Int) {
    guard bit >= 0, bit < size else { return }
    digits[bit / 4] |= 1 << UInt8(bit % 4)
  }

  /// What both have; of masks of different series, nothing.
  public func intersection(_ other: ProbeMask) -> ProbeMask {
    var both = ProbeMask(size: size)
    guard size == other.size else { return both }
    for index in digits.indices { both.digits[index] = digits[index] & other.digits[index] }
    return both
  }
}
