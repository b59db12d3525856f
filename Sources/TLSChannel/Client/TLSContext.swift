internal import COpenSSL

/// Owns one `SSL_CTX`. OpenSSL counts references and locks inside: it may be shared once configured.
package final class TLSContext: @unchecked Sendable {
  package let handle: OpaquePointer

  package init(method: OpaquePointer?) throws(TLSError) {
    OpenSSLErrors.clear()
    guard let handle = SSL_CTX_new(method) else {
      throw TLSError(.libraryFailed, OpenSSLErrors.drain())
    }
    self.handle = handle
    _ = COpenSSL_SSL_CTX_set_mode(
      handle,
      Int(SSL_MODE_ENABLE_PARTIAL_WRITE) | Int(SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER)
        | Int(SSL_MODE_RELEASE_BUFFERS) | Int(SSL_MODE_NO_AUTO_CHAIN))
    _ = SSL_CTX_set_options(
      handle, COpenSSL_SSL_OP_NO_RENEGOTIATION() | COpenSSL_SSL_OP_IGNORE_UNEXPECTED_EOF())
  }

  deinit {
    SSL_CTX_free(handle)
  }

  package func setVersions(_ versions: ClosedRange<TLSVersion>) throws(TLSError) {
    try require(
      COpenSSL_SSL_CTX_set_min_proto_version(handle, versions.lowerBound.number) == 1
        && COpenSSL_SSL_CTX_set_max_proto_version(handle, versions.upperBound.number) == 1,
      "versions \(versions)")
  }

  /// Cipher list up to TLS 1.2, suites of TLS 1.3, groups: each in OpenSSL's own syntax.
  package func setAlgorithms(ciphers: String, suites: String, groups: String) throws(TLSError) {
    try require(SSL_CTX_set_cipher_list(handle, ciphers) == 1, "cipher list \(ciphers)")
    try require(SSL_CTX_set_ciphersuites(handle, suites) == 1, "TLS 1.3 suites \(suites)")
    try require(COpenSSL_SSL_CTX_set1_groups_list(handle, groups) == 1, "groups \(groups)")
    SSL_CTX_set_security_level(handle, 0)
  }

  package func require(_ condition: Bool, _ what: String) throws(TLSError) {
    if !condition { throw TLSError(.badConfiguration, "\(what): \(OpenSSLErrors.drain())") }
  }
}

/// The widest lists that OpenSSL 3 has, but for suites without authentication.
package enum TLSAlgorithms {
  package static let everyCipher = "ALL:!aNULL:@SECLEVEL=0"
  package static let everySuite =
    "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256"
    + ":TLS_AES_128_CCM_SHA256:TLS_AES_128_CCM_8_SHA256"
  /// OpenSSL's default groups, then those that some old certificate or server may need.
  package static let everyGroup =
    "X25519:P-256:X448:P-521:P-384:secp256k1:brainpoolP256r1:brainpoolP384r1:brainpoolP512r1"
}
