internal import COpenSSL

/// A session that a server gave a ticket for: with it a later handshake can be resumed (RFC 5077,
/// RFC 8446 section 2.2). Owns one reference to an `SSL_SESSION`, which OpenSSL locks inside.
public final class TLSTicket: @unchecked Sendable {
  let session: OpaquePointer

  /// Takes a reference of its own.
  init(sharing session: OpaquePointer) {
    SSL_SESSION_up_ref(session)
    self.session = session
  }

  deinit {
    SSL_SESSION_free(session)
  }
}
