/// Bech32 (BIP 173) and bech32m (BIP 350): a prefix, a separator `1`, five-bit values and a
/// checksum of six characters.
public struct Bech32: Sendable, Equatable {
  /// Which constant the checksum ends in.
  public enum Variant: Sendable, Equatable {
    case bech32
    case bech32m

    var constant: UInt32 { self == .bech32 ? 1 : 0x2BC8_30A3 }
  }

  /// Why a text is no bech32.
  public enum Defect: Error, Sendable, Equatable {
    case tooShort
    case tooLong
    case mixedCase
    case separator
    case character
    case checksum
  }

  /// The human-readable part, lower case.
  public let prefix: String
  /// Five-bit values between the separator and the checksum.
  public let values: [UInt8]
  public let variant: Variant

  /// Length of the longest text that the checksum was designed for.
  public static let addressLimit = 90

  static let alphabet = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)
  private static let generator: [UInt32] = [
    0x3B6A_57B2, 0x2650_8E6D, 0x1EA1_19FA, 0x3D42_33DD, 0x2A14_62B3,
  ]

  /// - Parameter limit: characters; lightning invoices and silent payment addresses are longer than
  ///   `addressLimit`.
  public init(_ text: String, limit: Int = addressLimit) throws(Defect) {
    guard text.utf8.count <= limit else { throw .tooLong }
    guard text.utf8.count >= 8 else { throw .tooShort }
    let lowered = try Self.lowercased(Array(text.utf8))
    guard let separator = lowered.lastIndex(of: UInt8(ascii: "1")), separator > 0,
      lowered.count - separator > 6
    else { throw .separator }
    let hrp = lowered[..<separator]
    let all = try Self.fiveBitValues(lowered[(separator + 1)...])
    switch Self.checksum(Self.expanded(hrp) + all) {
    case Variant.bech32.constant: variant = .bech32
    case Variant.bech32m.constant: variant = .bech32m
    default: throw .checksum
    }
    prefix = String(decoding: hrp, as: UTF8.self)
    values = Array(all.dropLast(6))
  }

  /// The text of a prefix (lower case) and five-bit values with their checksum.
  public static func text(prefix: String, values: [UInt8], variant: Variant) -> String {
    let hrp = Array(prefix.utf8)
    let sum =
      checksum(expanded(hrp[...]) + values + [UInt8](repeating: 0, count: 6)) ^ variant.constant
    let tail = (0..<6).map { UInt8(sum >> UInt32(5 * (5 - $0)) & 31) }
    let characters = (values + tail).map { alphabet[Int($0 & 31)] }
    return String(decoding: hrp + [UInt8(ascii: "1")] + characters, as: UTF8.self)
  }

  /// The bytes that five-bit values from `start` on spell; nil where the last bits are no padding.
  public func bytes(from start: Int = 0) -> [UInt8]? {
    Self.regroup(values.dropFirst(start), from: 5, to: 8, padded: false)
  }

  /// The five-bit value of each character, lower case.
  public static func fiveBitValues(_ characters: some Sequence<UInt8>) throws(Defect) -> [UInt8] {
    var values: [UInt8] = []
    for character in characters {
      guard let value = alphabet.firstIndex(of: character) else { throw .character }
      values.append(UInt8(value))
    }
    return values
  }

  private static func lowercased(_ characters: [UInt8]) throws(Defect) -> [UInt8] {
    var hasUpper = false
    var hasLower = false
    var result: [UInt8] = []
    result.reserveCapacity(characters.count)
    for character in characters {
      switch character {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"):
        hasUpper = true
        result.append(character | 0x20)
      case UInt8(ascii: "a")...UInt8(ascii: "z"):
        hasLower = true
        result.append(character)
      case 33...126: result.append(character)
      default: throw .character
      }
    }
    if hasUpper && hasLower { throw .mixedCase }
    return result
  }

  private static func expanded(_ prefix: ArraySlice<UInt8>) -> [UInt8] {
    prefix.map { $0 >> 5 } + [0] + prefix.map { $0 & 31 }
  }

  private static func checksum(_ values: [UInt8]) -> UInt32 {
    var sum: UInt32 = 1
    for value in values {
      let top = sum >> 25
      sum = (sum & 0x1FF_FFFF) << 5 ^ UInt32(value)
      for bit in 0..<5 where top >> UInt32(bit) & 1 == 1 { sum ^= generator[bit] }
    }
    return sum
  }

  /// Groups of `to` bits from groups of `from` bits; unless `padded`, what is left over must be
  /// fewer than `from` zero bits.
  public static func regroup(
    _ values: ArraySlice<UInt8>, from: Int, to: Int, padded: Bool
  ) -> [UInt8]? {
    var accumulator = 0
    var bits = 0
    var result: [UInt8] = []
    let mask = (1 << to) - 1
    for value in values {
      accumulator = (accumulator << from | Int(value)) & 0xFFFF
      bits += from
      while bits >= to {
        bits -= to
        result.append(UInt8(accumulator >> bits & mask))
      }
    }
    let rest = accumulator << (to - bits) & mask
    if padded {
      if bits > 0 { result.append(UInt8(rest)) }
    } else if bits >= from || rest != 0 {
      return nil
    }
    return result
  }
}
