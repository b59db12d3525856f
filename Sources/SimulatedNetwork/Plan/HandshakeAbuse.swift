/// What is sent on a TLS port after the client's first bytes, in place of a handshake.
package struct HandshakeAbuse: Sendable, Hashable {
  package enum Kind: String, Sendable, CaseIterable {
    /// A fatal alert: handshake failure.
    case alert
    /// Bytes that are no TLS record.
    case garbage
    /// A record that promises more than it holds.
    case shortRecord = "short-record"
    /// A certificate message whose certificate is no DER, in a TLS 1.2 hello.
    case garbageCertificate = "garbage-certificate"
    /// Closes without a word.
    case closes
    /// Never says a word.
    case silent
  }

  package let kind: Kind

  package init(_ kind: Kind) {
    self.kind = kind
  }

  /// Sent as they are; empty: nothing is ever said.
  package var bytes: [UInt8] {
    switch kind {
    case .alert: [0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28]
    case .garbage: Array("SSH-2.0-nothing\r\n".utf8)
    case .shortRecord: [0x16, 0x03, 0x03, 0x40, 0x00, 0x02, 0x00, 0x00]
    case .garbageCertificate: Self.record(Self.serverHello) + Self.record(Self.certificate)
    case .closes, .silent: []
    }
  }

  /// Whether the connection is closed after them.
  package var closes: Bool { kind != .silent && kind != .shortRecord }

  /// TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 without extensions, RFC 5246 section 7.4.1.3.
  private static let serverHello =
    message(2, [0x03, 0x03] + [UInt8](repeating: 0x5A, count: 32) + [0x00, 0xC0, 0x2B, 0x00])

  /// One certificate of eight bytes that are no DER, RFC 5246 section 7.4.2.
  private static let certificate =
    message(11, [0, 0, 11, 0, 0, 8] + Array("no DER!!".utf8))

  private static func message(_ type: UInt8, _ body: [UInt8]) -> [UInt8] {
    [type, 0, UInt8(body.count >> 8), UInt8(body.count & 0xFF)] + body
  }

  private static func record(_ body: [UInt8]) -> [UInt8] {
    [0x16, 0x03, 0x03, UInt8(body.count >> 8), UInt8(body.count & 0xFF)] + body
  }
}
