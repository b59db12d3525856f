internal import COpenSSL

/// What our observing client offers: everything that OpenSSL can, refusing nothing it sees.
///
/// One context serves any number of connections. Verification runs against the system's roots and is
/// reported, never enforced.
public final class TLSClientContext: Sendable {
  let context: TLSContext

  /// - Parameters:
  ///   - versions: TLS 1.0 to 1.3 unless narrowed.
  ///   - applicationProtocols: ALPN names to offer, each 1–255 bytes; none by default, as wallets do.
  ///   - ciphers: suites up to TLS 1.2 in OpenSSL's syntax; nil: all.
  ///   - suites: suites of TLS 1.3 in order; nil: all.
  ///   - groups: key exchange groups in order; nil: all.
  /// - Throws: `tls.bad-configuration`.
  public init(
    versions: ClosedRange<TLSVersion> = .tls10 ... .tls13, applicationProtocols: [String] = [],
    ciphers: String? = nil, suites: String? = nil, groups: String? = nil
  ) throws(TLSError) {
    let context = try TLSContext(method: TLS_client_method())
    self.context = context
    try context.setVersions(versions)
    try context.setAlgorithms(
      ciphers: ciphers ?? TLSAlgorithms.everyCipher, suites: suites ?? TLSAlgorithms.everySuite,
      groups: groups ?? TLSAlgorithms.everyGroup)
    _ = SSL_CTX_set_options(context.handle, COpenSSL_SSL_OP_LEGACY_SERVER_CONNECT())
    SSL_CTX_set_verify(context.handle, SSL_VERIFY_NONE, nil)
    // Without root certificates on this machine every verification fails, which is then the fact.
    Self.trustSystemRoots(context)
    _ = COpenSSL_SSL_CTX_set_max_cert_list(context.handle, 1 << 20)
    _ = COpenSSL_SSL_CTX_set_session_cache_mode(
      context.handle, Int(SSL_SESS_CACHE_CLIENT) | Int(SSL_SESS_CACHE_NO_INTERNAL))
    SSL_CTX_sess_set_new_cb(context.handle, TLSCallbacks.newSession)
    try Self.offer(applicationProtocols, in: context)
  }

  /// The system's roots from one file where there is one: a folder of them is searched anew at every
  /// verification.
  private static func trustSystemRoots(_ context: TLSContext) {
    let bundle = "/etc/ssl/certs/ca-certificates.crt"
    if SSL_CTX_load_verify_file(context.handle, bundle) == 1 { return }
    OpenSSLErrors.clear()
    if SSL_CTX_set_default_verify_paths(context.handle) != 1 { OpenSSLErrors.clear() }
  }

  private static func offer(_ names: [String], in context: TLSContext) throws(TLSError) {
    if names.isEmpty { return }
    var wire: [UInt8] = []
    for name in names {
      guard let length = UInt8(exactly: name.utf8.count), length > 0 else {
        throw TLSError(.badConfiguration, "an ALPN name has 1 to 255 bytes: \(name)")
      }
      wire.append(length)
      wire.append(contentsOf: name.utf8)
    }
    guard SSL_CTX_set_alpn_protos(context.handle, wire, UInt32(wire.count)) == 0 else {
      throw TLSError(.badConfiguration, "ALPN: \(OpenSSLErrors.drain())")
    }
  }
}
