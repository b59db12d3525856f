/// What a finished handshake showed of the server: a user inbound event of ``TLSClientHandler``.
public struct TLSHandshakeSummary: Sendable, Equatable {
  /// DER of each certificate, leaf first, in the order sent, repeats and strangers included.
  public let chain: [[UInt8]]
  /// As OpenSSL names it: "TLSv1.3".
  public let version: String
  /// As OpenSSL names it: "TLS_AES_256_GCM_SHA384", "ECDHE-RSA-AES128-SHA256".
  public let cipher: String
  /// Key exchange group ("x25519", "secp256r1"), "DH-2048" for finite-field Diffie–Hellman, nil without one.
  public let group: String?
  /// What signed the handshake, in the syntax of OpenSSL's lists: "ECDSA+SHA256", "RSA-PSS+SHA256", "ED25519".
  public let signatureAlgorithm: String?
  /// The application protocol chosen, nil where none was offered or none chosen.
  public let applicationProtocol: String?
  /// Whether a ticket came before the handshake ended; later ones are ``TLSSessionTicketReceived`` events.
  public let hasSessionTicket: Bool
  /// Seconds, of that ticket.
  public let ticketLifetimeHint: UInt?
  /// Whether the server stapled an OCSP response.
  public let hasOCSPStaple: Bool
  /// Verification against the system's roots, a fact and no judgement: OpenSSL's X509_V_ number, 0 is fine.
  public let verifyCode: Int
  /// The same in OpenSSL's words: "ok", "self-signed certificate".
  public let verifyResult: String
  /// Whether the server knows RFC 5746 (always so in TLS 1.3).
  public let supportsSecureRenegotiation: Bool
  /// Whether the handshake resumed the session of the ticket that we offered.
  public let wasResumed: Bool
}

/// A session ticket arrived: in TLS 1.3 always after the handshake. A user inbound event.
public struct TLSSessionTicketReceived: Sendable, Equatable {
  /// Seconds.
  public let lifetimeHint: UInt
}

/// The other side said with a close_notify that nothing more will come. A user inbound event.
public struct TLSCloseNotifyReceived: Sendable, Equatable {}
