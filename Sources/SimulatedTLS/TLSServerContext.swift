internal import COpenSSL
import Digests
public import TLSChannel

/// What simulated servers accept: versions, ciphers, groups. One serves any number of servers, each
/// with a ``TLSServerContext`` of its own, so that a server costs its certificate and key alone.
public final class TLSServerSettings: Sendable {
  let context: TLSContext

  /// - Parameters:
  ///   - versions: TLS 1.2 and 1.3 by default, as OpenSSL 3 servers do.
  ///   - ciphers: for TLS up to 1.2, in OpenSSL's syntax.
  ///   - suites: for TLS 1.3.
  ///   - groups: key exchange groups in order of preference.
  ///   - issuesTickets: session tickets on or off.
  /// - Throws: `tls.bad-configuration`.
  public init(
    versions: ClosedRange<TLSVersion> = .tls12 ... .tls13, ciphers: String? = nil,
    suites: String? = nil, groups: String? = nil, issuesTickets: Bool = true
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
  }
}

/// What a simulated server presents: a chain and the key of its leaf. Not changed after it is made.
public final class TLSServerContext: @unchecked Sendable {
  private let settings: TLSServerSettings
  private let leaf: X509Certificate
  private let further: [X509Certificate]
  private let key: PrivateKey
  /// Tickets of another server are no tickets here.
  private let sessionContext: [UInt8]

  /// - Parameters:
  ///   - chain: DER certificates, leaf first; what follows the leaf is sent as given, in order.
  ///   - key: of the leaf.
  /// - Throws: `tls.bad-certificate`, `tls.bad-configuration`.
  public init(
    chain: [[UInt8]], key: PrivateKey, settings: TLSServerSettings
  ) throws(TLSError) {
    guard let first = chain.first else {
      throw TLSError(.badConfiguration, "a server needs a certificate")
    }
    leaf = try X509Certificate(der: first)
    var further: [X509Certificate] = []
    for der in chain.dropFirst() { further.append(try X509Certificate(der: der)) }
    self.further = further
    self.key = key
    self.settings = settings
    sessionContext = Array(SHA256.hex(first).utf8.prefix(32))
    OpenSSLErrors.clear()
    try settings.context.require(
      X509_check_private_key(leaf.handle, key.handle) == 1, "key of the certificate")
  }

  /// As ``TLSServerSettings/init(versions:ciphers:suites:groups:issuesTickets:)`` and
  /// ``init(chain:key:settings:)`` together.
  public convenience init(
    chain: [[UInt8]], key: PrivateKey, versions: ClosedRange<TLSVersion> = .tls12 ... .tls13,
    ciphers: String? = nil, suites: String? = nil, groups: String? = nil,
    issuesTickets: Bool = true
  ) throws(TLSError) {
    try self.init(
      chain: chain, key: key,
      settings: TLSServerSettings(
        versions: versions, ciphers: ciphers, suites: suites, groups: groups,
        issuesTickets: issuesTickets))
  }

  /// A connection that presents the chain.
  func connection() throws(TLSError) -> TLSConnection {
    let connection = try TLSConnection(context: settings.context, isServer: true)
    guard let stack = COpenSSL_sk_X509_new() else {
      throw TLSError(.libraryFailed, OpenSSLErrors.drain())
    }
    defer { COpenSSL_sk_X509_free(stack) }
    for certificate in further {
      guard X509_up_ref(certificate.handle) == 1 else { continue }
      if COpenSSL_sk_X509_push(stack, certificate.handle) < 1 { X509_free(certificate.handle) }
    }
    try settings.context.require(
      COpenSSL_SSL_use_identity(
        connection.handle, leaf.handle, key.handle, further.isEmpty ? nil : stack) == 1
        && SSL_set_session_id_context(
          connection.handle, sessionContext, UInt32(sessionContext.count)) == 1,
      "certificate of a connection")
    return connection
  }
}
