/// An address of Bitcoin Cash and its relatives: a prefix, which is often left out, `:`, five-bit
/// values and a checksum of eight characters (the specification CashAddr of Bitcoin Cash).
public struct CashAddress: Sendable, Equatable {
  /// What it pays to.
  public enum Kind: Sendable, Equatable {
    case publicKeyHash
    case scriptHash
    /// A type that has no meaning in the specification.
    case other
  }

  /// Lower case.
  public let prefix: String
  public let kind: Kind
  public let hash: [UInt8]

  /// Prefixes of coins and tokens, tried where the text has none.
  public static let prefixes = [
    "bitcoincash", "bchtest", "bchreg", "ecash", "ectest", "ecregtest", "etoken", "simpleledger",
    "slptest", "nexa", "bitcoinsv",
  ]

  /// Longest text read: a prefix, and a hash of 64 bytes.
  private static let maximumLength = 140
  private static let checksumLength = 8
  private static let generator: [UInt64] = [
    0x98_F2BC_8E61, 0x79_B76D_99E2, 0xF3_3E5F_B3C4, 0xAE_2EAB_E2A8, 0x1E_4F43_E470,
  ]

  /// Nil where the text is none: another character, both cases, a wrong checksum, a wrong length.
  public init?(_ text: String) {
    let isMixed = text != text.lowercased() && text != text.uppercased()
    guard text.utf8.count <= Self.maximumLength, !isMixed else { return nil }
    let lower = text.lowercased()
    let parts = lower.split(separator: ":", omittingEmptySubsequences: false)
    guard let last = parts.last, parts.count <= 2,
      let values = try? Bech32.fiveBitValues(last.utf8), values.count > Self.checksumLength,
      let bytes = Bech32.regroup(
        values.dropLast(Self.checksumLength), from: 5, to: 8, padded: false)
    else { return nil }
    let candidates = parts.count == 2 ? [String(parts[0])] : Self.prefixes
    guard let prefix = candidates.first(where: { Self.isRight($0, values) }),
      let version = bytes.first, bytes.count == 1 + Self.size(version)
    else { return nil }
    self.prefix = prefix
    hash = Array(bytes.dropFirst())
    // Types 2 and 3 are 0 and 1 of a wallet that knows tokens (CHIP-2022-02).
    switch version >> 3 & 0xF {
    case 0, 2: kind = .publicKeyHash
    case 1, 3: kind = .scriptHash
    default: kind = .other
    }
  }

  /// Bytes of the hash by the last three bits of the version byte.
  private static func size(_ version: UInt8) -> Int {
    [20, 24, 28, 32, 40, 48, 56, 64][Int(version & 7)]
  }

  private static func isRight(_ prefix: String, _ values: [UInt8]) -> Bool {
    var sum: UInt64 = 1
    for value in prefix.utf8.map({ $0 & 31 }) + [0] + values {
      let top = sum >> 35
      sum = (sum & 0x07_FFFF_FFFF) << 5 ^ UInt64(value)
      for bit in 0..<5 where top >> UInt64(bit) & 1 == 1 { sum ^= generator[bit] }
    }
    return sum == 1
  }
}
