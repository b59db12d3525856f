/// What went wrong in TLS or in a certificate. Two errors are equal where their codes are.
public struct TLSError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Permanent, dotted.
  public enum Code: String, Sendable, CaseIterable {
    /// The handshake failed: an alert, no common parameter, not TLS at all.
    case handshakeFailed = "tls.handshake-failed"
    /// The connection ended before the handshake did.
    case closedDuringHandshake = "tls.closed-during-handshake"
    /// More bytes than a handshake may take (``TLSHandler/maximumHandshakeBytes``).
    case handshakeTooLarge = "tls.handshake-too-large"
    /// A record could not be read or written once the handshake was done.
    case recordFailed = "tls.record-failed"
    /// A setting, key or certificate of our own that OpenSSL does not take.
    case badConfiguration = "tls.bad-configuration"
    /// Bytes that are no X.509 certificate.
    case badCertificate = "tls.bad-certificate"
    /// OpenSSL could not allocate or sign.
    case libraryFailed = "tls.library-failed"
  }

  public let code: Code
  /// OpenSSL's own words (library and reason), or what was expected of a certificate.
  public let detail: String
  /// The alert that the other side sent, in the words of RFC 8446 section 6 as OpenSSL spells them.
  public let receivedAlert: String?
  /// The alert that we sent.
  public let sentAlert: String?
  /// The certificates that had arrived by then, leaf first, as sent, parsable or not.
  public let chain: [[UInt8]]

  public init(
    _ code: Code, _ detail: String, receivedAlert: String? = nil, sentAlert: String? = nil,
    chain: [[UInt8]] = []
  ) {
    self.code = code
    self.detail = detail
    self.receivedAlert = receivedAlert
    self.sentAlert = sentAlert
    self.chain = chain
  }

  public static func == (left: TLSError, right: TLSError) -> Bool {
    left.code == right.code
  }

  public var description: String {
    var text = "\(code.rawValue): \(detail)"
    if let receivedAlert { text += " (alert received: \(receivedAlert))" }
    if let sentAlert { text += " (alert sent: \(sentAlert))" }
    return text
  }
}
