import Foundation
public import Records

/// An IPv4 or IPv6 address in network byte order.
public struct IPAddress: Sendable, Hashable {
  /// Four bytes (IPv4) or sixteen (IPv6).
  public let bytes: [UInt8]

  /// - Parameter bytes: four or sixteen; nil otherwise.
  public init?(bytes: [UInt8]) {
    guard bytes.count == 4 || bytes.count == 16 else { return nil }
    self.bytes = bytes
  }

  /// Reads dotted-decimal IPv4 or RFC 4291 IPv6 text; nil for a name, a zone or anything else.
  public init?(_ text: String) {
    guard !text.utf8.contains(0) else { return nil }
    var buffer = [UInt8](repeating: 0, count: 16)
    if inet_pton(AF_INET, text, &buffer) == 1 {
      bytes = Array(buffer.prefix(4))
    } else if inet_pton(AF_INET6, text, &buffer) == 1 {
      bytes = buffer
    } else {
      return nil
    }
  }

  public var isIPv4: Bool { bytes.count == 4 }
  public var network: AddressFamily { isIPv4 ? .ipv4 : .ipv6 }

  /// Canonical text: dotted decimal, or RFC 5952.
  public var text: String {
    var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    var copy = bytes
    let family = isIPv4 ? AF_INET : AF_INET6
    guard inet_ntop(family, &copy, &buffer, socklen_t(buffer.count)) != nil else { return "" }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// The prefix of `length` bits as `192.0.2.0/24`.
  public func prefix(_ length: Int) -> String { AddressRange(self, length: length).description }

  /// The IPv4 address inside an IPv4-mapped, IPv4-compatible, NAT64, 6to4 or Teredo address.
  public var embeddedIPv4: IPAddress? {
    guard !isIPv4 else { return nil }
    if bytes[0..<10].allSatisfy({ $0 == 0 }) {
      if bytes[10] == 0xff && bytes[11] == 0xff { return IPAddress(bytes: Array(bytes[12...])) }
      let isCompatible = bytes[10] == 0 && bytes[11] == 0 && bytes[12] != 0
      if isCompatible { return IPAddress(bytes: Array(bytes[12...])) }
    }
    if bytes.starts(with: [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0]) {
      return IPAddress(bytes: Array(bytes[12...]))
    }
    if bytes.starts(with: [0x20, 0x02]) { return IPAddress(bytes: Array(bytes[2..<6])) }
    if bytes.starts(with: [0x20, 0x01, 0, 0]) { return IPAddress(bytes: bytes[12...].map { ~$0 }) }
    return nil
  }
}
