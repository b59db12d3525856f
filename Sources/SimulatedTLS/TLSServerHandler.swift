internal import COpenSSL
public import TLSChannel

/// The server's side of TLS, for simulated servers: fires a ``TLSClientAccepted`` when a client is in.
public final class TLSServerHandler: TLSHandler {
  /// - Throws: `tls.library-failed`.
  public init(context: TLSServerContext) throws(TLSError) {
    super.init(connection: try context.connection())
  }

  public override func summarise() -> any Sendable {
    let name = SSL_get_servername(connection.handle, TLSEXT_NAMETYPE_host_name)
    return TLSClientAccepted(
      version: String(cString: SSL_get_version(connection.handle)),
      cipher: connection.cipherName,
      serverName: name.map { String(cString: $0) })
  }
}
