internal import COpenSSL

/// What only OpenSSL's callbacks see of a connection. Confined to the connection's event loop.
package final class TLSObservedMessages {
  /// The first Certificate message's entries, leaf first, whether or not OpenSSL can parse them.
  package private(set) var chain: [[UInt8]] = []
  package private(set) var receivedAlert: String?
  package private(set) var sentAlert: String?
  /// Lifetime hints, seconds, of tickets not yet reported.
  private(set) var ticketLifetimes: [UInt] = []
  private(set) var ticketCount = 0
  /// The newest; TLS 1.3 servers send several.
  private(set) var ticket: TLSTicket?

  private static let maximumTickets = 64

  func sawAlert(_ description: String, received: Bool) {
    if received { receivedAlert = description } else { sentAlert = description }
  }

  func sawTicket(_ ticket: TLSTicket, lifetimeHint: UInt) {
    self.ticket = ticket
    ticketCount += 1
    if ticketCount <= Self.maximumTickets { ticketLifetimes.append(lifetimeHint) }
  }

  package func takeTickets() -> [UInt] {
    defer { ticketLifetimes = [] }
    return ticketLifetimes
  }

  /// A Certificate handshake message (type 11) without its length being trusted: RFC 5246 7.4.2
  /// up to TLS 1.2, RFC 8446 4.4.2 in TLS 1.3. Stops at the first entry that does not fit.
  func sawCertificateMessage(_ message: UnsafeRawBufferPointer, isTLS13: Bool) {
    guard chain.isEmpty, message.count > 4 else { return }
    var reader = ByteReader(bytes: message, position: 4)
    if isTLS13 {
      guard let context = reader.number(bytes: 1), reader.skip(context) else { return }
    }
    guard reader.number(bytes: 3) != nil else { return }
    while let length = reader.number(bytes: 3), let der = reader.take(length) {
      chain.append(der)
      if isTLS13 {
        guard let extensions = reader.number(bytes: 2), reader.skip(extensions) else { return }
      }
    }
  }
}

private struct ByteReader {
  let bytes: UnsafeRawBufferPointer
  var position: Int

  mutating func number(bytes width: Int) -> Int? {
    guard bytes.count - position >= width else { return nil }
    let value = bytes[position..<position + width].reduce(0) { $0 << 8 | Int($1) }
    position += width
    return value
  }

  mutating func skip(_ count: Int) -> Bool {
    guard bytes.count - position >= count else { return false }
    position += count
    return true
  }

  mutating func take(_ count: Int) -> [UInt8]? {
    let start = position
    guard skip(count) else { return nil }
    return Array(bytes[start..<position])
  }
}

/// C callbacks: they capture nothing and find the connection's observations in its app data.
enum TLSCallbacks {
  private static func observations(of connection: OpaquePointer?) -> TLSObservedMessages? {
    guard let connection, let data = COpenSSL_SSL_get_app_data(connection) else { return nil }
    return Unmanaged<TLSObservedMessages>.fromOpaque(data).takeUnretainedValue()
  }

  static let information: @convention(c) (OpaquePointer?, Int32, Int32) -> Void = {
    connection, place, value in
    guard place & SSL_CB_ALERT != 0, let text = SSL_alert_desc_string_long(value) else { return }
    observations(of: connection)?.sawAlert(
      String(cString: text), received: place & SSL_CB_READ != 0)
  }

  static let message:
    @convention(c) (
      Int32, Int32, Int32, UnsafeRawPointer?, Int, OpaquePointer?, UnsafeMutableRawPointer?
    ) -> Void = { isSent, version, contentType, bytes, count, connection, _ in
      guard isSent == 0, contentType == SSL3_RT_HANDSHAKE, let bytes, count > 4 else { return }
      let message = UnsafeRawBufferPointer(start: bytes, count: count)
      guard message[0] == UInt8(SSL3_MT_CERTIFICATE) else { return }
      observations(of: connection)?.sawCertificateMessage(
        message, isTLS13: version == TLS1_3_VERSION)
    }

  static let newSession: @convention(c) (OpaquePointer?, OpaquePointer?) -> Int32 = {
    connection, session in
    if let session, SSL_SESSION_has_ticket(session) == 1 {
      observations(of: connection)?.sawTicket(
        TLSTicket(sharing: session), lifetimeHint: SSL_SESSION_get_ticket_lifetime_hint(session))
    }
    return 0
  }
}
