/// A range of addresses in CIDR notation; a single address is a range of its full length.
public struct AddressRange: Sendable, Hashable, CustomStringConvertible {
  /// The first address.
  public let base: IPAddress
  /// Bits that all addresses of the range have in common.
  public let length: Int

  /// Nil unless `text` is an address, or an address, "/" and a length that fits it. Bits beyond the
  /// length are ignored.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let address = IPAddress(String(first)) else { return nil }
    let bits = address.bytes.count * 8
    guard parts.count == 2 else {
      self.init(address, length: bits)
      return
    }
    guard (1...3).contains(parts[1].utf8.count), let length = Int(parts[1]),
      (0...bits).contains(length)
    else { return nil }
    self.init(address, length: length)
  }

  /// - Parameter length: cut to the length of the address.
  public init(_ address: IPAddress, length: Int) {
    self.length = min(max(0, length), address.bytes.count * 8)
    let masked = Self.masked(address.bytes, self.length)
    base = IPAddress(bytes: masked) ?? address
  }

  public func contains(_ address: IPAddress) -> Bool {
    address.bytes.count == base.bytes.count && Self.masked(address.bytes, length) == base.bytes
  }

  public var description: String { "\(base.text)/\(length)" }

  private static func masked(_ bytes: [UInt8], _ length: Int) -> [UInt8] {
    bytes.enumerated().map { index, byte in
      let bits = max(0, min(8, length - index * 8))
      return byte & UInt8(truncatingIfNeeded: 0xff00 >> bits)
    }
  }
}
