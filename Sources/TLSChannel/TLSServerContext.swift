internal import COpenSSL

/// What a simulated server presents and accepts.
public final class TLSServerContext: Sendable {
  let context: TLSContext

  /// - Parameters:
  ///   - chain: DER certificates, leaf first; what follows the leaf is sent as given, in order.
  ///   - key: of the leaf.
  ///   - versions: TLS 1.2 and 1.3 by default, as OpenSSL 3 servers do.
  ///   - ciphers: for TLS up to 1.2, in OpenSSL's syntax.
  ///   - suites: for TLS 1.3.
  ///   - groups: key exchange groups in order of preference.
  ///   - issuesTickets: session tickets on or off.
  /// - Throws: `tls.bad-certificate`, `tls.bad-configuration`.
  public init(
    chain: [[UInt8]], key: PrivateKey, versions: ClosedRange<TLSVersion> = .tls12 ... .tls13,
    ciphers: String? = nil, suites: String? = nil, groups: String? = nil,
    issuesTickets: Bool = true
  ) throws(TLSError) {
    let context = try TLSContext(method: TLS_server_method())
    self.context = context
    try context.setVersions(versions)
    try context.setAlgorithms(
      ciphers: ciphers ?? TLSAlgorithms.everyCipher, suites: suites ?? TLSAlgorithms.everySuite,
      groups: groups ?? TLSAlgorithms.everyGroup)
    _ = COpenSSL_SSL_CTX_set_dh_auto(context.handle, 1)
    _ = COpenSSL_SSL_CTX_set_session_cache_mode(context.handle, Int(SSL_SESS_CACHE_OFF))
    if !issuesTickets {
      _ = SSL_CTX_set_options(context.handle, COpenSSL_SSL_OP_NO_TICKET())
      try context.require(SSL_CTX_set_num_tickets(context.handle, 0) == 1, "no tickets")
    }
    guard let leaf = chain.first else {
      throw TLSError(.badConfiguration, "a server needs a certificate")
    }
    let certificate = try X509Certificate(der: leaf)
    OpenSSLErrors.clear()
    try context.require(
      SSL_CTX_use_certificate(context.handle, certificate.handle) == 1, "leaf certificate")
    try context.require(SSL_CTX_use_PrivateKey(context.handle, key.handle) == 1, "private key")
    for der in chain.dropFirst() {
      let next = try X509Certificate(der: der)
      try context.require(
        COpenSSL_SSL_CTX_add1_chain_cert(context.handle, next.handle) == 1, "chain certificate")
    }
  }
}
