/// A client finished its handshake with us: a user inbound event of ``TLSServerHandler``.
public struct TLSClientAccepted: Sendable, Equatable {
  /// As OpenSSL names it: "TLSv1.3".
  public let version: String
  /// As OpenSSL names it.
  public let cipher: String
  /// The name that the client asked for (SNI).
  public let serverName: String?
}
