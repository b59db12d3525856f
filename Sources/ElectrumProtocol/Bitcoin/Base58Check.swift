import Digests

/// Base58 with a four-byte double-SHA-256 checksum.
public enum Base58Check {
  private static let alphabet = Array(
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)

  /// Longest text decoded; addresses have at most 35 characters, extended keys 112.
  private static let maximumLength = 128

  /// Version byte and payload; nil for another character, a wrong checksum or a text too long.
  public static func decode(_ text: String) -> [UInt8]? {
    guard text.utf8.count <= maximumLength else { return nil }
    var number: [UInt8] = []  // base 256, least significant byte first
    for character in text.utf8 {
      guard var carry = alphabet.firstIndex(of: character) else { return nil }
      for index in number.indices {
        carry += Int(number[index]) * 58
        number[index] = UInt8(carry & 0xFF)
        carry >>= 8
      }
      while carry > 0 {
        number.append(UInt8(carry & 0xFF))
        carry >>= 8
      }
    }
    let zeros = text.utf8.prefix { $0 == alphabet[0] }.count
    let bytes = [UInt8](repeating: 0, count: zeros) + number.reversed()
    guard bytes.count >= 5 else { return nil }
    let payload = Array(bytes.dropLast(4))
    guard SHA256.doubleDigest(payload).prefix(4) == bytes.suffix(4) else { return nil }
    return payload
  }

  public static func encode(_ payload: [UInt8]) -> String {
    let bytes = payload + SHA256.doubleDigest(payload).prefix(4)
    var digits: [UInt8] = []  // base 58, least significant first
    for byte in bytes {
      var carry = Int(byte)
      for index in digits.indices {
        carry += Int(digits[index]) << 8
        digits[index] = UInt8(carry % 58)
        carry /= 58
      }
      while carry > 0 {
        digits.append(UInt8(carry % 58))
        carry /= 58
      }
    }
    let zeros = bytes.prefix { $0 == 0 }.count
    let characters =
      [UInt8](repeating: alphabet[0], count: zeros)
      + digits.reversed().map { alphabet[Int($0)] }
    return String(decoding: characters, as: UTF8.self)
  }
}
