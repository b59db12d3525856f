/// Bech32 (BIP 173) for witness version 0 and bech32m (BIP 350) for the others.
enum SegwitAddress {
  private static let alphabet = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)
  private static let generator: [UInt32] = [
    0x3B6A_57B2, 0x2650_8E6D, 0x1EA1_19FA, 0x3D42_33DD, 0x2A14_62B3,
  ]
  private static let bech32Constant: UInt32 = 1
  private static let bech32mConstant: UInt32 = 0x2BC8_30A3

  /// Witness version and program; nil where any rule of BIP 173 or BIP 350 is broken.
  static func decode(_ text: String, prefix: String) -> (version: UInt8, program: [UInt8])? {
    let characters = Array(text.utf8)
    guard (8...90).contains(characters.count), let lowered = lowercased(characters),
      let separator = lowered.lastIndex(of: UInt8(ascii: "1")), separator > 0,
      lowered.count - separator > 7, Array(prefix.utf8) == Array(lowered[..<separator])
    else { return nil }
    var values: [UInt8] = []
    for character in lowered[(separator + 1)...] {
      guard let value = alphabet.firstIndex(of: character) else { return nil }
      values.append(UInt8(value))
    }
    let version = values[0]
    let constant = version == 0 ? bech32Constant : bech32mConstant
    guard version <= 16, checksum(expanded(lowered[..<separator]) + values) == constant,
      let program = regroup(values[1..<(values.count - 6)], from: 5, to: 8, padded: false),
      (2...40).contains(program.count), version != 0 || program.count == 20 || program.count == 32
    else { return nil }
    return (version, program)
  }

  static func encode(version: UInt8, program: [UInt8], prefix: String) -> String {
    let values = [version] + (regroup(program[...], from: 8, to: 5, padded: true) ?? [])
    let constant = version == 0 ? bech32Constant : bech32mConstant
    let hrp = Array(prefix.utf8)
    let sum =
      checksum(expanded(hrp[...]) + values + [UInt8](repeating: 0, count: 6)) ^ constant
    let tail = (0..<6).map { UInt8(sum >> UInt32(5 * (5 - $0)) & 31) }
    let characters = hrp + [UInt8(ascii: "1")] + (values + tail).map { alphabet[Int($0)] }
    return String(decoding: characters, as: UTF8.self)
  }

  /// Nil for mixed case and for characters outside 33…126.
  private static func lowercased(_ characters: [UInt8]) -> [UInt8]? {
    var hasUpper = false
    var hasLower = false
    var result: [UInt8] = []
    for character in characters {
      switch character {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"):
        hasUpper = true
        result.append(character | 0x20)
      case UInt8(ascii: "a")...UInt8(ascii: "z"):
        hasLower = true
        result.append(character)
      case 33...126: result.append(character)
      default: return nil
      }
    }
    return hasUpper && hasLower ? nil : result
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

  private static func regroup(
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
