internal import COpenSSL
internal import NIOCore

/// An observing TLS client: completes a handshake with anything, then fires a ``TLSHandshakeSummary``.
public final class TLSClientHandler: TLSHandler {
  /// - Parameters:
  ///   - serverName: sent as SNI where it is a DNS name; an address literal is not sent.
  ///   - ticket: offered for resumption; a server may pass over it.
  /// - Throws: `tls.library-failed`.
  public init(
    context: TLSClientContext, serverName: String?, ticket: TLSTicket? = nil
  ) throws(TLSError) {
    let connection = try TLSConnection(context: context.context, isServer: false)
    if let serverName, Self.isDNSName(serverName) {
      try context.context.require(
        COpenSSL_SSL_set_tlsext_host_name(connection.handle, serverName) == 1, "server name")
    }
    _ = COpenSSL_SSL_set_tlsext_status_type(connection.handle, TLSEXT_STATUSTYPE_ocsp)
    if let ticket {
      try context.context.require(
        SSL_set_session(connection.handle, ticket.session) == 1, "session ticket")
    }
    super.init(connection: connection)
  }

  /// The newest ticket of the connection so far, for another one.
  public var ticket: TLSTicket? { connection.observed.ticket }

  /// Letters, digits, inner hyphens and underscores in dotted labels of 1–63 bytes, not an address.
  public static func isDNSName(_ name: String) -> Bool {
    let bytes = Array(name.utf8.last == UInt8(ascii: ".") ? name.utf8.dropLast() : name.utf8[...])
    guard !bytes.isEmpty, bytes.count <= 253, (try? SocketAddress(ipAddress: name, port: 0)) == nil
    else { return false }
    let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let isWellFormed = labels.allSatisfy { label in
      (1...63).contains(label.count) && label.allSatisfy(isNameByte)
        && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
    }
    // RFC 3696 section 2: a last label of digits only is no name.
    let endsInDigits = labels.last?.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= $0 }
    return isWellFormed && endsInDigits != true
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  public override func summarise() -> any Sendable {
    let tickets = connection.observed.takeTickets()
    let verifyCode = SSL_get_verify_result(connection.handle)
    return TLSHandshakeSummary(
      chain: connection.observed.chain,
      version: String(cString: SSL_get_version(connection.handle)),
      cipher: connection.cipherName,
      group: connection.groupName,
      signatureAlgorithm: connection.signatureAlgorithmName,
      applicationProtocol: connection.applicationProtocol,
      hasSessionTicket: !tickets.isEmpty,
      ticketLifetimeHint: tickets.first,
      hasOCSPStaple: connection.hasOCSPStaple,
      verifyCode: verifyCode,
      verifyResult: String(cString: X509_verify_cert_error_string(verifyCode)),
      supportsSecureRenegotiation:
        COpenSSL_SSL_get_secure_renegotiation_support(connection.handle) == 1,
      wasResumed: SSL_session_reused(connection.handle) == 1)
  }
}
